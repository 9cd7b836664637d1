"""What the watcher tells about itself. Small, frozen, picklable."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class FolderStand(StrEnum):
    """How a folder is watched."""

    MISSING = "missing"
    EVENTS = "events"
    POLLING = "polling"


@dataclass(frozen=True, slots=True)
class FolderState:
    """How one folder is watched."""

    path: Path
    stand: FolderStand


@dataclass(frozen=True, slots=True)
class WatcherState:
    """What the watcher sees, and what it did since it started.

    `left` counts files that are accepted and still lie there, `refused` those that wait for a person (the intake says why). `put_off`
    counts answers that a file was not settled. `paused` says why nothing is sent, '' while files are.
    """

    folders: tuple[FolderState, ...]
    waiting: int
    in_flight: int
    left: int
    refused: int
    accepted: int
    duplicates: int
    put_off: int
    paused: str
