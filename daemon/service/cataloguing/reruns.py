"""Rules and learning once more, over as many documents as are meant."""

import asyncio
from array import array
from collections.abc import AsyncGenerator, Iterator, Sequence
from itertools import groupby
from typing import cast

from actors.index.messages import Order, OrderField, SearchRequest
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.assignments import Assignment
from actors.store.nouns.catalog import LabelKind
from actors.understanding.going_over import GoOver, go_over, pages_after, slices
from daemon.service.finding.finding import Finding
from daemon.service.nudges import Nudges
from daemon.service.ports import Archive
from daemon.service.refusals import InvalidRequest, Violation
from daemon.service.threads import completed
from daemon.service.wire.archive import document_id
from daemon.service.wire.assignments import assignment_message
from daemon.service.wire.catalog import label_kind
from scriba.v1 import assignments_pb2 as pb

# Given in one transaction, for which all who write wait; large enough that the index need not follow too often.
PAGE = 100
_FOUND_AT_ONCE = 1_000


class Reruns:
    """Lets rules and learning have their say again. Holds the ids of what a query finds, eight bytes each, and the text of one document."""

    def __init__(self, archive: Archive, nudges: Nudges) -> None:
        self._archive = archive
        self._nudges = nudges
        self._finding = Finding(archive)

    async def answers(self, request: pb.ApplyRulesRequest) -> AsyncGenerator[pb.ApplyRulesResponse, None]:
        """Go over the documents, and tell of each page of them; raises InvalidRequest, QueryRefused, DocumentNotFound."""
        order = order_of(request)
        total, pages = await asyncio.to_thread(self._meant, request)
        done = 0
        yield pb.ApplyRulesResponse(documents_total=total)
        while page := await asyncio.to_thread(next, pages, ()):
            archive = self._archive
            given = await completed(go_over, archive.store, archive.understanding.labels, page, order, archive.now())
            if given and not order.dry_run:
                await self._nudges.give(archive.index.apply())
            done += len(page)
            yield pb.ApplyRulesResponse(documents_done=done, documents_total=total, changes=changes(given, order.dry_run))

    def _meant(self, request: pb.ApplyRulesRequest) -> tuple[int, Iterator[Sequence[DocumentId]]]:
        documents = self._archive.store.documents
        if request.document_ids:
            named = list(dict.fromkeys(document_id(text) for text in request.document_ids))
            documents.get_many(named)
            return len(named), slices(named, PAGE)
        if request.query.strip():
            found = self._found(request.query)
            return len(found), slices(cast("Sequence[DocumentId]", found), PAGE)
        return documents.count(deleted=False), pages_after(documents.ids, PAGE)

    def _found(self, query: str) -> "array[int]":
        """Find all at once: what is given may change what the query finds."""
        found, after = array("q"), ""
        while True:
            order = Order(OrderField.ADDED)
            request = SearchRequest(query, self._archive.now(), limit=_FOUND_AT_ONCE, after=after, order=order, highlight=False)
            answer = self._finding.search("query", request)
            found.extend(hit.document_id for hit in answer.hits)
            after = answer.next_after
            if not after:
                return found


def order_of(request: pb.ApplyRulesRequest) -> GoOver:
    """Read what shall be given again; raises InvalidRequest."""
    if request.document_ids and request.query.strip():
        raise InvalidRequest(Violation("query", "goes without document_ids: one says which documents are meant"))
    kinds = frozenset(label_kind(value) for value in request.kinds) or frozenset(LabelKind)
    return GoOver(kinds, request.only_empty, request.validate_only)


def changes(given: Sequence[Assignment], dry_run: bool) -> Iterator[pb.ApplyRulesResponse.Change]:
    """Tell what documents were given, or would be."""
    for document, assignments in groupby(sorted(given, key=lambda one: (one.document_id, one.id)), key=lambda one: one.document_id):
        messages = [assignment_message(one) for one in assignments]
        for message in messages if dry_run else ():
            message.ClearField("id")
        yield pb.ApplyRulesResponse.Change(document_id=str(document), assignments=messages)
