"""Mails as their reader sees them: who wrote to whom when, the words in both forms, pictures among them, and the files that came along."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from email.utils import parseaddr
from pathlib import Path

from oxmsg import Message
from oxmsg.attachment import Attachment

from actors.letters.errors import MailUnreadable
from actors.letters.letter import Letter, Part, read_letter
from actors.ocr.errors import DocumentUnreadable
from actors.ocr.files.markup import words_of_html
from actors.ocr.messages import LetterFacts
from actors.ocr.mime_types import OUTLOOK

# What its library raises of files that are not as they should be.
_MALFORMED = (ValueError, KeyError, IndexError, TypeError, AttributeError, AssertionError, LookupError, OSError, struct.error)
# What comes with mails by itself, and nobody reads.
_BESIDES = frozenset(
    {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature", "message/delivery-status"}
)
_DAMAGED = "The file is damaged: no mail can be read in it."


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that a mail shows among its words."""

    mime_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail to be shown. `files` are names and sizes in bytes; `pictures` stand under their content ids."""

    facts: LetterFacts
    recipients: tuple[str, ...]
    time: datetime | None
    text: str
    html: str
    files: tuple[tuple[str, int], ...] = ()
    pictures: Mapping[str, Picture] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """Give all that it says as plain text, head first."""
        return "\n".join([*(f"{name}: {value}" for name, value in self.head), "", self.text or words_of_html(self.html)])

    @property
    def head(self) -> tuple[tuple[str, str], ...]:
        """Give the lines above the words, those alone of which something is known."""
        facts = self.facts
        sender = f"{facts.sender_name} <{facts.sender}>" if facts.sender_name and facts.sender else facts.sender_name or facts.sender
        lines = (
            ("From", sender),
            ("To", ", ".join(self.recipients)),
            ("Date", self.time.strftime("%Y-%m-%d %H:%M %Z").strip() if self.time else ""),
            ("Subject", facts.subject),
            ("Attachments", ", ".join(f"{name} ({shown_size(size)})" for name, size in self.files)),
        )
        return tuple((name, value) for name, value in lines if value)


def read_mail(path: Path, mime_type: str) -> Mail:
    """Read a mail as it travels, or as Outlook keeps it."""
    data = path.read_bytes()
    if mime_type == OUTLOOK:
        return _of_outlook(data)
    try:
        return _of_letter(read_letter(data))
    except MailUnreadable as error:
        raise DocumentUnreadable(f"The mail can't be read: {error}.") from error


def files_in(path: Path, mime_type: str) -> list[tuple[str, bytes]]:
    """Give the files that came along with a mail, by their names; pictures among its words are none."""
    data = path.read_bytes()
    if mime_type != OUTLOOK:
        try:
            return [(part.name, part.content()) for part in read_letter(data).parts if not part.inline and part.mime_type not in _BESIDES]
        except MailUnreadable as error:
            raise DocumentUnreadable(f"The mail can't be read: {error}.") from error
    try:
        attached = Message.load(data).attachments
        return [(one.file_name or "", one.file_bytes or b"") for one in attached if not _content_id(one)]
    except _MALFORMED as error:
        raise DocumentUnreadable(_DAMAGED) from error


def shown_size(size: int) -> str:
    """Write a size as people read it."""
    return f"{size} bytes" if size < 1_000 else f"{size / 1_000:.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"


def _of_letter(letter: Letter) -> Mail:
    shown = {part.content_id: Picture(part.mime_type, part.content()) for part in letter.parts if part.inline}
    return Mail(
        LetterFacts(letter.subject, letter.sender_name, letter.sender, letter.sent_day),
        tuple(dict.fromkeys(letter.recipients)),  # who received it often stands in several headers
        letter.sent_time,
        letter.text,
        letter.html,
        tuple((_name(part), len(part.content())) for part in letter.parts if not part.inline),
        shown,
    )


def _name(part: Part) -> str:
    return part.name or f"part {part.place + 1}"


def _of_outlook(data: bytes) -> Mail:
    """Read an Outlook file; the library raises what its parser stumbles over."""
    try:
        message = Message.load(data)
        name, address = parseaddr(message.sender or "")
        sent = message.sent_date
        attached = message.attachments
        return Mail(
            LetterFacts(" ".join(message.subject.split()), name, address, sent.date() if isinstance(sent, date) else None),
            tuple(_recipient(one.name, one.email_address) for one in message.recipients),
            sent,
            (message.body or "").replace("\r\n", "\n"),
            message.html_body or "",
            tuple((one.file_name or "file", one.size or 0) for one in attached if not _content_id(one)),
            {_content_id(one): Picture(one.mime_type or "", one.file_bytes or b"") for one in attached if _content_id(one)},
        )
    except _MALFORMED as error:
        raise DocumentUnreadable(_DAMAGED) from error


def _recipient(name: str, address: str) -> str:
    return f"{name} <{address}>" if name and name != address else address


def _content_id(attachment: Attachment) -> str:
    # PidTagAttachContentId, of [MS-OXPROPS]; the library has no name for it.
    return attachment.properties.str_prop_value(0x3712) or ""
