"""All secrets in the database are found and changed, all or none, and what was plain is wiped."""

from pathlib import Path

import pytest

from actors.sealing.seals import Seals, new_key
from actors.store.files.data_dir import DataDir
from actors.store.nouns.identity import Role, UserFacts
from actors.store.nouns.mail import AccountFacts
from actors.store.nouns.notifications import Event, NotificationFacts, Way
from actors.store.nouns.sealed import Sealed
from actors.store.nouns.workflows import (
    CallWebhook,
    Deeds,
    Errand,
    Password,
    RemovePassword,
    SendEmail,
    Trash,
    Trigger,
    TriggerKind,
    WorkflowFacts,
)
from actors.store.store import Store
from tests.store.making import START, document_id

PLAIN = CallWebhook("https://h.example", headers=(("X-Key", Sealed("canary-7f3a")), ("X-Other", Sealed(""))))
LOCKED = RemovePassword((Password(3, Sealed("canary-91bc")),))
ALL = ["canary-7f3a", "", "canary-91bc"] * 2 + ["canary-7f3a", "canary-5d20", "canary-c0de"]


def fill(store: Store) -> None:
    """Keep secrets as an older version did."""
    facts = WorkflowFacts("tell", True, (Trigger(TriggerKind.DOCUMENT_ADDED),), (SendEmail(("a@b.example",), "s"), PLAIN, LOCKED, Trash()))
    workflow = store.workflows.create(facts).id
    store.workflows.create(WorkflowFacts("without", True, facts.triggers, (Trash(),)))
    orders = (PLAIN, SendEmail(("a@b.example",), "s"), LOCKED)
    errands = tuple(Errand(workflow, "tell", order) for order in orders)
    for name, factor in (("anna", "canary-7f3a"), ("bert", "")):
        user = store.users.create(UserFacts(name, Role.EDITOR), START)
        store.users.set_second_factor(user.id, Sealed(factor), 0, ())
    for name, secret in (("one", "canary-5d20"), ("without", "")):
        store.mail_accounts.create(None, AccountFacts(name, "imap.example.org", 993, "anna"), Sealed(secret))
        store.notifications.create(None, NotificationFacts(name, (Event.FAILED,), Way.GOTIFY), Sealed(secret and "canary-c0de"))
    store.workflows.carry_out(document_id(store), Deeds(ran=(workflow,), errands=errands), START)


def test_every_secret_is_found_and_changed_and_nothing_else(store: Store) -> None:
    fill(store)
    before, seals = (store.workflows.list(), store.mail_accounts.list(), store.notifications.list()), Seals([new_key()])
    assert store.secrets.kept() == ALL
    store.secrets.change_all(seals.seal_again)
    assert [seals.unseal(Sealed(kept)) for kept in store.secrets.kept()] == ALL
    store.secrets.change_all(lambda kept: Sealed(seals.unseal(Sealed(kept))))
    assert (store.workflows.list(), store.mail_accounts.list(), store.notifications.list()) == before


def test_a_change_that_fails_changes_nothing(store: Store) -> None:
    fill(store)
    left = ["first"]
    with pytest.raises(IndexError):
        store.secrets.change_all(lambda kept: Sealed(left.pop()))
    assert store.secrets.kept() == ALL


def test_what_was_plain_is_nowhere_in_the_file_afterwards(data: DataDir, store: Store) -> None:
    if not data.database.exists():
        pytest.skip("PostgreSQL keeps its own files")
    fill(store)
    assert found(data.root) == {"canary-7f3a", "canary-91bc", "canary-5d20"}
    store.secrets.change_all(Seals([new_key()]).seal_again)
    assert found(data.root) == set()


def found(folder: Path) -> set[str]:
    whole = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    return {canary for canary in ("canary-7f3a", "canary-91bc", "canary-5d20") if canary.encode() in whole}
