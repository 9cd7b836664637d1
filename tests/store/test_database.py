"""Writers take turns and none fails; a database that is away is named so."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import func, select

from actors.store.database import Database, make_file, wal_is_safe
from actors.store.errors import StaleFence, StoreUnavailable, UnsupportedDatabase
from actors.store.files.data_dir import DataDir
from actors.store.jobs.rows import require_lease
from actors.store.nouns.archive import DocumentId
from actors.store.opening import open_store
from actors.store.rows.archive import OutboxRow
from actors.store.store import Store
from actors.store.writers_turn import WritersTurn
from tests.postgres import running_postgres
from tests.store.making import deliver, document_id


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 0), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
        ((4, 0, 0), True),
    ],
)
def test_wal_is_used_only_without_its_reset_bug(version: tuple[int, int, int], safe: bool) -> None:
    assert wal_is_safe(version) is safe


def test_sqlite_keeps_what_it_has_committed(data: DataDir) -> None:
    data.create()
    make_file(data.database_url)
    with closing(Database(data.database_url)) as database, database.read() as session:
        connection = session.connection()
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one() == 30_000
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() in ("truncate", "wal")


def test_a_write_that_raises_leaves_nothing(store: Store) -> None:
    database = store.documents._database

    def fail_half_way() -> None:
        with database.write() as session:
            session.add(OutboxRow(document_id=1, revision=1))
            session.flush()
            require_lease(session, DocumentId(1), fence=1)

    with pytest.raises(StaleFence):
        fail_half_way()
    assert store.outbox.pending(1) == []


def test_a_reader_sees_one_state_throughout(store: Store) -> None:
    """On SQLite's rollback journal a writer waits for the reader; on PostgreSQL the reader goes on in the past."""
    first = document_id(store, "first")
    written = Event()

    def write() -> None:
        document_id(store, "second")
        written.set()

    with store.documents._database.read() as session:
        assert session.scalars(select(OutboxRow.document_id)).all() == [first]
        writer = Thread(target=write)
        writer.start()
        written.wait(0.2)
        session.expire_all()
        assert session.scalars(select(OutboxRow.document_id)).all() == [first]
    writer.join(30)
    assert written.is_set()


def test_a_writer_sees_what_the_writer_before_it_wrote(store: Store) -> None:
    """Each of many writers reads a number and writes the next one; without turns, some would write the same."""
    database = store.documents._database

    def count_up(_: int) -> None:
        with database.write() as session:
            highest = session.scalars(select(func.max(OutboxRow.document_id))).one() or 0
            session.add(OutboxRow(document_id=highest + 1, revision=1))

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(count_up, range(40)))
    assert len(store.outbox.pending(100)) == 40


def test_eight_writers_in_four_processes_write_and_none_fails(store: Store, url: str) -> None:
    count = 15
    command = [sys.executable, "-m", "tests.store.writer", url, str(store.data.root)]
    root = Path(__file__).parents[2]
    writers = [
        subprocess.Popen([*command, f"writer{number}", str(count)], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for number in range(4)
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        writer.communicate("go\n", timeout=60)
    assert [writer.returncode for writer in writers] == [0] * 4
    assert store.documents.count(deleted=False) == 8 * count + 1
    assert sorted(document.duplicate_count for document in store.documents.get_many(store.documents.ids(None, 1000))) == [0] * 8 * count + [
        7
    ]
    assert len(store.jobs.list([], None, None, 1000)) == 8 * count + 1


@pytest.mark.parametrize("url", ["mysql://localhost/scriba", "postgresql+asyncpg://localhost/scriba", "sqlite://", "sqlite:///:memory:"])
def test_another_database_is_refused(url: str) -> None:
    with pytest.raises(UnsupportedDatabase):
        Database(url)


def test_a_database_that_is_away_is_unavailable(data: DataDir) -> None:
    with pytest.raises(StoreUnavailable):
        open_store("postgresql+psycopg2://nobody@127.0.0.1:1/scriba", data)


def test_a_file_that_vanishes_is_not_made_again(data: DataDir) -> None:
    with closing(open_store(data.database_url, data)) as store:
        document_id(store)
        kept = data.database.rename(data.root / "elsewhere.db")
        store.close()
        with pytest.raises(StoreUnavailable):
            store.statistics()
        assert not data.database.exists()
        kept.rename(data.database)
        assert store.statistics().documents == 1


def test_a_file_that_is_no_database_is_not_used(data: DataDir) -> None:
    data.create()
    data.database.write_bytes(b"This is not a database, and it is long enough to be seen as such." * 100)
    with pytest.raises(StoreUnavailable):
        open_store(data.database_url, data)


def test_the_store_goes_on_after_postgresql_died(data: DataDir) -> None:
    with running_postgres() as server, closing(open_store(server.url(server.create()), data)) as store:
        before = document_id(store, "before")
        server.stop()
        with pytest.raises(StoreUnavailable):
            store.documents.get(before)
        server.start()
        assert store.documents.get(before).title == "before"
        assert deliver(store, "after").duplicate is False


def test_a_writer_waits_no_longer_than_the_one_before_it_writes(tmp_path: Path) -> None:
    """Two processes' worth of turns: SQLite's own way to wait would let the second sleep through most of the pauses of the first."""
    path, order = tmp_path / "turn", list[str]()
    first, second = WritersTurn(path, 30.0), WritersTurn(path, 30.0)
    waiting = Thread(target=lambda: take_turns(second, order, "second"))
    with first.held():
        waiting.start()
        order.append("first")
        waiting.join(0.2)
        assert order == ["first"]
    waiting.join(30)
    assert order == ["first", "second"]


def take_turns(turn: WritersTurn, order: list[str], name: str) -> None:
    with turn.held():
        order.append(name)


def test_a_turn_that_does_not_come_is_no_hang(tmp_path: Path) -> None:
    turn = WritersTurn(tmp_path / "turn", 0.05)
    with turn.held(), ThreadPoolExecutor(1) as threads, pytest.raises(StoreUnavailable, match="too busy"):
        threads.submit(take_turns, turn, [], "late").result()
