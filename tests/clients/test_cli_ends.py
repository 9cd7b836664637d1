"""How `scriba` ends when it cannot do what was asked, and how it looks."""

import os
import signal
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from typer.main import get_command

import scriba
from scriba.v1 import admin_pb2, catalog_pb2, documents_pb2
from scriba_cli.main import app, run
from scriba_cli.terminal import plain
from scriba_cli.wording import size
from tests.clients.fake_archive import FakeArchive
from tests.clients.fake_server import TOKEN, FakeServer
from tests.clients.terminal import COMMAND, run_in_terminal


def test_a_server_that_is_not_there_is_3_and_says_what_to_do(
    home: Path, server: FakeServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    server.stop()
    monkeypatch.setenv("SCRIBA_SERVER", server.address)
    assert run(["list"]) == run(["watch"]) == run(["stats", "--json"]) == 3
    shown = capsys.readouterr()
    assert shown.out == ""
    assert all(part in shown.err for part in (server.address, "make run", "scribad run", "SCRIBA_SERVER"))


def test_nobody_is_4_and_is_told_what_to_do(
    home: Path, server: FakeServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SCRIBA_SERVER", server.address)
    assert run(["list"]) == run(["delete", "1", "2"]) == 4
    told = capsys.readouterr().err
    assert "scriba login" in told
    assert "SCRIBA_TOKEN_FILE" in told
    assert run(["info"]) == 0


@pytest.mark.parametrize("arguments", [["bogus"], ["list", "--limit", "0"], ["upload"], ["jobs", "--state", "odd"]])
def test_wrong_usage_is_2(home: Path, arguments: list[str]) -> None:
    assert run(arguments) == 2


def test_a_wrong_server_address_is_wrong_usage(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("SCRIBA_SERVER", "nas:port")
    assert run(["list"]) == 2
    assert "not a server address" in capsys.readouterr().err


def test_login_saves_what_the_server_knows_and_nothing_else(home: Path, server: FakeServer, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "token").write_text(TOKEN)
    (home / "wrong").write_text("wrong")
    saved = home / ".config/scriba/login.json"
    assert run(["login", server.address, "--token-file", "wrong"]) == 4
    assert not saved.exists()
    assert run(["login", server.address, "--token-file", "token"]) == 0
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    assert run(["list"]) == 0
    assert TOKEN not in capsys.readouterr().err


def test_a_token_typed_at_login_is_not_shown(home: Path, server: FakeServer) -> None:
    shown = run_in_terminal(["login", server.address], os.environ, typed=f"\n{TOKEN}\n")
    assert (shown.code, TOKEN in "".join(shown.lines)) == (0, False)
    assert scriba.read_login(home / ".config/scriba/login.json") == scriba.Login(server.address, TOKEN)


def test_ids_are_completed_with_their_titles(signed_in: Path, archive: FakeArchive) -> None:
    archive.add_document("Rent")
    environ = {**os.environ, "_SCRIBA_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "scriba show "}
    done = subprocess.run(COMMAND, env=environ, capture_output=True, text=True, check=False)
    assert "Rent" in done.stdout


def test_every_command_has_json_but_login_and_logout(home: Path) -> None:
    commands = dict(every_command(get_command(app), "scriba"))
    without = {name for name, command in commands.items() if "--json" not in {flag for each in command.params for flag in each.opts}}
    assert without == {"scriba login", "scriba logout"}


def test_no_help_text_has_brackets_which_would_be_taken_for_markup(home: Path) -> None:
    helps = [(name, each.help or "") for name, command in every_command(get_command(app), "scriba") for each in command.params]
    assert [told for told in helps if "[" in told[1]] == []


def every_command(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Give the commands that do something, those of groups too."""
    below = getattr(command, "commands", {})
    for word, one in below.items():
        yield from every_command(one, f"{name} {word}")
    if not below:
        yield name, command


def fill(archive: FakeArchive) -> None:
    long = "Rent contract with the Housing Cooperative of Northern Bremen, second appendix, signed by all"
    archive.add_document(long, b"x", text="The rent is due on the third working day, by standing order. " * 4, page_count=1234)
    archive.add_document("請求書 二〇二四年三月分 お客様番号 ご使用量のお知らせ 東京電力株式会社 東京電力株式会社", text="rent")
    archive.add_document("short", state=documents_pb2.DOCUMENT_STATE_PROCESSING, text="rent")
    archive.suggestions["1"] = [documents_pb2.LabelSuggestion(kind=catalog_pb2.LABEL_KIND_TAG, name=long, probability=1.0)]
    archive.put_job("123", admin_pb2.JOB_STATE_SUCCEEDED, label=long, step="understood", pages_done=1234, pages_total=1234)
    archive.folders.folders.add(path=long, name=long, document_count=1_234_567)
    archive.folders.documents.add(name=long, document=archive.documents["1"], problem="a very long line of a template " * 4)
    archive.folders.moving_count = 1_234_567
    archive.put_job("124", admin_pb2.JOB_STATE_FAILED, label=long, step="rendered", error="it has no page tree " * 6)


COMMANDS: list[list[str]] = [
    ["list"], ["show", "1"], ["search", "rent", "--facets", "mime"], ["similar", "1"], ["suggest", "1"],
    ["jobs"], ["nodes"], ["stats"], ["info"], ["watch", "123", "124"], ["folders"], ["--help"],
]  # fmt: skip


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: arguments[0])
def test_what_is_printed_fits_80_columns(signed_in: Path, archive: FakeArchive, arguments: list[str]) -> None:
    fill(archive)
    shown = run_in_terminal(arguments, os.environ)
    assert [line for line in shown.lines if cell_len(line) > 80] == []
    piped = subprocess.run([*COMMAND, *arguments], env=os.environ, capture_output=True, text=True, check=False)
    assert piped.returncode == shown.code
    assert [line for line in piped.stdout.splitlines() if cell_len(line) > 80] == []
    assert "\x1b" not in piped.stdout + piped.stderr


def test_long_titles_give_way_and_all_else_stands(signed_in: Path, archive: FakeArchive, capsys: pytest.CaptureFixture[str]) -> None:
    fill(archive)
    assert run(["list"]) == 0
    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert lines[0].split() == ["ID", "Date", "Title", "Pages", "State"]
    assert lines[1].startswith(" 1  2024-03-01  Rent contract with")
    assert lines[1].endswith("…   1234  ready")


def test_titles_do_not_command_the_terminal(signed_in: Path, archive: FakeArchive) -> None:
    archive.add_document("Rent\x1b]0;owned\x07\x1b[31m\u202e")
    for arguments in (["list"], ["show", "1"], ["delete", "1"]):
        shown = subprocess.run([*COMMAND, *arguments], env=os.environ, capture_output=True, check=True)
        assert not {0x1B, 0x07} & set(shown.stdout + shown.stderr)
        assert "\u202e".encode() not in shown.stdout + shown.stderr


def test_an_upload_shows_its_bytes_and_then_its_pages(signed_in: Path, archive: FakeArchive, tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(bytes(2_000_000))
    archive.settled_jobs["j1"] = admin_pb2.JOB_STATE_SUCCEEDED
    shown = run_in_terminal(["upload", "--wait", str(tmp_path / "scan.pdf")], os.environ)
    assert shown.code == 0
    assert any("2.0/2.0 MB" in line for line in shown.lines)
    assert any("succeeded" in line and "scan.pdf" in line for line in shown.lines)
    assert shown.lines[-1] == "document 1 is ready: scan.pdf"


# Lets a command hear Ctrl-C even where the tests were started in the background, which makes a shell ignore it for them. Not done in a
# fork of ours: gRPC's threads live here, and what they leave in it writes to the command's terminal.
HEARING = ("env", "--default-signal=INT")


@pytest.mark.parametrize("arguments", [["watch"], ["watch", "1"]])
def test_a_watch_that_a_person_ends_is_130_and_the_jobs_go_on(signed_in: Path, archive: FakeArchive, arguments: list[str]) -> None:
    archive.put_job("1", admin_pb2.JOB_STATE_RUNNING, label="scan.pdf", step="read", pages_done=1, pages_total=9)
    command = [*HEARING, *COMMAND, *arguments]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        assert process.stderr.readline() == "job 1 running read 1/9 scan.pdf\n"
        process.send_signal(signal.SIGINT)
        assert "the jobs go on" in process.stderr.read()
    assert process.returncode == 130


def test_scripts_other_than_latin_are_shown_as_they_are() -> None:
    text = "نامه\u200cها · ஒப்பந்தம் · 請求書 · Ünïcode"
    assert plain(text) == text


def test_a_login_that_fails_names_the_server_it_was_for(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "token").write_text(TOKEN)
    assert run(["login", "127.0.0.1:1", "--token-file", "token"]) == 3
    assert "127.0.0.1:1:" in capsys.readouterr().err


def test_a_reader_that_goes_away_is_no_error(signed_in: Path, archive: FakeArchive) -> None:
    for number in range(400):
        archive.add_document(f"Letter {number}")
    with subprocess.Popen([*COMMAND, "list", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (9949, "9.9 kB"), (9951, "10 kB"), (999_600, "1.0 MB"), (2 * 10**9, "2.0 GB")],
)
def test_sizes_are_written_as_people_read_them(count: int, text: str) -> None:
    assert size(count) == text


def test_a_damaged_login_is_told_in_words(home: Path) -> None:
    (home / ".config/scriba").mkdir(parents=True)
    (home / ".config/scriba/login.json").write_text("{")
    done = subprocess.run([*COMMAND, "list"], env=os.environ, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "scriba login" in done.stderr
    assert "Traceback" not in done.stderr
