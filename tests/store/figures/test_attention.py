"""What waits for a person is told to those who may see it, and to nobody else."""

from datetime import date, timedelta

import pytest

from actors.store.nouns.access import AccessChange, Item, ItemKind
from actors.store.nouns.archive import DocumentChanges, DocumentId, DocumentState, DocumentWarning
from actors.store.nouns.catalog import FieldFacts, FieldId, FieldKind, LabelFacts, LabelKind
from actors.store.nouns.figures import Attention, Due
from actors.store.nouns.identity import Role, UserFacts, UserId
from actors.store.nouns.jobs import Progress
from actors.store.store import Store
from tests.store.making import START, at, deliver, document_id, leased
from tests.store.test_likenesses import kept

TODAY = START.date()
WARNING = DocumentWarning("PAGE_UNREADABLE", "Page 2 could not be read.", page=2)
NOTHING = Attention(0, 0, 0, (), 0, 0, 0, 0, None, 0, 0, ())


@pytest.fixture
def anna(store: Store) -> UserId:
    return store.users.create(UserFacts("anna", Role.EDITOR), START).id


@pytest.fixture
def bert(store: Store) -> UserId:
    return store.users.create(UserFacts("bert", Role.EDITOR), START).id


def seen(store: Store, user: UserId) -> Attention:
    return store.seen_by(store.permissions.viewer(user)).figures.attention(TODAY)


def read(store: Store, content: str, *warnings: DocumentWarning) -> DocumentId:
    job = leased(store, content)
    document = DocumentId(job.document_id or 0)
    store.documents.set_result(document, job.fence, DocumentState.READY, "de", warnings, has_archive=False, now=START)
    store.jobs.succeed(job.id, job.fence, START)
    return document


def give(store: Store, document: DocumentId, owner: UserId) -> None:
    store.permissions.change([document], AccessChange(owner=owner), None, START)


def test_an_empty_archive_wants_nothing(store: Store) -> None:
    assert store.figures.attention(TODAY) == NOTHING


def test_the_inbox_counts_a_document_once_however_many_of_its_tags_it_bears_and_none_in_the_trash(store: Store) -> None:
    for name in ("inbox", "to do"):
        store.catalog.labels.create(LabelKind.TAG, LabelFacts(name, inbox=True))
    first, second, _ = (document_id(store, name) for name in ("first", "second", "third"))
    store.documents.update(first, DocumentChanges(tags=("bill",)), None, START)
    store.documents.delete(second, None, START)
    assert store.figures.attention(TODAY).documents_in_inbox == 1


def test_an_inbox_that_one_may_not_see_is_not_his(store: Store, anna: UserId, bert: UserId) -> None:
    inbox = store.catalog.labels.create(LabelKind.TAG, LabelFacts("anna's inbox", inbox=True))
    document_id(store, "everyone's")
    give(store, document_id(store, "bert's"), bert)
    store.item_permissions.change([Item(ItemKind.LABEL, inbox.id)], AccessChange(owner=anna))
    assert (seen(store, anna).documents_in_inbox, seen(store, bert).documents_in_inbox) == (1, 0)
    assert store.figures.attention(TODAY).documents_in_inbox == 2


def test_failures_and_warnings_are_told_apart_the_newest_first(store: Store) -> None:
    broken = leased(store, "broken")
    store.jobs.fail(broken.id, broken.fence, "no", retryable=False, now=START, jitter=0.0)
    warned = [read(store, f"warned {number}", WARNING) for number in range(3)]
    read(store, "well")
    store.documents.delete(read(store, "gone", WARNING), None, START)
    told = store.figures.attention(TODAY)
    assert (told.documents_failed, told.documents_with_warnings, told.warned) == (1, 3, tuple(reversed(warned)))
    assert told.jobs_failed == 1


def test_a_warning_that_names_what_one_may_not_see_is_no_warning(store: Store, anna: UserId, bert: UserId) -> None:
    hidden = read(store, "anna's")
    give(store, hidden, anna)
    named = DocumentWarning("REPLACED", f"It was made of document {hidden}.", documents=(hidden,))
    both, one = read(store, "both", WARNING, named), read(store, "one", named)
    assert seen(store, anna).warned == (one, both)
    assert (seen(store, bert).documents_with_warnings, seen(store, bert).warned) == (1, (both,))


def test_failures_and_jobs_of_others_are_not_told(store: Store, anna: UserId, bert: UserId) -> None:
    broken = leased(store, "broken")
    store.jobs.fail(broken.id, broken.fence, "no", retryable=False, now=START, jitter=0.0)
    warned = read(store, "warned", WARNING)
    waiting = leased(store, "waiting")
    store.jobs.fail(waiting.id, waiting.fence, "later", retryable=True, now=START, jitter=0.0)
    for each in (broken.document_id, warned, waiting.document_id):
        give(store, DocumentId(each or 0), anna)
    assert seen(store, bert) == NOTHING
    assert seen(store, anna) == store.figures.attention(TODAY)
    assert seen(store, anna).jobs_retrying == 1


def test_the_queue_tells_its_length_its_known_pages_and_when_it_goes_on(store: Store) -> None:
    for name, total, done in (("book", 300, 120), ("letter", 2, 0)):
        job = leased(store, name)
        store.jobs.progress([Progress(job.id, job.fence, "read", done, total)], START)
    for seconds in (100, 50):
        failed = leased(store, f"later {seconds}")
        store.jobs.fail(failed.id, failed.fence, "later", retryable=True, now=at(seconds), jitter=0.0)
    ended = leased(store, "ended")
    store.jobs.progress([Progress(ended.id, ended.fence, "read", 1, 9)], START)
    store.jobs.succeed(ended.id, ended.fence, START)
    deliver(store, "queued")
    told = store.figures.attention(TODAY)
    assert (told.jobs_queued, told.jobs_running, told.jobs_retrying, told.pages_waiting) == (1, 2, 2, 182)
    assert told.next_retry_time == at(50 + 15)


def test_papers_that_are_there_twice_are_counted_by_the_newer_ones_that_one_sees(store: Store, anna: UserId, bert: UserId) -> None:
    first = kept(store, "first", 1)
    second = kept(store, "second", 1, near=[(first, 0.95)])
    kept(store, "third", 1, near=[(first, 0.9), (second, 0.9)])
    assert store.figures.attention(TODAY).documents_alike == 2
    give(store, first, anna)
    assert (seen(store, anna).documents_alike, seen(store, bert).documents_alike) == (2, 1)
    store.documents.delete(second, None, START)
    assert (store.figures.attention(TODAY).documents_alike, seen(store, bert).documents_alike) == (1, 0)


def dated(store: Store, field: FieldId, days: int, content: str = "") -> DocumentId:
    document = document_id(store, content or f"{field} {days}")
    store.documents.update(document, DocumentChanges(fields=((field, TODAY + timedelta(days=days)),)), None, START)
    return document


def test_dates_are_due_within_the_days_that_their_field_says(store: Store) -> None:
    pay = store.catalog.fields.create(FieldKind.DATE, FieldFacts("pay until", reminder_days=30), ()).id
    other = store.catalog.fields.create(FieldKind.DATE, FieldFacts("bought"), ()).id
    dated(store, other, 0)
    in_time = {days: dated(store, pay, days) for days in (-31, -30, -1, 0, 1, 30, 31)}
    store.documents.delete(dated(store, pay, 2), None, START)
    nearest = tuple(in_time[days] for days in (-30, -1, 0, 1, 30))
    month = timedelta(days=30)
    assert store.figures.attention(TODAY).due == (Due(pay, "pay until", TODAY - month, TODAY + month, 2, 3, nearest),)
    assert store.figures.attention(TODAY + timedelta(days=1)).due[0].documents == tuple(in_time[days] for days in (-1, 0, 1, 30, 31))


def test_a_date_that_is_changed_or_taken_away_is_due_when_it_is(store: Store) -> None:
    pay = store.catalog.fields.create(FieldKind.DATE, FieldFacts("pay until"), ()).id
    document = dated(store, pay, 3)
    field = store.catalog.fields.update(pay, FieldFacts("pay until", reminder_days=7), None, None, START)
    assert field.facts.reminder_days == 7
    assert store.figures.attention(TODAY).due[0].documents == (document,)
    dated(store, pay, 20, f"{pay} 3")
    assert store.figures.attention(TODAY).due[0].documents == ()
    store.documents.update(document, DocumentChanges(fields=((pay, TODAY),)), None, START)
    assert store.figures.attention(TODAY).due[0].upcoming == 1
    store.documents.update(document, DocumentChanges(fields=((pay, None),)), None, START)
    assert store.figures.attention(TODAY).due[0].upcoming == 0


def test_what_is_due_is_told_to_those_alone_who_may_see_it(store: Store, anna: UserId, bert: UserId) -> None:
    pay = store.catalog.fields.create(FieldKind.DATE, FieldFacts("pay until", reminder_days=9), ()).id
    give(store, dated(store, pay, 3), anna)
    give(store, dated(store, pay, -3), anna)
    assert [(due.overdue, due.upcoming, len(due.documents)) for due in seen(store, anna).due] == [(1, 1, 2)]
    assert [(due.overdue, due.upcoming, due.documents) for due in seen(store, bert).due] == [(0, 0, ())]


@pytest.mark.parametrize("text", ["2024-02-30", "2024-02-29", "99999-01-01", "٢٠٢٤-٠٢-٢٩", "2024-02-29 "])
def test_a_text_that_looks_like_a_date_is_kept_as_any_other(store: Store, text: str) -> None:
    field = store.catalog.fields.create(FieldKind.TEXT, FieldFacts("words"), ()).id
    document = document_id(store)
    store.documents.update(document, DocumentChanges(fields=((field, text),)), None, START)
    assert [entry.value for entry in store.documents.get(document).fields] == [text]


def test_the_day_counts_in_the_calendar_not_since_a_moment(store: Store) -> None:
    pay = store.catalog.fields.create(FieldKind.DATE, FieldFacts("pay until", reminder_days=366), ()).id
    document = document_id(store)
    store.documents.update(document, DocumentChanges(fields=((pay, date(2027, 11, 26)),)), None, START)
    assert [store.figures.attention(day).due[0].upcoming for day in (date(2026, 11, 24), date(2026, 11, 25))] == [0, 1]
