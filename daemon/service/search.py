"""The servicer of search."""

from daemon.service.ports import Archive
from scriba.v1 import search_pb2_grpc


class SearchServicer(search_pb2_grpc.SearchServiceServicer):
    def __init__(self, archive: Archive) -> None:
        self._archive = archive
