"""The archive that a command works on, in the folder that is there already."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from actors.store.files.data_dir import DataDir
from actors.store.opening import open_store
from actors.store.store import Store
from daemon.settings.model import Settings
from daemon.start_error import StartError


class NoArchiveHere(StartError):
    """The folder holds no archive: another was meant."""

    def __init__(self, data_dir: Path) -> None:
        super().__init__(f"there is no archive in {data_dir}: name its folder with --data-dir")


def require_archive(settings: Settings) -> DataDir:
    """Make sure that there is an archive, before a lock or a file is made in a folder that is none; raises NoArchiveHere."""
    data = DataDir(settings.data_dir)
    if not data.originals.is_dir():
        raise NoArchiveHere(settings.data_dir)
    return data


@contextmanager
def opened(settings: Settings) -> Iterator[Store]:
    """Open the archive of a folder, which is not made; raises NoArchiveHere."""
    store = open_store(settings.store_url, require_archive(settings))
    try:
        yield store
    finally:
        store.close()
