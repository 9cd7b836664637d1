"""The actor that trains."""

import asyncio
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

import structlog

from actors.classifier.about import ModelUnusable, read_model, restate
from actors.classifier.counted import Corpus, gather, keep_counted, kept_counted
from actors.classifier.lessons import Lesson, Trained, TrainLabels
from actors.classifier.model import save
from actors.classifier.training import train
from actors.store.nouns.archive import DocumentId

MOST_DOCUMENTS = 20_000

log = structlog.get_logger()


class Lessons(Protocol):
    """The filed documents of the archive."""

    def newest(self, limit: int) -> Sequence[Lesson]:
        """Give so many filed documents at most, those first that came in last."""

    def texts(self, documents: Sequence[DocumentId]) -> Iterable[tuple[DocumentId, str]]:
        """Give the texts of documents (`lesson_text`); one that is gone is left out."""


class Trainer:
    """Learns from the archive. In `folder` the model survives a restart, and what was counted for it; training twice gives the same one."""

    def __init__(self, lessons: Lessons, folder: Path) -> None:
        self._lessons = lessons
        self._folder = folder

    async def train(self, order: TrainLabels) -> Trained:
        """Learn every label anew, if anything is another."""
        # In a thread, so that the process still hears that it shall end.
        return await asyncio.to_thread(self._train, order)

    def _train(self, order: TrainLabels) -> Trained:
        began = time.monotonic()
        corpus, read = self._corpus()
        trained = self._unchanged(order, corpus, read) or self._learn(order, corpus, read)
        seconds = round(time.monotonic() - began, 2)
        log.info("labels learned", documents=trained.documents, labels=trained.labels, read=read, new=trained.learned, seconds=seconds)
        return trained

    def _corpus(self) -> tuple[Corpus, int]:
        kept = kept_counted(self._folder)
        corpus, read = gather(self._lessons.newest(MOST_DOCUMENTS), kept, self._lessons.texts)
        if read or len(kept) != len(corpus.lessons):
            keep_counted(corpus, self._folder)
        return corpus, read

    def _unchanged(self, order: TrainLabels, corpus: Corpus, read: int) -> Trained | None:
        """Keep the model where the same would come of it: titles have changed, not what documents say or are filed under."""
        try:
            about, _ = read_model(self._folder)
        except ModelUnusable:
            return None
        if about.lessons != corpus.digest():
            return None
        restate(about, order.change, self._folder)
        return Trained(about.documents, about.labels, read, learned=False)

    def _learn(self, order: TrainLabels, corpus: Corpus, read: int) -> Trained:
        model = train(corpus, order.change)
        size = save(model, self._folder)
        for kind, learned in model.about.kinds.items():
            figures = learned.figures
            log.info("labels of a kind learned", kind=kind.value, labels=len(learned.labels), f1=round(figures.f1, 3), bytes=size)
        return Trained(model.about.documents, model.about.labels, read, learned=True)
