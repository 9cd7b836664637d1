"""The servicer of search."""

from daemon.service.ports import Archive
from scriba.v1 import search_pb2 as pb
from scriba.v1 import search_pb2_grpc


class SearchServicer(search_pb2_grpc.SearchServiceServicer):
    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    async def SearchDocuments(self, request: pb.SearchDocumentsRequest, context: object) -> pb.SearchDocumentsResponse:
        return pb.SearchDocumentsResponse()

    async def SuggestQueries(self, request: pb.SuggestQueriesRequest, context: object) -> pb.SuggestQueriesResponse:
        return pb.SuggestQueriesResponse()

    async def FindSimilarDocuments(self, request: pb.FindSimilarDocumentsRequest, context: object) -> pb.FindSimilarDocumentsResponse:
        return pb.FindSimilarDocumentsResponse()
