"""Documents that came before there were fingerprints get theirs while the archive works."""

import pytest

from actors.pipeline.fingerprinting import AGAIN_SECONDS, DOCUMENTS_AT_ONCE, Fingerprinting
from actors.similarity.tokens import VERSION
from actors.store.errors import StoreUnavailable
from actors.store.nouns.archive import DocumentId, DocumentState
from actors.store.nouns.likeness import Compared
from actors.store.store import Store
from tests.similarity.papers import text_of, write
from tests.store.making import START, at, leased


def filed(store: Store, title: str, text: str) -> DocumentId:
    """File a document of one page as it was done before there were fingerprints."""
    job = leased(store, title)
    assert job.document_id is not None
    store.pages.begin(job.document_id, job.id, job.fence, [(1, text, False)])
    assert store.documents.set_result(job.document_id, job.fence, DocumentState.READY, "en", (), False, START)
    return job.document_id


class Rests:
    """Remembers the rests, and takes none."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


async def test_all_that_wait_get_one_block_by_block_and_pairs_are_found(store: Store) -> None:
    bill = text_of(write("invoice", 1, 3))
    ids = [filed(store, f"letter {turn}", text_of(write("personal", 1, turn))) for turn in range(DOCUMENTS_AT_ONCE)]
    ids += [filed(store, "bill", bill), filed(store, "bill again", bill), filed(store, "card", "Thank you!")]
    before = [store.documents.get(each) for each in ids]
    rests, ticks = Rests(), iter(range(100))
    work = Fingerprinting(store, rests, lambda: float(next(ticks)))
    await work.work()
    assert (work.signed, rests.seconds) == (len(ids), [4.0, 4.0])
    assert [one.document.id for one in store.likenesses.of(ids[-2], 10)] == [ids[-3]]
    assert store.likenesses.unsigned(VERSION, DocumentId(0), 1) == []
    assert [store.documents.get(each) for each in ids] == before, "an upgrade changes no document"


async def test_what_is_done_is_not_done_again(store: Store) -> None:
    filed(store, "bill", text_of(write("invoice", 1, 3)))
    await Fingerprinting(store, Rests()).work()
    again = Fingerprinting(store, Rests())
    await again.work()
    assert again.signed == 0


async def test_a_document_that_changes_meanwhile_is_compared_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    one = filed(store, "bill", text_of(write("invoice", 1, 3)))
    keep, kept = store.likenesses.keep, list[bool]()

    def changed_before(document_id: DocumentId, revision: int, compared: Compared) -> bool:
        if not kept:
            store.documents.delete(one, None, at(1))
        kept.append(keep(document_id, revision, compared))
        return kept[-1]

    monkeypatch.setattr(store.likenesses, "keep", changed_before)
    await Fingerprinting(store, Rests()).work()
    assert kept == [False, True]


async def test_it_waits_while_the_database_is_away(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    filed(store, "bill", text_of(write("invoice", 1, 3)))
    unsigned, failures = store.likenesses.unsigned, iter([StoreUnavailable("away")])

    def away_at_first(*arguments: object) -> object:
        for failure in failures:
            raise failure
        return unsigned(*arguments)  # type: ignore[arg-type]  # passes on what came

    monkeypatch.setattr(store.likenesses, "unsigned", away_at_first)
    rests = Rests()
    work = Fingerprinting(store, rests)
    await work.work()
    assert (work.signed, rests.seconds[0]) == (1, AGAIN_SECONDS)
