"""Which files of a folder are meant as documents, and have come to rest. Looks are taken again and again: the command also watches network
folders, which tell of no changes by themselves, and a look at a thousand files takes milliseconds."""

import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

# What the daemon's own watched folders leave alone, too: hidden files, locks of office programs, downloads that are not done.
_LEFT_ALONE = re.compile(r"^\.|^~\$|^(thumbs\.db|desktop\.ini)$|\.(part|partial|filepart|tmp|temp|crdownload|download|swp)$", re.IGNORECASE)
_NOT_LOOKED_INTO = re.compile(r"^\.|^(@eaDir|#recycle|@Recycle|\$RECYCLE\.BIN|System Volume Information|lost\+found|__MACOSX)$")
_FIRST_PAUSE_SECONDS = 30.0
_LONGEST_PAUSE_SECONDS = 900.0


@dataclass(frozen=True, slots=True)
class Facts:
    """What a look at a file shows; while it stays the same, the file rests."""

    size: int
    mtime_ns: int
    inode: int


def facts_of(path: Path) -> Facts | None:
    """Look at a file; None for what is no file, and for one that is not there."""
    try:
        found = path.lstat()
    except OSError:
        return None
    return Facts(found.st_size, found.st_mtime_ns, found.st_ino) if stat.S_ISREG(found.st_mode) else None


def files_in(folder: Path, recursive: bool) -> Mapping[Path, Facts]:
    """Look at all files in a folder that are meant; links are not followed. Raises OSError where the folder itself is not there."""
    os.scandir(folder).close()
    return {path: facts for path in sorted(_paths(folder, recursive)) if (facts := facts_of(path)) is not None and facts.size}


def _paths(folder: Path, recursive: bool) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if recursive and not _NOT_LOOKED_INTO.search(name)]
        yield from (Path(place, name) for name in names if not _LEFT_ALONE.search(name))


@dataclass(slots=True)
class _Seen:
    facts: Facts
    due: float
    refusals: int = 0
    sent: bool = False


class Resting:
    """Knows the files of a folder, and which of them are due; times are seconds of a clock that never jumps."""

    def __init__(self, settle_seconds: float) -> None:
        self._settle_seconds = settle_seconds
        self._seen = dict[Path, _Seen]()

    def look(self, found: Mapping[Path, Facts], now: float) -> list[tuple[Path, Facts]]:
        """Take in a look, and give the files that have rested long enough and are not sent."""
        before, due = self._seen, now + self._settle_seconds
        self._seen = {
            path: known if (known := before.get(path)) is not None and known.facts == facts else _Seen(facts, due)
            for path, facts in found.items()
        }
        return [(path, seen.facts) for path, seen in self._seen.items() if not seen.sent and seen.due <= now]

    @property
    def waiting(self) -> bool:
        """Tell whether a file has not come to rest yet, or is due."""
        return any(not seen.sent and not seen.refusals for seen in self._seen.values())

    def sent(self, path: Path) -> None:
        """Note that a file is in the archive; while it stays as it is, nothing more is done with it."""
        self._seen[path].sent = True

    def refused(self, path: Path, now: float) -> float:
        """Note that a file was refused; it is due again after ever longer pauses, or once it changes. Gives the pause."""
        seen = self._seen[path]
        pause = min(_FIRST_PAUSE_SECONDS * 2.0 ** min(seen.refusals, 10), _LONGEST_PAUSE_SECONDS)
        seen.refusals += 1
        seen.due = now + pause
        return pause
