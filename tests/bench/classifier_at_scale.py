"""Learns labels in an archive of 20,000 documents, then again after fifty changes; prints one line of JSON. Run by classifier.py."""

import asyncio
import json
import logging
import random
import resource
import tempfile
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from time import process_time

import structlog

from actors.classifier.lessons import Lesson, TrainLabels
from actors.classifier.suggester import Suggester
from actors.classifier.trainer import MOST_DOCUMENTS, Trainer
from actors.store.nouns.archive import DocumentId
from tests.bench.search_corpus import vocabulary
from tests.classifier.household import Household

SENDERS = 200
# Besides what the household's letters say: about 900 features a document.
MORE_WORDS = 60
CHANGED = 50
ASKED = 100


class Archive:
    """Gives letters with many rare words; some have come in anew since the last look."""

    def __init__(self) -> None:
        self._letters = Household(7, SENDERS).letters(MOST_DOCUMENTS)
        self._words = vocabulary()
        self._weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(self._words))))
        self.changed = frozenset[int]()

    def newest(self, limit: int) -> list[Lesson]:
        """List them, the last first."""
        numbers = range(limit - 1, -1, -1)
        return [Lesson(DocumentId(number), 1 + (number in self.changed), self._letters[number].labels) for number in numbers]

    def texts(self, documents: Sequence[DocumentId]) -> Iterator[tuple[DocumentId, str]]:
        """Write each letter."""
        for document in documents:
            chance = random.Random(2 * document + (document in self.changed))
            more = chance.choices(self._words, cum_weights=self._weights, k=MORE_WORDS)
            yield document, f"{self._letters[document].text} {' '.join(more)}"


def peak_mib() -> float:
    """Tell the most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Learn twice, and ask."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    archive, before = Archive(), peak_mib()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        trainer, seconds = Trainer(archive, folder), list[float]()
        for changed in (frozenset[int](), frozenset(range(CHANGED))):
            archive.changed, begun = changed, process_time()
            trained = asyncio.run(trainer.train(TrainLabels(str(len(changed)))))
            seconds.append(process_time() - begun)
        suggester, texts = Suggester(folder), [text for _, text in archive.texts([DocumentId(number) for number in range(ASKED)])]
        suggester.suggest(texts[0])
        begun = process_time()
        for text in texts:
            suggester.suggest(text)
        figures = {
            "documents": trained.documents,
            "labels": trained.labels,
            "train_seconds": seconds[0],
            "train_again_seconds": seconds[1],
            "tell_ms": 1000 * (process_time() - begun) / ASKED,
            "size_mib": sum(path.stat().st_size for path in folder.glob("model-*")) / 2**20,
            "train_peak_mib": peak_mib() - before,
        }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
