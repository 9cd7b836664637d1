"""Uploads: a stream, or call after call, becomes a part file, and a whole part file a document."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from actors.intake.errors import NoSpace, StorageFailed
from actors.intake.messages import AcceptUpload
from actors.store.errors import DocumentNotFound
from actors.store.files.health import StoreHealth
from actors.store.nouns.archive import Accepted, DocumentChanges, DocumentId
from actors.store.nouns.catalog import Field
from actors.store.store import Store
from daemon.service.callers import author
from daemon.service.documents.parts import Parts, Requests, Start
from daemon.service.documents.request_ids import own_name
from daemon.service.nudges import Nudges
from daemon.service.owners import owner_of
from daemon.service.ports import Archive
from daemon.service.refusals import HiddenDuplicate, InvalidRequest, UploadIncomplete, UploadNotFound, Violation
from daemon.service.wire.archive import document_message
from daemon.service.wire.fields import field_names, field_values, linked_documents
from daemon.service.wire.values import day_of
from scriba.v1 import documents_pb2


class Uploads:
    """Receives files. An upload is named by its request id: it can break off and go on, and is accepted once."""

    def __init__(self, archive: Archive, nudges: Nudges) -> None:
        self._archive = archive
        self._nudges = nudges
        self._parts = Parts(archive.whole.data, archive.facts.max_upload_bytes)

    async def receive(self, requests: Requests) -> documents_pb2.UploadDocumentResponse:
        """Take one upload to its end; one that was accepted before is answered as it was then."""
        start = await _first(requests)
        taken = await self._take(start, lambda: self._parts.fill(start, requests))
        if isinstance(taken, int):
            raise UploadIncomplete(taken, start.size_bytes)
        return taken

    async def write(self, start: Start, chunk: bytes) -> documents_pb2.WriteUploadResponse:
        """Take one part of an upload, and the upload itself with its last part."""
        taken = await self._take(start, lambda: self._parts.write(start, chunk))
        if isinstance(taken, int):
            return documents_pb2.WriteUploadResponse(received_bytes=taken)
        return documents_pb2.WriteUploadResponse(received_bytes=taken.document.size_bytes, upload=taken)

    async def progress(self, request_id: str) -> documents_pb2.GetUploadResponse:
        """Tell how far an upload is; raises UploadNotFound."""
        store, name = self._archive.store, own_name(request_id)
        if accepted := await asyncio.to_thread(store.uploads.find, name):
            document = await asyncio.to_thread(store.documents.get, accepted.document_id)
            return documents_pb2.GetUploadResponse(received_bytes=document.size_bytes, document_id=str(document.id))
        received = await asyncio.to_thread(self._parts.received, name)
        if received is None:
            raise UploadNotFound(request_id)
        return documents_pb2.GetUploadResponse(received_bytes=received)

    async def _take(self, start: Start, arrive: Callable[[], Awaitable[int]]) -> documents_pb2.UploadDocumentResponse | int:
        """Let bytes of an upload arrive, and accept it once it is whole; before, tell how many have come."""
        start.request_id = own_name(start.request_id)
        store, whole = self._archive.store, self._archive.whole
        with self._parts.held(start.request_id):
            accepted = await asyncio.to_thread(whole.uploads.find, start.request_id)
            if accepted is None:
                order = await asyncio.to_thread(self._order, start)
                refuse_unless_accepting(self._archive.health())
                if (received := await arrive()) < start.size_bytes:
                    return received
                answer = await self._archive.intake.accept_upload(order)
                accepted = Accepted(answer.document_id, answer.job_id, answer.duplicate)
                if not accepted.duplicate:
                    store = whole  # told once to who brought it, also where he has let it go
        return await self._answer(accepted, store)

    async def _answer(self, accepted: Accepted, store: Store) -> documents_pb2.UploadDocumentResponse:
        if accepted.duplicate:
            await self._nudges.give(self._archive.index.apply())  # it may have come out of the trash
        try:
            document = await asyncio.to_thread(store.documents.get, accepted.document_id)
        except DocumentNotFound:
            if not accepted.duplicate:
                raise
            raise HiddenDuplicate from None
        job_id = "" if accepted.job_id is None else str(accepted.job_id)
        return documents_pb2.UploadDocumentResponse(document=document_message(document), duplicate=accepted.duplicate, job_id=job_id)

    def _order(self, start: Start) -> AcceptUpload:
        store, names = self._archive.store, field_names(start.fields)
        fields = store.catalog.fields.by_name(sorted(names)) if names else {}
        given = given_of(start, fields)
        store.documents.get_many([DocumentId(other) for other in linked_documents(given.fields, fields)])
        part, told = self._parts.path(start.request_id), start.owner_id if start.HasField("owner_id") else None
        owner = owner_of(told, self._archive.whole)
        return AcceptUpload(part, start.request_id, start.filename, given, start.sha256, owner, author())


def given_of(start: Start, fields: Mapping[str, Field]) -> DocumentChanges:
    """Read what a file's sender says of it; raises InvalidRequest. The intake cleans the names."""
    return DocumentChanges(
        title=start.title,
        tags=tuple(start.tags),
        created_date=day_of("start.created_date", start.created_date),
        correspondent=start.correspondent,
        document_type=start.document_type,
        storage_path=start.storage_path,
        asn=start.archive_serial_number or None,
        fields=field_values("start.fields", start.fields, fields),
    )


def refuse_unless_accepting(health: StoreHealth) -> None:
    """Refuse an upload before its bytes come, while none can be taken in."""
    if not health.accepting:
        raise NoSpace(health.problem) if health.writable else StorageFailed(health.problem)


async def _first(requests: Requests) -> Start:
    async for request in requests:
        if request.WhichOneof("part") == "start":
            return request.start
        break
    raise InvalidRequest(Violation("start", "the first message is a start"))
