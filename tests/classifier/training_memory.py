"""A program that learns from as many documents as are told, and prints the most MiB that learning took. Run by test_memory.py."""

import resource
import sys

import numpy as np

from actors.classifier.counted import Corpus
from actors.classifier.lessons import Lesson
from actors.classifier.tallies import BUCKETS, joined
from actors.classifier.training import train
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.catalog import LabelId, LabelKind

FEATURES = 1_000
LABELS = 100


def corpus(documents: int) -> Corpus:
    """Make documents of features by chance; each label's have ten in common."""
    chance = np.random.default_rng(1)
    own = chance.integers(0, BUCKETS, (LABELS, 10))
    lessons, tallies = list[Lesson](), []
    for number in range(documents):
        buckets = np.unique(np.concatenate([own[number % LABELS], chance.integers(0, BUCKETS, FEATURES)])).astype(np.int32)
        tallies.append((buckets, np.ones(len(buckets), np.uint8)))
        labels = {LabelKind.CORRESPONDENT: (LabelId(1 + number % LABELS),), LabelKind.TAG: (LabelId(1000 + number % LABELS),)}
        lessons.append(Lesson(DocumentId(number + 1), 1, labels))
    return Corpus(lessons, joined(tallies))


def peak_mib() -> float:
    """Tell the most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Learn, and print."""
    documents = corpus(int(sys.argv[1]))
    before = peak_mib()
    model = train(documents, "")
    assert model.about.labels == 2 * LABELS
    print(peak_mib() - before)  # noqa: T201  # read by the test


if __name__ == "__main__":
    main()
