"""The commands of the catalogue, of notes and of reasons, before the real servicers."""

import json
import os
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from actors.store.nouns.archive import DocumentId
from actors.store.nouns.assignments import Aspect, Giver, Proposal, Reason
from actors.store.nouns.catalog import FieldId
from scriba_cli import completion
from scriba_cli.main import run
from tests.clients.terminal import run_in_terminal
from tests.service.carrying import carry_out
from tests.service.house import NOW, House

Answer = Callable[..., dict[str, Any]]


@pytest.fixture
def answer(house: House, capsys: pytest.CaptureFixture[str]) -> Answer:
    """Run a command with --json and give what it printed."""

    def answer(*arguments: str) -> dict[str, Any]:
        capsys.readouterr()
        assert run([*arguments, "--json"]) == 0, capsys.readouterr().err
        fields: dict[str, Any] = json.loads(capsys.readouterr().out)
        return fields

    return answer


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """Run a command and give its lines, without the space behind them."""
    capsys.readouterr()
    assert run(arguments) == 0, capsys.readouterr().err
    return [line.rstrip() for line in capsys.readouterr().out.splitlines()]


def propose(house: House, document: str, *proposals: Proposal) -> None:
    """Give a document values as machines do."""
    house.store.assignments.propose(DocumentId(int(document)), proposals, NOW)


def test_tags_are_made_listed_as_a_tree_and_counted(house: House, answer: Answer, capsys: pytest.CaptureFixture[str]) -> None:
    house.accept("one", tags=("Taxes",))
    assert run(["tags", "add", "Money"]) == 0
    rule = ("--match", "any", "--pattern", "tax levy", "--case-sensitive")
    made = answer("tags", "edit", "taxes", "--below", "money", "--colour", "#AABBCC", "--inbox", *rule)["label"]
    assert (made["name"], made["matching"], made["pattern"], made["case_sensitive"]) == ("Taxes", "MATCHING_ANY", "tax levy", True)
    assert (made["colour"], made["inbox"]) == ("#aabbcc", True)
    assert shown(capsys, "tags", "list") == [
        "Tag      Documents  Found by       Marks",
        "Money            1  auto",
        "  Taxes          1  any: tax levy  inbox #aabbcc",
    ]
    labels = answer("tags", "list", "ax")["labels"]
    assert [(label["name"], label["document_count"]) for label in labels] == [("Taxes", "1")]
    assert answer("tags", "edit", "Taxes", "--below", "")["label"]["parent_id"] == ""


@pytest.mark.parametrize(("command", "kind"), [("correspondents", "CORRESPONDENT"), ("types", "DOCUMENT_TYPE"), ("paths", "STORAGE_PATH")])
def test_every_kind_of_label_is_made_changed_and_deleted(
    answer: Answer, capsys: pytest.CaptureFixture[str], command: str, kind: str
) -> None:
    made = answer(command, "add", "ACME", "--match", "exact", "--pattern", "acme ltd")["label"]
    assert (made["kind"], made["matching"]) == (f"LABEL_KIND_{kind}", "MATCHING_EXACT")
    assert answer(command, "edit", " acme", "--name", "Acme Ltd", "--any-case")["label"]["name"] == "Acme Ltd"
    assert [line.split()[:2] for line in shown(capsys, command, "list")[1:]] == [["Acme", "Ltd"]]
    assert run([command, "edit", "Acme Ltd"]) == 2
    assert run([command, "delete", "Nobody", "Acme Ltd"]) == 5
    assert f"`scriba {command} list` shows them" in capsys.readouterr().err
    assert answer(command, "list")["labels"] == []


def test_a_storage_path_has_its_template(answer: Answer, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        answer("paths", "add", "Bills", "--template", "{{ created_year }}/{{ title }}")["label"]["template"]
        == "{{ created_year }}/{{ title }}"
    )
    assert shown(capsys, "paths", "list")[1] == "Bills                 0  auto      {{ created_year }}/{{ t…"
    assert answer("paths", "edit", "Bills", "--template", "")["label"]["template"] == ""


def test_what_the_server_refuses_is_told_in_words(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["tags", "add", "Tax"]) == 0
    for command, words in (
        (["tags", "add", "TAX"], "the name 'TAX' is taken"),
        (["tags", "add", "x", "--match", "regex", "--pattern", "in(voice"], "label.pattern: column 9"),
        (["tags", "add", "x", "--below", "nowhere"], "there is no tag 'nowhere'"),
        (["tags", "edit", "Tax", "--below", "Tax"], "never below itself"),
        (["fields", "add", "x", "--kind", "choice"], "field.options"),
    ):
        capsys.readouterr()
        assert run(command) == 1
        assert words in capsys.readouterr().err


def test_removing_asks_a_person_and_takes_no_for_an_answer(house: House) -> None:
    house.accept("one", tags=("Tax",))
    asked = run_in_terminal(["tags", "delete", "Tax"], os.environ, typed="n\n")
    assert (asked.lines[0], asked.code) == ("Delete the tag Tax? It leaves 1 document. [y/N]: n", 1)
    done = run_in_terminal(["tags", "delete", "Tax"], os.environ, typed="y\n")
    assert (done.lines[-1], done.code) == ("deleted: Tax, borne by 1 document", 0)


def test_a_document_is_filed_by_options_and_shows_it(house: House, answer: Answer, capsys: pytest.CaptureFixture[str]) -> None:
    one, two = house.accept("one"), house.accept("two")
    for name, kind, *more in (
        ("Total", "money", "--currency", "eur"),
        ("State", "choice", "--option", "Open", "--option", "Paid"),
        ("Marks", "choices", "--option", "red", "--option", "blue"),
        ("Due", "date"),
        ("Seen", "date-time"),
        ("See", "documents"),
        ("Checked", "boolean"),
        ("Count", "integer"),
        ("Weight", "number"),
        ("a=b", "text"),
    ):
        answer("fields", "add", name, "--kind", kind, *more)
    values = ["Total=CHF 12.30", "state=paid", "Marks=red, BLUE", "Due=2024-02-29", "Seen=2024-02-29T12:30:00+02:00", f"See={two}"]
    values += ["checked=YES", "Count=-7", "Weight=1.5", "a=b=c=d"]
    options = [part for value in values for part in ("--field", value)]
    named = ("--correspondent", "ACME", "--type", "Invoice", "--path", "Bills", "--asn", "next")
    document = answer("edit", one, *named, *options)["document"]
    assert (document["correspondent"], document["document_type"], document["storage_path"]) == ("ACME", "Invoice", "Bills")
    assert document["archive_serial_number"] == "1"
    assert [{name: value for name, value in field.items() if name != "field"} for field in document["fields"]] == [
        {"boolean": True},
        {"integer": "-7"},
        {"date": "2024-02-29"},
        {"choices": {"names": ["red", "blue"]}},
        {"documents": {"ids": [two]}},
        {"time": "2024-02-29T10:30:00Z"},
        {"text": "Paid"},
        {"money": {"amount": "12.30", "currency": "CHF"}},
        {"number": 1.5},
        {"text": "c=d"},
    ]
    lines = shown(capsys, "show", one)
    for line in ("Correspondent  ACME", "Type           Invoice", "Path           Bills", "ASN            1", "Total          12.30 CHF"):
        assert line in lines
    assert answer("edit", two, "--asn", "next")["document"]["archive_serial_number"] == "2"
    assert run(["edit", two, "--asn", "1"]) == 1
    emptied = answer("edit", one, "--clear", "total", "--asn", "", "--type", "")["document"]
    assert (emptied["archive_serial_number"], emptied["document_type"], len(emptied["fields"])) == ("0", "", 9)


@pytest.mark.parametrize(
    "value", ["Total", "Total=much", "Total=EUR 1 CHF", "Seen=yesterday", "Checked=perhaps", "Count=1.5", "Weight=heavy", "See=,"]
)
def test_a_value_that_cannot_be_read_is_wrong_usage(house: House, capsys: pytest.CaptureFixture[str], value: str) -> None:
    document = house.accept("one")
    for name, kind in (
        ("Total", "money"),
        ("Seen", "date-time"),
        ("Checked", "boolean"),
        ("Count", "integer"),
        ("Weight", "number"),
        ("See", "documents"),
    ):
        assert run(["fields", "add", name, "--kind", kind]) == 0
    assert run(["edit", document, "--field", value]) == 2
    assert "write" in capsys.readouterr().err


def test_a_date_reminds_as_long_as_it_is_told_to(house: House, answer: Answer, capsys: pytest.CaptureFixture[str]) -> None:
    assert answer("fields", "add", "Pay until", "--kind", "date", "--remind", "14")["field"]["reminder_days"] == 14
    assert run(["fields", "list"]) == 0
    assert "reminds within 14 days" in capsys.readouterr().out
    assert answer("fields", "edit", "Pay until", "--name", "Due")["field"]["reminder_days"] == 14
    assert answer("fields", "edit", "Due", "--remind", "0")["field"]["reminder_days"] == 0
    assert run(["fields", "add", "Total", "--kind", "money", "--remind", "3"]) == 1
    assert "is for dates only" in capsys.readouterr().err
    assert run(["fields", "add", "Late", "--kind", "date", "--remind", "367"]) == 2


def test_an_upload_takes_along_what_its_sender_says(
    house: House, answer: Answer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer("fields", "add", "Number", "--kind", "integer")
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(name)
    named = ("--correspondent", "ACME", "--type", "Invoice", "--path", "Bills", "--field", "number=7")
    document = answer("upload", str(tmp_path / "a.txt"), "--asn", "5", *named)["document"]
    assert (document["correspondent"], document["archive_serial_number"], document["fields"][0]["integer"]) == ("ACME", "5", "7")
    assert answer("upload", str(tmp_path / "b.txt"), "--asn", "next")["document"]["archive_serial_number"] == "6"
    assert run(["upload", str(tmp_path / "c.txt"), "--asn", "6"]) == 0
    assert "the archive serial number 6 is taken; this document has none" in capsys.readouterr().err
    assert run(["upload", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "--asn", "9"]) == 2


def test_options_of_a_field_are_added_renamed_and_removed(house: House, answer: Answer, capsys: pytest.CaptureFixture[str]) -> None:
    document = house.accept("one")
    answer("fields", "add", "State", "--kind", "choice", "--option", "Open", "--option", "Paid")
    answer("edit", document, "--field", "State=Paid")
    changed = answer("fields", "edit", "state", "--rename-option", "paid=Settled", "--add-option", "Lost", "--name", "Status")["field"]
    assert (changed["name"], [option["name"] for option in changed["options"]]) == ("Status", ["Open", "Settled", "Lost"])
    assert answer("show", document)["document"]["fields"] == [{"field": "Status", "text": "Settled"}]
    answer("fields", "edit", "Status", "--remove-option", "Settled")
    assert answer("show", document)["document"]["fields"] == []
    assert shown(capsys, "fields", "list") == ["Field   Kind    Options", "Status  choice  Open, Lost"]
    for command, code in ((["--remove-option", "Nope"], 1), (["--rename-option", "Open"], 2), ([], 2)):
        assert run(["fields", "edit", "Status", *command]) == code
    assert answer("fields", "delete", "Status")["documents_changed"] == "0"


def test_every_value_tells_its_reason_and_can_be_undone(house: House, answer: Answer, capsys: pytest.CaptureFixture[str]) -> None:
    document = house.accept("one", title="Letter", tags=("inbox",))
    propose(
        house,
        document,
        Proposal(Aspect.CORRESPONDENT, "ACME", Reason(Giver.RULE, "the word 'acme'")),
        Proposal(Aspect.TAG, "bills", Reason(Giver.CLASSIFIER, "like 12 other documents", 0.926)),
        Proposal(Aspect.CREATED_DATE, date(2024, 2, 29), Reason(Giver.TEXT, "beside 'invoice date'")),
    )
    assert run(["edit", document, "--type", "Invoice"]) == 0
    lines = shown(capsys, "show", document)
    for line in (
        "Date           2024-02-29 (text: beside 'invoice date')",
        "Correspondent  ACME (rule: the word 'acme')",
        "Type           Invoice",
        "Tags           bills (learned, 93% sure: like 12 other documents)",
        "               inbox (came with the file)",
    ):
        assert line in lines
    told = answer("why", document)["assignments"]
    assert [(one["value"], one["giver"].removeprefix("GIVER_")) for one in told] == [
        ("inbox", "DELIVERY"),
        ("ACME", "RULE"),
        ("bills", "CLASSIFIER"),
        ("2024-02-29", "TEXT"),
        ("Invoice", "USER"),
    ]
    assert shown(capsys, "why", document)[2].split() == [told[1]["id"], "Correspondent:", "ACME"]
    assert run(["undo", document, told[1]["id"], told[2]["id"], "999"]) == 5
    after = answer("show", document)["document"]
    assert (after["correspondent"], after["tags"]) == ("", ["inbox"])
    assert any(line.endswith("rule: the word 'acme'; undone since") for line in shown(capsys, "why", document))
    assert run(["undo", document, told[1]["id"]]) == 1


def test_rules_are_applied_to_what_is_there(house: House, answer: Answer, capsys: pytest.CaptureFixture[str]) -> None:
    house.pipeline.work = partial(carry_out, house)
    bill, letter = house.read("bill", "the tax bill of this year"), house.read("letter", "dear all")
    assert run(["correspondents", "add", "Tax office", "--match", "any", "--pattern", "tax"]) == 0
    assert run(["tags", "add", "Tax", "--match", "any", "--pattern", "tax"]) == 0
    expected = [f"{bill}  Correspondent: Tax office", "   rule: the word 'tax'", f"{bill}  Tag: Tax", "   rule: the word 'tax'"]
    assert shown(capsys, "rules", "apply", "--dry-run") == expected
    assert answer("show", bill)["document"]["tags"] == []
    assert run(["rules", "apply", letter]) == 0
    assert capsys.readouterr().err == "0 of 1 document changed\n"
    assert shown(capsys, "rules", "apply", "--kind", "tag", "--yes") == expected[2:]
    assert run(["rules", "apply", "--only-empty", "--json"]) == 0
    told = capsys.readouterr()
    assert [json.loads(line)["documents_done"] for line in told.out.splitlines()] == ["2"]
    assert told.err == "job 5: 1 of 2 documents changed; `scriba bulk undo 5` takes it back\n"
    assert [line for line in shown(capsys, "show", bill) if line.startswith("Tags")] == ["Tags           Tax (rule: the word 'tax')"]
    for command, code in (([bill, "--query", "x"], 2), (["4711"], 1), (["--kind", "colour"], 2)):
        assert run(["rules", "apply", *command]) == code


def test_notes_are_written_listed_changed_and_deleted(house: House, answer: Answer, capsys: pytest.CaptureFixture[str]) -> None:
    document = house.accept("one")
    note = answer("notes", "add", document, "Ask", "Ada.")["note"]
    assert (note["author"], note["text"]) == ("local", "Ask Ada.")
    assert [line for line in shown(capsys, "notes", "list", document) if "Ask" in line] == ["  Ask Ada."]
    assert answer("notes", "edit", document, note["id"], "Asked.")["note"]["text"] == "Asked."
    assert [one["text"] for one in answer("notes", "list", document)["notes"]] == ["Asked."]
    assert run(["notes", "delete", document, note["id"], "99"]) == 5
    assert answer("notes", "list", document)["notes"] == []


def test_a_view_is_saved_and_runs_its_query(house: House, answer: Answer, capsys: pytest.CaptureFixture[str]) -> None:
    view = answer("views", "add", "Taxes", "tag:tax", "created:2024", "--sort", "title desc", "--limit", "7", "--sidebar")["view"]
    assert (view["query"], view["order_by"], view["page_size"], view["sidebar"]) == ("tag:tax created:2024", "title desc", 7, True)
    assert shown(capsys, "views", "list") == ["View   Query                 Sorted by", "Taxes  tag:tax created:2024  title desc"]
    assert answer("views", "run", "TAXES")["total_size"] == "0"
    assert run(["views", "add", "Bad", "created:someday"]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == "          ^"
    assert run(["views", "delete", "Taxes", "Taxes "]) == 5
    assert answer("views", "list")["views"] == []


def test_names_are_completed_and_silence_is_no_error(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.accept("one", title="Letter", tags=("Tax", "Taxi", "Total"))
    for command in (["correspondents", "add", "ACME"], ["types", "add", "Invoice"], ["paths", "add", "Bills"], ["fields", "add", "Number"]):
        assert run(command) == 0
    assert run(["views", "add", "Taxes", "tag:tax"]) == 0
    assert completion.complete_document("1") == [("1", "Letter")]
    assert completion.complete_tag("ta") == [("Tax", ""), ("Taxi", "")]
    assert completion.complete_correspondent("a") + completion.complete_type("i") + completion.complete_path("b") == [
        ("ACME", ""),
        ("Invoice", ""),
        ("Bills", ""),
    ]
    assert (completion.complete_field("num"), completion.complete_view("t")) == ([("Number", "")], [("Taxes", "tag:tax")])
    monkeypatch.setenv("SCRIBA_TOKEN", "wrong")
    assert completion.complete_tag("ta") == []


def test_a_field_that_is_called_like_a_fact_has_its_own_reason(house: House, answer: Answer, capsys: pytest.CaptureFixture[str]) -> None:
    document = house.accept("one")
    field = int(answer("fields", "add", "Type")["field"]["id"])
    type_reason, field_reason = Reason(Giver.RULE, "the word 'bill'"), Reason(Giver.EXTRACTION, "the text 'B 7'")
    propose(
        house,
        document,
        Proposal(Aspect.DOCUMENT_TYPE, "Invoice", type_reason),
        Proposal(Aspect.FIELD, "B 7", field_reason, field=FieldId(field)),
    )
    lines = [line for line in shown(capsys, "show", document) if line.startswith("Type")]
    assert [line.split(maxsplit=1)[1] for line in lines] == [
        "Invoice (rule: the word 'bill')",
        "B 7 (found by the field's pattern: the text 'B 7')",
    ]


def test_folders_are_shown_with_their_counts_and_documents(house: House, answer: Answer, capsys: pytest.CaptureFixture[str]) -> None:
    house.accept("one", tags=("Taxes",))
    document = house.accept("two", tags=("Taxes",))
    assert run(["paths", "add", "broken", "--template", "{{ title.lower }}"]) == 0
    lost = house.accept("three")
    assert run(["edit", lost, "--path", "broken"]) == 0
    assert shown(capsys, "folders") == ["Name     Documents   ID", "Taxes/           2", f"0000003             {lost} !"]
    assert run(["folders"]) == 0
    assert "document 3 has no folder of its own: line 1: something to call" in capsys.readouterr().err
    assert [line.split() for line in shown(capsys, "folders", "Taxes")] == [["Name", "Documents", "ID"], ["one", "1"], ["two", document]]
    assert answer("folders", "Taxes", "--limit", "1")["document_count"] == "2"
    assert [one["name"] for one in answer("folders", "Taxes")["documents"]] == ["one", "two"]
    assert run(["folders", "none"]) == 1
    assert "there is no folder 'none'" in capsys.readouterr().err
