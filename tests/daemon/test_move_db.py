"""`scribad move-db` as a person meets it: to PostgreSQL and back."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from actors.store.files.data_dir import DataDir
from actors.store.opening import open_store
from daemon.instance import only_instance
from tests.archives import open_archive
from tests.postgres import Postgres, running_postgres
from tests.store.making import deliver, document_id

SCRIBAD = [sys.executable, "-c", "from daemon.main import main; main()"]


@pytest.fixture
def data(tmp_path: Path) -> DataDir:
    data = DataDir(tmp_path / "data")
    with closing(open_archive(data)) as store:
        deliver(store, title="Insurance")
    return data


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with running_postgres() as server:
        yield server


def move(data: DataDir, url: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SCRIBA_")} | environment
    command = [*SCRIBAD, "move-db", url, "--data-dir", str(data.root)]
    return subprocess.run(command, env=clean, capture_output=True, text=True, check=False, timeout=120)


def test_an_archive_moves_to_postgresql_and_back(data: DataDir, postgres: Postgres) -> None:
    url = postgres.url(postgres.create()).replace("+psycopg2", "").replace("postgres@", "postgres:s3cret@")
    there = move(data, url)
    assert (there.returncode, there.stderr) == (0, "")
    assert 'database_url = "postgresql://postgres:***@' in there.stdout
    assert "s3cret" not in there.stdout
    assert max(map(len, there.stdout.splitlines())) <= 132
    with closing(open_store(url, data)) as store:
        document_id(store, "second")
    refused = move(data, data.database_url, SCRIBA_DATABASE_URL=url)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "the other database is not empty: there is something in " in refused.stderr
    data.database.rename(data.root / "before.db")
    back = move(data, data.database_url, SCRIBA_DATABASE_URL=url)
    assert (back.returncode, back.stderr) == (0, "")
    assert "take database_url out of the settings" in back.stdout
    with closing(open_archive(data)) as store:
        assert store.documents.get(document_id(store, "second")).id == 2
        assert store.statistics().documents == 2


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("papers", "'papers' is no URL of a database"),
        ("mysql://localhost/papers", "mysql is not supported"),
        ("postgresql://nobody@127.0.0.1:9/papers", "the database cannot be used"),
        ("sqlite:///{root}/scriba.db", "that is the database that the archive has already"),
        ("sqlite:///{root}/nowhere/papers.db", "No such file or directory"),
    ],
)
def test_what_is_no_other_database_is_refused_in_words(data: DataDir, url: str, words: str) -> None:
    ended = move(data, url.format(root=data.root))
    assert (ended.returncode, ended.stdout) == (1, "")
    assert words in ended.stderr
    assert "Traceback" not in ended.stderr


def test_nothing_is_moved_while_the_daemon_runs(data: DataDir) -> None:
    with only_instance(data.root):
        ended = move(data, f"sqlite:///{data.root}/other.db")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "another scribad" in ended.stderr
    assert not (data.root / "other.db").exists()
