"""Having a document read again."""

import asyncio

from actors.ocr.messages import UnlockDocument
from actors.store.errors import JobActive
from actors.store.nouns.archive import Document, JobId
from actors.store.nouns.jobs import JobKind, JobState
from daemon.service.nudges import Nudges
from daemon.service.ports import Archive
from daemon.service.refusals import NotEncrypted
from daemon.service.wire.archive import ocr_mode
from scriba.v1 import bulk_edits_pb2, documents_pb2

AT_WORK = (JobState.QUEUED, JobState.RUNNING, JobState.RETRYING)


def reading_options(request: documents_pb2.ReprocessDocumentRequest | bulk_edits_pb2.StartBulkEditRequest) -> dict[str, str]:
    """Tell how documents are to be read, as far as a request says it."""
    mode = ocr_mode(request.ocr_mode)
    asked = {"ocr_mode": mode.value if mode else "", "ocr_language": request.ocr_language}
    return {name: value for name, value in asked.items() if value}


class Rereading:
    """Queues jobs on documents that are in the archive already."""

    def __init__(self, archive: Archive, nudges: Nudges) -> None:
        self._archive = archive
        self._nudges = nudges

    async def reprocess(self, document: Document, request: documents_pb2.ReprocessDocumentRequest) -> JobId:
        """Queue a document with the settings that the request names; raises JobActive."""
        return await self._queue(document, reading_options(request))

    async def unlock(self, document: Document, password: str) -> JobId:
        """Keep a decrypted copy until it is read, and queue the document.

        Raises DocumentNotEditable, NotEncrypted, JobActive or WrongPassword.
        """
        store = self._archive.store
        await asyncio.to_thread(store.documents.require_editable, document.id)
        if not document.encrypted:
            raise NotEncrypted
        # Asked first: a job at work may be reading an earlier copy.
        for job in await asyncio.to_thread(store.jobs.list, AT_WORK, document.id, None, 1):
            raise JobActive(job.id)
        staged = store.unlocked.path(document.id).with_suffix(".new")
        original = await asyncio.to_thread(store.originals.path, document)
        await self._archive.binder.unlock(UnlockDocument(original, password, staged))
        await asyncio.to_thread(store.unlocked.put, staged, document.id)
        return await self._queue(document, {})

    async def _queue(self, document: Document, options: dict[str, str]) -> JobId:
        jobs, now = self._archive.store.jobs, self._archive.now()
        job_id = await asyncio.to_thread(jobs.enqueue, document.id, JobKind.DOCUMENT, document.title, options, now)
        await self._nudges.give(self._archive.pipeline.wake())
        return job_id
