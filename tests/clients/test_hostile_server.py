"""A server that means harm: whatever it answers, no command reaches the terminal, and no file is written but the one that was asked for."""

import io
import itertools
import re
from pathlib import Path

import pytest

import scriba
from scriba import download
from scriba.download import own_name
from scriba.v1 import admin_pb2, documents_pb2
from scriba_cli.main import run
from tests.clients.fake_archive import FakeArchive

EVIL = "\x1b]0;evil\x07\x1b[2J\x9b2J\u202eslide\u2028\r\x08\nsecond line"
COMMANDS = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


@pytest.fixture
def evil(archive: FakeArchive, signed_in: Path) -> FakeArchive:
    """An archive whose every word would command the terminal."""
    archive.add_document(
        EVIL,
        b"paper",
        text=f"rent {EVIL}",
        id=EVIL,
        tags=[EVIL],
        language=EVIL,
        created_date=EVIL,
        mime_type=EVIL,
        original_filename=f"../../{EVIL}.pdf",
        warnings=[documents_pb2.Warning(code=EVIL, message=EVIL)],
    )
    archive.documents["1"] = next(iter(archive.documents.values()))
    archive.put_job("1", admin_pb2.JOB_STATE_FAILED, label=EVIL, error=EVIL, step=EVIL, document_id=EVIL)
    archive.suggestions["1"] = [documents_pb2.LabelSuggestion(name=EVIL, label_id=EVIL, probability=0.5, reason=EVIL)]
    archive.dates["1"] = [documents_pb2.DateSuggestion(date=EVIL, reason=EVIL, text=EVIL, page=1)]
    archive.folders.folders.add(path=EVIL, name=EVIL, document_count=-1)
    archive.folders.documents.add(name=EVIL, document=archive.documents["1"], problem=EVIL)
    archive.folders.next_page_token = EVIL
    return archive


LINES = (
    "list", "show 1", "show 1 --text", "search slide", "similar 1", "edit 1 --title x", "suggest 1", "download 1 -o out", "delete 1",
    "restore 1", "reprocess 1", "jobs", "watch 1", "retry 1", "cancel 1", "nodes", "stats", "info", "folders -n 1", "show nothing",
    "delete 8 9",
)  # fmt: skip


@pytest.mark.parametrize("as_json", [False, True], ids=["table", "json"])
@pytest.mark.parametrize("line", LINES)
def test_nothing_that_a_server_says_commands_the_terminal(
    evil: FakeArchive, capsys: pytest.CaptureFixture[str], line: str, as_json: bool
) -> None:
    run([*line.split(), *(["--json"] if as_json else [])])
    shown = capsys.readouterr()
    told = shown.err if "--text" in line else shown.out + shown.err  # the text of a document is data where no terminal looks on
    assert COMMANDS.search(told.replace("\n", "")) is None, ascii(told)
    assert "scriba itself" not in told


def test_states_that_only_a_newer_server_knows_are_shown_by_number(
    archive: FakeArchive, signed_in: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive.add_document("Rent", state=99)
    archive.put_job("1", 77)
    assert run(["list"]) == run(["jobs"]) == 0
    shown = capsys.readouterr().out
    assert ("state 99" in shown, "state 77" in shown) == (True, True)


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("../../.bashrc", "_bashrc"),
        ("/etc/passwd", "passwd"),
        ("..\\..\\autoexec.bat", "autoexec.bat"),
        ("C:evil.exe", "evil.exe"),
        ("-rf", "_rf"),
        ("", "document"),
        ("..", "document"),
        ("nul.txt", "_nul.txt"),
        ("a\x1b[2Jb\u202e.pdf", "a[2Jb.pdf"),
        ("ä" * 200 + ".pdf", "ä" * 125 + ".pdf"),
        ("Rechnung Nr. 5.pdf", "Rechnung Nr. 5.pdf"),
    ],
)
def test_the_name_that_a_server_gives_is_made_harmless(sent: str, name: str) -> None:
    assert own_name(sent) == name


def test_a_download_touches_no_file_but_its_own(archive: FakeArchive, client: scriba.Client, tmp_path: Path) -> None:
    archive.add_document("Rent", b"paper")
    mine = {"Rent.pdf.part": "half of a download of mine", ".bashrc": "mine"}
    for name, content in mine.items():
        (tmp_path / name).write_text(content)
    assert client.download("1", tmp_path).path == tmp_path / "Rent.pdf"
    archive.documents["1"].original_filename = ".bashrc"
    assert client.download("1", tmp_path).path == tmp_path / "_bashrc"
    (tmp_path / "Rent.pdf").unlink()
    (tmp_path / "Rent.pdf").symlink_to("nothing")
    archive.documents["1"].original_filename = "Rent.pdf"
    with pytest.raises(FileExistsError):
        client.download("1", tmp_path, replace=False)
    assert {name: (tmp_path / name).read_text() for name in mine} == mine
    assert sorted(path.name for path in tmp_path.iterdir()) == [".bashrc", "Rent.pdf", "Rent.pdf.part", "_bashrc"]


def test_a_server_that_sends_more_than_it_says_does_not_fill_the_disk() -> None:
    file = io.BytesIO()
    with pytest.raises(scriba.DataLoss, match="more arrived"):
        download._write(file, download.Info(size_bytes=10), itertools.repeat(b"paper"), None)
    assert len(file.getvalue()) <= 10
