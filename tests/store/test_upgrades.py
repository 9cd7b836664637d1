"""An archive of any version is brought to the present one with all that it holds, also where that is broken off."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, text
from sqlalchemy.orm import Session

from actors.store.database import Database, make_file
from actors.store.files.data_dir import DataDir
from actors.store.migration import NEWEST, SCRIPTS, migrate
from actors.store.rows.archive import Base
from tests.store.filling import Filler, Kept, rows_of
from tests.store.test_migration import bring_to, unlike

# Begins as an upgrade does, and is killed in the middle of it.
HALF = """
import sys
from actors.store.database import Database
from tests.store.test_migration import bring_to
with Database(sys.argv[1]).rebuild() as session:
    bring_to(session, "0024")
    print("half-way", flush=True)
    sys.stdin.read()
"""


def revisions() -> list[str]:
    """Name all schemas that there have been, the oldest first."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    return [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()][::-1]


def climbed(database: Database) -> list[Kept]:
    """Bring a database from each schema to the next, and write rows into every table of each as it is there."""
    filler, kept = Filler(), list[Kept]()
    for generation, revision in enumerate(revisions()[:-1], 101):
        with database.rebuild() as session:
            bring_to(session, revision)
        with database.write() as session:
            kept += filler.fill(session, generation)
    return kept


def test_every_schema_is_brought_to_the_present_one_with_all_rows_of_all_its_tables(empty_url: str, data: DataDir) -> None:
    data.create()
    make_file(empty_url)
    with closing(Database(empty_url)) as database:
        kept = climbed(database)
        migrate(database, data.originals)
        with database.read() as session:
            context = MigrationContext.configure(session.connection(), opts={"compare_type": True, "compare_server_default": True})
            assert unlike(compare_metadata(context, Base.metadata)) == []
            assert list(differences(session, kept)) == []
        assert len({one.table for one in kept}) > 50
        with database.write() as session:
            session.execute(text("UPDATE labels SET pattern = 'other'"))
            session.execute(text("DELETE FROM notes"))
        with database.read() as session:
            assert {line.split()[0] for line in differences(session, kept)} == {"labels", "notes"}


def test_an_upgrade_that_is_killed_half_way_has_changed_nothing_and_the_next_start_does_it(empty_url: str, data: DataDir) -> None:
    data.create()
    make_file(empty_url)
    filler = Filler()
    with closing(Database(empty_url)) as database:
        for generation, revision in ((101, "0001"), (102, "0014")):
            with database.rebuild() as session:
                bring_to(session, revision)
            with database.write() as session:
                kept = list(filler.fill(session, generation))
        with subprocess.Popen([sys.executable, "-c", HALF, empty_url], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as upgrade:
            assert upgrade.stdout is not None
            assert upgrade.stdout.readline() == b"half-way\n"
            upgrade.kill()
        with database.read() as session:
            assert MigrationContext.configure(session.connection()).get_current_revision() == "0014"
            assert list(differences(session, kept)) == []
        migrate(database, data.originals)
        with database.read() as session:
            assert MigrationContext.configure(session.connection()).get_current_revision() == NEWEST
            assert list(differences(session, kept)) == []


def differences(session: Session, kept: list[Kept]) -> Iterator[str]:
    """Tell which rows are gone, and which of their values are others now, as far as their columns are still there."""
    known = MetaData()
    known.reflect(session.connection())
    rows = {name: rows_of(session, table) for name, table in known.tables.items() if name != "alembic_version"}
    for one in kept:
        if one.table not in rows:
            continue
        now = rows[one.table].get(one.key)
        if now is None:
            yield f"{one.table} {one.key} is gone"
            continue
        for column in one.values.keys() & now.keys():
            if now[column] != one.values[column]:
                yield f"{one.table} {one.key}: {column} was {one.values[column]!r} and is {now[column]!r}"
