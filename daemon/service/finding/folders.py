"""The servicer of folders."""

# ruff: noqa: N802, ARG002  # gRPC names the methods and gives each its context; access, limits and errors stand around them

import asyncio

from daemon.service.finding.browsing import Browsing
from daemon.service.ports import Archive
from scriba.v1 import folders_pb2 as pb
from scriba.v1 import folders_pb2_grpc


class FolderServicer(folders_pb2_grpc.FolderServiceServicer):
    """Unpacks, calls, packs."""

    def __init__(self, archive: Archive) -> None:
        self._browsing = Browsing(archive)

    async def ListFolders(self, request: pb.ListFoldersRequest, context: object) -> pb.ListFoldersResponse:
        return await asyncio.to_thread(self._browsing.page, request)
