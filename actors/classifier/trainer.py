"""The actor that trains."""

import asyncio
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

import structlog

from actors.classifier.lessons import Lesson, Trained, TrainTags
from actors.classifier.model import save
from actors.classifier.training import MOST_DOCUMENTS, train_tags

log = structlog.get_logger()


class Lessons(Protocol):
    """The tagged documents of the archive."""

    def newest(self, limit: int) -> Iterable[Lesson]:
        """Give so many tagged documents at most, those first that came in last."""


class Trainer:
    """Learns from the archive. Nothing survives a restart but the model in `folder`; training twice gives the same one."""

    def __init__(self, lessons: Lessons, folder: Path) -> None:
        self._lessons = lessons
        self._folder = folder

    async def train(self, order: TrainTags) -> Trained:
        """Learn every tag anew."""
        # In a thread, so that the process still hears that it shall end.
        return await asyncio.to_thread(self._train, order)

    def _train(self, order: TrainTags) -> Trained:
        began = time.monotonic()
        model = train_tags(self._lessons.newest(MOST_DOCUMENTS), order.change)
        save(model, self._folder)
        about, seconds = model.about, round(time.monotonic() - began, 2)
        log.info("tags learned", documents=about.documents, tags=len(about.tags), f1=round(about.figures.f1, 3), seconds=seconds)
        return Trained(about.documents, len(about.tags), about.figures)
