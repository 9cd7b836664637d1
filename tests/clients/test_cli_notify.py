"""Notifications by the command, before the real servicers."""

import io

import pytest

from actors.store.nouns.catalog import ViewFacts
from actors.store.nouns.notifications import Event, NotificationId, Way
from tests.clients.telling import Capture, told
from tests.service.house import House


def test_a_notification_is_made_listed_changed_and_removed(house: House, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("tk_1\n"))
    view = house.store.catalog.views.create(ViewFacts("Bills", "bill"))
    wanted = ("--on", "failed", "--on", "attention", "--view", "bills", "--due", "7")
    _, said = told(capsys, "notify", "add", "Phone", "--by", "ntfy", "--url", "https://ntfy.example/papers", "--secret", *wanted)
    assert said == "new notification: 1 Phone; `scriba notify test` tries it\n"
    kept = house.store.notifications.get(NotificationId(1))
    assert (kept.facts.way, kept.facts.events, kept.facts.views, kept.facts.due_days) == (Way.NTFY, tuple(Event), (view.id,), 7)
    assert house.seals.unseal(kept.secret) == "tk_1"
    lines, _ = told(capsys, "notify", "list")
    assert lines[0].split() == ["No.", "Name", "By", "Of", "State"]
    assert lines[1].startswith("  1  Phone")
    assert "failed, attention, view, due" in lines[1]
    assert told(capsys, "notify", "edit", "1", "--disable", "--on", "failed")[1] == "changed: 1 Phone\n"
    facts = house.store.notifications.get(NotificationId(1)).facts
    assert (facts.enabled, facts.events, facts.views, facts.due_days) == (False, (Event.FAILED,), (), 0)
    assert told(capsys, "notify", "delete", "1")[1] == "removed: 1\n"
    assert told(capsys, "notify", "list")[1] == "no notifications\n"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("add", "x"), 1),
        (("add", "x", "--view", "unknown"), 2),
        (("add", "x", "--by", "ntfy", "--on", "failed", "--url", "https://ntfy.example"), 1),
        (("edit", "1"), 2),
        (("edit", "1", "--disable"), 1),
        (("test", "1"), 1),
    ],
)
def test_what_cannot_be_is_said(house: House, capsys: Capture, words: tuple[str, ...], code: int) -> None:
    assert told(capsys, "notify", *words, code=code)[1]


def test_a_test_tells_why_nothing_came(house: House, capsys: Capture) -> None:
    told(capsys, "notify", "add", "Mail", "--on", "failed")
    _, said = told(capsys, "notify", "test", "1", code=1)
    assert said == "its owner has no e-mail address: an administrator gives him one\n"
