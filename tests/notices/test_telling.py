"""What happened is told once to those who asked, of what they may see; again while a service is away, and not for ever."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from actors.egress.rules import Rules
from actors.errands.errors import NeverSent
from actors.errands.settings import ErrandSettings, MailSettings, WebhookSettings
from actors.index.errors import IndexUnavailable
from actors.index.messages import Hit, SearchAnswer, SearchRequest
from actors.notices.noticing import GATHERING, REST, Noticer
from actors.notices.telling import PAUSES, Teller
from actors.sealing.seals import Seals, new_key
from actors.store.files.data_dir import DataDir
from actors.store.nouns.access import AccessChange
from actors.store.nouns.archive import DocumentChanges, DocumentState
from actors.store.nouns.catalog import FieldFacts, FieldKind, ViewFacts
from actors.store.nouns.identity import Role, UserFacts, UserId
from actors.store.nouns.notifications import Event, Notification, NotificationFacts, Way
from tests.archives import open_archive
from tests.errands.servers import MailSink, WebSink, mail_sink, web_sink
from tests.store.making import START
from tests.store.test_notifications import ended


class FakeSearcher:
    """Finds what a test says, and remembers what it was asked."""

    def __init__(self) -> None:
        self.finds: list[int] = []
        self.asked: list[SearchRequest] = []
        self.away = False

    def search(self, request: SearchRequest) -> SearchAnswer:
        self.asked.append(request)
        if self.away:
            raise IndexUnavailable("being built")
        return SearchAnswer(tuple(Hit(find, 1.0) for find in self.finds), len(self.finds))  # type: ignore[arg-type]  # ids


class Room:
    """An archive, with people's services."""

    def __init__(self, folder: Path, web: WebSink, mail: MailSink) -> None:
        self.store = open_archive(DataDir(folder / "data"))
        self.now = START
        self.web, self.mail, self.searcher = web, mail, FakeSearcher()
        self.seals = Seals([new_key()])
        settings = ErrandSettings(MailSettings("127.0.0.1", mail.port), WebhookSettings(Rules(internal=True)))
        self.noticer = Noticer(self.store, self.searcher, lambda: self.now)
        self.teller = Teller(self.store, settings, self.seals, "https://papers.example", lambda: self.now)

    def wants(self, *events: Event, way: Way = Way.JSON, owner: UserId | None = None, **facts: object) -> Notification:
        """Let somebody want to be told."""
        url = "" if way is Way.EMAIL else f"http://127.0.0.1:{self.web.port}/x"
        made = replace(NotificationFacts("phone", events, way, url), **facts)  # type: ignore[arg-type]  # each test names its fields
        return self.store.notifications.create(owner, made, self.seals.seal("the-secret"))

    def user(self, name: str, email: str = "") -> UserId:
        return self.store.users.create(UserFacts(name, Role.EDITOR, email=email), START).id

    def pass_by(self, time: timedelta = GATHERING) -> int:
        """Look, let time pass, and tell what is due then."""
        self.noticer.look()
        self.now += time
        return self.teller.tell_due()

    def error(self, one: Notification) -> str:
        return self.store.notifications.get(one.id).error


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with web_sink() as web, mail_sink() as mail:
        room = Room(tmp_path, web, mail)
        yield room
        room.store.close()


def test_failures_and_warnings_are_told_in_one_call_and_never_again(room: Room) -> None:
    room.wants(Event.FAILED, Event.ATTENTION)
    ended(room.store, "failed", DocumentState.FAILED)
    ended(room.store, "warned", DocumentState.READY, "X")
    ended(room.store, "fine")
    assert (room.pass_by(timedelta(seconds=1)), room.pass_by()) == (0, 1)
    (call,) = room.web.calls
    assert b"Could not be read: failed" in call.body
    assert b"Needs attention: warned" in call.body
    assert b"fine" not in call.body
    assert call.headers["authorization"] == "Bearer the-secret"
    assert room.pass_by(REST) == 0


def test_the_next_message_waits_for_a_while(room: Room) -> None:
    room.wants(Event.FAILED)
    ended(room.store, "one", DocumentState.FAILED)
    room.pass_by()
    ended(room.store, "two", DocumentState.FAILED)
    assert [room.pass_by(GATHERING), room.pass_by(REST)] == [0, 1]


def test_nobody_is_told_of_what_he_may_not_see_neither_when_it_happens_nor_later(room: Room) -> None:
    anna, bert = room.user("anna"), room.user("bert")
    theirs = [room.wants(Event.FAILED, owner=owner, name=str(owner)) for owner in (anna, bert)]
    document = ended(room.store, "canary", DocumentState.FAILED)
    room.store.permissions.change([document], AccessChange(owner=anna), None, START)
    room.noticer.look()
    assert [len(room.store.notices.due(one.id, START + GATHERING)) for one in theirs] == [1, 0]
    room.store.permissions.change([document], AccessChange(owner=bert), None, START)
    assert room.pass_by() == 0
    assert room.web.calls == []
    assert room.store.notices.due(theirs[0].id, room.now) == []


def test_who_is_disabled_is_told_nothing(room: Room) -> None:
    anna = room.user("anna")
    room.wants(Event.FAILED, owner=anna)
    user = room.store.users.get(anna)
    room.store.users.update(anna, replace(user.facts, enabled=False), None)
    ended(room.store, "failed", DocumentState.FAILED)
    assert room.pass_by() == 0


def test_new_documents_of_a_saved_view_are_told(room: Room) -> None:
    view = room.store.catalog.views.create(ViewFacts("Bills", "tag:bills OR type:bill"))
    room.wants(Event.VIEW, views=(view.id,))
    document = ended(room.store, "bill")
    room.searcher.finds = [document]
    assert room.pass_by() == 1
    assert room.searcher.asked[0].query == f"(tag:bills OR type:bill) AND (id:{document})"
    assert json.loads(room.web.calls[0].body)["message"] == "New in “Bills”: bill"


def test_what_the_index_could_not_be_asked_about_is_looked_at_again(room: Room) -> None:
    view = room.store.catalog.views.create(ViewFacts("Bills", "bill"))
    room.wants(Event.VIEW, views=(view.id,))
    room.searcher.finds, room.searcher.away = [ended(room.store, "bill")], True
    assert room.pass_by() == 0
    room.searcher.away = False
    assert room.pass_by() == 1


def test_dates_are_told_once_when_they_come_near(room: Room) -> None:
    field = room.store.catalog.fields.create(FieldKind.DATE, FieldFacts("Pay until"), ())
    room.wants(Event.DUE, due_days=3)
    document = ended(room.store, "bill")
    room.store.documents.update(document, DocumentChanges(fields=((field.id, (START + timedelta(days=4)).date()),)), None, START)
    assert room.pass_by() == 0
    room.now += timedelta(days=1)
    assert room.pass_by() == 1
    assert b"Due (Pay until 2026-11-29): bill" in room.web.calls[0].body
    room.now += timedelta(days=1)
    assert room.pass_by() == 0


def test_an_email_goes_to_the_owners_own_address(room: Room) -> None:
    anna = room.user("anna", "anna@example.org")
    room.wants(Event.FAILED, way=Way.EMAIL, owner=anna)
    document = ended(room.store, "letter", DocumentState.FAILED)
    assert room.pass_by() == 1
    (message,) = room.mail.messages
    assert (message["To"], message["Subject"]) == ("anna@example.org", "Could not be read: letter")
    assert f"https://papers.example/documents/{document}" in message.get_content()


def test_who_has_no_address_hears_why(room: Room) -> None:
    anna = room.user("anna")
    one = room.wants(Event.FAILED, way=Way.EMAIL, owner=anna)
    ended(room.store, "letter", DocumentState.FAILED)
    room.pass_by()
    assert room.error(one) == "its owner has no e-mail address: an administrator gives him one"


def test_a_service_that_is_away_is_tried_again_and_given_up_with_words(room: Room) -> None:
    one = room.wants(Event.FAILED)
    ended(room.store, "letter", DocumentState.FAILED)
    room.web.status = 503
    room.pass_by()
    for pause in PAUSES:
        assert room.error(one) == ""
        room.now += pause
        assert room.teller.tell_due() == 1
    assert room.error(one) == "the webhook at 127.0.0.1 answered 503 Service Unavailable; given up after 7 tries"
    room.now += timedelta(days=9)
    assert (room.teller.tell_due(), len(room.web.calls)) == (0, 7)


def test_a_service_that_comes_back_gets_it_and_the_error_goes(room: Room) -> None:
    one = room.wants(Event.FAILED)
    ended(room.store, "letter", DocumentState.FAILED)
    room.web.status = 404
    room.pass_by()
    assert room.error(one) == "the webhook at 127.0.0.1 answered 404 Not Found"
    room.web.status = 200
    ended(room.store, "other", DocumentState.FAILED)
    assert room.pass_by() == 1
    assert room.error(one) == ""
    assert b"letter" not in room.web.calls[-1].body


def test_what_is_found_after_a_crash_is_told_once(room: Room) -> None:
    room.wants(Event.FAILED)
    ended(room.store, "letter", DocumentState.FAILED)
    room.noticer.look()
    again = Noticer(room.store, room.searcher, lambda: room.now)
    assert again.look() == 0
    room.now += GATHERING
    assert room.teller.tell_due() == 1


def test_a_test_reaches_its_service_and_says_what_is_wrong(room: Room) -> None:
    one = room.wants(Event.FAILED)
    room.teller.test(one)
    assert b"reaches you" in room.web.calls[0].body
    room.web.status = 401
    with pytest.raises(NeverSent, match="401 Unauthorized"):
        room.teller.test(one)
