"""The folder of a work node: for its owner alone, and whole or not there."""

from pathlib import Path

import pytest

from daemon.node.home import Membership, NodeHome, default_home
from daemon.start_error import StartError

MEMBER = Membership("archive.lan:8440", "the key", "-----BEGIN CERTIFICATE-----", "archive.lan")


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_what_was_joined_is_remembered(home: NodeHome) -> None:
    assert home.membership() is None
    home.keep(MEMBER)
    assert NodeHome(home.root).membership() == MEMBER


def test_folders_and_secrets_are_for_their_owner_alone(home: NodeHome) -> None:
    home.keep(MEMBER)
    home.receive("token", "certificate", "key", "authority")
    files = [path for path in home.root.rglob("*") if path.is_file()]
    assert {path.name for path in files} == {"node.json", "cluster.token", "cluster.pem", "cluster.key", "cluster-authority.pem"}
    assert {mode(path) for path in files} == {0o600}
    assert {mode(folder) for folder in (home.root, home.run, home.scratch)} == {0o700}


def test_a_key_is_shown_in_no_log() -> None:
    assert MEMBER.key not in repr(MEMBER)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"head": "archive.lan:8440"}', '{"head": "a:1", "key": "k", "more": 1}'])
def test_a_damaged_file_is_named_with_what_to_do(home: NodeHome, text: str) -> None:
    (home.root / "node.json").write_text(text)
    with pytest.raises(StartError, match=r"node\.json can't be read: .* Join anew with a code"):
        home.membership()


def test_a_folder_that_cannot_be_made_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StartError, match=r"file/node can't be made: Not a directory\. Name another folder with --work-dir\."):
        NodeHome(tmp_path / "file" / "node").create()


def test_the_folder_is_where_the_system_keeps_data_of_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    assert default_home() == Path("/data/scriba-node")
    monkeypatch.setenv("XDG_DATA_HOME", "")
    monkeypatch.setenv("HOME", "/home/ada")
    assert default_home() == Path("/home/ada/.local/share/scriba-node")
