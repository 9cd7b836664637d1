"""Of no mail is forgotten what became of it: none is taken twice, and none is skipped for ever."""

from dataclasses import replace
from typing import Any

import pytest

from actors.store.mail.errors import MailAccountNotFound, MailNotFound, MailRuleGone, MailRuleNotFound
from actors.store.nouns.access import Viewer
from actors.store.nouns.identity import Role, UserFacts, UserId
from actors.store.nouns.mail import (
    AccountId,
    MailId,
    MailState,
    Watermark,
)
from actors.store.nouns.sealed import Sealed
from actors.store.store import Store
from tests.store.access.bringing import brought
from tests.store.mailboxes import HEAD, account, key, rule
from tests.store.making import START, at, document_id


@pytest.fixture
def anna(store: Store) -> UserId:
    return store.users.create(UserFacts("anna", Role.EDITOR), START).id


def test_a_mail_is_taken_once_for_each_rule_and_done_when_its_action_is(store: Store) -> None:
    of = account(store).id
    bills, all_mail = rule(store, of).id, rule(store, of, "All").id
    document = document_id(store)
    taken = store.mails.keep_taken(key(of), HEAD, bills, [document], at(1))
    assert (taken.state, taken.documents, taken.head, taken.key) == (MailState.TAKEN, (document,), HEAD, key(of))
    assert store.mails.keep_taken(key(of), HEAD, bills, [document], at(2)).id == taken.id
    other = store.mails.keep_taken(key(of), HEAD, all_mail, [], at(2))
    assert [mail.id for mail in store.mails.find(key(of))] == [taken.id, other.id]
    assert store.mails.find(key(of, 8)) == []
    assert [mail.id for mail in store.mails.due(of, at(2))] == [taken.id, other.id]
    store.mails.keep_done(taken.id, at(3))
    done = store.mails.get(taken.id)
    assert (done.state, done.next_time, done.update_time) == (MailState.DONE, None, at(3))
    assert [mail.id for mail in store.mails.due(of, at(9))] == [other.id]
    store.mails.keep_done(MailId(99), at(3))  # its account went meanwhile


def test_a_mail_is_known_by_its_message_id_under_another_uid_and_to_its_rule_alone(store: Store) -> None:
    of, beside = account(store, name="a").id, account(store, name="b").id
    bills, other = rule(store, of).id, rule(store, of, "other").id
    long_id = f"<{'x' * 5000}\udcff@example.org>"
    taken = store.mails.keep_taken(key(of), replace(HEAD, message_id=long_id), bills, [], at(1))
    found = store.mails.known(of, long_id, bills)
    assert found is not None
    assert found.id == taken.id
    assert store.mails.known(of, f"{long_id[:-2]}h>", bills) is None
    assert store.mails.known(of, long_id, other) is store.mails.known(beside, long_id, bills) is None
    store.mails.keep_failed(key(of, 8), HEAD, bills, "too big", None, at(1))
    assert store.mails.known(of, HEAD.message_id, bills) is None


def test_a_mail_that_fails_is_due_again_and_one_that_was_taken_stays_so(store: Store) -> None:
    of = account(store).id
    bills = rule(store, of).id
    failed = store.mails.keep_failed(key(of), HEAD, bills, "no room", at(15), at(0))
    again = store.mails.keep_failed(key(of), HEAD, bills, "no room yet", at(30), at(15))
    assert (failed.id, failed.tries, again.id, again.tries, again.error) == (again.id, 1, failed.id, 2, "no room yet")
    assert (store.mails.due(of, at(29)), store.mails.due(of, at(30))) == ([], [again])
    taken = store.mails.keep_taken(key(of), HEAD, bills, [], at(31))
    assert (taken.id, taken.error, taken.tries) == (failed.id, "", 0)
    unmoved = store.mails.keep_failed(key(of), HEAD, bills, "no such folder", None, at(32))
    assert (unmoved.state, unmoved.tries, unmoved.error) == (MailState.TAKEN, 1, "no such folder")
    assert store.mails.due(of, at(99)) == []


def test_a_mail_that_is_wanted_once_more_in_vain_is_done_as_it_was(store: Store) -> None:
    of = account(store).id
    bills, document = rule(store, of).id, document_id(store)
    taken = store.mails.keep_taken(key(of), HEAD, bills, [document], at(1))
    store.mails.keep_done(taken.id, at(2))
    store.mails.retry(taken.id, at(3))
    later = store.mails.keep_failed(key(of), HEAD, bills, "no room", at(20), at(4))
    assert (later.state, store.mails.due(of, at(20))) == (MailState.FAILED, [later])
    gone = store.mails.keep_failed(key(of), HEAD, bills, "it is no longer in the folder", None, at(20))
    assert (gone.state, gone.error, gone.documents) == (MailState.DONE, "it is no longer in the folder", (document,))
    assert store.mails.known(of, HEAD.message_id, bills) == gone


@pytest.mark.parametrize("before", list(MailState))
def test_a_retry_is_due_at_once_and_keeps_what_is_safe(store: Store, before: MailState) -> None:
    of = account(store).id
    bills = rule(store, of).id
    mail = store.mails.keep_failed(key(of), HEAD, bills, "no room", None, at(0))
    if before in (MailState.TAKEN, MailState.DONE):
        store.mails.keep_taken(key(of), HEAD, bills, [], at(1))
    if before is MailState.DONE:
        store.mails.keep_done(mail.id, at(2))
    if before is MailState.WAITING:
        store.mails.retry(mail.id, at(2))
    again = store.mails.retry(mail.id, at(3))
    assert again.state is (MailState.TAKEN if before is MailState.TAKEN else MailState.WAITING)
    assert (again.error, again.tries, store.mails.due(of, at(3))) == ("", 0, [again])
    with pytest.raises(MailNotFound):
        store.mails.retry(MailId(99), at(3))


def test_mails_are_listed_newest_first_by_account_and_state(store: Store) -> None:
    one, two = account(store, name="one").id, account(store, name="two").id
    rules = {of: rule(store, of).id for of in (one, two)}
    made = [store.mails.keep_taken(key(of, uid), HEAD, rules[of], [], at(uid)).id for uid, of in enumerate((one, two, one, two))]
    store.mails.keep_done(made[0], at(9))

    def listed(*asked: object) -> list[MailId]:
        return [mail.id for mail in store.mails.list(*asked)]  # type: ignore[arg-type]  # passes its own arguments on

    assert listed(None, 3) == [made[3], made[2], made[1]]
    assert listed(made[1], 3) == [made[0]]
    assert listed(None, 9, one) == [made[2], made[0]]
    assert listed(None, 9, None, [MailState.DONE]) == [made[0]]
    assert listed(None, 9, two, [MailState.DONE]) == []
    with pytest.raises(MailAccountNotFound):
        listed(None, 9, AccountId(99))


def test_a_mail_stays_known_when_its_document_is_purged_or_its_rule_removed(store: Store) -> None:
    of = account(store).id
    bills = rule(store, of).id
    kept, purged = document_id(store, "kept"), document_id(store, "purged")
    taken = store.mails.keep_taken(key(of), HEAD, bills, [kept, purged], at(1))
    store.documents.delete(purged, None, at(2))
    store.documents.purge(purged)
    assert store.mails.get(taken.id).documents == (kept,)
    assert store.mails.keep_taken(key(of), HEAD, bills, [kept, purged], at(3)).documents == (kept,)
    store.mail_rules.delete(bills)
    (left,) = store.mails.find(key(of))
    assert (left.id, left.rule) == (taken.id, None)
    with pytest.raises(MailRuleNotFound):
        store.mails.keep_taken(key(of), HEAD, bills, [], at(4))
    with pytest.raises(MailAccountNotFound):
        store.mails.keep_failed(key(AccountId(99)), HEAD, bills, "x", None, at(4))


def test_nothing_is_tried_again_when_the_rule_is_removed_that_wanted_it(store: Store) -> None:
    of = account(store).id
    bills = rule(store, of).id
    mails = [store.mails.keep_failed(key(of, uid), HEAD, bills, "no room", at(9), at(1)).id for uid in (1, 2)]
    mails.append(store.mails.keep_taken(key(of, 3), HEAD, bills, [], at(1)).id)
    store.mails.retry(mails[0], at(2))
    store.mail_rules.delete(bills)
    left = [(mail.state, mail.error, mail.next_time) for mail in map(store.mails.get, mails)]
    assert left == [
        (MailState.FAILED, "its rule was removed", None),
        (MailState.FAILED, "no room", None),
        (MailState.TAKEN, "its rule was removed", None),
    ]
    assert store.mails.due(of, at(99)) == []
    with pytest.raises(MailRuleGone):
        store.mails.retry(mails[0], at(9))


def test_how_far_a_folder_was_looked_through_is_kept(store: Store) -> None:
    of = account(store).id
    assert store.mails.watermark(of, "Größe") is None
    for mark in (Watermark(1, "a" * 64, 5), Watermark(2**32 - 1, "b" * 64, 2**32 - 1)):
        store.mails.set_watermark(of, "Größe", mark)
        assert store.mails.watermark(of, "Größe") == mark
    assert store.mails.watermark(of, "INBOX") is None
    store.mail_accounts.delete(of)
    with pytest.raises(MailAccountNotFound):
        store.mails.set_watermark(of, "INBOX", Watermark(1, "", 1))


def test_of_a_mail_nobody_is_told_a_document_that_he_does_not_see(store: Store, anna: UserId) -> None:
    bert = store.users.create(UserFacts("bert", Role.EDITOR), START).id
    hers, secret = account(store, anna), brought(store, "letter", bert)
    mail = store.mails.keep_taken(key(hers.id), HEAD, rule(store, hers.id).id, [secret], at(1))
    assert (mail.documents, store.seen_by(Viewer(anna)).mails.get(mail.id).documents) == ((secret,), ())


ANOTHER_MAILBOX = [{"host": "other.example"}, {"user": "bert@example.org"}]
THE_SAME = [{"host": "IMAP.example.org", "port": 143, "name": "Mine"}]


@pytest.mark.parametrize(("change", "forgotten"), [*((one, True) for one in ANOTHER_MAILBOX), *((one, False) for one in THE_SAME)])
def test_an_account_that_means_another_mailbox_knows_none_of_its_mails(
    store: Store, anna: UserId, change: dict[str, Any], forgotten: bool
) -> None:
    of = account(store, anna)
    store.mails.keep_taken(key(of.id), HEAD, rule(store, of.id).id, [document_id(store)], at(1))
    store.mails.set_watermark(of.id, "INBOX", Watermark(1, "rules", 7))
    own = store.seen_by(Viewer(anna))
    own.mail_accounts.update(of.id, replace(of.facts, **change), Sealed("sealed:y"))
    assert (store.mails.find(key(of.id)) == [], store.mails.watermark(of.id, "INBOX") is None) == (forgotten, forgotten)
