"""What is watched, and how."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class WatchedFolder:
    """One folder. `polling_seconds` 0 relies on events; network folders send none, so they are looked at every so many seconds.

    Scans in a folder of the name `sides`, this one or one inside, are fronts or backs of sheets; '' knows no such folder.
    """

    path: Path
    recursive: bool = False
    polling_seconds: float = 0.0
    subdirs_as_tags: bool = False
    sides: str = ""


@dataclass(frozen=True, slots=True)
class WatcherSettings:
    """How dropped files are told from files that are still on their way.

    `settle_seconds` 2: on a local disk a writer is noticed as long as it holds the file open (intake/source.py), so this only bridges
    programs that close a file and open it again; paperless waits 5 s, which network folders may need. `rescan_seconds` is how long a lost
    event can delay a file. `ignore_patterns` are regular expressions searched in file names, `ignore_dirs` names of folders; both are
    added to the fixed ones. `in_flight` 4 is what the intake works on at once: more would only wait there.
    """

    folders: tuple[WatchedFolder, ...]
    settle_seconds: float = 2.0
    rescan_seconds: float = 60.0
    ignore_patterns: tuple[str, ...] = ()
    ignore_dirs: tuple[str, ...] = ()
    in_flight: int = 4
