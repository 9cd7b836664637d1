"""The engine: one way to read, one way to write, the same on SQLite and PostgreSQL (RELIABILITY R3)."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from copy import copy
from functools import partial
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DatabaseError, DBAPIError, InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from actors.store.errors import StoreFailed, StoreUnavailable, UnsupportedDatabase
from actors.store.writers_turn import WritersTurn

BUSY_SECONDS = 30
# Threads of one process that talk to the database at once; more would only wait for the one writer.
POOL_SIZE = 8
POOL_OVERFLOW = 24
# Names the writers' turn among PostgreSQL's advisory locks; any number will do that no other program uses on this database.
WRITERS_LOCK = 0x5C21BA
# What SQLite says when an fsync of its file, its journal or their folder has failed: https://www.sqlite.org/rescode.html
SYNC_FAILED = frozenset({sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_DIR_FSYNC})
PING = text("SELECT value FROM counters LIMIT 1")


class Database:
    """Opens transactions. Writers take turns on both databases, so nothing that one of them has read changes under it.

    After a failed fsync none is opened for writing any more until a restart: the next fsync could answer "safe" for lost bytes. `failed`
    says so, and is empty until then. `whole` is the database itself, also for one that was narrowed; in whose name it is written to stays.
    """

    def __init__(self, url: str) -> None:
        address = make_url(url)
        self._address = address
        if address.drivername in ("sqlite", "sqlite+pysqlite"):
            engine = sqlite_engine(address)
            self._reading: Engine = engine
            self._writing: Engine = engine.execution_options(scriba_writes=True)
            self._turn = None
            self._file_turn: WritersTurn | None = WritersTurn(Path(f"{address.database}.turn"), BUSY_SECONDS)
        elif address.drivername in ("postgresql", "postgresql+psycopg2"):
            engine = postgres_engine(address)
            self._reading = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            self._writing = engine
            self._turn = text("SELECT pg_advisory_xact_lock(:key)").bindparams(key=WRITERS_LOCK)
            self._file_turn = None
        else:
            raise UnsupportedDatabase(address.drivername)
        self._engine = engine
        self._failures = list[str]()
        self.narrowing: Callable[[Session], None] | None = None
        self.signing: Callable[[Session], None] | None = None
        self.whole = self

    @property
    def failed(self) -> str:
        """Tell why nothing is written any more, '' while all is well."""
        return self._failures[0] if self._failures else ""

    def narrowed(self, narrow: Callable[[Session], None]) -> "Database":
        """Give the same database as sessions see it that `narrow` has had in hand."""
        other = copy(self)
        other.narrowing = narrow
        return other

    def signed(self, sign: Callable[[Session], None]) -> "Database":
        """Give the whole database as somebody writes to it: `sign` says in each such session who that is."""
        other = copy(self.whole)
        other.signing, other.whole = sign, other
        return other

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open a short transaction that sees one state of the database throughout."""
        with available(), Session(self._reading) as session:
            if self.narrowing is not None:
                self.narrowing(session)
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Open the one writing transaction; it is kept when the block ends, and forgotten when the block raises."""
        with self._written(self._writing) as session:
            yield session

    @contextmanager
    def rebuild(self) -> Iterator[Session]:
        """Open the one writing transaction for a change of the schema.

        SQLite makes a table anew to change it, and would remove with the old one all rows that name it. It lets foreign keys alone only
        where no transaction is open yet, so this one has a connection of its own.
        """
        if self._file_turn is None:
            with self.write() as session:
                yield session
            return
        engine = sqlite_engine(self._address, foreign_keys=False)
        try:
            with self._written(engine.execution_options(scriba_writes=True)) as session:
                yield session
        finally:
            engine.dispose()

    @contextmanager
    def _written(self, engine: Engine) -> Iterator[Session]:
        if self.failed:
            raise StoreFailed(self.failed)
        with ExitStack() as held:
            held.enter_context(self._sound())
            held.enter_context(available())
            if self._file_turn is not None:
                held.enter_context(self._file_turn.held())
            session = held.enter_context(Session(engine, expire_on_commit=False))
            if self._turn is not None:
                session.execute(self._turn)
            if self.narrowing is not None:
                self.narrowing(session)
            if self.signing is not None:
                self.signing(session)
            yield session
            session.commit()

    def ping(self) -> None:
        """Read one row. Raises StoreUnavailable."""
        with self.read() as session:
            session.execute(PING)

    @contextmanager
    def _sound(self) -> Iterator[None]:
        try:
            yield
        except StoreFailed as error:
            self._failures.append(str(error))
            raise

    def close(self) -> None:
        """Close every connection that is not in use."""
        self._engine.dispose()


@contextmanager
def available() -> Iterator[None]:
    """Turn the driver's words for "the database is away, full, locked or damaged" into ours."""
    try:
        yield
    except DBAPIError as error:
        # What is left, such as IntegrityError and ProgrammingError, is a mistake of ours.
        if type(error) not in (DatabaseError, InterfaceError, InternalError, OperationalError):
            raise
        if getattr(error.orig, "sqlite_errorcode", 0) in SYNC_FAILED:
            raise StoreFailed(
                "the disk of the database failed: nothing is written until Scriba is started again on a sound disk"
            ) from error
        raise StoreUnavailable(f"the database cannot be used: {error.orig}") from error
    except PoolTimeout as error:
        raise StoreUnavailable(f"the database is too busy: {error}") from error


def make_file(url: str) -> None:
    """Make the SQLite file that a URL names where it is missing, for its owner alone; a server's database is made by its owner."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite" and address.database:
        # SQLite gives its journal the mode of the database, so the mode is set before SQLite comes.
        os.close(os.open(address.database, os.O_CREAT | os.O_RDONLY, 0o600))


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """Tell whether a SQLite is free of the WAL-reset bug, which can corrupt a database with several writers.

    Versions 3.7.0 to 3.51.2 have it, but for the backports 3.44.6 and 3.50.7: https://www.sqlite.org/wal.html#walresetbug
    """
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51, 0) or (3, 44, 6) <= version < (3, 45, 0)


def sqlite_engine(address: URL, foreign_keys: bool = True) -> Engine:
    """Make an engine on one SQLite file, which must be there."""
    if address.database is None or address.database in ("", ":memory:"):
        raise UnsupportedDatabase("sqlite in memory")
    # With TRUNCATE, FULL syncs the end of the journal; with DELETE it would not, and a power cut could bring a committed journal back.
    journal = "WAL" if wal_is_safe(sqlite3.sqlite_version_info) else "TRUNCATE"
    # A file that is gone is not made again: an empty archive would stand in its place.
    file = f"{Path(address.database).absolute().as_uri()}?mode=rw"
    engine = create_engine(
        address,
        creator=partial(sqlite3.connect, file, uri=True, timeout=BUSY_SECONDS, check_same_thread=False),
        hide_parameters=True,
        pool_size=POOL_SIZE,
        max_overflow=POOL_OVERFLOW,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        # The driver would begin by itself, and never IMMEDIATE.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (f"journal_mode={journal}", "synchronous=FULL", f"foreign_keys={'ON' if foreign_keys else 'OFF'}"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A plain BEGIN that wants to write later fails as soon as another writer was quicker.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("scriba_writes") else "BEGIN")

    return engine


def postgres_engine(address: URL) -> Engine:
    """Make an engine on PostgreSQL that survives its restart, and lets go of a turn that its writer forgot."""
    engine = create_engine(
        address.set(drivername="postgresql+psycopg2"),
        hide_parameters=True,
        connect_args={"application_name": "scriba", "connect_timeout": 10},
        pool_size=POOL_SIZE,
        max_overflow=POOL_OVERFLOW,
        pool_pre_ping=True,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        cursor.execute(f"SET lock_timeout = '{BUSY_SECONDS}s'")
        cursor.execute(f"SET idle_in_transaction_session_timeout = '{2 * BUSY_SECONDS}s'")
        cursor.close()
        connection.commit()

    return engine
