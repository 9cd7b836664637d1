"""How parts of mails are named at the intake's door, and when a mail was sent by which a document came."""

from datetime import UTC, datetime
from hashlib import sha256

from actors.store.nouns.archive import SourceKey, SourceKind
from actors.store.nouns.mail import MailKey

# No request id of a client begins so, and what a former life has left of such files is removed at the start.
_PREFIX = "~mail-"
_SENT = "@"


def request_id(mailbox: str, key: MailKey, part: int | None, sent_time: datetime | None) -> str:
    """Name a part of a mail, or the mail itself: the same whenever it is taken, whichever rule wants it (RELIABILITY R4).

    `mailbox` tells it from those of another, which an account may have meant before.
    """
    folder = sha256(f"{mailbox}\0{key.folder}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
    place = "mail" if part is None else part
    sent = "" if sent_time is None else f"{_SENT}{int(sent_time.timestamp())}"
    return f"{_PREFIX}{key.account}-{folder}-{key.uidvalidity}-{key.uid}-{place}{sent}"


def mailed_time(source: SourceKey) -> datetime | None:
    """Tell when a mail was sent by which a document came (`request_id`); None for other deliveries, and where it did not say."""
    name, _, sent = source.key.rpartition(_SENT)
    if source.kind is not SourceKind.MAIL or not name or not sent.removeprefix("-").isdecimal():
        return None
    try:
        return datetime.fromtimestamp(int(sent), UTC)
    except (OverflowError, ValueError, OSError):
        return None
