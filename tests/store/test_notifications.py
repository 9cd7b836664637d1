"""What people want to be told is theirs alone, and each happening is kept once until it was told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from actors.store.errors import NameTaken, StaleItem
from actors.store.notifications.errors import NotificationNotFound
from actors.store.nouns.access import AccessChange, viewer_of
from actors.store.nouns.archive import DocumentChanges, DocumentId, DocumentState, DocumentWarning
from actors.store.nouns.audit import Act, AuditFilter, AuditNoun, Author, AuthorKind
from actors.store.nouns.catalog import FieldFacts, FieldKind
from actors.store.nouns.identity import Role, UserFacts, UserId
from actors.store.nouns.notifications import Event, Happening, NotificationFacts, NotificationId, Way
from actors.store.nouns.sealed import Sealed
from actors.store.store import Store
from tests.store.making import START, at, document_id

FACTS = NotificationFacts("phone", (Event.FAILED, Event.ATTENTION), Way.NTFY, "https://ntfy.example/papers")
NO_SECRET = Sealed("")


def user(store: Store, name: str) -> UserId:
    return store.users.create(UserFacts(name, Role.EDITOR), START).id


def seen_by(store: Store, owner: UserId) -> Store:
    return store.seen_by(viewer_of(store.users.get(owner)))


def ended(store: Store, content: str, state: DocumentState = DocumentState.READY, *warnings: str) -> DocumentId:
    """Take a document in, and to an end."""
    document = document_id(store, content)
    (job,) = store.jobs.lease("test", 1, at(1))
    told = tuple(DocumentWarning(code, code) for code in warnings)
    store.documents.set_result(document, job.fence, state, "en", told, False, at(1))
    store.jobs.succeed(job.id, job.fence, at(1))
    return document


def test_each_sees_and_changes_his_own_alone(store: Store) -> None:
    anna, bert = user(store, "anna"), user(store, "bert")
    hers = seen_by(store, anna).notifications.create(anna, FACTS, Sealed("sealed:x"))
    assert seen_by(store, anna).notifications.list() == [hers]
    assert seen_by(store, bert).notifications.list() == []
    other = seen_by(store, bert).notifications
    attempts: list[Callable[[], object]] = [
        lambda: other.get(hers.id),
        lambda: other.update(hers.id, FACTS, None),
        lambda: other.delete(hers.id),
    ]
    for attempt in attempts:
        with pytest.raises(NotificationNotFound):
            attempt()
    assert seen_by(store, bert).notifications.create(bert, FACTS, NO_SECRET).facts == FACTS
    with pytest.raises(NameTaken):
        store.notifications.create(anna, replace(FACTS, name="PHONE"), NO_SECRET)
    assert (store.notifications.count_of(anna), store.notifications.count_of(None)) == (1, 0)


def test_a_change_keeps_the_secret_that_is_not_given_and_refuses_what_is_stale(store: Store) -> None:
    made = store.notifications.create(None, FACTS, Sealed("sealed:x"))
    changed = store.notifications.update(made.id, replace(FACTS, events=(Event.DUE,), due_days=7), None, made.revision)
    assert (changed.secret, changed.facts.due_days, changed.revision) == ("sealed:x", 7, 2)
    assert store.notifications.update(made.id, FACTS, Sealed("sealed:y")).secret == "sealed:y"
    with pytest.raises(StaleItem):
        store.notifications.update(made.id, FACTS, None, made.revision)


def test_they_go_with_their_owner(store: Store) -> None:
    anna = user(store, "anna")
    made = store.notifications.create(anna, FACTS, NO_SECRET)
    store.users.delete(anna, None)
    with pytest.raises(NotificationNotFound):
        store.notifications.get(made.id)


def test_the_audit_tells_of_changes_and_neither_address_nor_secret(store: Store) -> None:
    acting = store.acting(Author(AuthorKind.LOCAL, ""), lambda: START)
    made = acting.notifications.create(None, FACTS, Sealed("sealed:canary"))
    acting.notifications.update(made.id, replace(FACTS, enabled=False), Sealed("sealed:other"))
    acting.notifications.delete(made.id)
    entries = store.audit.list(AuditFilter(noun=AuditNoun.NOTIFICATION), None, 9)
    assert [entry.deed.act for entry in entries] == [Act.DELETED, Act.CHANGED, Act.CREATED]
    assert "canary" not in repr(entries)
    assert "ntfy.example" not in repr(entries)


def test_what_has_ended_since_a_notification_was_made_is_found_once_for_each_change(store: Store) -> None:
    ended(store, "before")
    made = store.notifications.create(None, FACTS, NO_SECRET)
    failed, warned = ended(store, "failed", DocumentState.FAILED), ended(store, "warned", DocumentState.READY, "X")
    document_id(store, "still waiting")
    found = store.notices.ended_after(made.seen_change, 99)
    assert [document for _, document in found] == [failed, warned]
    assert store.notices.ended_after(found[-1][0], 99) == []
    assert store.notices.states_of([failed, warned]) == [(failed, DocumentState.FAILED, False), (warned, DocumentState.READY, True)]
    store.documents.delete(failed, None, START)
    assert [document for document, _, _ in store.notices.states_of([failed, warned])] == [warned]


def test_what_somebody_may_not_see_is_not_found_for_him(store: Store) -> None:
    anna, bert = user(store, "anna"), user(store, "bert")
    document = ended(store, "hers")
    store.permissions.change([document], AccessChange(owner=anna), None, START)
    assert [one for one, _, _ in seen_by(store, anna).notices.states_of([document])] == [document]
    assert seen_by(store, bert).notices.states_of([document]) == []


def test_a_happening_is_kept_once_and_told_once(store: Store) -> None:
    made, document = store.notifications.create(None, FACTS, NO_SECRET), ended(store, "letter")
    happened = [Happening(document, Event.FAILED), Happening(document, Event.DUE, "1:2026-12-01", "Pay until 2026-12-01")]
    assert store.notices.keep(made.id, happened, at(30), 7) == 2
    assert store.notices.keep(made.id, happened, at(60), 5) == 0
    assert store.notifications.get(made.id).seen_change == max(7, made.seen_change)
    assert store.notices.due(made.id, at(29)) == []
    due = store.notices.due(made.id, at(30))
    assert [notice.happening for notice in due] == happened
    store.notices.told(made.id, [notice.id for notice in due], at(31))
    assert store.notices.due(made.id, at(999)) == []
    assert store.notices.keep(made.id, happened, at(60), 8) == 0
    assert store.notifications.get(made.id).told_time == at(31)


def test_what_could_not_be_told_waits_and_is_given_up_with_words(store: Store) -> None:
    made, document = store.notifications.create(None, FACTS, NO_SECRET), ended(store, "letter")
    store.notices.keep(made.id, [Happening(document, Event.FAILED)], START, 1)
    (notice,) = store.notices.due(made.id, START)
    store.notices.put_off(made.id, [notice.id], at(10))
    assert store.notices.due(made.id, at(9)) == []
    assert [one.attempt for one in store.notices.due(made.id, at(10))] == [1]
    store.notices.give_up(made.id, [notice.id], "the webhook answered 404", at(11))
    assert store.notices.due(made.id, at(999)) == []
    assert (store.notifications.get(made.id).error, store.notifications.get(made.id).error_time) == ("the webhook answered 404", at(11))


def test_nothing_is_kept_for_a_notification_that_is_gone(store: Store) -> None:
    assert store.notices.keep(NotificationId(99), [Happening(ended(store, "letter"), Event.FAILED)], START, 1) == 0


def test_dates_in_fields_are_found_within_days(store: Store) -> None:
    field = store.catalog.fields.create(FieldKind.DATE, FieldFacts("Pay until"), ())
    days = [date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 28), date(2026, 11, 29)]
    documents = [ended(store, f"letter {day}") for day in days]
    for document, day in zip(documents, days, strict=True):
        store.documents.update(document, DocumentChanges(fields=((field.id, day),)), None, START)
    found = store.notices.due_within(days[0] + timedelta(days=1), days[2], 9)
    assert found == [
        Happening(document, Event.DUE, f"{field.id}:{day}", f"Pay until {day}")
        for document, day in zip(documents[1:3], days[1:3], strict=True)
    ]
