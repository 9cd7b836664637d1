"""What a look at a folder finds, and what the rules leave out."""

import os
from pathlib import Path

import pytest

from actors.watcher.ignoring import IgnoreRules
from actors.watcher.scanning import folder_identity, look, scan
from actors.watcher.settings import WatchedFolder

RULES = IgnoreRules()


def test_a_scan_follows_no_link_and_survives_names_that_are_no_text(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    watched = tmp_path / "watched"
    for folder in (outside, watched):
        folder.mkdir()
        (folder / os.fsdecode(b"\xff.pdf")).write_bytes(b"x")
    (watched / "link").symlink_to(outside)
    assert {os.fsencode(path.relative_to(watched)) for path in scan(WatchedFolder(watched, recursive=True), RULES)} == {
        b"\xff.pdf",
        b"link",
    }


def test_a_look_at_a_path_obeys_the_same_rules_as_a_scan(tmp_path: Path) -> None:
    for name in ("a.pdf", ".hidden", "in/b.pdf", "in/.stversions/c.pdf"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    for folder in (WatchedFolder(tmp_path, recursive=True), WatchedFolder(tmp_path, recursive=False)):
        looked = {found for path in tmp_path.rglob("*") for found in look(folder, path, RULES)}
        assert looked == set(scan(folder, RULES))


def test_a_folder_is_another_one_after_it_was_made_again(tmp_path: Path) -> None:
    folder = tmp_path / "share"
    assert folder_identity(folder) is None
    folder.mkdir()
    first = folder_identity(folder)
    folder.rename(tmp_path / "old")
    folder.mkdir()
    assert None is not first != folder_identity(folder)


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert folder_identity(tmp_path / "file") is None


@pytest.mark.parametrize(
    "name",
    [
        ".DS_Store",
        "._a.pdf",
        "thumbs.DB",
        "desktop.ini",
        "~$a.docx",
        "a.part",
        "a.pdf.TMP",
        "a.crdownload",
        ".syncthing.a.pdf.tmp",
        ".~lock.a.odt#",
    ],
)
def test_files_that_nobody_meant_are_ignored(name: str) -> None:
    assert RULES.ignores_file(name)


@pytest.mark.parametrize("name", ["a.pdf", "part", "tmp.pdf", "Thumbs.db.pdf", "a~$b.pdf", ".scriba-taken-0123456789abcdef-a.pdf", ""])
def test_documents_are_not_ignored(name: str) -> None:
    assert not RULES.ignores_file(name)


@pytest.mark.parametrize("name", [".stfolder", "@eaDir", "#recycle", "$RECYCLE.BIN", "lost+found"])
def test_folders_of_machines_are_ignored(name: str) -> None:
    assert RULES.ignores_dir(name)
    assert not RULES.ignores_dir("Bills")


def test_a_pattern_that_takes_for_ever_ignores_nothing() -> None:
    assert not IgnoreRules([r"(a+)+$"]).ignores_file("a" * 60 + "!")


def test_a_pattern_that_is_none_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"ignore pattern '\('"):
        IgnoreRules(["("])
