"""What must hold after every fault (RELIABILITY.md), checked from outside on a daemon that runs and has nothing left to do.

I3 holds at every moment, also of a daemon that was just killed: `lost_files` is for that. What a daemon leaves when it has ended is found
by `stray_processes`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.end_to_end.person import Person
from tests.invariants.checked import check_finds
from tests.invariants.documents import bytes_that_differ, not_one_document_each, words_not_found, work_that_is_stuck
from tests.invariants.leaks import secrets_told
from tests.invariants.leftovers import (
    command_of,
    descriptors,
    descriptors_left_open,
    files_left_over,
    processes_left_over,
    stray_processes,
)
from tests.invariants.originals import Stand, originals_touched, stands
from tests.invariants.sent import Sent
from tests.invariants.sources import lost_files
from tests.running import Daemon

__all__ = [
    "Noted",
    "Sent",
    "broken_invariants",
    "command_of",
    "files_left_over",
    "lost_files",
    "note",
    "stray_processes",
    "work_that_is_stuck",
]


@dataclass(frozen=True, slots=True)
class Noted:
    """How originals and descriptors stood before a fault."""

    originals: Mapping[Path, Stand]
    descriptors: Mapping[str, Sequence[int]]


NOTHING = Noted({}, {})


def note(daemon: Daemon) -> Noted:
    """Note how things stand, once the daemon has done some work: what it opens at its first document stays open."""
    return Noted(stands(daemon.data), descriptors(daemon))


def broken_invariants(person: Person, sent: Mapping[str, Sent], noted: Noted = NOTHING, purged: Sequence[str] = ()) -> list[str]:
    """Tell what does not hold, in words that begin with its number.

    `sent` are all the files that were ever handed in and are still wanted, by name; `purged` the words of those that are gone for good.
    """
    daemon = person.daemon
    documents = list(person.client.list_documents())
    return [
        *not_one_document_each(documents, sent),
        *bytes_that_differ(person, documents, sent),
        *lost_files(daemon, sent),
        *work_that_is_stuck(person, documents),
        *words_not_found(person, documents, sent, purged),
        *originals_touched(daemon.data, noted.originals),
        *secrets_told(person),
        *files_left_over(daemon.data),
        *processes_left_over(daemon),
        *descriptors_left_open(daemon, noted.descriptors),
        *check_finds(daemon),
    ]
