"""One visitor's files: each into the spool within its bounds, counted, and given to the intake. What is told of it tells nothing else."""

import os
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import Path
from typing import BinaryIO

import structlog

from actors.disk_errors import FULL
from actors.intake.errors import IntakeError, NoSpace, UploadTooLarge
from actors.intake.messages import AcceptUpload
from actors.intake.mime import HEAD_BYTES, ContentDetector
from actors.intake.names import upload_name
from actors.runtime.errors import ActorLost
from actors.store.errors import StoreUnavailable
from actors.store.files.health import StoreHealth
from actors.store.nouns.archive import DocumentChanges
from actors.store.nouns.audit import Author, AuthorKind
from actors.store.nouns.receiving import OpenUploadLink
from actors.store.store import Store
from daemon.service.ports import IntakePort
from daemon.service.threads import completed
from daemon.web.receiving.multipart import MultipartRefused

log = structlog.get_logger(__name__)

# No request id begins so, which clients choose (documents.proto): nobody can go on with a file that came by a link.
PREFIX = "~"
# What is read and thrown away of files that are refused, so that their sender can be told; then the connection ends.
MOST_DISCARDED_BYTES = 64 * 1024**2


class Outcome(StrEnum):
    """What became of a file. Bytes that the archive has already are received like others."""

    RECEIVED = "received"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    WRONG_TYPE = "wrong_type"
    FULL = "full"
    NO_ROOM = "no_room"
    TRY_AGAIN = "try_again"


@dataclass(frozen=True, slots=True)
class Told:
    """A file, by the name that it came under, and what became of it."""

    name: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Reception:
    """Who takes files in. `most_bytes` is the most that the archive takes of one."""

    whole: Store
    intake: IntakePort
    health: Callable[[], StoreHealth]
    now: Callable[[], datetime]
    most_bytes: int
    detector: ContentDetector = field(default_factory=ContentDetector)


class Delivery:
    """Takes in the files of one request, one after the other."""

    def __init__(self, reception: Reception, link: OpenUploadLink, address: str) -> None:
        """Take the parts; the audit tells `address`, from which the files come."""
        self._reception = reception
        self._author = Author(AuthorKind.UPLOAD_LINK, link.maker_name, link.maker, token_name=link.facts.name, address=address)
        self._link = link
        self._discarded = 0

    async def take(self, filename: str, chunks: AsyncIterator[bytes]) -> Told:
        """Take one file to its end. "Received" is said only when it is safe in the archive (RELIABILITY R1)."""
        name, request_id = upload_name(filename), f"{PREFIX}{self._link.id}-{secrets.token_hex(16)}"
        path = self._reception.whole.data.upload_file(request_id)
        try:
            stored = await self._store(path, name, chunks)
            outcome = stored if isinstance(stored, Outcome) else await self._accept(path, request_id, name, stored)
        except OSError as error:
            outcome = _trouble(error)
        finally:
            # The intake moves what it accepts; all else goes, also where the visitor hung up.
            await completed(path.unlink, missing_ok=True)
        log.info("file came by a link", link_id=self._link.id, outcome=outcome.value)
        return Told(name, outcome)

    async def _store(self, path: Path, name: str, chunks: AsyncIterator[bytes]) -> Outcome | int:
        """Write a file into the spool and tell its bytes, or why it is not taken."""
        limit = min(self._reception.most_bytes, self._link_limit())
        size, head, refused = 0, b"", None if self._reception.health().accepting else Outcome.NO_ROOM
        async with _opened(path) as file:
            async for chunk in chunks:
                size += len(chunk)
                if refused is None and size > limit:
                    refused = Outcome.TOO_LARGE
                if refused is None and not self._reception.health().accepting:
                    refused = Outcome.NO_ROOM
                if refused is None:
                    head += chunk[: HEAD_BYTES - len(head)]
                    refused = await completed(_append, file, chunk)
                if refused is not None:
                    self._discard(len(chunk))
        if refused is None and size == 0:
            return Outcome.EMPTY
        return refused or await completed(self._wrong_type, head, name) or size

    def _link_limit(self) -> int:
        most = self._link.most_bytes
        return self._reception.most_bytes if most is None else most

    def _discard(self, size: int) -> None:
        self._discarded += size
        if self._discarded > MOST_DISCARDED_BYTES:
            raise MultipartRefused(413)

    def _wrong_type(self, head: bytes, name: str) -> Outcome | None:
        wanted = self._link.facts.bounds.mime_types
        if not wanted:
            return None
        found = self._reception.detector.detect(head, name)
        return None if any(fnmatchcase(found, one) for one in wanted) else Outcome.WRONG_TYPE

    async def _accept(self, path: Path, request_id: str, name: str, size: int) -> Outcome:
        links = self._reception.whole.upload_links
        try:
            if not await completed(links.take, self._link.id, size, self._reception.now()):
                return Outcome.FULL
            order = await completed(self._order, path, request_id, name)
        except StoreUnavailable:
            return Outcome.TRY_AGAIN
        try:
            await self._reception.intake.accept_upload(order)
        except ActorLost:
            return Outcome.TRY_AGAIN  # it may have been accepted: so it stays counted, and coming again is no harm
        except IntakeError as error:
            await completed(links.give_back, self._link.id, size)
            return _outcome(error)
        return Outcome.RECEIVED

    def _order(self, path: Path, request_id: str, name: str) -> AcceptUpload:
        facts = self._link.facts
        names = {label_id: label.name for label_id, label in self._reception.whole.catalog.labels.still_there(facts.labels).items()}
        given = DocumentChanges(
            tags=tuple(names[tag] for tag in facts.tags if tag in names),
            correspondent=names.get(facts.correspondent) if facts.correspondent else None,
            document_type=names.get(facts.document_type) if facts.document_type else None,
            storage_path=names.get(facts.storage_path) if facts.storage_path else None,
        )
        by = f"by the upload link '{facts.name}'"
        return AcceptUpload(path, request_id, name, given, owner=facts.owner, author=self._author, by=by)


def remove_received(uploads: Path) -> int:
    """Remove what a former life left of files that came by links, whose senders were never told that they are safe; tell how many."""
    left = list(uploads.glob(f"{PREFIX}*.part"))
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


@asynccontextmanager
async def _opened(path: Path) -> AsyncIterator[BinaryIO]:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    with os.fdopen(await completed(os.open, path, flags, 0o600), "wb", buffering=0) as file:
        yield file


def _append(file: BinaryIO, chunk: bytes) -> Outcome | None:
    view = memoryview(chunk)
    try:
        while view:
            view = view[file.write(view) :]
    except OSError as error:
        return _trouble(error)
    return None


def _trouble(error: OSError) -> Outcome:
    log.warning("file that came by a link not written", error=str(error))
    return Outcome.NO_ROOM if error.errno in FULL else Outcome.TRY_AGAIN


def _outcome(error: IntakeError) -> Outcome:
    if isinstance(error, UploadTooLarge):
        return Outcome.TOO_LARGE
    return Outcome.NO_ROOM if isinstance(error, NoSpace) else Outcome.TRY_AGAIN
