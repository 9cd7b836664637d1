"""What was counted of documents, kept between trainings: a new one then reads only the documents that are new or different."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np

from actors.classifier.arrays import ArraysUnusable, Forms, pack, unpack
from actors.classifier.features import count
from actors.classifier.lessons import Lesson
from actors.classifier.tallies import Tallies, Tally, joined
from actors.store.files.durable import write_file
from actors.store.nouns.archive import DocumentId

COUNTED = "counted.npz"
# Grows with every change of how texts are cut or counted.
FORMAT = 1
# Of the newest documents so much as takes about 100 MiB: a letter of one page has some 1,400.
MOST_FEATURES = 20_000_000
READ_AT_ONCE = 100
_FORMS: Forms = {
    "format": (np.int64, 1),
    "documents": (np.int64, 1),
    "revisions": (np.int64, 1),
    "ends": (np.int64, 1),
    "buckets": (np.int32, 1),
    "counts": (np.uint8, 1),
}

# A document in one of its states: its id and revision.
State = tuple[DocumentId, int]
Texts = Callable[[Sequence[DocumentId]], Iterable[tuple[DocumentId, str]]]


@dataclass(frozen=True, slots=True, eq=False)
class Corpus:
    """All that a training looks at: lessons, and what was counted of each one's text."""

    lessons: Sequence[Lesson]
    tallies: Tallies

    def legible(self) -> "Corpus":
        """Leave out documents without a word."""
        numbers = np.flatnonzero(self.tallies.lengths).tolist()
        if len(numbers) == len(self.lessons):
            return self
        return Corpus([self.lessons[number] for number in numbers], self.tallies.chosen(numbers))

    def digest(self) -> str:
        """Tell one corpus from another; a document's revision does not count, what is read and how it is filed does."""
        digest = sha256()
        for lesson in self.lessons:
            labels = sorted((kind.value, sorted(labels)) for kind, labels in lesson.labels.items() if labels)
            digest.update(f"{lesson.document} {labels}\n".encode())
        for array in (self.tallies.ends, self.tallies.buckets, self.tallies.counts):
            digest.update(np.ascontiguousarray(array).data)
        return digest.hexdigest()


def gather(lessons: Sequence[Lesson], kept: Mapping[State, Tally], texts: Texts, most: int = MOST_FEATURES) -> tuple[Corpus, int]:
    """Count what is not counted yet, from the front as far as memory allows; tell how many documents were read for it.

    A document that is gone meanwhile has no text and is left out.
    """
    taken, tallies, read, total = list[Lesson](), list[Tally](), 0, 0
    for begin in range(0, len(lessons), READ_AT_ONCE):
        batch = lessons[begin : begin + READ_AT_ONCE]
        unknown = [lesson.document for lesson in batch if (lesson.document, lesson.revision) not in kept]
        fresh = {document: count(text) for document, text in texts(unknown)} if unknown else {}
        read += len(fresh)
        for lesson in batch:
            tally = kept.get((lesson.document, lesson.revision)) or fresh.get(lesson.document)
            if tally is None:
                continue
            total += len(tally[0])
            if total > most:
                return Corpus(taken, joined(tallies)), read
            taken.append(lesson)
            tallies.append(tally)
    return Corpus(taken, joined(tallies)), read


def keep_counted(corpus: Corpus, folder: Path) -> None:
    """Put what was counted in the place of what was kept before."""
    states = np.array([(lesson.document, lesson.revision) for lesson in corpus.lessons], np.int64).reshape(-1, 2)
    arrays = {"format": np.array([FORMAT], np.int64), "documents": states[:, 0], "revisions": states[:, 1]}
    tallies = corpus.tallies
    write_file(folder / COUNTED, pack({**arrays, "ends": tallies.ends, "buckets": tallies.buckets, "counts": tallies.counts}))


def kept_counted(folder: Path) -> dict[State, Tally]:
    """Give what was kept; nothing where there is none, or it is damaged or of another format: it is counted again then."""
    try:
        return parse_counted((folder / COUNTED).read_bytes())
    except (OSError, ArraysUnusable):
        return {}


def parse_counted(data: bytes) -> dict[State, Tally]:
    """Read what was kept; raises ArraysUnusable."""
    arrays = unpack(data, _FORMS)
    tallies = Tallies(arrays["ends"], arrays["buckets"], arrays["counts"])
    if arrays["format"].tolist() != [FORMAT] or not tallies.sound():
        raise ArraysUnusable("it is of another format, or its arrays do not fit together")
    if not len(tallies) == len(arrays["documents"]) == len(arrays["revisions"]):
        raise ArraysUnusable("there are more documents, or fewer, than were counted")
    states = zip(arrays["documents"].tolist(), arrays["revisions"].tolist(), strict=True)
    return {(DocumentId(document), revision): tallies[number] for number, (document, revision) in enumerate(states)}
