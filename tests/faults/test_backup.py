"""F22: a backup by the documented commands, taken while documents come in, is a whole archive when it is restored."""

import asyncio
import re
import shlex
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from threading import Event, Thread

import pytest

from actors.store.errors import OriginalMissing
from actors.store.files.data_dir import DataDir
from actors.store.nouns.archive import DocumentOrder
from actors.store.opening import open_store
from actors.store.store import Store
from tests.faults.plugin import Trials
from tests.faults.test_index_kills import broken_index, live_again
from tests.postgres import Postgres, running_postgres
from tests.running import wait_until
from tests.store.making import deliver

OPERATE = Path(__file__).parents[2] / "docs" / "operate.md"
BEFORE = 20
DOCUMENTED_URL = "postgresql://scriba:PASSWORD@127.0.0.1/scriba"


def documented(beginning: str) -> str:
    """Find the one command of the page that begins so."""
    [command] = re.findall(rf"^{beginning} .*$", OPERATE.read_text(encoding="utf-8"), re.MULTILINE)
    return str(command)


def run(command: str, data: DataDir, backup: Path, url: str = "") -> None:
    """Run a command of the page with these folders in the place of its own; it may tell of files that are gone, and of nothing else."""
    there = command.replace("BACKUP", str(backup)).replace("data/", f"{data.root}/").replace(DOCUMENTED_URL, url)
    done = subprocess.run(shlex.split(there), capture_output=True, text=True, check=False, timeout=60)
    complaints = [line for line in done.stderr.splitlines() if "No such file or directory" not in line]
    assert complaints == []


def add(store: Store, number: int) -> None:
    """Take in a document with a word of its own."""
    deliver(store, f"paper {number}", title=f"unique{number}x")


@contextmanager
def traffic(store: Store) -> Iterator[None]:
    """Let documents come in without a pause."""
    stop, first = Event(), Event()

    def come_in() -> None:
        number = BEFORE
        while not stop.is_set():
            number += 1
            add(store, number)
            first.set()

    thread = Thread(target=come_in)
    thread.start()
    try:
        wait_until(first.is_set, 30.0)
        yield
    finally:
        stop.set()
        thread.join(30.0)


def check_restored(data: DataDir, url: str, most: int) -> None:
    """Open what was restored: every document of the snapshot is there whole, and the index comes by itself."""
    store = open_store(url, data)
    try:
        documents = store.documents.list(DocumentOrder(), None, 10_000, deleted=False)
        assert BEFORE <= len(documents) <= most
        assert {f"unique{number}x" for number in range(1, BEFORE + 1)} <= {document.title for document in documents}
        for document in documents:
            assert sha256(store.originals.path(document).read_bytes()).hexdigest() == document.sha256
        asyncio.run(live_again(store))
        assert broken_index(store) == []
    finally:
        store.close()


@pytest.mark.fault("F22", each=1, nightly=5)
def test_a_backup_of_sqlite_under_traffic_is_a_whole_archive(tmp_path: Path, trials: Trials) -> None:
    for trial in range(trials.count):
        data, backup = DataDir(tmp_path / f"data-{trial}"), tmp_path / f"backup-{trial}"
        backup.mkdir()
        store = open_store(data.database_url, data)
        for number in range(1, BEFORE + 1):
            add(store, number)
        data.local_token.write_text("token")
        with traffic(store):
            run(documented("sqlite3"), data, backup)
            run(documented("cp -a data/originals"), data, backup)
        most = store.documents.count(deleted=False)
        store.close()
        restored = DataDir(backup)
        check_restored(restored, restored.database_url, most)
        trials.tried()


def test_a_database_copied_after_the_originals_names_some_that_are_missing(tmp_path: Path) -> None:
    data, backup = DataDir(tmp_path / "data"), tmp_path / "backup"
    backup.mkdir()
    store = open_store(data.database_url, data)
    for number in range(1, BEFORE + 1):
        add(store, number)
    run(documented("cp -a data/originals"), data, backup)
    add(store, BEFORE + 1)
    run(documented("sqlite3"), data, backup)
    store.close()
    with pytest.raises(OriginalMissing):
        check_restored(DataDir(backup), DataDir(backup).database_url, BEFORE + 1)


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with running_postgres() as server:
        yield server


@pytest.mark.fault("F22", each=1, nightly=5)
def test_a_backup_of_postgresql_under_traffic_is_a_whole_archive(tmp_path: Path, postgres: Postgres, trials: Trials) -> None:
    for trial in range(trials.count):
        data, backup = DataDir(tmp_path / f"data-{trial}"), tmp_path / f"backup-{trial}"
        backup.mkdir()
        url = postgres.url(postgres.create())
        store = open_store(url, data)
        for number in range(1, BEFORE + 1):
            add(store, number)
        with traffic(store):
            run(documented("pg_dump"), data, backup, plain(url))
            run(documented("cp -a data/originals"), data, backup)
        most = store.documents.count(deleted=False)
        store.close()
        empty = postgres.url(postgres.create())
        subprocess.run(["psql", "--quiet", f"--file={backup / 'scriba.sql'}", plain(empty)], check=True, capture_output=True)
        check_restored(DataDir(backup), empty, most)
        trials.tried()


def plain(url: str) -> str:
    """Write a database's URL as PostgreSQL's own programs do."""
    return url.replace("postgresql+psycopg2", "postgresql")
