"""All rows of one database come into the other, whatever they hold, and whenever that is broken off."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, select, text, update

from actors.store.database import Database, make_file
from actors.store.errors import StoreHalfMoved
from actors.store.files.data_dir import DataDir
from actors.store.migration import bring_up
from actors.store.moving.errors import RowsDiffer, SchemasDiffer, TargetNotEmpty
from actors.store.moving.moving import move
from actors.store.moving.tables import plain_tables
from actors.store.opening import open_store
from actors.store.rows.archive import Base, DocumentRow
from tests.archives import open_archive
from tests.postgres import Postgres
from tests.store.filled import FIRST, fill
from tests.store.making import deliver, document_id

KILLED = "tests.store.killed_move"


@pytest.fixture
def other_url(request: pytest.FixtureRequest, url: str, data: DataDir) -> Iterator[str]:
    """Give an empty database of the other kind."""
    if url.startswith("sqlite"):
        server: Postgres = request.getfixturevalue("postgres")
        name = server.create()
        yield server.url(name)
        server.drop(name)
        return
    data.create()
    there = f"sqlite:///{data.root / 'other.db'}"
    make_file(there)
    yield there


@pytest.fixture
def source(url: str, data: DataDir) -> Iterator[Database]:
    """Give a database with rows in every table."""
    with closing(open_store(url, data)) as store:
        fill(store.database)
        yield store.database


@pytest.fixture
def file(data: DataDir) -> Iterator[Database]:
    """Give an archive on SQLite, with rows in every table."""
    with closing(open_archive(data)) as store:
        fill(store.database, pages=1_100)
        yield store.database


@pytest.fixture
def other_file(data: DataDir) -> Iterator[Database]:
    """Give an empty file."""
    url = f"sqlite:///{data.root / 'other.db'}"
    make_file(url)
    with closing(Database(url)) as other:
        yield other


def all_rows(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Read every table as the archive itself does."""
    with database.read() as session:
        return {table.name: sorted(map(tuple, session.execute(select(table)).all()), key=repr) for table in Base.metadata.sorted_tables}


def test_the_tables_that_are_moved_are_all_that_there_are(url: str, data: DataDir) -> None:
    with closing(open_store(url, data)) as store, store.database.read() as session:
        there = set(inspect(session.connection()).get_table_names()) - {"alembic_version"}
        assert {table.name for table in plain_tables()} == there
        columns = {
            table.name: {column["name"] for column in inspect(session.connection()).get_columns(table.name)} for table in plain_tables()
        }
        assert {table.name: set(table.columns.keys()) for table in plain_tables()} == columns


def test_every_row_of_every_table_comes_into_the_other_database_and_back(
    source: Database, other_url: str, empty_url: str, data: DataDir
) -> None:
    before = all_rows(source)
    assert all(before.values())
    told = dict[str, int]()
    with closing(Database(other_url)) as there:
        moved = move(source, there, lambda table, rows: told.update({table: told.get(table, 0) + rows}))
        assert all_rows(there) == before
        assert {table: held.rows for table, held in moved.items()} == {table: len(rows) for table, rows in before.items()} == told
        back = empty_url if empty_url != source_url(source) else f"sqlite:///{data.root / 'back.db'}"
        make_file(back)
        with closing(Database(back)) as again:
            assert move(there, again) == moved
            assert all_rows(again) == before


def source_url(database: Database) -> str:
    with database.read() as session:
        return session.connection().engine.url.render_as_string(hide_password=False)


def test_what_was_moved_goes_on_as_an_archive_and_gives_no_number_twice(url: str, other_url: str, data: DataDir) -> None:
    with closing(open_store(url, data)) as store:
        for number in range(4):
            document_id(store, f"{number}", tags=("Tax",))
        with store.database.write() as session:
            session.execute(text("DELETE FROM documents WHERE id = 4"))
        counted = store.statistics()
        with closing(Database(other_url)) as there:
            move(store.database, there)
    with closing(open_store(other_url, data)) as there:
        assert there.statistics().documents_by_mime_type == counted.documents_by_mime_type == {"application/pdf": 3}
        assert document_id(there, "new", tags=("Tax",)) == 5
        # The database counts and follows by itself again.
        with there.database.read() as session:
            assert session.scalar(text("SELECT live FROM access_classes WHERE id = (SELECT access_id FROM documents WHERE id = 5)")) == 4


def test_a_move_that_was_killed_is_gone_on_with_and_nothing_starts_on_it_before(source: Database, other_url: str, data: DataDir) -> None:
    before = all_rows(source)
    for portions in (3, 1):
        killed = subprocess.run([sys.executable, "-m", KILLED, source_url(source), other_url, f"{portions}"], check=False, timeout=60)
        assert killed.returncode == -9
        with pytest.raises(StoreHalfMoved, match="give the same order again"):
            open_store(other_url, data)
    told = list[str]()
    with closing(Database(other_url)) as there:
        move(source, there, lambda table, _rows: told.append(table))
        assert "pages" in told
        assert "documents" not in told
        assert all_rows(there) == before


def test_a_move_begins_anew_where_the_archive_has_changed_since(file: Database, other_file: Database) -> None:
    killed = subprocess.run([sys.executable, "-m", KILLED, source_url(file), source_url(other_file), "3"], check=False, timeout=60)
    assert killed.returncode == -9
    with file.write() as session:
        session.execute(update(DocumentRow).where(DocumentRow.id == FIRST).values(title="another"))
    move(file, other_file)
    assert all_rows(other_file) == all_rows(file)


def test_rows_that_change_on_their_way_are_noticed_and_nothing_starts_on_them(file: Database, other_file: Database) -> None:
    def harm(table: str, _rows: int) -> None:
        if table == "documents":
            with other_file.write() as session:
                session.execute(text("UPDATE documents SET title = 'x' WHERE id = 1001"))

    with pytest.raises(RowsDiffer, match=r": documents;"):
        move(file, other_file, harm)
    with pytest.raises(StoreHalfMoved):
        bring_up(other_file)


def test_a_database_that_holds_something_is_left_alone(file: Database, other_file: Database, tmp_path: Path) -> None:
    with closing(open_store(source_url(other_file), DataDir(tmp_path / "other"))) as there:
        deliver(there)
        with pytest.raises(TargetNotEmpty, match="documents"):
            move(file, there.database)
        assert there.documents.count(deleted=False) == 1


def test_a_database_with_tables_of_another_program_is_left_alone(file: Database, other_file: Database) -> None:
    with other_file.write() as session:
        session.execute(text("CREATE TABLE theirs (id INTEGER)"))
    with pytest.raises(TargetNotEmpty, match="theirs"):
        move(file, other_file)


def test_a_database_of_another_version_is_not_moved(file: Database, other_file: Database) -> None:
    with file.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    with pytest.raises(SchemasDiffer, match="0001"):
        move(file, other_file)
