"""What commands that make links take: when they end, how much they let in, and a password that is asked for."""

import re
from datetime import date, datetime, time, timedelta
from typing import Annotated

import typer
from google.protobuf.timestamp_pb2 import Timestamp

from scriba_cli.secret_input import read_new_password

NEVER = "never"
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_BYTES = {"": 1, "b": 1, "kb": 10**3, "kib": 2**10, "mb": 10**6, "mib": 2**20, "gb": 10**9, "gib": 2**30}

Expires = Annotated[
    str | None, typer.Option("--expires", metavar="WHEN", help='After 12h, 7d or 2w, with the end of a day (2026-12-31), or "never".')
]
Password = Annotated[bool, typer.Option("--password", help="Ask visitors for a password, which is read from you now.")]


def end_of(text: str | None, now: datetime) -> Timestamp | None:
    """Read when a link ends; None for never, as for nothing. A day ends at midnight where the command is typed."""
    if not text or text.strip().lower() == NEVER:
        return None
    try:
        until = _end(text.strip().lower(), now)
    except (ValueError, OverflowError):
        raise typer.BadParameter(f'"{text}" is no end: write 12h, 7d, 2w, a day as 2026-12-31, or {NEVER}') from None
    told = Timestamp()
    told.FromDatetime(until)
    return told


def bytes_of(text: str | None) -> int:
    """Read a number of bytes: 500kB, 20MB, 1GiB; 0 for none."""
    if text is None:
        return 0
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([a-z]*)", text.strip().lower())
    if found is None or found[2] not in _BYTES:
        raise typer.BadParameter(f'"{text}" is no size: write 500kB, 20MB or 1GiB')
    return int(float(found[1]) * _BYTES[found[2]])


def password_of(wanted: bool) -> str:
    """Ask for the password of a link, where there is to be one."""
    return read_new_password() if wanted else ""


def _end(text: str, now: datetime) -> datetime:
    if found := re.fullmatch(r"(\d{1,6})([mhdw])", text):
        return now + timedelta(**{_UNITS[found[2]]: int(found[1])})
    return datetime.combine(date.fromisoformat(text) + timedelta(days=1), time()).astimezone()
