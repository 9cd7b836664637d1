"""How values are written for a person: sizes, times, states."""

from datetime import UTC, datetime, tzinfo

from google.protobuf.timestamp_pb2 import Timestamp

from scriba.v1.admin_pb2 import Job, JobState
from scriba.v1.documents_pb2 import Document, DocumentState

_UNITS = ("B", "kB", "MB", "GB", "TB")


def size(count: int) -> str:
    """Write a number of bytes in decimal units, as disks and file managers do."""
    value, unit = float(count), 0
    while value >= 999.5 and unit < len(_UNITS) - 1:  # 999.5 would be written as 1000
        value, unit = value / 1000, unit + 1
    return f"{value:.0f} {_UNITS[unit]}" if unit == 0 or value >= 9.95 else f"{value:.1f} {_UNITS[unit]}"


def number(count: int) -> str:
    """Write a number with its thousands apart."""
    return f"{count:,}"


def moment(time: Timestamp, zone: tzinfo | None = None) -> str:
    """Write a time to the minute, in local time unless a zone is given."""
    return "" if time.ToNanoseconds() == 0 else _local(time, zone).strftime("%Y-%m-%d %H:%M")


def day(time: Timestamp, zone: tzinfo | None = None) -> str:
    """Write the day of a time, in local time unless a zone is given."""
    return moment(time, zone)[:10]


def job_state(job: Job) -> str:
    """Write a job's state in one word."""
    return _name(JobState, job.state, "JOB_STATE_")


def document_state(document: Document) -> str:
    """Write a document's state in one word."""
    return _name(DocumentState, document.state, "DOCUMENT_STATE_")


def _name(states: type[JobState] | type[DocumentState], value: int, prefix: str) -> str:
    """Name a state; one that only a newer server knows by its number."""
    return next((name.removeprefix(prefix).lower() for name, number in states.items() if number == value), f"state {value}")


def pages_of(job: Job) -> str:
    """Write how far a job is."""
    return f"{job.pages_done}/{job.pages_total}" if job.pages_total else ""


def plural(count: int, one: str, many: str = "") -> str:
    """Write a number with its noun."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def _local(time: Timestamp, zone: tzinfo | None) -> datetime:
    return time.ToDatetime(tzinfo=UTC).astimezone(zone)


STATE_STYLES = {
    "ready": "green", "succeeded": "green", "failed": "red", "retrying": "yellow", "cancelled": "dim", "queued": "dim", "accepted": "dim",
    "processing": "cyan", "running": "cyan",
}  # fmt: skip
