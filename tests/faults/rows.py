"""The rows of the table of faults (RELIABILITY), and how often each is to be tried."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of fault: `each` trials in `make test`, `nightly` in `make soak`."""

    number: str
    fault: str
    each: int
    nightly: int


ROWS: Mapping[str, Row] = {
    row.number: row
    for row in (
        Row("F1", "killed before and after each of 13 steps, of page orders and bulk edits", 34, 576),
        Row("F2", "daemon, actor, Ray, PostgreSQL, or a bulk edit, killed at a random time", 11, 200),
        Row("F3", "all state of Ray removed", 1, 10),
        Row("F4", "disk full at a write", 50, 400),
        Row("F5", "fsync fails with EIO", 20, 500),
        Row("F6", "the store becomes read-only", 1, 5),
        Row("F7", "PostgreSQL killed in a commit, or a connection dropped at a query", 1, 200),
        Row("F8", "eight writers on SQLite", 480, 10_000),
        Row("F9", "the clock jumps", 4, 20),
        Row("F10", "a machine cut off for 5, 30 or 120 seconds, then healed", 0, 30),
        Row("F11", "a page needs more memory than it may take", 1, 20),
        Row("F12", "a half-written file, a slow or a killed writer", 5, 200),
        Row("F13", "a file replaced, truncated or renamed while it is read", 20, 1_000),
        Row("F14", "hostile names and kinds of file", 60, 5_000),
        Row("F15", "the same file 100 times at once", 1, 50),
        Row("F16", "10,000 files at once, the watcher killed half-way", 300, 10_000),
        Row("F17", "a mailbox whose connection is cut, or whose server counts anew", 12, 240),
        Row("F18", "killed in a commit of the index", 10, 500),
        Row("F19", "files of the index truncated, or bits flipped", 19, 380),
        Row("F20", "power cut at a write", 200, 20_000),
        Row("F21", "an original rotten, deleted, swapped or extra", 8, 200),
        Row("F22", "a backup under traffic, restored", 1, 5),
        Row("F24", "random operations against a model", 200, 50_000),
    )
}
