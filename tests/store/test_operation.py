"""How the work stands is counted alike on both databases."""

from dataclasses import replace
from datetime import timedelta

from actors.store.nouns.catalog import LabelFacts, LabelKind
from actors.store.nouns.figures import Operation
from actors.store.store import Store
from tests.store.mailboxes import account
from tests.store.making import START, deliver, leased


def test_an_archive_at_rest_has_nothing_to_tell_but_its_size(store: Store) -> None:
    told = store.figures.operation()
    none = {"queued": 0, "running": 0, "retrying": 0, "failed": 0}
    assert replace(told, database_bytes=0) == Operation(none, None, None, 0, 0, 0, 0, 0, 0)
    assert told.database_bytes > 100_000


def test_each_state_of_work_is_counted_with_the_one_that_lasts_longest(store: Store) -> None:
    store.catalog.labels.create(LabelKind.TAG, LabelFacts("new", inbox=True))
    broken = leased(store, "broken")
    store.jobs.fail(broken.id, broken.fence, "no", retryable=False, now=START, jitter=0.0)
    retried = leased(store, "retried")
    store.jobs.fail(retried.id, retried.fence, "no", retryable=True, now=START, jitter=0.0)
    leased(store, "running", START + timedelta(seconds=1))
    for content, seconds in (("first", 2), ("second", 3)):
        deliver(store, content, now=START + timedelta(seconds=seconds))
    told = store.figures.operation()
    assert told.jobs == {"queued": 2, "running": 1, "retrying": 1, "failed": 1}
    assert (told.longest_running, told.longest_queued) == (START + timedelta(seconds=1), START + timedelta(seconds=2))
    assert (told.documents_in_inbox, told.index_pending) == (5, 5)
    store.outbox.done(store.outbox.pending(2))
    assert store.figures.operation().index_pending == 3


def test_of_mailboxes_only_those_in_use_are_counted(store: Store) -> None:
    reached, failing, resting = (account(store, name=name) for name in ("reached", "failing", "resting"))
    store.mail_accounts.note_error(failing.id, "no route to host", START)
    store.mail_accounts.note_error(resting.id, "no route to host", START)
    store.mail_accounts.note_seen(reached.id, START)
    store.mail_accounts.update(resting.id, replace(resting.facts, enabled=False), None)
    told = store.figures.operation()
    assert (told.mailboxes, told.mailboxes_failing) == (2, 1)
