"""F22: a backup by the documented commands, taken while documents come in, is a whole archive when it is restored."""

import asyncio
import os
import re
import shlex
import shutil
import subprocess
import sys
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
from daemon.backup.snapshot import take_snapshot
from tests.faults.plugin import Trials
from tests.faults.test_index_kills import broken_index, live_again
from tests.postgres import Postgres, running_postgres
from tests.running import wait_until
from tests.store.making import deliver

PAGE = Path(__file__).parents[2] / "docs" / "backup.md"
BEFORE = 20
SCRIBAD = [sys.executable, "-c", "from daemon.main import main; main()"]


def documented(beginning: str) -> str:
    """Find the one command of the page that begins so."""
    [command] = re.findall(rf"^{beginning} .*$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return str(command)


def run(command: str, url: str = "", **places: Path) -> str:
    """Run a command of the page with these folders in the place of its own, and give what it says."""
    words = [str(places.get(word, word)) for word in shlex.split(command)]
    assert words.pop(0) == "scribad"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SCRIBA_")}
    environment |= {"SCRIBA_DATABASE_URL": url} if url else {}
    done = subprocess.run([*SCRIBAD, *words], env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


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


def back_up_and_restore(tmp_path: Path, name: str, url: str = "", restored_url: str = "") -> None:
    """Take two backups under traffic, the second of what is new alone, and open what is restored of it."""
    data, restored, backup = DataDir(tmp_path / "data"), DataDir(tmp_path / "restored"), tmp_path / name
    store = open_store(url or data.database_url, data)
    for number in range(1, BEFORE + 1):
        add(store, number)
    with traffic(store):
        run(documented("scribad backup"), url, BACKUP=backup, data=data.root)
        run(documented("scribad backup"), url, BACKUP=backup, data=data.root)
    most = store.documents.count(deleted=False)
    store.close()
    run(documented("scribad restore"), restored_url, BACKUP=backup, restored=restored.root)
    check_restored(restored, restored_url or restored.database_url, most)


@pytest.mark.fault("F22", each=1, nightly=5)
def test_a_backup_of_sqlite_under_traffic_is_a_whole_archive(tmp_path: Path, trials: Trials) -> None:
    for trial in range(trials.count):
        back_up_and_restore(tmp_path / f"{trial}", "backup.tar" if trial % 2 else "backup")
        trials.tried()


def test_originals_copied_before_the_database_lack_some_that_it_names(tmp_path: Path) -> None:
    """The order is what makes a backup whole: in the other one, what comes between is missing."""
    data, copy = DataDir(tmp_path / "data"), DataDir(tmp_path / "copy")
    store = open_store(data.database_url, data)
    for number in range(1, BEFORE + 1):
        add(store, number)
    shutil.copytree(data.originals, copy.originals)
    add(store, BEFORE + 1)
    take_snapshot(data.database_url, copy.database)
    store.close()
    with pytest.raises(OriginalMissing):
        check_restored(copy, copy.database_url, BEFORE + 1)


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with running_postgres() as server:
        yield server


@pytest.mark.fault("F22", each=1, nightly=5)
def test_a_backup_of_postgresql_under_traffic_is_a_whole_archive(tmp_path: Path, postgres: Postgres, trials: Trials) -> None:
    for trial in range(trials.count):
        back_up_and_restore(tmp_path / f"{trial}", "backup", postgres.url(postgres.create()), postgres.url(postgres.create()))
        trials.tried()
