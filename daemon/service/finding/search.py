"""The servicer of search."""

# ruff: noqa: N802, ARG002  # gRPC names the methods and gives each its context; access, limits and errors stand around them

import asyncio

from actors.index.messages import SearchRequest, SuggestAnswer
from daemon.service.finding.finding import Finding, found_after, found_order
from daemon.service.finding.near_duplicates import NearDuplicates
from daemon.service.ports import Archive
from daemon.service.wire.archive import document_id, facet_field, facet_message, result_message, suggestions_message
from daemon.service.wire.page_tokens import page_token
from scriba.v1 import search_pb2 as pb
from scriba.v1 import search_pb2_grpc

PAGE_SIZE = 20
SUGGESTIONS = 10
SIMILAR = 10


class SearchServicer(search_pb2_grpc.SearchServiceServicer):
    """Unpacks, calls, packs."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._finding = Finding(archive)
        self._near_duplicates = NearDuplicates(archive)

    async def SearchDocuments(self, request: pb.SearchDocumentsRequest, context: object) -> pb.SearchDocumentsResponse:
        return await asyncio.to_thread(self._found, request)

    async def SuggestQueries(self, request: pb.SuggestQueriesRequest, context: object) -> pb.SuggestQueriesResponse:
        limit = request.page_size or SUGGESTIONS
        return suggestions_message(await asyncio.to_thread(self._suggested, request.query, request.cursor, limit))

    async def FindSimilarDocuments(self, request: pb.FindSimilarDocumentsRequest, context: object) -> pb.FindSimilarDocumentsResponse:
        return await asyncio.to_thread(self._similar, request)

    async def FindNearDuplicates(self, request: pb.FindNearDuplicatesRequest, context: object) -> pb.FindNearDuplicatesResponse:
        return await asyncio.to_thread(self._near_duplicates.of, request)

    async def ListNearDuplicates(self, request: pb.ListNearDuplicatesRequest, context: object) -> pb.ListNearDuplicatesResponse:
        return await asyncio.to_thread(self._near_duplicates.page, request)

    def _found(self, request: pb.SearchDocumentsRequest) -> pb.SearchDocumentsResponse:
        asked = SearchRequest(
            query=request.query,
            now=self._archive.now(),
            limit=request.page_size or PAGE_SIZE,
            after=found_after(request),
            order=found_order(request.order_by, "relevance"),
            facets=tuple(facet_field(value) for value in request.facets),
            highlight=not request.skip_highlights,
            loosen=True,
            skip=request.skip,
        )
        answer = self._finding.search("query", asked)
        return pb.SearchDocumentsResponse(
            results=[result_message(hit, document) for hit, document in self._finding.documents(answer.hits)],
            next_page_token=page_token([answer.next_after], request) if answer.next_after else "",
            total_size=answer.total,
            facets=[facet_message(field, counts) for field, counts in answer.facets],
        )

    def _suggested(self, query: str, cursor: int, limit: int) -> SuggestAnswer:
        return self._archive.searcher.suggest(query, cursor, limit, self._archive.sight)

    def _similar(self, request: pb.FindSimilarDocumentsRequest) -> pb.FindSimilarDocumentsResponse:
        document = self._archive.store.documents.get(document_id(request.id))
        hits = self._archive.searcher.similar(document.id, request.page_size or SIMILAR, self._archive.sight)
        return pb.FindSimilarDocumentsResponse(results=[result_message(hit, one) for hit, one in self._finding.documents(hits)])
