"""Writes what a soak run came to into docs/reliability.md: `python -m tests.faults.report` takes faults.json and the day it was written."""

import json
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.docs.reliability_page import PAGE, with_table
from tests.faults.rows import ROWS


def table(found: Mapping[str, Mapping[str, Any]]) -> str:
    """Give the table of all rows, those that were not run among them."""
    head = "| row | fault | tried | of | failed | rate, 95 % | again by |\n|---|---|---:|---:|---:|---:|---|"
    return "\n".join([head, *(line(number, found.get(number)) for number in ROWS)])


def line(number: str, tally: Mapping[str, Any] | None) -> str:
    """Give the line of one row."""
    row, tried, failed, bound = ROWS[number], "–", "–", "–"
    if tally is not None:
        tried, failed = f"{tally['tried']:,}", str(tally["failed"])
        bound = f"< {tally['bound']:.2%}" if tally["bound"] is not None else "–"
    return f"| {number} | {row.fault} | {tried} | {row.nightly:,} | {failed} | {bound} | `make fault ROW={number} NIGHTLY=1` |"


def written(page: str, found: Mapping[str, Mapping[str, Any]], day: datetime) -> str:
    """Put the table in the place of the one that stands on the page."""
    run = f"Runs up to {day:%d %B %Y}." if found else "No run has been made."
    return with_table(page, "soak", f"{run}\n\n{table(found)}")


def main(source: Path) -> None:
    """Write the page anew."""
    found = json.loads(source.read_text())
    day = datetime.fromtimestamp(source.stat().st_mtime, UTC)
    PAGE.write_text(written(PAGE.read_text(), found, day))


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "faults.json"))
