"""The commands of workflows, before the real servicers."""

import json
import os
from pathlib import Path

import pytest

from actors.store.nouns.archive import DocumentId
from actors.store.nouns.workflows import RemovePassword
from scriba_cli.main import run
from tests.clients.terminal import run_in_terminal
from tests.service.house import House

TOML = """
name = "Letters of the tax office"

[[triggers]]
kind = "document_added"
sources = ["folder"]
filename = "letter*"
matching = "exact"
pattern = "tax office"
tags = { none_of = ["done"] }

[[actions]]
[actions.assign]
title = "Tax assessment"
tags = ["tax"]

[[actions]]
[actions.remove]
all_of = ["document_type"]
"""


@pytest.fixture
def house(house: House) -> House:
    """Be signed in to an archive with two tags."""
    for tag in ("tax", "done"):
        assert run(["tags", "add", tag]) == 0
    return house


@pytest.fixture
def file(tmp_path: Path) -> Path:
    written = tmp_path / "tax.toml"
    written.write_text(TOML)
    return written


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    assert run(arguments) == 0, capsys.readouterr().err
    return "\n".join(line.rstrip() for line in capsys.readouterr().out.splitlines())


def test_a_workflow_goes_from_a_file_into_the_archive_and_back(
    house: House, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["workflows", "create", "--from", str(file)]) == 0
    assert capsys.readouterr().err.splitlines()[-1] == "new workflow: 1 Letters of the tax office"
    assert shown(capsys, "workflows", "show", "1") == (
        "Letters of the tax office  (id 1, on)\n"
        "  when document added\n"
        "    it came by folder\n"
        "    its file is named letter*\n"
        "    its text has exact: tax office\n"
        "    tags: none of done\n"
        "  set title: Tax assessment\n"
        "  add tags: tax\n"
        "  remove every document type"
    )
    copy = tmp_path / "copy.json"
    copy.write_text(shown(capsys, "workflows", "show", "letters of the tax office", "--json").replace("Letters", "Papers"))
    assert run(["workflows", "create", "--from", str(copy)]) == 0
    assert run(["workflows", "disable", "papers of the tax office"]) == 0
    assert shown(capsys, "workflows", "order", "2", "1").splitlines()[1:] == [
        " 2  Papers of the tax office   added      off",
        " 1  Letters of the tax office  added      on",
    ]
    assert run(["workflows", "edit", "2", "--from", str(file)]) == 1
    assert "the name 'Letters of the tax office' is taken" in capsys.readouterr().err
    assert run(["workflows", "delete", "-y", "1", "2"]) == 0
    capsys.readouterr()
    assert run(["workflows", "list"]) == 0
    assert capsys.readouterr().err == "no workflows\n"


def test_a_dry_run_says_why_and_what_and_does_nothing(house: House, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["workflows", "create", "--from", str(file)]) == 0
    document = house.read("letter", "the tax office writes")
    assert shown(capsys, "workflows", "dry-run", "1", document) == (
        "Letters of the tax office: would run\n"
        "  when document added: matches\n"
        "    + source: it came by a watched folder, a watched folder is asked for\n"
        "    + file name: 'letter.txt', 'letter*' is asked for\n"
        "    + no tag: it has no tag; 'done' must not be there\n"
        "    + content: the phrase 'tax office' in the text\n"
        "  + sets the title to 'Tax assessment'\n"
        "  + gives the tag 'tax'\n"
        "  = has no document type that is to go"
    )
    assert house.store.documents.get(DocumentId(int(document))).tags == ()
    assert shown(capsys, "workflows", "dry-run", "all", document, "--trigger", "document-updated") == (
        "Letters of the tax office: it has no trigger of this kind"
    )
    assert run(["workflows", "dry-run", "all", document, "--trigger", "never"]) == 2
    answer = json.loads(shown(capsys, "workflows", "dry-run", "1", document, "--json"))
    assert answer["document"]["tags"] == ["tax"]


def test_a_schedule_is_written_in_a_file_and_shown_in_words(house: House, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["fields", "add", "Due date", "--kind", "date"]) == 0
    dates = ("added", "offset_days = 30, every_days = 7"), ("created", "offset_days = -1"), ("modified", "every_days = 1")
    written = ['name = "by the clock"', "[[actions]]", "trash = {}"]
    for date, days in (*dates, ("field", 'field = "Due date"')):
        written += ["[[triggers]]", 'kind = "scheduled"', f'schedule = {{ date = "{date}", {days} }}']
    file.write_text("\n".join(written))
    assert run(["workflows", "create", "--from", str(file)]) == 0
    assert shown(capsys, "workflows", "show", "1").splitlines()[1:] == [
        "  when scheduled",
        "    30 days after it was added, and every 7 days again",
        "  when scheduled",
        "    1 day before its own date",
        "  when scheduled",
        "    on the day of its last change, and every 1 day again",
        "  when scheduled",
        "    on the day of Due date",
        "  move to the trash, last of all",
    ]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.toml", "name =", "Invalid value"),
        ("a.json", "[]", "must be one workflow"),
        ("a.json", '{"naem": "x"}', 'no field named "naem"'),
        ("a.json", '{"triggers": [{"kind": "never"}]}', "TRIGGER_KIND_NEVER"),
        ("a.json", '{"triggers": [1]}', "must be a table with kind, sources"),
        ("a.json", "[" * 5000, "a.json"),
    ],
)
def test_a_file_that_is_no_workflow_is_wrong_usage(
    house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, words: str
) -> None:
    file = tmp_path / name
    file.write_text(text)
    capsys.readouterr()
    assert run(["workflows", "create", "--from", str(file)]) == 2
    # A long path is broken anywhere, so that blanks don't count.
    told = "".join(capsys.readouterr().err.replace("│", " ").split())
    assert words.replace(" ", "") in told


def test_passwords_go_in_and_never_come_out(house: House, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    action = '[[actions]]\nremove_password = { passwords = ["sesame", "tulip"] }\n'
    file.write_text(f'name = "Bank"\n[[triggers]]\nkind = "document_added"\n{action}')
    assert run(["workflows", "create", "--from", str(file)]) == 0
    assert shown(capsys, "workflows", "show", "1").splitlines()[2:] == [
        "  remove the password of locked PDFs, by 2 passwords that are kept"
    ]
    told = shown(capsys, "workflows", "show", "1", "--json")
    assert json.loads(told)["workflow"]["actions"] == [{"remove_password": {"passwords": [], "kept": [1, 2]}}]
    copy = tmp_path / "copy.json"
    copy.write_text(told)
    assert run(["workflows", "edit", "1", "--from", str(copy)]) == 0
    (workflow,) = house.store.workflows.list()
    (kept,) = workflow.facts.actions
    assert isinstance(kept, RemovePassword)
    assert [(one.number, house.seals.unseal(one.text)) for one in kept.passwords] == [(1, "sesame"), (2, "tulip")]


@pytest.mark.parametrize(
    "wrong", ['{ passwords = "sesame" }', '{ passwords = [["sesame"]] }', '"sesame"', '["sesame"]', '{ kept = "sesame" }']
)
def test_a_file_with_passwords_at_the_wrong_place_is_refused_without_them(
    house: House, file: Path, capsys: pytest.CaptureFixture[str], wrong: str
) -> None:
    file.write_text(f'name = "Bank"\n[[actions]]\nremove_password = {wrong}\n')
    capsys.readouterr()
    assert run(["workflows", "create", "--from", str(file)]) == 2
    assert "sesame" not in capsys.readouterr().err


def test_all_of_it_fits_into_eighty_columns(house: House, file: Path) -> None:
    file.write_text(TOML.replace("Letters", "Letters and other papers of all kinds that came long after they were expected"))
    assert run(["workflows", "create", "--from", str(file)]) == 0
    document = house.read("letter", "the tax office writes")
    for words in (["list"], ["show", "1"], ["dry-run", "1", document], ["--help"]):
        screen = run_in_terminal(["workflows", *words], os.environ, columns=80)
        assert screen.code == 0, screen.lines
        assert all(len(line) <= 80 for line in screen.lines), screen.lines
