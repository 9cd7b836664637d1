"""Moments, days, numbers and etags as the contract writes them, and as we do."""

from datetime import UTC, date, datetime

from google.protobuf.timestamp_pb2 import Timestamp

from actors.store.nouns.identity import UserId
from daemon.service.refusals import InvalidRequest, Violation

_LATEST = datetime(9000, 1, 1, tzinfo=UTC)


def timestamp(moment: datetime | None) -> Timestamp | None:
    """Tell a moment; a naive one is UTC."""
    if moment is None:
        return None
    told = Timestamp()
    told.FromDatetime(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    return told


def moment_of(field: str, told: Timestamp) -> datetime:
    """Read a moment; raises InvalidRequest for one that no calendar has, in whichever zone it is shown."""
    try:
        moment = told.ToDatetime(UTC)
    except ValueError:
        moment = _LATEST
    if moment >= _LATEST:
        raise InvalidRequest(Violation(field, "is no moment of the years up to 9000"))
    return moment


def day_of(field: str, text: str) -> date | None:
    """Read an ISO 8601 date, None when empty; raises InvalidRequest for a day that is in no calendar."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidRequest(Violation(field, f"'{text}' is not a date like 2024-02-29")) from None


def number(text: str) -> int:
    """Return a row's number, 0 for a text that is none (nineteen digits would overflow the database's integers)."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def etag(revision: int) -> str:
    """Name the state of what has revisions."""
    return str(revision)


def expected_revision(tag: str) -> int | None:
    """Return the revision that an etag names, None when any will do; raises InvalidRequest for one never given out."""
    if not tag:
        return None
    if not (revision := number(tag)):
        raise InvalidRequest(Violation("etag", "is not an etag of this server"))
    return revision


def owner_id(owner: UserId | None) -> str:
    """Tell whose something is; '' for nobody's."""
    return "" if owner is None else str(owner)
