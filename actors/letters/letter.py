"""A mail taken apart: who wrote it, what it says, and the files that it holds."""

from binascii import Error, a2b_base64
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from email.feedparser import BytesFeedParser
from email.message import Message

from actors.letters.errors import MailUnreadable
from actors.letters.headers import AS_SENT, addresses, decoded, filename, header, sent_day, sent_time

# RELIABILITY: what any mail of a person has stays far below.
MOST_PARTS = 500
DEEPEST = 20

ATTACHED_MAIL = "message/rfc822"
_PIECE_BYTES = 64 * 1024
_UNNAMED_MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Part:
    """A file in a mail. `place` is its number among all parts, which stays the same; `name` is '' where the mail gives none.

    `inline` tells that the mail shows it as a picture among its own words.
    """

    place: int
    name: str
    mime_type: str
    inline: bool
    content_id: str
    source: Message

    def content(self) -> bytes:
        """Give its bytes, decoded."""
        if (mail := _mail_in(self.source)) is not None:
            return bytes(mail)
        payload = _unwrapped(self.source)
        return payload if isinstance(payload, bytes) else b""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail. `text` and `html` are its own words in both forms, as far as it has them; `sent_day` is the day where it was sent."""

    message_id: str
    sender_name: str
    sender: str
    recipients: tuple[str, ...]
    subject: str
    sent_time: datetime | None
    text: str
    html: str
    parts: tuple[Part, ...]
    sent_day: date | None = None


def read_letter(data: bytes) -> Letter:
    """Take a mail apart. Raises MailUnreadable where it has more parts than MOST_PARTS, or deeper ones than DEEPEST."""
    try:
        message = message_of(data)
    except RecursionError as error:
        raise MailUnreadable("its parts lie too deep inside each other") from error
    leaves = list(_leaves(message, 0))
    if len(leaves) > MOST_PARTS:
        raise MailUnreadable(f"it has more than {MOST_PARTS} parts")
    texts = [leaf for leaf in leaves if _is_words(leaf)]
    html = _words(texts, "text/html")
    name, address = next(iter(addresses(message, "From", "Sender")), ("", ""))
    return Letter(
        message_id=header(message, "Message-ID"),
        sender_name=name,
        sender=address,
        recipients=tuple(address for _, address in addresses(message, "To", "Cc", "Delivered-To", "X-Original-To")),
        subject=header(message, "Subject"),
        sent_time=sent_time(message),
        text=_words(texts, "text/plain"),
        html=html,
        parts=tuple(_part(place, leaf, html) for place, leaf in enumerate(leaves) if not _is_words(leaf) and not _is_empty(leaf)),
        sent_day=sent_day(message),
    )


def message_of(data: bytes) -> Message:
    """Parse a mail piece by piece: whole, the library would hold it five times over as text."""
    parser = BytesFeedParser(policy=AS_SENT)
    for begin in range(0, len(data), _PIECE_BYTES):
        parser.feed(data[begin : begin + _PIECE_BYTES])
    return parser.close()


def _leaves(message: Message, depth: int) -> Iterator[Message]:
    """Walk through the parts that hold something; a mail that is attached is one of them, and whole."""
    if depth > DEEPEST:
        raise MailUnreadable(f"its parts lie more than {DEEPEST} deep inside each other")
    inner = message.get_payload()
    if message.get_content_type() == ATTACHED_MAIL or not isinstance(inner, list):
        yield message
        return
    for each in inner:
        if isinstance(each, Message):
            yield from _leaves(each, depth + 1)


def _is_words(part: Message) -> bool:
    """Tell whether a part is what the mail says, not a file that lies in it."""
    return part.get_content_type() in ("text/plain", "text/html") and part.get_content_disposition() != "attachment" and not filename(part)


def _is_empty(part: Message) -> bool:
    """Tell whether a part is the rest of a multipart that has no parts."""
    return part.get_content_maintype() == "multipart"


def _words(texts: list[Message], mime_type: str) -> str:
    own = [part for part in texts if part.get_content_type() == mime_type]
    return "\n".join(_decoded(part).strip("\r\n") for part in own)


def _decoded(part: Message) -> str:
    payload = part.get_payload(decode=True)
    charset = part.get_content_charset()
    return decoded(payload, charset).replace("\r\n", "\n") if isinstance(payload, bytes) else ""


def _unwrapped(source: Message) -> object:
    """Decode what a part holds. The library does so too, in eight times the memory; what is written wrongly is left to its patience."""
    text = source.get_payload()
    if isinstance(text, str) and str(source.get("Content-Transfer-Encoding", "")).strip().lower() == "base64":
        try:
            return a2b_base64(text.encode("ascii"))
        except (Error, UnicodeError):
            return source.get_payload(decode=True)
    return source.get_payload(decode=True)


def _part(place: int, source: Message, html: str) -> Part:
    # Mail programs call whole files "inline", too: what counts is whether the mail shows it.
    content_id = header(source, "Content-ID").strip("<>")
    inline = source.get_content_maintype() == "image" and content_id != "" and f"cid:{content_id}" in html
    return Part(place, filename(source) or _mail_name(source), source.get_content_type(), inline, content_id, source)


def _mail_name(source: Message) -> str:
    """Name an attached mail by its subject; other parts have no name of their own."""
    mail = _mail_in(source)
    return "" if mail is None else f"{header(mail, 'Subject') or _UNNAMED_MAIL}.eml"


def _mail_in(source: Message) -> Message | None:
    """Give the mail that a part holds, None where it holds something else."""
    inner = source.get_payload()
    if source.get_content_type() != ATTACHED_MAIL or not isinstance(inner, list) or not isinstance(inner[0], Message):
        return None
    return inner[0]
