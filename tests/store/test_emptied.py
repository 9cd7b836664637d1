"""A database that is used again is as a new one."""

from contextlib import closing

import psycopg2

from actors.store.files.data_dir import DataDir
from actors.store.opening import open_store
from tests.emptied import Emptied, names
from tests.postgres import USER, Postgres
from tests.store.making import deliver


def rows(server: Postgres, database: str) -> dict[str, list[tuple[object, ...]]]:
    """Read all that stands in a database, and where its sequences are."""
    with (
        closing(psycopg2.connect(host=str(server.folder), port=server.port, user=USER, dbname=database)) as connection,
        connection.cursor() as cursor,
    ):
        found: dict[str, list[tuple[object, ...]]] = {}
        for table in names(cursor, "public"):
            cursor.execute(f"SELECT * FROM {table} ORDER BY 1")  # noqa: S608  # names of our own tables
            found[table] = cursor.fetchall()
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences ORDER BY 1")
        return {**found, "sequences": cursor.fetchall()}


def test_what_a_test_has_written_is_gone_for_the_next(postgres: Postgres, data: DataDir) -> None:
    template = postgres.create()
    open_store(postgres.url(template), data).close()
    emptied = Emptied(postgres, template)  # that of all tests may drop what was used often
    with emptied.lend() as name:
        fresh = rows(postgres, name)
        with closing(open_store(postgres.url(name), data)) as store:
            deliver(store, tags=("Tax",))
        assert len(rows(postgres, name)["documents"]) == 1
    with emptied.lend() as again:
        assert (again, rows(postgres, again)) == (name, fresh)
