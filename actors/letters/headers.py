"""What the headers of a mail say, however wrongly they are written: mail that no standard allows is mail all the same."""

import email.utils
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email._policybase import Compat32
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message

# Encoded words where a parameter's value should stand in quotation marks: the value then ends at its first "=".
_BARE_NAME = re.compile(r"\b(?:file)?name\*?=\s*\"?((?:=\?[^?\s]{1,40}\?[bq]\?[^?\s]*\?=\s*)+)", re.IGNORECASE)
# 8-bit text that names no character set: UTF-8 is seldom valid by chance, and in the other nearly every byte means something.
_GUESSES = ("utf-8", "windows-1252")
# Newer Pythons refuse addresses that may mean two people; here nobody is trusted for what he says that he is called.
_LENIENT = {"strict": False} if getattr(email.utils, "supports_strict_parsing", False) else {}


class AsSent(Compat32):
    """Parses mails and gives their headers as they were sent; bytes beyond ASCII are surrogates."""

    def header_fetch_parse(self, name: str, value: str) -> str:  # noqa: ARG002  # the base hands it over, too
        """Give a header, where the base would give an object that has lost its bytes."""
        return value


# An attached mail is written out again as it came: no line is folded anew, and none gets a ">" before its "From".
AS_SENT = AsSent(max_line_length=None, mangle_from_=False)


def text_of(raw: str) -> str:
    """Give a header's text: encoded words decoded, bytes guessed, in one line."""
    try:
        chunks = [decoded(chunk, charset) for chunk, charset in decode_header(raw)]
    except (HeaderParseError, ValueError):
        chunks = [decoded(raw, None)]
    return " ".join("".join(chunks).split())


def header(message: Message, name: str) -> str:
    """Give the text of a header, '' where there is none."""
    return text_of(str(message.get(name, "")))


def addresses(message: Message, *names: str) -> list[tuple[str, str]]:
    """List who stands in some headers: names, which may be '', and addresses."""
    values = [str(value) for name in names for value in message.get_all(name, [])]
    found = email.utils.getaddresses(values, **_LENIENT)
    return [(text_of(name), text_of(address)) for name, address in found if address]


def sent_time(message: Message) -> datetime | None:
    """Tell when a mail was sent, as it says itself; None where that is no time."""
    try:
        time = email.utils.parsedate_to_datetime(str(message.get("Date", "")))
        return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def sent_day(message: Message) -> date | None:
    """Tell on which day a mail was sent where its sender was; None where it says no time."""
    try:
        return email.utils.parsedate_to_datetime(str(message.get("Date", ""))).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def filename(part: Message) -> str:
    """Give the name of a part's file as the mail has it, '' where it has none."""
    bare = next(_bare_names(part), "")
    if bare:
        return text_of(bare)
    try:
        return text_of(part.get_filename("") or "")
    except (ValueError, LookupError, TypeError, HeaderParseError):
        return ""


def decoded(text: bytes | str, charset: str | None) -> str:
    """Decode bytes, which may be surrogates of a string, by a character set, or by the first guess that fits."""
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape")
    for each in (charset, *_GUESSES):
        try:
            return data.decode(each) if each else data.decode("ascii")
        except (UnicodeError, LookupError, ValueError):
            continue
    return data.decode("utf-8", "replace")


def _bare_names(part: Message) -> Iterator[str]:
    for name in ("Content-Disposition", "Content-Type"):
        yield from _BARE_NAME.findall(str(part.get(name, "")))
