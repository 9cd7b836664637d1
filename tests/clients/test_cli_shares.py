"""Share links by the command, before the real servicers."""

import re
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest

from actors.identity.passwords import verify_password
from actors.identity.tokens import digest
from actors.store.nouns.sharing import OpenLink
from scriba_cli.exit_codes import ExitCode
from scriba_cli.main import run
from tests.clients.telling import Capture, told
from tests.service.house import NOW, House

PASSWORD = "four words of a password"


def shared(house: House, capsys: Capture, *words: str) -> tuple[str, OpenLink]:
    """Share a document; give what was said, and what a visitor meets."""
    (url,), said = told(capsys, "share", house.accept(f"letter {words}"), *words)
    found = re.fullmatch(r"http://127\.0\.0\.1:\d+/s/([A-Za-z0-9_-]{43})", url)
    assert found is not None
    link = house.store.share_links.find(digest(found[1]), NOW)
    assert link is not None
    return said, link


def test_a_link_is_shown_once_alone_on_its_line(house: House, capsys: Capture) -> None:
    said, link = shared(house, capsys, "--name", "for you", "--downloads", "3", "--archive")
    assert said == "link 1: 1 document, until it is revoked; it is not shown again\n"
    assert (link.name, link.content.value, house.store.share_links.get(link.id).facts.max_downloads) == ("for you", "archives", 3)


def test_a_password_is_typed_and_never_shown(house: House, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", StringIO(f"{PASSWORD}\n"))
    said, link = shared(house, capsys, "--password")
    assert said == "link 1: 1 document, until it is revoked, with a password; it is not shown again\n"
    assert verify_password(link.password_hash, PASSWORD).right


@pytest.mark.parametrize(("text", "span"), [("30m", timedelta(minutes=30)), ("12h", timedelta(hours=12)), ("2w", timedelta(weeks=2))])
def test_a_link_ends_after_some_time(house: House, capsys: Capture, text: str, span: timedelta) -> None:
    before = datetime.now(UTC)
    _, link = shared(house, capsys, "--expires", text)
    assert link.expire_time is not None
    # The contract counts nanoseconds, the archive microseconds.
    assert before + span - timedelta(seconds=1) <= link.expire_time <= datetime.now(UTC) + span


def test_a_link_ends_with_a_day_as_it_is_here(house: House, capsys: Capture) -> None:
    _, link = shared(house, capsys, "--expires", "2126-12-31")
    assert link.expire_time is not None
    assert link.expire_time.astimezone() == datetime(2127, 1, 1).astimezone()


@pytest.mark.parametrize("text", ["tomorrow", "7", "d", "-1d", "2026-13-01", "99999999999w"])
def test_a_time_that_is_none_is_wrong_usage(house: House, text: str) -> None:
    assert run(["share", house.accept("letter"), "--expires", text]) == ExitCode.WRONG_USAGE


def test_links_are_listed_shown_changed_and_taken_back(house: House, capsys: Capture) -> None:
    assert told(capsys, "shares", "list") == ([], "no links\n")
    _, link = shared(house, capsys, "--name", "for you")
    house.store.share_links.take(link.id, NOW)
    (header, row), _ = told(capsys, "shares", "list")
    assert header.split() == ["Link", "Name", "Documents", "Downloads", "Password", "State", "By"]
    assert re.split(r"\s{2,}", row.strip()) == ["1", "for you", "1", "1", "holds", "this machine"]
    shown = told(capsys, "shares", "show", "1")[1].splitlines()
    assert shown[:2] == ["link 1: for you, by this machine, until it is revoked", "documents (originals): 1"]
    assert shown[2].startswith("downloads: 1, the last on ")
    assert told(capsys, "shares", "edit", "1", "--downloads", "1") == ([], "link 1: used up\n")
    assert told(capsys, "shares", "edit", "1", "--downloads", "0", "--disable") == ([], "link 1: disabled\n")
    assert told(capsys, "shares", "edit", "1", "--enable", "--expires", "2126-12-31")[1].startswith("link 1: until 2127-01-01")
    assert told(capsys, "shares", "edit", "1", "--expires", "", "--name", "again")[1] == "link 1: until it is revoked\n"
    assert told(capsys, "shares", "list", "--document", "1")[0][1].split()[1] == "again"
    assert told(capsys, "shares", "revoke", "1")[1] == "taken back: link 1\n"
    assert run(["shares", "show", "1"]) == ExitCode.REFUSED


def test_an_edit_of_nothing_is_wrong_usage(house: House) -> None:
    assert run(["shares", "edit", "1"]) == ExitCode.WRONG_USAGE
