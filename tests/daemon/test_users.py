"""`scribad user` lets somebody in from the machine itself, where nobody can sign in."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from actors.identity.passwords import verify_password
from actors.store.files.data_dir import DataDir
from actors.store.nouns.identity import Role, UserFacts
from tests.archives import open_archive
from tests.store.making import START

SCRIBAD = [sys.executable, "-c", "from daemon.main import main; main()"]
PASSWORD = "correct horse battery"


@pytest.fixture
def data(tmp_path: Path) -> DataDir:
    data = DataDir(tmp_path / "data")
    open_archive(data).close()
    return data


def scribad(data: DataDir, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run the program, with what a script sends it."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SCRIBA_")}
    command = [*SCRIBAD, "user", *arguments, "--data-dir", str(data.root)]
    return subprocess.run(command, env=clean, input=typed, capture_output=True, text=True, check=False, timeout=60)


def test_a_user_is_added_with_a_password_and_gets_another(data: DataDir) -> None:
    added = scribad(data, "add", "Anna", "--role", "admin", typed=f"{PASSWORD}\n")
    assert (added.returncode, added.stdout, added.stderr) == (0, "new user: Anna, admin\n", "")
    changed = scribad(data, "passwd", "anna", typed="staple and paper clip\n")
    assert (changed.returncode, changed.stdout) == (0, "Anna has another password, and is signed out everywhere\n")
    with closing(open_archive(data)) as store:
        anna = store.users.find("Anna")
        assert anna.facts == UserFacts("Anna", Role.ADMIN)
        assert verify_password(store.users.credentials(anna.id).password_hash, "staple and paper clip").right


@pytest.mark.parametrize(
    ("arguments", "typed", "code", "words"),
    [
        (("add", "Anna"), "short\n", 1, "a password has 10 to 256 letters"),
        (("add", "Anna"), "", 1, "a password has 10 to 256 letters"),
        (("add", "bert"), f"{PASSWORD}\n", 1, "'bert' is taken"),
        (("add", " "), f"{PASSWORD}\n", 1, "the name: must have 1 to 64 letters"),
        (("add", "Local"), f"{PASSWORD}\n", 1, "'local' is what the machine's own token is called"),
        (("add", "Anna", "--role", "king"), f"{PASSWORD}\n", 2, "there is no role 'king'"),
        (("passwd", "nobody"), f"{PASSWORD}\n", 1, "there is no user 'nobody'"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(data: DataDir, arguments: tuple[str, ...], typed: str, code: int, words: str) -> None:
    with closing(open_archive(data)) as store:
        store.users.create(UserFacts("Bert", Role.EDITOR), START)
    ended = scribad(data, *arguments, typed=typed)
    assert (ended.returncode, ended.stdout) == (code, "")
    assert words in ended.stderr
    with closing(open_archive(data)) as store:
        assert [user.facts.name for user in store.users.list(None, 9)] == ["Bert"]


def test_where_there_is_no_archive_none_is_made(tmp_path: Path) -> None:
    ended = scribad(DataDir(tmp_path / "nowhere"), "add", "Anna", typed=f"{PASSWORD}\n")
    assert (ended.returncode, ended.stderr.startswith("there is no archive in ")) == (1, True)
    assert not (tmp_path / "nowhere").exists()
