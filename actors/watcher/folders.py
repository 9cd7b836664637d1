"""When a watched folder is to be looked at. Pure but for the clock's value that comes in."""

from dataclasses import dataclass, field
from pathlib import Path

from actors.watcher.messages import FolderStand
from actors.watcher.scanning import FolderIdentity
from actors.watcher.settings import WatchedFolder

# A folder that is unmounted, made or mounted is noticed within this time; one stat each.
CHECK_SECONDS = 5.0
# Where the system gives no events (too many folders for inotify), looking must do.
WITHOUT_EVENTS_SECONDS = 10.0


@dataclass(slots=True)
class FolderWatch:
    """One folder's stand. `busy` while someone looks at it, so that a hanging network folder holds up nothing but itself."""

    folder: WatchedFolder
    rescan_seconds: float
    identity: FolderIdentity | None = None
    stand: FolderStand = FolderStand.MISSING
    noticed: set[Path] = field(default_factory=set)
    next_check: float = 0.0
    next_scan: float = 0.0
    busy: bool = False

    @property
    def scan_seconds(self) -> float:
        """Tell how long after a full look the next one follows."""
        if self.folder.polling_seconds:
            return self.folder.polling_seconds
        return self.rescan_seconds if self.stand == FolderStand.EVENTS else min(self.rescan_seconds, WITHOUT_EVENTS_SECONDS)

    def next_time(self) -> float:
        """Tell when something is to be done; at once when something was noticed."""
        return 0.0 if self.noticed else min(self.next_check, self.next_scan if self.identity else self.next_check)

    def is_due(self, now: float) -> bool:
        """Tell whether something is to be done and nobody does it."""
        return not self.busy and self.next_time() <= now

    def take_noticed(self) -> frozenset[Path]:
        """Take the paths that are to be looked at."""
        taken = frozenset(self.noticed)
        self.noticed.clear()
        return taken


def owner(watches: list[FolderWatch], path: Path) -> FolderWatch | None:
    """Find the innermost watched folder that a path lies in."""
    holding = [watch for watch in watches if path.is_relative_to(watch.folder.path)]
    return max(holding, key=lambda watch: len(watch.folder.path.parts), default=None)


def tags_of(folder: WatchedFolder, path: Path) -> tuple[str, ...]:
    """Give the names of the folders between the watched one and the file, where they are to be tags."""
    names = path.relative_to(folder.path).parts[:-1] if folder.subdirs_as_tags else ()
    return names[:-1] if is_one_sided(folder, path) else names


def is_one_sided(folder: WatchedFolder, path: Path) -> bool:
    """Tell whether a file is the fronts or the backs of sheets: by the folder that it lies in."""
    return path.parent.name == folder.sides != ""
