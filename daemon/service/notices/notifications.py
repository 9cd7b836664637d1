"""The servicer of notifications."""

# ruff: noqa: N802, ARG002  # gRPC names the methods and gives each its context; access, limits and errors stand around them

import asyncio
import time

from daemon.service.notices.keeping import Notifications
from daemon.service.ports import Archive
from daemon.service.sharing.pace import Pace
from daemon.service.threads import completed
from scriba.v1 import notifications_pb2 as pb
from scriba.v1 import notifications_pb2_grpc


class NotificationServicer(notifications_pb2_grpc.NotificationServiceServicer):
    """Unpacks, calls, packs."""

    def __init__(self, archive: Archive) -> None:
        self._kept = Notifications(archive, Pace(time.monotonic))

    async def ListNotifications(self, request: pb.ListNotificationsRequest, context: object) -> pb.ListNotificationsResponse:
        return pb.ListNotificationsResponse(notifications=await asyncio.to_thread(self._kept.all))

    async def CreateNotification(self, request: pb.CreateNotificationRequest, context: object) -> pb.CreateNotificationResponse:
        return pb.CreateNotificationResponse(notification=await asyncio.to_thread(self._kept.create, request.notification))

    async def UpdateNotification(self, request: pb.UpdateNotificationRequest, context: object) -> pb.UpdateNotificationResponse:
        return pb.UpdateNotificationResponse(notification=await asyncio.to_thread(self._kept.update, request))

    async def DeleteNotification(self, request: pb.DeleteNotificationRequest, context: object) -> pb.DeleteNotificationResponse:
        await asyncio.to_thread(self._kept.delete, request)
        return pb.DeleteNotificationResponse()

    async def TestNotification(self, request: pb.TestNotificationRequest, context: object) -> pb.TestNotificationResponse:
        await completed(self._kept.test, request.id)
        return pb.TestNotificationResponse()
