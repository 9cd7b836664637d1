"""Why nothing is backed up, or restored."""

from collections.abc import Sequence
from pathlib import Path

from daemon.start_error import StartError


class NotABackup(StartError):
    """Something else lies there."""

    def __init__(self, place: Path) -> None:
        super().__init__(f"{place} holds no backup of Scriba")


class NotFinished(StartError):
    """The first backup there was broken off."""

    def __init__(self, place: Path) -> None:
        super().__init__(f"the backup in {place} was broken off before it was whole: call `scribad backup` again, which goes on with it")


class BackupDamaged(StartError):
    """Bytes of the backup are gone or others."""

    def __init__(self, names: Sequence[str]) -> None:
        shown = ", ".join(names[:5]) + (f" and {len(names) - 5:,} more" if len(names) > 5 else "")
        super().__init__(f"the backup is damaged: {shown} missing or changed")
        self.names = names


class BackupTooNew(StartError):
    """A newer version has made the backup."""

    def __init__(self, version: str) -> None:
        super().__init__(f"Scriba {version} has made this backup, and this version cannot read it: restore with that one")


class TargetInUse(StartError):
    """The place for a backup holds other things."""

    def __init__(self, place: Path) -> None:
        super().__init__(f"{place} holds other things, and no backup of Scriba: name a place where nothing is")


class AnotherArchive(StartError):
    """The place holds a backup, and no document of it is in this archive."""

    def __init__(self) -> None:
        super().__init__(
            "the backup there is of another archive, or this one has lost every document since: name another place, and it stays as it is"
        )


class TargetInside(StartError):
    """The backup would be a part of what it backs up."""

    def __init__(self, place: Path, data: Path) -> None:
        super().__init__(f"{place} and {data} lie in one another: name a folder elsewhere, best on another disk")


class BackupUnderWay(StartError):
    """Another backup goes to the same place."""

    def __init__(self, place: Path) -> None:
        super().__init__(f"another backup to {place} is under way")


class FileChanged(StartError):
    """A file has not the bytes that it should have."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(f"{path} has not the bytes that it should have")


class NotEmpty(StartError):
    """An archive, or something else, is where one would be restored."""

    def __init__(self, place: Path) -> None:
        super().__init__(f"{place} is not empty: name a folder that is, or is not there yet, with --data-dir")
