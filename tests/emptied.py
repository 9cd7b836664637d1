"""Databases of PostgreSQL for tests, emptied and used again: to make and drop one takes forty times the work (measured)."""

import contextlib
from collections import Counter
from collections.abc import Iterator

import psycopg2

from tests.postgres import USER, Postgres

# What is deleted stays in the files until it is swept up, and would slow later tests down.
MOST_USES = 25
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = %s"
ALONE = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
# Some begin behind rows that migrations have made.
SEQUENCES = """
    SELECT format('SELECT setval(%L, %s, %L)', sequencename, coalesce(last_value, start_value), last_value IS NOT NULL) FROM pg_sequences
"""


class Emptied:
    """Lends databases that are as `template` is, a database on `server` which from now on keeps its rows twice."""

    def __init__(self, server: Postgres, template: str) -> None:
        self._server = server
        self._template = template
        self._free: list[str] = []
        self._uses: Counter[str] = Counter()
        with self._cursor(template) as cursor:
            tables = names(cursor, "public")
            cursor.execute("CREATE SCHEMA fresh")
            for table in tables:
                cursor.execute(f"SELECT EXISTS (SELECT FROM {table})")  # noqa: S608  # names of our own tables
                if cursor.fetchone() == (True,):
                    cursor.execute(f"CREATE TABLE fresh.{table} AS TABLE public.{table}")
            emptied = [f"DELETE FROM {table}" for table in tables]  # noqa: S608  # likewise
            filled = [f"INSERT INTO public.{table} SELECT * FROM fresh.{table}" for table in names(cursor, "fresh")]  # noqa: S608  # likewise
            cursor.execute(SEQUENCES)
            begun = [setting for (setting,) in cursor.fetchall()]
        # References would else be followed for each row, and demand an order.
        self._renewal = ["SET session_replication_role = replica", *emptied, *filled, *begun]

    @contextlib.contextmanager
    def lend(self) -> Iterator[str]:
        """Give the name of a database that nobody else uses meanwhile."""
        name = self._free.pop() if self._free else self._server.create(self._template)
        yield name
        self._uses[name] += 1
        if self._uses[name] >= MOST_USES:
            self._server.drop(name)
            return
        with self._cursor(name) as cursor:
            cursor.execute(ALONE)
            cursor.execute("; ".join(self._renewal))
        self._free.append(name)

    @contextlib.contextmanager
    def _cursor(self, database: str) -> Iterator[psycopg2.extensions.cursor]:
        with contextlib.closing(psycopg2.connect(host=str(self._server.folder), port=self._server.port, user=USER, dbname=database)) as one:
            one.autocommit = True
            with one.cursor() as cursor:
                yield cursor


def names(cursor: psycopg2.extensions.cursor, schema: str) -> list[str]:
    """List the tables of a schema."""
    cursor.execute(TABLES, (schema,))
    return sorted(name for (name,) in cursor.fetchall())
