"""What is asked of a checkup, and what it tells. Small, frozen, picklable."""

from dataclasses import dataclass
from enum import StrEnum

from actors.checkup.findings import Finding, Treated


class Subject(StrEnum):
    """What can be looked at, in the order in which it is."""

    ORIGINALS = "originals"
    FILES = "files"
    ROWS = "rows"
    JOBS = "jobs"
    INDEX = "index"
    SPOOL = "spool"


EVERYTHING = tuple(Subject)


@dataclass(frozen=True, slots=True)
class CheckOrder:
    """What to look at, whether to mend it, and whether a daemon is at work: without one, work that waits is no fault."""

    repair: bool = False
    subjects: tuple[Subject, ...] = EVERYTHING
    daemon_works: bool = True


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one subject is. `done` may be more than `total`, since documents come in meanwhile."""

    subject: Subject
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Reported:
    """A finding, and what was done about it."""

    finding: Finding
    treated: Treated


@dataclass(frozen=True, slots=True)
class Report:
    """What came since the last report; `ended` on the last one."""

    progress: Progress | None
    findings: tuple[Reported, ...]
    ended: bool
