"""The pipeline takes a bulk edit to its end, whatever comes between."""

import pytest

from actors.pipeline.bulk_editing import DOCUMENTS_AT_ONCE
from actors.store.errors import StoreUnavailable
from actors.store.nouns.archive import DocumentChanges, DocumentId, DocumentState, JobId
from actors.store.nouns.assignments import Aspect, Giver, Proposal, Reason
from actors.store.nouns.bulk_edits import BulkAction, BulkOrder
from actors.store.nouns.catalog import LabelKind
from actors.store.nouns.jobs import JobState
from actors.store.store import Store
from actors.understanding.going_over import GoOver
from tests.pipeline.cast import Stage, until, working
from tests.store.making import START, document_id

COUNT = DOCUMENTS_AT_ONCE * 2 + 5


@pytest.fixture
def ids(store: Store) -> list[DocumentId]:
    """Give documents that have been read."""
    made = [document_id(store, f"letter {number}") for number in range(COUNT)]
    for job in store.jobs.lease("reader", COUNT, START):
        assert job.document_id is not None
        store.documents.set_result(job.document_id, job.fence, DocumentState.READY, "en", (), False, START)
        store.jobs.succeed(job.id, job.fence, START)
    return made


def queued(store: Store, ids: list[DocumentId]) -> JobId:
    return store.bulk_edits.start(BulkOrder(BulkAction.EDIT, DocumentChanges(title="All")), ids, "edit", START)


def state_of(store: Store, job_id: JobId) -> JobState:
    return store.jobs.get(job_id).state


async def test_a_bulk_edit_goes_to_its_end_and_search_follows(stage: Stage, store: Store, ids: list[DocumentId]) -> None:
    job_id = queued(store, ids)
    async with working(stage.pipeline()):
        await until(lambda: state_of(store, job_id) is JobState.SUCCEEDED)
    assert {store.documents.get(each).title for each in ids} == {"All"}
    assert (store.jobs.get(job_id).pages_done, store.jobs.get(job_id).pages_total) == (COUNT, COUNT)


async def test_it_goes_on_where_it_stood(stage: Stage, store: Store, ids: list[DocumentId]) -> None:
    job_id = queued(store, ids)
    job = next(job for job in store.jobs.lease("former life", 10, START) if job.id == job_id)
    store.bulk_edits.step(job_id, job.fence, 0, ids[:50], COUNT, START)
    revisions = [store.documents.get(each).revision for each in ids[:50]]
    async with working(stage.pipeline()):
        await until(lambda: state_of(store, job_id) is JobState.SUCCEEDED)
    assert [store.documents.get(each).revision for each in ids[:50]] == revisions
    assert store.bulk_edits.get(job_id, 1).changed == COUNT


async def test_rules_have_their_say_again(stage: Stage, store: Store, ids: list[DocumentId]) -> None:
    stage.understanding.proposals = (
        Proposal(Aspect.TAG, "tax", Reason(Giver.RULE, "a word")),
        Proposal(Aspect.CORRESPONDENT, "Ada", Reason(Giver.RULE, "a word")),
    )
    pipeline, tags = stage.pipeline(), frozenset({LabelKind.TAG})
    job_id = store.bulk_edits.start(BulkOrder(BulkAction.APPLY_RULES, kinds=tags), ids, "apply rules", START)
    async with working(pipeline):
        await until(lambda: state_of(store, job_id) is JobState.SUCCEEDED)
        (foreseen,) = await pipeline.rehearse([ids[0]], GoOver(frozenset({LabelKind.CORRESPONDENT})))
    assert {(store.documents.get(each).tags, store.documents.get(each).correspondent) for each in ids} == {(("tax",), None)}
    assert (foreseen.value, store.assignments.list(ids[0])[-1].value) == ("Ada", "tax")


async def test_while_the_database_is_away_it_waits(
    stage: Stage, store: Store, ids: list[DocumentId], monkeypatch: pytest.MonkeyPatch
) -> None:
    step, failures = store.bulk_edits.step, iter([StoreUnavailable("away")])

    def away_at_first(*arguments: object) -> int:
        for failure in failures:
            raise failure
        return step(*arguments)  # type: ignore[arg-type]  # passes on what came

    monkeypatch.setattr(store.bulk_edits, "step", away_at_first)
    job_id = queued(store, ids)
    async with working(stage.pipeline()):
        await until(lambda: state_of(store, job_id) is JobState.RETRYING)
        assert "it waits for the store: away" in store.jobs.get(job_id).error
    assert store.jobs.get(job_id).attempt == 0
