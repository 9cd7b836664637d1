"""Fingerprints are kept with the result of a document, and find other documents, whichever came first."""

from collections.abc import Sequence

import pytest
from sqlalchemy import func, select

from actors.store.documents.likeness_rows import MOST_LIKELY, MOST_OF_BAND
from actors.store.errors import DocumentNotFound, StaleFence
from actors.store.nouns.archive import DocumentId, DocumentState
from actors.store.nouns.likeness import Compared, Fingerprint, Likely, NearDuplicate
from actors.store.rows.likeness import BandRow, FingerprintRow, NearDuplicateRow
from actors.store.store import Store
from tests.store.making import START, at, leased

# As large as the databases can keep, and as small.
LARGEST, SMALLEST = 2**63 - 1, -(2**63)


def ended(store: Store, content: str, compared: Compared | None) -> tuple[DocumentId, bool]:
    """Deliver a document, and end it with what came of comparing it."""
    job = leased(store, content)
    assert job.document_id is not None
    kept = store.documents.set_result(job.document_id, job.fence, DocumentState.READY, "en", (), False, START, compared=compared)
    return job.document_id, kept


def compared(*bands: int, near: Sequence[tuple[DocumentId, float]] = (), candidates: Sequence[DocumentId] = ()) -> Compared:
    """Say what came of comparing a document; those that it is like are candidates."""
    known = frozenset([*candidates, *(other for other, _ in near)])
    return Compared(Fingerprint(1, b"signed", bands), known, tuple(NearDuplicate(other, likeness) for other, likeness in near))


def kept(store: Store, content: str, *bands: int, near: Sequence[tuple[DocumentId, float]] = ()) -> DocumentId:
    """Deliver and end a document that is kept."""
    likely = [one.document_id for one in store.likenesses.likely(bands, DocumentId(0))]
    document_id, was_kept = ended(store, content, compared(*bands, near=near, candidates=likely))
    assert was_kept
    return document_id


def of(store: Store, document_id: DocumentId) -> list[tuple[DocumentId, float]]:
    return [(found.document.id, found.likeness) for found in store.likenesses.of(document_id, 10)]


def groups(store: Store, before: DocumentId | None = None, limit: int = 10) -> list[tuple[list[DocumentId], float]]:
    return [([document.id for document in group.documents], group.likeness) for group in store.likenesses.groups(before, limit)]


def test_documents_are_found_by_their_bands_those_first_that_share_most(store: Store) -> None:
    one = kept(store, "one", LARGEST, 2, 3)
    two = kept(store, "two", LARGEST, 2, 9)
    kept(store, "far", 7, 8, SMALLEST)
    assert store.likenesses.likely((2, 3, LARGEST), DocumentId(0)) == [Likely(one, b"signed"), Likely(two, b"signed")]
    assert [found.document_id for found in store.likenesses.likely((2, 3, LARGEST), one)] == [two]
    assert [len(store.likenesses.likely(bands, DocumentId(0))) for bands in ((), (SMALLEST,), (11, 12))] == [0, 1, 0]


def test_of_a_template_the_newest_are_found_and_whoever_shares_what_few_have(store: Store) -> None:
    ids = [kept(store, f"bill {number}", 1, 1000 + number) for number in range(MOST_OF_BAND + 6)]
    found = [one.document_id for one in store.likenesses.likely((1, 1000), DocumentId(0))]
    assert (len(found), found[0], found[1]) == (MOST_LIKELY, ids[0], ids[-1])


def test_a_pair_is_found_from_either_side_likeliest_first(store: Store) -> None:
    one = kept(store, "one", 1)
    two = kept(store, "two", 1, near=[(one, 0.9)])
    three = kept(store, "three", 1, near=[(one, 0.97), (two, 0.91)])
    assert [of(store, each) for each in (one, two, three)] == [
        [(three, 0.97), (two, 0.9)],
        [(three, 0.91), (one, 0.9)],
        [(one, 0.97), (two, 0.91)],
    ]
    assert len(store.likenesses.of(one, 1)) == 1


def test_a_document_that_came_meanwhile_is_not_overlooked(store: Store) -> None:
    seen = [one.document_id for one in store.likenesses.likely((1, 2), DocumentId(0))]
    other = kept(store, "twin", 2)
    job = leased(store, "late")
    assert job.document_id is not None
    late = job.document_id

    def result(outcome: Compared) -> bool:
        return store.documents.set_result(late, job.fence, DocumentState.READY, "en", (), False, at(1), compared=outcome)

    assert not result(compared(1, 2, candidates=seen))
    assert (store.documents.get(late).state, of(store, late)) == (DocumentState.PROCESSING, [])
    assert result(compared(1, 2, near=[(other, 0.95)]))
    assert (store.documents.get(late).state, of(store, other)) == (DocumentState.READY, [(late, 0.95)])


def test_a_new_result_takes_the_place_of_the_old_one(store: Store) -> None:
    one = kept(store, "one", 1)
    two = kept(store, "two", 1, 2, near=[(one, 0.9)])
    revision = store.documents.get(two).revision
    assert store.likenesses.keep(two, revision, compared(5, 6))
    assert (of(store, one), of(store, two)) == ([], [])
    assert store.likenesses.likely((1, 2), one) == []
    assert [found.document_id for found in store.likenesses.likely((6,), one)] == [two]


def test_a_fingerprint_of_a_document_that_has_changed_is_not_kept(store: Store) -> None:
    one = kept(store, "one", 1)
    revision = store.documents.get(one).revision
    assert [store.likenesses.keep(*call, compared(5)) for call in ((one, revision - 1), (DocumentId(99), 1), (one, revision))] == [
        False,
        False,
        True,
    ]


def test_who_has_lost_the_lease_keeps_no_fingerprint(store: Store) -> None:
    job = leased(store, "one")
    assert job.document_id is not None
    with pytest.raises(StaleFence):
        store.documents.set_result(job.document_id, job.fence - 1, DocumentState.READY, "en", (), False, START, compared=compared(1))
    assert store.likenesses.likely((1,), DocumentId(0)) == []


def test_the_trash_is_left_out_until_a_document_comes_back(store: Store) -> None:
    one = kept(store, "one", 1)
    two = kept(store, "two", 1, near=[(one, 0.9)])
    store.documents.delete(one, None, at(1))
    assert (of(store, two), groups(store)) == ([], [])
    assert [found.document_id for found in store.likenesses.likely((1,), two)] == [one]
    store.documents.undelete(one, at(2))
    assert (of(store, two), groups(store)) == ([(one, 0.9)], [([one, two], 0.9)])


def test_a_purge_takes_everything_along(store: Store) -> None:
    one = kept(store, "one", 1)
    two = kept(store, "two", 1, near=[(one, 0.9)])
    store.documents.delete(two, None, at(1))
    store.documents.purge(two)
    with store.database.read() as session:
        rows = [session.scalar(select(func.count()).select_from(table)) for table in (FingerprintRow, BandRow, NearDuplicateRow)]
    assert (rows, of(store, one)) == ([1, 1, 0], [])


def test_the_near_duplicates_of_a_missing_document_are_an_error(store: Store) -> None:
    with pytest.raises(DocumentNotFound):
        store.likenesses.of(DocumentId(99), 10)


def test_papers_that_are_there_more_than_once_are_listed_page_by_page(store: Store) -> None:
    a = kept(store, "a", 1)
    b = kept(store, "b", 1, near=[(a, 0.95)])
    lone = kept(store, "lone", 50)
    c = kept(store, "c", 1, near=[(b, 0.85)])
    d = kept(store, "d", 3)
    e = kept(store, "e", 3, near=[(d, 0.99)])
    assert groups(store) == [([d, e], 0.99), ([a, b, c], 0.85)]
    assert groups(store, limit=1) == [([d, e], 0.99)]
    assert groups(store, before=e) == [([a, b, c], 0.85)]
    assert (groups(store, before=c), of(store, lone)) == ([], [])


def test_documents_without_a_fingerprint_of_the_version_are_listed_once_they_are_read(store: Store) -> None:
    signed, (plain, _) = kept(store, "signed", 1), ended(store, "plain", None)
    leased(store, "at work")
    assert store.likenesses.unsigned(1, DocumentId(0), 10) == [plain]
    assert store.likenesses.unsigned(2, DocumentId(0), 10) == [signed, plain]
    assert store.likenesses.unsigned(2, signed, 10) == [plain]
    assert store.likenesses.unsigned(2, DocumentId(0), 1) == [signed]
    assert store.likenesses.keep(plain, store.documents.get(plain).revision, Compared(Fingerprint(1)))
    assert store.likenesses.unsigned(1, DocumentId(0), 10) == []
