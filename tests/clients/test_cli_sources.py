"""Upload links by the command, before the real servicers."""

import io
import json
from datetime import UTC, datetime

import pytest
import typer

from actors.identity.passwords import verify_password
from actors.identity.tokens import digest
from actors.store.nouns.catalog import LabelFacts, LabelKind
from actors.store.nouns.identity import Role, UserFacts
from actors.store.nouns.receiving import Bounds
from scriba_cli.link_options import bytes_of, end_of
from tests.clients.telling import Capture, told
from tests.service.house import NOW, House

AT = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)


@pytest.fixture
def house(house: House) -> House:
    house.store.users.create(UserFacts("Anna", Role.EDITOR), NOW)
    house.store.catalog.labels.create(LabelKind.TAG, LabelFacts("club"))
    return house


def test_a_source_is_made_shown_changed_and_taken_back(house: House, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("four words of a password\n"))
    bounds = ("--max-files", "5", "--max-file-bytes", "20MB", "--max-total-bytes", "1GiB", "--mime", "image/*")
    given = ("--tag", "club", "--owner", "anna", "--expires", "2099-01-01", "--password")
    (url,), said = told(capsys, "sources", "add", "Receipts", *given, *bounds)
    assert url.startswith("http://127.0.0.1:")
    assert said.startswith("new source: 1 Receipts, until 2099-01-0")
    link = house.store.upload_links.find(digest(url.rsplit("/u/")[1]), NOW)
    assert link is not None
    assert verify_password(link.password_hash, "four words of a password").right
    assert (link.facts.owner, link.facts.bounds) == (house.store.users.find("anna").id, Bounds(5, 20_000_000, 2**30, ("image/*",)))
    rows = {line.split()[0]: line.split(maxsplit=1)[1] for line in told(capsys, "sources", "show", "1")[0]}
    assert [rows[name] for name in ("files", "each", "kinds", "tags", "password")] == ["0 of 5", "up to 20 MB", "image/*", "club", "yes"]
    _, said = told(capsys, "sources", "edit", "1", "--disable", "--tag", "", "--nobody", "--no-password")
    assert said == "changed: 1 Receipts, disabled\n"
    lines, _ = told(capsys, "sources", "list")
    assert [line.split() for line in lines] == [
        ["Source", "Name", "Holds", "Files", "Bytes", "Last", "file"],
        ["1", "Receipts", "disabled", "0", "of", "5", "0", "B", "never"],
    ]
    changed = json.loads("".join(told(capsys, "sources", "show", "1", "--json")[0]))["source"]
    assert (changed["tags"], changed["owner_id"], changed["has_password"], changed["max_files"]) == ([], "", False, 5)
    assert told(capsys, "sources", "revoke", "1")[1] == "revoked: 1\n"
    assert told(capsys, "sources", "list")[1] == "no sources\n"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("add", "x", "--owner", "anna", "--nobody"), 2),
        (("add", "x", "--owner", "nobody-there"), 1),
        (("add", "x", "--path", "unknown"), 1),
        (("add", "x", "--expires", "soon"), 2),
        (("add", "x", "--max-file-bytes", "much"), 2),
        (("edit", "1"), 2),
        (("show", "1"), 1),
        (("revoke", "1"), 1),
    ],
)
def test_what_cannot_be_is_said(house: House, capsys: Capture, words: tuple[str, ...], code: int) -> None:
    told(capsys, "sources", *words, code=code)


def test_ends_and_sizes_are_read_as_people_write_them() -> None:
    ends = {text: (end_of(text, AT) or end_of("1m", AT)).ToDatetime(UTC) for text in ("90m", "12h", "7d", "2w")}  # type: ignore[union-attr]  # never is none of them
    assert ends == {
        "90m": AT.replace(hour=13, minute=30),
        "12h": datetime(2026, 11, 28, tzinfo=UTC),
        "7d": AT.replace(month=12, day=4),
        "2w": AT.replace(month=12, day=11),
    }
    assert [end_of(text, AT) for text in ("never", "", None)] == [None] * 3
    sizes = {"0": 0, "7": 7, "500kB": 500_000, "1.5 MB": 1_500_000, "1GiB": 2**30, None: 0}
    assert {text: bytes_of(text) for text in sizes} == sizes
    for wrong in ("1 day", "2026-02-30", "999999w", "-1d"):
        with pytest.raises(typer.BadParameter):
            end_of(wrong, AT)
    for wrong in ("", "MB", "1 TB", "-1"):
        with pytest.raises(typer.BadParameter):
            bytes_of(wrong)
