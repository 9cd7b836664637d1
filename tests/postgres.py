"""A real PostgreSQL for tests: started once, one fresh database for each test, gone afterwards."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg2
import pytest

from tests.ports import free_port

USER = "postgres"
# Speed for safety: a test's database must survive its server, but not the machine.
SETTINGS = (
    "fsync=off",
    "full_page_writes=off",
    "max_connections=200",
    "shared_buffers=32MB",
    "log_min_messages=fatal",
)


# For tests that kill the server.
DURABLE = ("max_connections=200", "shared_buffers=32MB", "log_min_messages=fatal")


@dataclass
class Postgres:
    """A running server. `folder` holds its data, its log and its socket."""

    programs: Path
    folder: Path
    port: int
    settings: Sequence[str] = SETTINGS
    _numbers: Iterator[int] = field(default_factory=count)

    def url(self, database: str) -> str:
        """Give the URL of a database, by loopback, as a user would write it."""
        return f"postgresql+psycopg2://{USER}@127.0.0.1:{self.port}/{database}"

    def execute(self, statement: str) -> None:
        """Run a statement that knows no transaction."""
        with contextlib.closing(psycopg2.connect(host=str(self.folder), port=self.port, user=USER, dbname="postgres")) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement)

    def create(self, template: str = "template1") -> str:
        """Make a fresh database and give its name."""
        name = f"scriba_{next(self._numbers)}"
        self.execute(f'CREATE DATABASE {name} TEMPLATE {template} ENCODING "UTF8"')
        return name

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def control(self, *arguments: str) -> None:
        """Run pg_ctl on this server."""
        run(self.programs / "pg_ctl", "-D", str(self.folder / "data"), "-w", "-t", "60", "-l", str(self.folder / "log"), *arguments)

    def start(self) -> None:
        """Start the server and wait until it answers."""
        options = [f"-c {setting}" for setting in (*self.settings, f"port={self.port}", f"unix_socket_directories={self.folder}")]
        self.control("-o", " ".join(options), "start")

    def stop(self, mode: str = "immediate") -> None:
        """Stop the server: `fast` ends its sessions, `immediate` is its death."""
        self.control("-m", mode, "stop")


def programs() -> Path | None:
    """Find the folder of initdb and pg_ctl; Debian keeps them off the path."""
    found = shutil.which("initdb")
    candidates = [Path(found).resolve().parent] if found else []
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in candidates if (folder / "initdb").is_file() and (folder / "pg_ctl").is_file()), None)


def run(*command: str | Path) -> None:
    """Run a program of PostgreSQL, as its own user where we are root, since it refuses root."""
    prefix = ["runuser", "-u", USER, "--"] if os.geteuid() == 0 else []
    subprocess.run([*prefix, *command], check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, cwd="/")


@contextlib.contextmanager
def running_postgres(settings: Sequence[str] = SETTINGS) -> Iterator[Postgres]:
    """Start a server in a folder of its own, and leave nothing of it behind; skip the test where none is installed."""
    found = programs()
    if found is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    # A socket's path is at most 107 bytes long, which rules out pytest's folders.
    folder = Path(tempfile.mkdtemp(prefix="scriba-pg-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, USER)
        run(found / "initdb", "-D", folder / "data", "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        server = Postgres(found, folder, free_port(), settings)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)
