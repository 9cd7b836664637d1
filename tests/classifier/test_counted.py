"""What was counted is kept, so that a training reads only what is new; and it is as if all had been read."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from actors.classifier.arrays import ArraysUnusable, pack
from actors.classifier.counted import COUNTED, Corpus, gather, keep_counted, kept_counted, parse_counted
from actors.classifier.features import count
from actors.classifier.lessons import Lesson
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.catalog import LabelId, LabelKind

TEXTS = {DocumentId(number): f"letter{number:03d} of the gas works" for number in range(1, 251)}


class FakeTexts:
    """Gives texts, and remembers who was asked for."""

    def __init__(self, texts: dict[DocumentId, str]) -> None:
        self.texts = texts
        self.asked = list[DocumentId]()

    def __call__(self, documents: Sequence[DocumentId]) -> list[tuple[DocumentId, str]]:
        self.asked += documents
        return [(document, self.texts[document]) for document in documents if document in self.texts]


def lesson(document: int, revision: int = 1, tag: int = 7) -> Lesson:
    return Lesson(DocumentId(document), revision, {LabelKind.TAG: (LabelId(tag),)})


def same(one: Corpus, other: Corpus) -> bool:
    return list(one.lessons) == list(other.lessons) and one.digest() == other.digest()


ALL = [lesson(document) for document in TEXTS]


def test_everything_is_counted_at_first() -> None:
    corpus, read = gather(ALL, {}, FakeTexts(TEXTS))
    assert read == len(ALL)
    assert list(corpus.lessons) == ALL
    buckets, counts = corpus.tallies[len(ALL) - 1]
    expected = count(TEXTS[DocumentId(250)])
    assert (buckets.tolist(), counts.tolist()) == (expected[0].tolist(), expected[1].tolist())


def test_what_is_known_is_not_read_again_and_the_outcome_is_that_of_reading_all(tmp_path: Path) -> None:
    keep_counted(gather(ALL, {}, FakeTexts(TEXTS))[0], tmp_path)
    # One is new, one has changed, one is gone.
    texts = FakeTexts({**TEXTS, DocumentId(3): "another text", DocumentId(300): "a new letter"})
    now = [lesson(300), *ALL[:2], lesson(3, revision=2), *ALL[4:]]
    corpus, read = gather(now, kept_counted(tmp_path), texts)
    assert (texts.asked, read) == ([300, 3], 2)
    assert same(corpus, gather(now, {}, FakeTexts(texts.texts))[0])


def test_a_document_that_is_gone_meanwhile_is_left_out() -> None:
    corpus, read = gather([lesson(1), lesson(999), lesson(2)], {}, FakeTexts(TEXTS))
    assert ([one.document for one in corpus.lessons], read) == ([1, 2], 2)


def test_only_so_much_is_taken_as_memory_allows_from_the_front() -> None:
    each = len(count(TEXTS[DocumentId(1)])[0])
    assert [one.document for one in gather(ALL, {}, FakeTexts(TEXTS), most=3 * each)[0].lessons] == [1, 2, 3]


def test_a_document_without_words_is_known_too_but_teaches_nothing(tmp_path: Path) -> None:
    keep_counted(gather([lesson(1), lesson(2)], {}, FakeTexts({**TEXTS, DocumentId(2): ""}))[0], tmp_path)
    texts = FakeTexts({})
    corpus, _ = gather([lesson(1), lesson(2)], kept_counted(tmp_path), texts)
    assert texts.asked == []
    assert [one.document for one in corpus.legible().lessons] == [1]


def test_a_digest_tells_texts_and_labels_apart_but_not_revisions() -> None:
    corpus, _ = gather(ALL[:3], {}, FakeTexts(TEXTS))
    assert corpus.digest() == Corpus([replace(one, revision=9) for one in corpus.lessons], corpus.tallies).digest()
    refiled = Corpus([*corpus.lessons[:2], lesson(3, tag=8)], corpus.tallies)
    reread, _ = gather(ALL[:3], {}, FakeTexts({**TEXTS, DocumentId(3): "another"}))
    assert len({corpus.digest(), refiled.digest(), reread.digest()}) == 3


def test_nothing_is_kept_at_first(tmp_path: Path) -> None:
    assert kept_counted(tmp_path) == {}


def test_what_is_damaged_is_counted_again(tmp_path: Path) -> None:
    corpus, _ = gather(ALL[:3], {}, FakeTexts(TEXTS))
    keep_counted(corpus, tmp_path)
    whole = (tmp_path / COUNTED).read_bytes()
    place = whole.index(corpus.tallies.buckets.tobytes())
    for damaged in (b"", whole[:-1], whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]):
        (tmp_path / COUNTED).write_bytes(damaged)
        assert kept_counted(tmp_path) == {}


GOOD = {
    "format": np.array([1]),
    "documents": np.array([5, 6]),
    "revisions": np.array([1, 1]),
    "ends": np.array([1, 3]),
    "buckets": np.array([7, 7, 9], np.int32),
    "counts": np.array([1, 2, 1], np.uint8),
}


@pytest.mark.parametrize(
    "lie",
    [
        {"format": np.array([2])},
        {"format": np.zeros(0, np.int64)},
        {"documents": np.array([5])},
        {"revisions": np.array([1, 1, 1])},
        {"ends": np.array([1, 4])},
        {"ends": np.array([4, 3])},
        {"ends": np.array([-1, 3])},
        {"buckets": np.array([7, 7, -1], np.int32)},
        {"buckets": np.array([7, 7, 2**20], np.int32)},
        {"counts": np.array([1, 2, 0], np.uint8)},
        {"counts": np.array([1, 2], np.uint8)},
    ],
    ids=str,
)
def test_arrays_that_do_not_fit_together_are_refused(lie: dict[str, np.ndarray]) -> None:
    assert [key for key, _ in parse_counted(pack(GOOD)).items()] == [(5, 1), (6, 1)]
    with pytest.raises(ArraysUnusable):
        parse_counted(pack({**GOOD, **lie}))
