"""Rules and learning once more, over as many documents as are meant."""

import asyncio
from array import array
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Sequence
from itertools import groupby

from actors.store.nouns.archive import DocumentId, JobId
from actors.store.nouns.assignments import Assignment
from actors.store.nouns.bulk_edits import BulkAction, BulkOrder
from actors.store.nouns.catalog import LabelKind
from actors.understanding.going_over import GoOver
from daemon.service.callers import caller
from daemon.service.finding.finding import Finding, found_by
from daemon.service.nudges import Nudges
from daemon.service.ports import Archive
from daemon.service.refusals import InvalidRequest, Violation
from daemon.service.wire.archive import document_id
from daemon.service.wire.assignments import assignment_message
from daemon.service.wire.catalog import label_kind
from scriba.v1 import assignments_pb2 as pb

# A dry run asks for so many at once, and what was given comes in answers of as many values, which stay far below the limit of a message.
PAGE = 100
MOST_VALUES = 1_000
_READ_AT_ONCE = 1_000
# How soon it is seen that the job has gone on.
LOOK_SECONDS = 0.25


class Reruns:
    """Lets rules and learning have their say again, by a job; a dry run needs none. Holds the ids that are meant, eight bytes each."""

    def __init__(self, archive: Archive, nudges: Nudges, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._archive = archive
        self._nudges = nudges
        self._sleep = sleep
        self._finding = Finding(archive)

    async def answers(self, request: pb.ApplyRulesRequest) -> AsyncGenerator[pb.ApplyRulesResponse, None]:
        """Go over the documents, and tell how far it is; raises InvalidRequest, QueryRefused, DocumentNotFound."""
        order = order_of(request)
        meant = await asyncio.to_thread(self._meant, request)
        answers = self._rehearsed(meant, order) if request.validate_only else self._carried_out(meant, order)
        async for answer in answers:
            answer.documents_total = len(meant)
            yield answer

    async def _rehearsed(self, meant: Sequence[int], order: GoOver) -> AsyncGenerator[pb.ApplyRulesResponse, None]:
        yield pb.ApplyRulesResponse()
        for start in range(0, len(meant), PAGE):
            page = [DocumentId(one) for one in meant[start : start + PAGE]]
            given = await self._archive.pipeline.rehearse(page, order)
            yield pb.ApplyRulesResponse(documents_done=start + len(page), changes=changes(given, dry_run=True))

    async def _carried_out(self, meant: Sequence[int], order: GoOver) -> AsyncGenerator[pb.ApplyRulesResponse, None]:
        store = self._archive.store
        if not meant:
            yield pb.ApplyRulesResponse()
            return
        last = await asyncio.to_thread(store.assignments.latest)
        job_id = await asyncio.to_thread(self._start, meant, order)
        await self._nudges.give(self._archive.pipeline.wake())
        told = -1
        while True:
            # First the job, then what it gave: all that is done by then is told with it.
            job = await asyncio.to_thread(store.jobs.get, job_id)
            given = await asyncio.to_thread(store.bulk_edits.given, job_id, last, MOST_VALUES)
            more, last = len(given) == MOST_VALUES, given[-1].id if given else last
            if given or job.pages_done > told:
                told = told if more else job.pages_done
                yield pb.ApplyRulesResponse(documents_done=max(told, 0), job_id=str(job_id), changes=changes(given, dry_run=False))
            elif job.finish_time is not None:
                return
            else:
                await self._sleep(LOOK_SECONDS)

    def _start(self, meant: Sequence[int], order: GoOver) -> JobId:
        label = f"apply rules: {len(meant):,} document{'s' if len(meant) > 1 else ''}"
        bulk = BulkOrder(BulkAction.APPLY_RULES, kinds=order.kinds, keep_values=order.keep_values)
        return self._archive.store.bulk_edits.start(bulk, [DocumentId(one) for one in meant], label, self._archive.now())

    def _meant(self, request: pb.ApplyRulesRequest) -> "array[int]":
        """Choose the documents at once: what is given may change what a query finds."""
        documents = self._archive.store.documents
        if request.document_ids:
            named = list(dict.fromkeys(document_id(text) for text in request.document_ids))
            documents.get_many(named)
            return array("q", named)
        if request.query.strip():
            return array("q", found_by(self._finding, request.query, self._archive.now()))
        meant = array("q")
        while some := documents.ids(DocumentId(meant[-1]) if meant else None, _READ_AT_ONCE):
            meant.extend(some)
        return meant


def order_of(request: pb.ApplyRulesRequest) -> GoOver:
    """Read what shall be given again; raises InvalidRequest."""
    if request.document_ids and request.query.strip():
        raise InvalidRequest(Violation("query", "goes without document_ids: one says which documents are meant"))
    kinds = frozenset(label_kind(value) for value in request.kinds) or frozenset(LabelKind)
    return GoOver(kinds, request.only_empty, caller().viewer)


def changes(given: Sequence[Assignment], dry_run: bool) -> Iterator[pb.ApplyRulesResponse.Change]:
    """Tell what documents were given, or would be."""
    for document, assignments in groupby(sorted(given, key=lambda one: (one.document_id, one.id)), key=lambda one: one.document_id):
        messages = [assignment_message(one) for one in assignments]
        for message in messages if dry_run else ():
            message.ClearField("id")
        yield pb.ApplyRulesResponse.Change(document_id=str(document), assignments=messages)
