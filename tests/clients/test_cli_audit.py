"""Who did what, by the command, before the real servicers."""

import csv
import json

import pytest

from actors.store.nouns.archive import DocumentChanges, DocumentId
from actors.store.nouns.audit import Act, AuditNoun, Author, AuthorKind, Deed
from actors.store.nouns.identity import Role, UserFacts
from scriba_cli.main import run
from tests.clients.telling import Capture, told
from tests.service.house import NOW, House


@pytest.fixture
def house(house: House) -> House:
    """Be the administrator of an archive in which Anna has changed document 1, and somebody has tried a name."""
    anna = house.store.users.create(UserFacts("Anna", Role.EDITOR), NOW)
    by_anna = house.store.acting(Author(AuthorKind.USER, "Anna", anna.id, token_name="Firefox", address="192.0.2.7"), lambda: NOW)
    document = DocumentId(int(house.accept("letter")))
    by_anna.documents.update(document, DocumentChanges(title="=1+1", correspondent="Bank"), None, NOW)
    stranger = house.store.acting(Author(AuthorKind.UNKNOWN, "", address="2001:db8::7"), lambda: NOW)
    stranger.audit.note(Deed(Act.REFUSED, AuditNoun.USER, name="root"))
    return house


def test_the_table_tells_who_what_and_when_in_80_columns(house: House, capsys: Capture) -> None:
    lines, _ = told(capsys, "audit")
    head, refused, changed, created = lines
    assert head.split() == ["Time", "Who", "Act", "What"]
    assert [line.split("  ")[0][:10] for line in (refused, changed, created)] == ["2026-11-25"] * 3
    assert refused.endswith("somebody  refused  user 'root', from 2001:db8::7")
    assert "Anna      changed  document 1 '=1+1': title" in changed
    assert all(len(line) <= 80 for line in lines)


def test_a_user_a_document_an_act_and_a_time_narrow_it(house: House, capsys: Capture) -> None:
    assert len(told(capsys, "audit", "--user", "anna")[0]) == 3
    assert len(told(capsys, "audit", "--document", "1")[0]) == 2
    assert len(told(capsys, "audit", "--act", "refused")[0]) == 2
    assert told(capsys, "audit", "--until", "2026-11-24") == ([], "nothing\n")
    assert len(told(capsys, "audit", "--since", "2026-11-24T10:00", "--limit", "1")[0]) == 2


def test_csv_has_a_line_for_each_change_and_no_formula(house: House, capsys: Capture) -> None:
    lines, _ = told(capsys, "audit", "--csv", "--document", "1")
    head, title, correspondent = csv.reader(lines)
    assert dict(zip(head, title, strict=True)) == {
        "time": "2026-11-25T12:00:00Z",
        "author": "Anna",
        "kind": "user",
        "token": "Firefox",
        "address": "192.0.2.7",
        "act": "changed",
        "noun": "document",
        "id": "1",
        "name": "'=1+1",
        "field": "title",
        "before": "letter",
        "after": "'=1+1",
    }
    assert correspondent[-3:] == ["correspondent", "", "Bank"]


def test_json_has_an_entry_on_each_line(house: House, capsys: Capture) -> None:
    lines, _ = told(capsys, "audit", "--json", "--user", "Anna")
    entries = [json.loads(line) for line in lines]
    assert [(entry["act"], entry["author_name"]) for entry in entries] == [("AUDIT_ACT_CHANGED", "Anna"), ("AUDIT_ACT_CREATED", "Anna")]


def test_a_document_has_a_history_without_addresses(house: House, capsys: Capture) -> None:
    lines, _ = told(capsys, "history", "1")
    assert len(lines) == 2
    assert "192.0.2.7" not in lines[1]
    assert "Anna" in lines[1]


def test_a_time_that_is_none_is_wrong_usage(house: House, capsys: Capture) -> None:
    assert run(["audit", "--since", "yesterday"]) == 2
    assert "2024-02-29" in capsys.readouterr().err
