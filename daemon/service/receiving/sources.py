"""The servicer of sources."""

# ruff: noqa: N802, ARG002  # gRPC names the methods and gives each its context; access, limits and errors stand around them

import asyncio

from daemon.service.ports import Archive
from daemon.service.receiving.keeping import Sources
from scriba.v1 import sources_pb2 as pb
from scriba.v1 import sources_pb2_grpc


class SourceServicer(sources_pb2_grpc.SourceServiceServicer):
    """Unpacks, calls, packs."""

    def __init__(self, archive: Archive) -> None:
        self._sources = Sources(archive)

    async def CreateSource(self, request: pb.CreateSourceRequest, context: object) -> pb.CreateSourceResponse:
        return await asyncio.to_thread(self._sources.create, request.source)

    async def ListSources(self, request: pb.ListSourcesRequest, context: object) -> pb.ListSourcesResponse:
        return await asyncio.to_thread(self._sources.page, request)

    async def GetSource(self, request: pb.GetSourceRequest, context: object) -> pb.GetSourceResponse:
        return pb.GetSourceResponse(source=await asyncio.to_thread(self._sources.get, request.id))

    async def UpdateSource(self, request: pb.UpdateSourceRequest, context: object) -> pb.UpdateSourceResponse:
        return pb.UpdateSourceResponse(source=await asyncio.to_thread(self._sources.update, request))

    async def DeleteSource(self, request: pb.DeleteSourceRequest, context: object) -> pb.DeleteSourceResponse:
        await asyncio.to_thread(self._sources.delete, request)
        return pb.DeleteSourceResponse()
