"""The servicer of notes."""

# ruff: noqa: N802, ARG002  # gRPC names the methods and gives each its context; access, limits and errors stand around them

import asyncio

from actors.store.rows.columns import clean_text
from daemon.service.callers import caller
from daemon.service.nudges import Nudges
from daemon.service.ports import Archive
from daemon.service.refusals import InvalidRequest, Violation
from daemon.service.wire.archive import document_id
from daemon.service.wire.catalog import note_id, note_message
from scriba.v1 import notes_pb2 as pb
from scriba.v1 import notes_pb2_grpc


class NoteServicer(notes_pb2_grpc.NoteServiceServicer):
    """Unpacks, calls, packs."""

    def __init__(self, archive: Archive, nudges: Nudges) -> None:
        self._archive = archive
        self._nudges = nudges

    async def ListNotes(self, request: pb.ListNotesRequest, context: object) -> pb.ListNotesResponse:
        notes = await asyncio.to_thread(self._archive.store.notes.list, document_id(request.document_id))
        return pb.ListNotesResponse(notes=map(note_message, notes))

    async def CreateNote(self, request: pb.CreateNoteRequest, context: object) -> pb.CreateNoteResponse:
        document, text = document_id(request.document_id), _written(request.text)
        note = await asyncio.to_thread(self._archive.store.notes.add, document, caller().name, text, self._archive.now())
        await self._indexed()
        return pb.CreateNoteResponse(note=note_message(note))

    async def UpdateNote(self, request: pb.UpdateNoteRequest, context: object) -> pb.UpdateNoteResponse:
        document, note, text = document_id(request.document_id), note_id(request.id), _written(request.text)
        changed = await asyncio.to_thread(self._archive.store.notes.change, document, note, text, self._archive.now())
        await self._indexed()
        return pb.UpdateNoteResponse(note=note_message(changed))

    async def DeleteNote(self, request: pb.DeleteNoteRequest, context: object) -> pb.DeleteNoteResponse:
        document, note = document_id(request.document_id), note_id(request.id)
        await asyncio.to_thread(self._archive.store.notes.remove, document, note, self._archive.now())
        await self._indexed()
        return pb.DeleteNoteResponse()

    async def _indexed(self) -> None:
        """Let the index see a change before the user is told that it is made."""
        await self._nudges.give(self._archive.index.apply())


def _written(text: str) -> str:
    """Take a note's text without what surrounds it; raises InvalidRequest for one that is only space."""
    if not (written := clean_text(text).strip()):
        raise InvalidRequest(Violation("text", "must have more in it than white space"))
    return written
