"""Owners and grants by the command, before the real servicers."""

from datetime import timedelta
from pathlib import Path

import pytest

from actors.identity.tokens import digest
from actors.store.nouns.access import AccessChange
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.catalog import ViewFacts
from actors.store.nouns.identity import NewToken, Role, TokenKind, User, UserFacts
from actors.store.nouns.workflows import WorkflowFacts
from tests.clients.telling import Capture, told
from tests.service.house import NOW, House


@pytest.fixture
def house(house: House) -> House:
    """Be the administrator of an archive with Anna, Bert, and their group."""
    anna, bert = (house.store.users.create(UserFacts(name, Role.EDITOR), NOW) for name in ("Anna", "Bert"))
    house.store.groups.create("Family", [anna.id, bert.id])
    return house


def owned(house: House, title: str = "letter") -> str:
    """Put a document of Anna's into the archive."""
    document, anna = house.accept(title, tags=("tax",)), user(house, "Anna")
    house.store.permissions.change([DocumentId(int(document))], AccessChange(owner=anna.id), None, NOW)
    return document


def user(house: House, name: str) -> User:
    """Find a user."""
    return house.store.users.find(name)


def test_what_is_nobodys_is_said_to_be_everyones(house: House, capsys: Capture) -> None:
    document = house.accept("letter")
    assert told(capsys, "access", "show", document) == ([], f"document {document}: nobody's, and everyone's to see\n")


def test_an_owner_and_grants_are_set_and_shown(house: House, capsys: Capture) -> None:
    document = owned(house)
    lines, said = told(capsys, "access", "set", document, "--owner", "bert", "--view", "family", "--edit", "anna")
    assert said == f"document {document}: owned by Bert\n"
    assert [line.split("  ")[0] for line in lines] == ["Who", "Family", "Anna (edit)"]
    assert told(capsys, "access", "set", document, "--nobody", "--private")[1] == f"document {document}: owned by Bert, private\n"
    assert (
        told(capsys, "access", "set", document, "--owner", "", "--inherit")[1] == f"document {document}: nobody's, and everyone's to see\n"
    )


def test_a_tag_a_path_or_a_user_grants_documents(house: House, capsys: Capture) -> None:
    document = owned(house)
    assert told(capsys, "access", "grant", "--tag", "tax", "--view", "group:family")[1] == "granted to: Family\n"
    assert (
        told(capsys, "access", "grant", "--of", "anna", "--edit", "Bert", "--view", "everyone")[1] == "granted to: everyone, Bert (edit)\n"
    )
    lines, _ = told(capsys, "access", "show", document)
    assert [line.split(maxsplit=1)[0] for line in lines] == ["Who", "everyone", "Bert", "Family"]
    assert told(capsys, "access", "grant", "--tag", "tax", "--nobody")[1] == "granted to: nobody\n"


def test_labels_views_and_workflows_are_given_to_people_together(house: House, capsys: Capture) -> None:
    owned(house)
    house.store.catalog.views.create(ViewFacts("To do"))
    house.store.workflows.create(WorkflowFacts("Letters"))
    items = ("--tag", "tax", "--saved-view", "to do", "--workflow", "letters")
    anyones, annas = "nobody's, and everyone's to see", "owned by Anna, shown to Family, Bert (edit)"
    everyones = [f"{what}: {anyones}\n" for what in ("label 'tax'", "view 'To do'", "workflow 'Letters'")]
    assert told(capsys, "access", "show", *items)[1] == "".join(everyones)
    said = told(capsys, "access", "set", *items, "--owner", "anna", "--view", "family", "--edit", "bert")[1]
    assert said == "".join(everyones).replace(anyones, annas)
    assert told(capsys, "access", "set", "--tag", "tax", "--owner", "", "--nobody")[1] == everyones[0]


@pytest.mark.parametrize(
    "arguments",
    [
        ("set", "1"),
        ("show",),
        ("show", "1", "--tag", "tax"),
        ("set", "--tag", "tax", "--private"),
        ("grant", "--view", "anna"),
        ("grant", "--tag", "tax", "--of", "anna", "--view", "anna"),
        ("grant", "--tag", "tax"),
    ],
)
def test_what_says_nothing_is_wrong_usage(house: House, capsys: Capture, arguments: tuple[str, ...]) -> None:
    told(capsys, "access", *arguments, code=2)


def test_who_is_not_there_is_said(house: House, capsys: Capture) -> None:
    document = owned(house)
    assert "there is no user or group 'eve'" in told(capsys, "access", "set", document, "--view", "eve", code=1)[1]
    assert "there is no user 'family'" in told(capsys, "access", "set", document, "--owner", "family", code=1)[1]
    assert "there is no document 99" in told(capsys, "access", "show", "99", code=1)[1]


def test_who_is_deleted_leaves_documents_to_an_heir(house: House, capsys: Capture) -> None:
    document = owned(house)
    assert "name an heir" in told(capsys, "users", "delete", "anna", "--yes", code=1)[1]
    told(capsys, "users", "delete", "anna", "--heir", "bert", "--yes")
    assert told(capsys, "access", "show", document)[1] == f"document {document}: owned by Bert\n"


def test_an_upload_says_whose_it_is(house: House, capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    anna, bert = user(house, "Anna").id, user(house, "Bert").id
    for name in ("hers", "everyones", "his"):
        (tmp_path / name).write_text(name)

    def owner(name: str, *words: str) -> int | None:
        line = told(capsys, "upload", str(tmp_path / name), *words)[1]
        return house.store.documents.get(DocumentId(int(line.split("document ")[1].split(",")[0]))).owner

    assert owner("his", "--owner", "bert") == bert
    house.store.tokens.create(NewToken(anna, TokenKind.SESSION, "x", digest("hers"), expire_time=NOW + timedelta(days=1)), NOW)
    monkeypatch.setenv("SCRIBA_TOKEN", "hers")
    assert (owner("hers"), owner("everyones", "--nobody")) == (anna, None)
    told(capsys, "upload", str(tmp_path / "hers"), "--owner", "nobody-there", code=1)
    told(capsys, "upload", str(tmp_path / "hers"), "--owner", "anna", "--nobody", code=2)
