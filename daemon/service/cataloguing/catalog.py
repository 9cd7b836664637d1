"""The servicer of the catalogue."""

# ruff: noqa: N802, ARG002  # gRPC names the methods and gives each its context; access, limits and errors stand around them

import asyncio

from daemon.service.cataloguing.keeping import Cataloguing
from daemon.service.nudges import Nudges
from daemon.service.ports import Archive
from daemon.service.wire.catalog import field_id, field_message, label_id, label_message, view_id, view_message
from daemon.service.wire.values import expected_revision
from scriba.v1 import catalog_pb2 as pb
from scriba.v1 import catalog_pb2_grpc


class CatalogServicer(catalog_pb2_grpc.CatalogServiceServicer):
    """Unpacks, calls, packs."""

    def __init__(self, archive: Archive, nudges: Nudges) -> None:
        self._archive = archive
        self._cataloguing = Cataloguing(archive)
        self._nudges = nudges

    async def ListLabels(self, request: pb.ListLabelsRequest, context: object) -> pb.ListLabelsResponse:
        return await asyncio.to_thread(self._cataloguing.labels, request)

    async def GetLabel(self, request: pb.GetLabelRequest, context: object) -> pb.GetLabelResponse:
        return pb.GetLabelResponse(label=await asyncio.to_thread(self._cataloguing.label, request.id))

    async def CreateLabel(self, request: pb.CreateLabelRequest, context: object) -> pb.CreateLabelResponse:
        label = await asyncio.to_thread(self._cataloguing.create_label, request.label)
        return pb.CreateLabelResponse(label=label_message(label))

    async def UpdateLabel(self, request: pb.UpdateLabelRequest, context: object) -> pb.UpdateLabelResponse:
        label = await asyncio.to_thread(self._cataloguing.update_label, request)
        await self._indexed()
        return pb.UpdateLabelResponse(label=label_message(label))

    async def DeleteLabel(self, request: pb.DeleteLabelRequest, context: object) -> pb.DeleteLabelResponse:
        label, revision = label_id(request.id), expected_revision(request.etag)
        changed = await asyncio.to_thread(self._archive.store.catalog.labels.delete, label, revision, self._archive.now())
        await self._indexed()
        return pb.DeleteLabelResponse(documents_changed=changed)

    async def ListFields(self, request: pb.ListFieldsRequest, context: object) -> pb.ListFieldsResponse:
        return pb.ListFieldsResponse(fields=map(field_message, await asyncio.to_thread(self._archive.store.catalog.fields.list)))

    async def CreateField(self, request: pb.CreateFieldRequest, context: object) -> pb.CreateFieldResponse:
        field = await asyncio.to_thread(self._cataloguing.create_field, request.field)
        return pb.CreateFieldResponse(field=field_message(field))

    async def UpdateField(self, request: pb.UpdateFieldRequest, context: object) -> pb.UpdateFieldResponse:
        field = await asyncio.to_thread(self._cataloguing.update_field, request)
        await self._indexed()
        return pb.UpdateFieldResponse(field=field_message(field))

    async def DeleteField(self, request: pb.DeleteFieldRequest, context: object) -> pb.DeleteFieldResponse:
        field, revision = field_id(request.id), expected_revision(request.etag)
        changed = await asyncio.to_thread(self._archive.store.catalog.fields.delete, field, revision, self._archive.now())
        await self._indexed()
        return pb.DeleteFieldResponse(documents_changed=changed)

    async def ListViews(self, request: pb.ListViewsRequest, context: object) -> pb.ListViewsResponse:
        return pb.ListViewsResponse(views=map(view_message, await asyncio.to_thread(self._archive.store.catalog.views.list)))

    async def CreateView(self, request: pb.CreateViewRequest, context: object) -> pb.CreateViewResponse:
        return pb.CreateViewResponse(view=view_message(await asyncio.to_thread(self._cataloguing.create_view, request.view)))

    async def UpdateView(self, request: pb.UpdateViewRequest, context: object) -> pb.UpdateViewResponse:
        return pb.UpdateViewResponse(view=view_message(await asyncio.to_thread(self._cataloguing.update_view, request)))

    async def DeleteView(self, request: pb.DeleteViewRequest, context: object) -> pb.DeleteViewResponse:
        await asyncio.to_thread(self._archive.store.catalog.views.delete, view_id(request.id), expected_revision(request.etag))
        return pb.DeleteViewResponse()

    async def GetNextArchiveSerialNumber(
        self, request: pb.GetNextArchiveSerialNumberRequest, context: object
    ) -> pb.GetNextArchiveSerialNumberResponse:
        return pb.GetNextArchiveSerialNumberResponse(number=await asyncio.to_thread(self._archive.store.catalog.next_asn))

    async def _indexed(self) -> None:
        """Let the index see a change before the user is told that it is made."""
        await self._nudges.give(self._archive.index.apply())
