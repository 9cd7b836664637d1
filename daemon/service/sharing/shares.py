"""The servicer of share links."""

# ruff: noqa: N802, ARG002  # gRPC names the methods and gives each its context; access, limits and errors stand around them

import asyncio
import time

from daemon.service.ports import Archive
from daemon.service.sharing.keeping import Sharing
from daemon.service.sharing.sending import Sending
from daemon.service.wire.shares import share_link_message
from scriba.v1 import shares_pb2 as pb
from scriba.v1 import shares_pb2_grpc


class ShareServicer(shares_pb2_grpc.ShareServiceServicer):
    """Unpacks, calls, packs."""

    def __init__(self, archive: Archive) -> None:
        self._sharing = Sharing(archive)
        self._sending = Sending(archive, time.monotonic)

    async def CreateShareLink(self, request: pb.CreateShareLinkRequest, context: object) -> pb.CreateShareLinkResponse:
        return await asyncio.to_thread(self._sharing.create, request.link)

    async def ListShareLinks(self, request: pb.ListShareLinksRequest, context: object) -> pb.ListShareLinksResponse:
        return await asyncio.to_thread(self._sharing.page, request)

    async def GetShareLink(self, request: pb.GetShareLinkRequest, context: object) -> pb.GetShareLinkResponse:
        return pb.GetShareLinkResponse(link=share_link_message(await asyncio.to_thread(self._sharing.get, request.id)))

    async def UpdateShareLink(self, request: pb.UpdateShareLinkRequest, context: object) -> pb.UpdateShareLinkResponse:
        return pb.UpdateShareLinkResponse(link=share_link_message(await asyncio.to_thread(self._sharing.update, request)))

    async def DeleteShareLink(self, request: pb.DeleteShareLinkRequest, context: object) -> pb.DeleteShareLinkResponse:
        await asyncio.to_thread(self._sharing.delete, request)
        return pb.DeleteShareLinkResponse()

    async def SendDocuments(self, request: pb.SendDocumentsRequest, context: object) -> pb.SendDocumentsResponse:
        return pb.SendDocumentsResponse(size_bytes=await self._sending.send(request))
