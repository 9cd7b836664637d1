"""Opening an archive for the first process that uses it: made, or brought up to the present schema."""

from actors.store.database import Database, make_file
from actors.store.files.data_dir import DataDir
from actors.store.migration import migrate
from actors.store.store import Store
from actors.store.trash import sweep


def open_store(url: str, data: DataDir) -> Store:
    """Open an archive, made or brought up to date where needed. Any number of processes may open it at once.

    Raises StoreMissing, StoreTooNew, StoreUnavailable.
    """
    data.create()
    database = Database(url)
    make_file(url)
    migrate(database, data.originals)
    sweep(database, data)
    return Store(database, data)
