"""The actor that takes files in: dropped ones and uploads."""

import asyncio
import shutil
from datetime import UTC, datetime
from pathlib import Path

import structlog

from actors.failpoints import Checkpoint, pass_by
from actors.intake.filing import Filing
from actors.intake.folder_door import FolderDoor
from actors.intake.messages import AcceptFile, AcceptUpload, FileAccepted, FileAnswer, IntakeState, Refused, RefusedFile, UploadAccepted
from actors.intake.mime import ContentDetector
from actors.intake.names import shown_name
from actors.intake.ports import Archive, Detector, FreeBytes, JobsWaiting, Now, Owner
from actors.intake.settings import IntakeSettings
from actors.intake.upload_door import UploadDoor
from actors.store.files.health import StoreHealth

log = structlog.get_logger(__name__)

# Enough for a person to see what is the matter; a folder of ten thousand refused files has one reason, not ten thousand.
_REFUSED_SHOWN = 100


def free_bytes(folder: Path) -> int:
    """Tell how many bytes may still be written to the disk of `folder`."""
    return shutil.disk_usage(folder).free


def utc_now() -> datetime:
    """Tell the time."""
    return datetime.now(UTC)


def nobody() -> None:
    """Let what is dropped belong to nobody."""


class Intake:
    """Takes files in, several at once, and never touches a source before its document is committed (RELIABILITY R1).

    Everything accepted survives a restart; the counters and the list of refused files begin anew. An order that comes twice is answered
    with the same document.
    """

    def __init__(
        self,
        archive: Archive,
        spool: Path,
        jobs_waiting: JobsWaiting,
        settings: IntakeSettings,
        *,
        detector: Detector | None = None,
        now: Now = utc_now,
        free: FreeBytes = free_bytes,
        checkpoint: Checkpoint = pass_by,
        drops_owner: Owner = nobody,
    ) -> None:
        """Take the parts; `spool` is the folder of incoming copies, on the same disk as the originals."""
        self._jobs_waiting = jobs_waiting
        self._now = now
        filing = Filing(archive, spool, settings.min_free_bytes, detector or ContentDetector(), now, free, checkpoint)
        self._filing = filing
        self._folder_door = FolderDoor(filing, spool, settings, drops_owner)
        self._upload_door = UploadDoor(filing, archive, settings)
        self._places = asyncio.Semaphore(settings.parallel_accepts)
        self._uploads: dict[str, asyncio.Task[UploadAccepted]] = {}
        self._waking: asyncio.Task[None] | None = None
        self._jobs_came = False
        self._refused: dict[Path, RefusedFile] = {}
        self._accepted = self._duplicates = self._bytes = self._in_hand = 0

    async def recover(self) -> int:
        """Drop the copies that a former life left in the spool and tell how many; their sources are still there. Call it first."""
        dropped = await asyncio.to_thread(self._folder_door.recover)
        log.info("intake recovered", dropped_copies=dropped)
        return dropped

    async def accept_file(self, order: AcceptFile) -> FileAnswer:
        """Take a dropped file in, or say why not. Unless it is accepted, the file stays as it is."""
        async with self._places:
            self._in_hand += 1
            try:
                answer = await asyncio.to_thread(self._folder_door.take, order)
            finally:
                self._in_hand -= 1
        if isinstance(answer, FileAccepted):
            self._count(answer, order.size)
        self._note(order.path, answer)
        return answer

    async def accept_upload(self, order: AcceptUpload) -> UploadAccepted:
        """Take an upload in, or raise an IntakeError. It goes on when its caller gives up; a second call with the same id waits for it."""
        task = self._uploads.get(order.request_id)
        if task is None:
            task = self._uploads[order.request_id] = asyncio.create_task(self._accept_upload(order))
            task.add_done_callback(lambda _: self._uploads.pop(order.request_id, None))
        return await asyncio.shield(task)

    def heed(self, health: StoreHealth) -> None:
        """Hear what the store allows."""
        self._filing.health = health

    def state(self) -> IntakeState:
        """Tell what was done since the start."""
        return IntakeState(
            accepted=self._accepted,
            duplicates=self._duplicates,
            accepted_bytes=self._bytes,
            in_hand=self._in_hand,
            refused=tuple(self._refused.values()),
            stopped=self._filing.stopped,
            storage_failures=self._filing.failures,
        )

    async def _accept_upload(self, order: AcceptUpload) -> UploadAccepted:
        async with self._places:
            self._in_hand += 1
            try:
                answer, size = await asyncio.to_thread(self._upload_door.take, order)
            finally:
                self._in_hand -= 1
        self._count(answer, size)
        return answer

    def _count(self, answer: FileAccepted | UploadAccepted, size: int) -> None:
        self._accepted += not answer.duplicate
        self._duplicates += answer.duplicate
        self._bytes += size
        log.info("document accepted", document_id=answer.document_id, duplicate=answer.duplicate, bytes=size)
        if answer.job_id is not None:
            self._jobs_came = True
            self._wake()

    def _wake(self) -> None:
        """Tell the pipeline, once for all jobs that came while it was told before.

        A document is safe whether the pipeline hears of it now or finds the job later, so nobody waits for this call.
        """
        if self._jobs_came and self._waking is None:
            self._jobs_came = False
            self._waking = asyncio.create_task(self._jobs_waiting.wake())
            self._waking.add_done_callback(self._woken)

    def _woken(self, wake: asyncio.Task[None]) -> None:
        self._waking = None
        self._wake()
        if not wake.cancelled() and (error := wake.exception()) is not None:
            log.warning("pipeline not woken", error=repr(error))

    def _note(self, path: Path, answer: FileAnswer) -> None:
        before = self._refused.pop(path, None)
        if not isinstance(answer, Refused):
            return
        if len(self._refused) >= _REFUSED_SHOWN:
            del self._refused[next(iter(self._refused))]
        self._refused[path] = RefusedFile(shown_name(path.name), answer.reason, answer.explanation, self._now())
        if before is None or before.reason != answer.reason:
            log.warning("file refused", name=shown_name(path.name), reason=answer.reason, explanation=answer.explanation)
