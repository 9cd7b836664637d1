"""Empty archives for tests, copied from one that is made once: migrations take longer than most tests."""

import tempfile
from functools import cache
from pathlib import Path

from actors.store.database import make_file
from actors.store.files.data_dir import DataDir
from actors.store.opening import open_store
from actors.store.store import Store


def open_archive(data: DataDir) -> Store:
    """Open the archive in a folder, on SQLite; where there is none, an empty one."""
    if not data.database.exists():
        data.create()
        make_file(data.database_url)
        data.database.write_bytes(empty_database())
    return open_store(data.database_url, data)


@cache
def empty_database() -> bytes:
    """Make a database with the present schema and nothing in it."""
    with tempfile.TemporaryDirectory() as folder:
        data = DataDir(Path(folder))
        open_store(data.database_url, data).close()
        return data.database.read_bytes()
