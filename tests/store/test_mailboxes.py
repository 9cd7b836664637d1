"""Mailboxes are their owners' own, and rules keep their order."""

from dataclasses import replace

import pytest

from actors.store.errors import NameTaken, OrderIncomplete, StaleItem
from actors.store.identity.errors import UserNotFound
from actors.store.mail.errors import MailAccountNotFound, MailNotFound, MailRuleNotFound
from actors.store.nouns.access import Viewer
from actors.store.nouns.audit import Act, AuditFilter, AuditNoun, Author, AuthorKind
from actors.store.nouns.catalog import LabelFacts, LabelKind
from actors.store.nouns.identity import Role, UserFacts, UserId
from actors.store.nouns.mail import (
    AccountId,
    CorrespondentFrom,
    Filing,
    MailAction,
    MailFilters,
    Proof,
    RuleFacts,
    RuleId,
    Scope,
    Security,
    TitleFrom,
)
from actors.store.nouns.sealed import Sealed
from actors.store.store import Store
from tests.store.mailboxes import FACTS, HEAD, account, key, rule
from tests.store.making import START, at


@pytest.fixture
def anna(store: Store) -> UserId:
    return store.users.create(UserFacts("anna", Role.EDITOR), START).id


def test_a_mailbox_keeps_what_its_owner_says_and_its_secret_until_another_comes(store: Store, anna: UserId) -> None:
    made = account(store, anna)
    assert store.mail_accounts.get(made.id) == made
    assert (made.facts, made.owner, made.secret, made.revision) == (FACTS, anna, "sealed:x", 1)
    facts = replace(FACTS, host="other", security=Security.STARTTLS, proof=Proof.TOKEN, enabled=False)
    changed = store.mail_accounts.update(made.id, facts, None, 1)
    assert (changed.facts, changed.secret, changed.revision) == (facts, "sealed:x", 2)
    assert store.mail_accounts.update(made.id, facts, Sealed("sealed:y")).secret == "sealed:y"  # made up
    with pytest.raises(StaleItem):
        store.mail_accounts.delete(made.id, 2)
    store.mail_accounts.delete(made.id, 3)
    with pytest.raises(MailAccountNotFound):
        store.mail_accounts.get(made.id)


def test_two_of_one_owner_have_no_name_in_common_and_nobody_learns_others_names(store: Store, anna: UserId) -> None:
    first, others = account(store, anna), account(store, None)
    for owner, taken_by in ((anna, first), (None, others)):
        with pytest.raises(NameTaken) as refused:
            account(store, owner, "PRIVATE ")
        assert refused.value.taken_by == taken_by.id
    second = account(store, anna, "Work")
    with pytest.raises(NameTaken):
        store.mail_accounts.update(second.id, FACTS, None)
    assert store.mail_accounts.update(first.id, replace(FACTS, name="private"), None).facts.name == "private"


def test_a_mailbox_rests_while_it_is_off_or_its_owner_may_have_none(store: Store, anna: UserId) -> None:
    hers, machines, off = account(store, anna), account(store), account(store, name="off")
    store.mail_accounts.update(off.id, replace(FACTS, name="off", enabled=False), None)
    for facts, there in (
        (UserFacts("anna", Role.VIEWER), False),
        (UserFacts("anna", Role.EDITOR, enabled=False), False),
        (UserFacts("anna", Role.EDITOR), True),
    ):
        store.users.update(anna, facts, None)
        assert store.mail_accounts.to_visit() == ([hers, machines] if there else [machines])


def test_why_a_mailbox_was_not_reached_is_kept_until_it_is_reached_or_changed(store: Store) -> None:
    made = account(store)
    store.mail_accounts.note_seen(made.id, at(1))
    store.mail_accounts.note_error(made.id, "the password is wrong", at(2))
    wrong = store.mail_accounts.get(made.id)
    assert (wrong.error, wrong.error_time, wrong.seen_time) == ("the password is wrong", at(2), at(1))
    assert wrong.revision == made.revision
    store.mail_accounts.note_seen(made.id, at(3))
    assert store.mail_accounts.get(made.id) == replace(made, seen_time=at(3))
    store.mail_accounts.note_error(made.id, "away", at(4))
    assert store.mail_accounts.update(made.id, FACTS, None).error == ""
    store.mail_accounts.note_error(AccountId(99), "gone meanwhile", at(4))


def test_a_renewed_token_is_kept_unless_the_mailbox_was_changed_meanwhile(store: Store) -> None:
    made = account(store)
    assert store.mail_accounts.renew_secret(made.id, Sealed("sealed:new"), 1)
    assert store.mail_accounts.get(made.id) == replace(made, secret=Sealed("sealed:new"))
    store.mail_accounts.update(made.id, FACTS, Sealed("sealed:own"))
    assert not store.mail_accounts.renew_secret(made.id, Sealed("sealed:late"), 1)
    assert store.mail_accounts.get(made.id).secret == "sealed:own"  # made up


def test_a_rule_keeps_what_is_said_of_it_and_loses_the_labels_that_go(store: Store, anna: UserId) -> None:
    labels = store.catalog.labels
    tag, sender, kind, path = (labels.create(one, LabelFacts("x")).id for one in LabelKind)
    facts = RuleFacts(
        name="Bills",
        account=account(store, anna).id,
        folder="Größe/Rechnungen",
        filters=MailFilters("shop", "anna", "bill", "total", ("*.pdf",), ("agb*", "*.gif"), 0),
        scope=Scope.BOTH,
        inline_images=True,
        filing=Filing(TitleFrom.FILENAME, CorrespondentFrom.FIXED, sender, (tag,), kind, path, anna),
        action=MailAction.MOVE,
        parameter="Done",
        last=True,
        enabled=False,
    )
    made = store.mail_rules.create(facts)
    assert (made.facts, store.mail_rules.get(made.id)) == (facts, made)
    assert set(facts.filing.labels) == {tag, sender, kind, path}
    for gone in (sender, kind, path):
        labels.delete(gone, None, START)
    filing = store.mail_rules.get(made.id).facts.filing
    assert (filing.correspondent, filing.document_type, filing.storage_path, filing.owner) == (None, None, None, anna)
    with pytest.raises(StaleItem):
        store.mail_rules.update(made.id, facts, 9)
    with pytest.raises(UserNotFound):
        store.mail_rules.create(replace(facts, filing=Filing(owner=UserId(99))))


def test_rules_are_asked_in_their_order_within_a_mailbox(store: Store) -> None:
    one, two = account(store, name="one").id, account(store, name="two").id
    first, second, third = (rule(store, one, name) for name in "abc")
    other = rule(store, two)
    rules = store.mail_rules
    assert [found.id for found in rules.reorder(one, [third.id, first.id, second.id])] == [third.id, first.id, second.id]
    assert [found.id for found in rules.list(one)] == [third.id, first.id, second.id]
    for wrong in ([third.id, first.id], [third.id, first.id, other.id], [third.id, first.id, first.id]):
        with pytest.raises(OrderIncomplete, match="each rule of the account once"):
            rules.reorder(one, wrong)
    rules.update(second.id, replace(second.facts, enabled=False))
    rules.update(first.id, replace(first.facts, folder="Work"))
    assert [found.id for found in rules.of_folder(one, "INBOX")] == [third.id]
    moved = rules.update(third.id, replace(third.facts, account=two))
    assert [found.id for found in rules.list(two)] == [other.id, moved.id]
    assert [found.id for found in rules.list()] == [first.id, second.id, other.id, moved.id]
    with pytest.raises(MailAccountNotFound):
        rules.list(AccountId(99))
    rules.delete(other.id)
    with pytest.raises(MailRuleNotFound):
        rules.delete(other.id)


def test_nobody_else_sees_or_changes_a_mailbox_its_rules_or_its_mails(store: Store, anna: UserId) -> None:
    bert = store.users.create(UserFacts("bert", Role.EDITOR), START).id
    hers, machines = account(store, anna), account(store)
    bills, others = rule(store, hers.id), rule(store, machines.id)
    mail = store.mails.keep_taken(key(hers.id), HEAD, bills.id, [], at(1))
    store.mails.keep_taken(key(machines.id), HEAD, others.id, [], at(1))
    mine, his = store.seen_by(Viewer(anna)), store.seen_by(Viewer(bert))
    assert (mine.mail_accounts.list(), mine.mail_rules.list(), mine.mails.list(None, 9)) == ([hers], [bills], [mail])
    assert (his.mail_accounts.list(), his.mail_rules.list(), his.mails.list(None, 9)) == ([], [], [])
    assert len(store.mail_accounts.list()) == len(store.mail_rules.list()) == len(store.mails.list(None, 9)) == 2
    for deed in (
        lambda: his.mail_accounts.get(hers.id),
        lambda: his.mail_accounts.update(hers.id, FACTS, Sealed("")),
        lambda: his.mail_accounts.delete(hers.id),
        lambda: his.mail_rules.create(RuleFacts("x", hers.id)),
        lambda: his.mail_rules.list(hers.id),
        lambda: his.mail_rules.reorder(hers.id, [bills.id]),
        lambda: his.mails.list(None, 9, hers.id),
        lambda: mine.mail_rules.update(bills.id, replace(bills.facts, account=machines.id)),
    ):
        with pytest.raises(MailAccountNotFound):
            deed()
    for deed in (
        lambda: his.mail_rules.get(bills.id),
        lambda: his.mail_rules.update(bills.id, bills.facts),
        lambda: his.mail_rules.delete(bills.id),
    ):
        with pytest.raises(MailRuleNotFound):
            deed()
    with pytest.raises(MailNotFound):
        his.mails.get(mail.id)
    with pytest.raises(MailNotFound):
        his.mails.retry(mail.id, at(2))


def test_a_mailbox_goes_with_its_owner_and_a_rule_with_the_owner_of_what_comes(store: Store, anna: UserId) -> None:
    hers, machines = account(store, anna), account(store)
    bills = rule(store, hers.id)
    mail = store.mails.keep_taken(key(hers.id), HEAD, bills.id, [], at(1))
    store.mail_rules.create(RuleFacts("for anna", machines.id, filing=Filing(owner=anna)))
    kept = rule(store, machines.id, "for all")
    store.users.delete(anna, None)
    assert (store.mail_accounts.list(), store.mail_rules.list()) == ([machines], [kept])
    with pytest.raises(MailNotFound):
        store.mails.get(mail.id)


def test_the_audit_tells_of_mailboxes_and_rules_without_secrets(store: Store) -> None:
    acting = store.acting(Author(AuthorKind.LOCAL, "root"), lambda: START)
    made = acting.mail_accounts.create(None, FACTS, Sealed("sealed:canary"))
    acting.mail_accounts.update(made.id, replace(FACTS, host="other"), Sealed("sealed:second"))
    bills = acting.mail_rules.create(RuleFacts("Bills", made.id))
    acting.mail_rules.update(bills.id, replace(bills.facts, action=MailAction.DELETE))
    acting.mails.keep_taken(key(made.id), HEAD, RuleId(bills.id), [], at(1))
    acting.mail_rules.delete(bills.id)
    entries = store.audit.list(AuditFilter(), None, 20)
    told = [(entry.deed.act, entry.deed.noun, entry.deed.name) for entry in reversed(entries)]
    assert told == [
        *((act, AuditNoun.MAIL_ACCOUNT, "Private") for act in (Act.CREATED, Act.CHANGED)),
        *((act, AuditNoun.MAIL_RULE, "Bills") for act in (Act.CREATED, Act.CHANGED, Act.DELETED)),
    ]
    changes = [(change.field, change.before, change.after) for change in entries[-2].deed.changes]
    assert changes == [("host", "imap.example.org", "other"), ("secret", "…", "…")]
    assert "sealed" not in repr(entries)
