"""From a mail that has come to documents: each file in it by the intake's door, once, however often the mail is sent."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import structlog

from actors.intake.errors import IntakeError, NoSpace, UploadTooLarge
from actors.intake.messages import AcceptUpload
from actors.intake.names import shown_text
from actors.letters.errors import MailUnreadable
from actors.letters.letter import Letter, Part, read_letter
from actors.mail.choosing import is_reading_matter
from actors.mail.naming import filename_for
from actors.runtime.errors import ActorLost
from actors.store.errors import StoreUnavailable
from actors.store.nouns.archive import DocumentChanges, SourceKind
from actors.store.nouns.identity import UserId
from actors.store.store import Store
from daemon.service.ports import IntakePort
from daemon.service.threads import completed
from daemon.smtp.addressing import Destination, destinations

log = structlog.get_logger(__name__)

# No request id of a client begins so, and what a former life has left of such files is removed at the start (web/receiving/delivery.py).
PREFIX = "~smtp-"
SAFE = "250 2.6.0 safe in the archive"
NOTHING_IN_IT = "554 5.6.0 there is no file in the mail"
AGAIN = "451 4.3.0 the archive could not take it in; send it again later"
NO_ROOM = "452 4.3.1 the disk of the archive is nearly full; send it again later"
FILE_TOO_LARGE = "552 5.3.4 a file in the mail is larger than the archive takes (max_upload_bytes)"
_LONGEST_SENDER = 200


@dataclass(frozen=True, slots=True)
class Delivery:
    """Takes mails in. `otherwise` tells who owns what is sent to nobody; with `keep_mails` a mail without a file is a document itself."""

    store: Store
    intake: IntakePort
    otherwise: Callable[[], UserId | None]
    keep_mails: bool

    async def take(self, path: Path, recipients: Sequence[str], address: str) -> str:
        """Take in the mail that lies at `path`, and give SMTP's answer: 250 for all of it, and for nothing less."""
        try:
            data = await completed(path.read_bytes)
            letter = await completed(read_letter, data)
            wanted = await completed(lambda: tuple(_wanted(letter)))
            if not wanted and not self.keep_mails:
                return NOTHING_IN_IT
            key = await completed(key_of, letter, data)
            meant = await completed(destinations, recipients, self.store, self.otherwise())
            for destination in meant:
                for part in wanted or (None,):
                    await self._accept(letter, part, data, f"{key}-{destination.owner or 0}", destination, address)
        except MailUnreadable as error:
            return f"554 5.6.0 the mail is not taken apart: {error}"
        except UploadTooLarge:
            return FILE_TOO_LARGE
        except NoSpace:
            return NO_ROOM
        except (IntakeError, ActorLost, StoreUnavailable) as error:
            log.warning("mail not taken in", address=address, error=str(error))
            return AGAIN
        log.info("mail taken in", address=address, files=len(wanted) or 1, owners=len(meant))
        return SAFE

    async def _accept(self, letter: Letter, part: Part | None, data: bytes, key: str, to: Destination, address: str) -> None:
        request_id = f"{PREFIX}{key}-{'mail' if part is None else part.place}"
        staged = self.store.data.upload_file(request_id)
        try:
            await completed(_write, staged, part, data)
            sender = shown_text(letter.sender)[:_LONGEST_SENDER]
            given = DocumentChanges(title=(letter.subject or None) if part is None else None, tags=to.tags)
            by = f"by mail from {sender} at {address}" if sender else f"by mail from {address}"
            name = filename_for(letter, part)
            await self.intake.accept_upload(AcceptUpload(staged, request_id, name, given, owner=to.owner, by=by, kind=SourceKind.MAIL))
        finally:
            await completed(staged.unlink, missing_ok=True)


def key_of(letter: Letter, data: bytes) -> str:
    """Name a mail by its bytes; or by Message-ID and all that it says, which stay when a machine on its way writes itself into it."""
    if not letter.message_id:
        return sha256(data).hexdigest()
    digest = sha256()
    for told in _told(letter):
        digest.update(sha256(told).digest())
    return digest.hexdigest()


def _told(letter: Letter) -> Iterator[bytes]:
    for text in (letter.message_id, letter.sender, letter.subject, letter.text, letter.html):
        yield text.encode("utf-8", "surrogateescape")
    for part in letter.parts:
        yield part.content()


def _wanted(letter: Letter) -> Iterable[Part]:
    return (part for part in letter.parts if is_reading_matter(part) and part.content())


def _write(path: Path, part: Part | None, data: bytes) -> None:
    path.write_bytes(data if part is None else part.content())
