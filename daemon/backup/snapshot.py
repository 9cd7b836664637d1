"""One state of the database, as a SQLite file, while others write to it."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import inspect, make_url, text

from actors.store.database import BUSY_SECONDS, Database, make_file
from actors.store.files.durable import sync_file
from actors.store.moving.moving import move
from daemon.start_error import StartError

# The second came with a later schema.
_ORIGINALS = {"documents": "SELECT sha256 FROM documents", "document_versions": "SELECT sha256 FROM document_versions"}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A copy of the database, its schema, and the SHA-256 of all originals that it names."""

    file: Path
    revision: str
    originals: Sequence[str]


def take_snapshot(url: str, file: Path) -> Snapshot:
    """Copy the database as it is at one moment: SQLite page by page, PostgreSQL row by row. Raises StartError, StoreError."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        copy_file(Path(address.database or ""), file)
    else:
        there = f"sqlite:///{file}"
        make_file(there)
        with closing(Database(url)) as source, closing(Database(there)) as target:
            move(source, target)
    sync_file(file)
    return read_snapshot(file)


def copy_file(source: Path, target: Path) -> None:
    """Copy one state of a SQLite file; who writes to it waits meanwhile, or SQLite keeps what is written apart."""
    try:
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True, timeout=2 * BUSY_SECONDS)) as from_,
            closing(sqlite3.connect(target)) as to,
        ):
            from_.backup(to)
            # Whoever opens it must not need a second file beside it.
            to.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise StartError(f"the database {source} cannot be copied: {error}") from error


def read_snapshot(file: Path) -> Snapshot:
    """Look into a copy, of any version; raises StartError where it is no database of Scriba."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as copy:
            [[whole], *_] = copy.execute("PRAGMA quick_check(1)").fetchall()
            if whole != "ok":
                raise StartError(f"the database is damaged: {whole}")
            [[revision]] = copy.execute("SELECT version_num FROM alembic_version").fetchall()
            tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            queries = [query for table, query in _ORIGINALS.items() if table in tables]
            named = {digest for query in queries for (digest,) in copy.execute(query)}
            return Snapshot(file, revision, sorted(named))
    except (sqlite3.Error, ValueError) as error:
        raise StartError(f"{file} is no database of Scriba: {error}") from error


def named_now(url: str) -> set[str]:
    """Read the SHA-256 of all originals that the database itself names at this moment. Raises StoreError."""
    with closing(Database(url)) as database, database.read() as session:
        there = inspect(session.connection()).get_table_names()
        return {digest for table, query in _ORIGINALS.items() if table in there for digest in session.scalars(text(query))}
