"""Mailboxes and rules by the contract: each its owner's, and secrets go in and never out, to no host that did not have them."""

from typing import Any

import grpc
import pytest
from google.protobuf.field_mask_pb2 import FieldMask

from actors.mail.choosing import Check
from actors.mail.errors import MailboxAway, MailboxRefused, NoFolder
from actors.mail.messages import Reached, TriedDocument, TriedMail
from actors.store.nouns.catalog import LabelFacts, LabelKind
from actors.store.nouns.identity import Role
from actors.store.nouns.mail import AccountId, MailHead, MailKey, MailState, RuleId
from daemon.service.mail import accounts, rules
from scriba.v1 import mail_pb2 as pb
from scriba.v1.mail_pb2_grpc import MailServiceStub
from tests.service.house import NOW, TOKEN, House, bearer, failing
from tests.service.people import Person, person

LOCAL = TOKEN
ACCOUNT: dict[str, Any] = {"name": "Private", "host": "imap.example.org", "user": "anna@example.org", "secret": "s3cret"}


async def call(house: House, rpc: str, request: Any, who: str = LOCAL) -> Any:
    return await getattr(MailServiceStub(house.channel), rpc)(request, metadata=bearer(who))


async def account(house: House, who: str = LOCAL, **said: Any) -> pb.MailAccount:
    answer = await call(house, "CreateMailAccount", pb.CreateMailAccountRequest(account=pb.MailAccount(**ACCOUNT | said)), who)
    told: pb.MailAccount = answer.account
    return told


async def changed(house: House, told: pb.MailAccount, *paths: str, who: str = LOCAL) -> pb.MailAccount:
    request = pb.UpdateMailAccountRequest(account=told, update_mask=FieldMask(paths=paths))
    answer: pb.MailAccount = (await call(house, "UpdateMailAccount", request, who)).account
    return answer


async def rule(house: House, of: str, who: str = LOCAL, **said: Any) -> pb.MailRule:
    request = pb.CreateMailRuleRequest(rule=pb.MailRule(**{"name": "Bills", "account_id": of} | said))
    told: pb.MailRule = (await call(house, "CreateMailRule", request, who)).rule
    return told


async def ruled(house: House, told: pb.MailRule, *paths: str, who: str = LOCAL) -> pb.MailRule:
    request = pb.UpdateMailRuleRequest(rule=told, update_mask=FieldMask(paths=paths))
    answer: pb.MailRule = (await call(house, "UpdateMailRule", request, who)).rule
    return answer


def secret(house: House, of: pb.MailAccount) -> str:
    return house.seals.unseal(house.store.mail_accounts.get(AccountId(int(of.id))).secret)


async def test_an_account_is_told_as_it_was_made_with_what_is_usual_and_without_its_secret(house: House, anna: Person) -> None:
    made = await account(house, anna.id)
    assert made == pb.MailAccount(
        **ACCOUNT | {"secret": ""},
        id=made.id,
        etag="1",
        port=993,
        security=pb.MAIL_SECURITY_TLS,
        proof=pb.MAIL_PROOF_PASSWORD,
        has_secret=True,
        owner_id=anna.id,
    )
    plain = await account(house, anna.id, name="Work", security=pb.MAIL_SECURITY_STARTTLS, proof=pb.MAIL_PROOF_TOKEN, disabled=True)
    assert (plain.port, plain.proof, plain.disabled) == (143, pb.MAIL_PROOF_TOKEN, True)
    listed = await call(house, "ListMailAccounts", pb.ListMailAccountsRequest(), anna.id)
    assert list(listed.accounts) == [made, plain]
    assert "s3cret" not in str(listed)
    assert secret(house, made) == "s3cret"
    assert all("s3cret" not in kept for kept in house.store.secrets.kept())


async def test_an_account_at_a_provider_has_no_secret_until_somebody_signs_in_there(house: House, anna: Person) -> None:
    made = await account(house, anna.id, host="imap.gmail.com", proof=pb.MAIL_PROOF_GOOGLE, secret="")
    assert (made.has_secret, made.sign_in_path) == (False, f"/mail/sign-in?account={made.id}")
    listed = await call(house, "ListMailAccounts", pb.ListMailAccountsRequest(), anna.id)
    assert list(listed.providers) == [pb.MAIL_PROOF_GOOGLE]


@pytest.mark.parametrize(
    ("said", "violation"),
    [
        ({"proof": pb.MAIL_PROOF_MICROSOFT, "secret": ""}, "account.proof"),
        ({"proof": pb.MAIL_PROOF_GOOGLE, "secret": "s3cret"}, "account.secret"),
    ],
)
async def test_what_no_provider_gives_is_no_account_of_its(house: House, anna: Person, said: dict[str, Any], violation: str) -> None:
    failure = await failing(account(house, anna.id, **said))
    assert (failure.code, list(failure.violations)) == (grpc.StatusCode.INVALID_ARGUMENT, [violation])


async def test_a_token_of_a_provider_goes_to_no_other_host(house: House, anna: Person) -> None:
    made = await account(house, anna.id, proof=pb.MAIL_PROOF_GOOGLE, secret="")
    house.store.mail_accounts.renew_secret(AccountId(int(made.id)), house.seals.seal("a grant"), 1)
    renamed = await changed(house, pb.MailAccount(id=made.id, name="Google"), "name", who=anna.id)
    assert renamed.has_secret
    moved = await changed(house, pb.MailAccount(id=made.id, host="evil.example"), "host", who=anna.id)
    assert not moved.has_secret


@pytest.mark.parametrize(
    ("said", "path"),
    [({"host": "evil.example"}, "host"), ({"port": 1993}, "port"), ({"user": "bert"}, "user"), ({"proof": pb.MAIL_PROOF_TOKEN}, "proof")],
)
async def test_a_secret_goes_to_no_other_host_and_stands_for_nobody_else(house: House, said: dict[str, Any], path: str) -> None:
    made = await account(house)
    failure = await failing(changed(house, pb.MailAccount(id=made.id, **said), path))
    assert failure.violations == {"account.secret": "must be given anew with another host, port, user or proof"}
    assert (await changed(house, pb.MailAccount(id=made.id, host="IMAP.example.org"), "host")).host == "IMAP.example.org"
    await changed(house, pb.MailAccount(id=made.id, secret="new", **said), path, "secret")
    assert secret(house, made) == "new"


async def test_an_account_changes_by_what_the_mask_names(house: House) -> None:
    made = await account(house)
    off = await changed(house, pb.MailAccount(id=made.id, etag=made.etag, name="x", disabled=True), "disabled")
    assert (off.name, off.disabled, off.has_secret, secret(house, off)) == ("Private", True, True, "s3cret")
    assert (await failing(changed(house, pb.MailAccount(id=made.id, etag=made.etag, name="x"), "name"))).code is grpc.StatusCode.ABORTED
    assert set(accounts.PATHS) < {field.name for field in pb.MailAccount.DESCRIPTOR.fields}
    other = await account(house, name="Other")
    assert (await failing(changed(house, pb.MailAccount(id=other.id, name="private"), "name"))).reason == "NAME_TAKEN"
    await call(house, "DeleteMailAccount", pb.DeleteMailAccountRequest(id=made.id))
    assert [one.id for one in (await call(house, "ListMailAccounts", pb.ListMailAccountsRequest())).accounts] == [other.id]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": " \n"}, "account.name"),
        ({"host": ""}, "account.host"),
        ({"host": "imaps://imap.example.org"}, "account.host"),
        ({"host": "imap.example.org:993"}, "account.host"),
        ({"host": "anna@imap.example.org"}, "account.host"),
        ({"user": ""}, "account.user"),
        ({"secret": ""}, "account.secret"),
        ({"secret": "s3cret\r\nA1 DELETE INBOX"}, "account.secret"),
        ({"port": 65536}, "account.port"),
        ({"security": 9}, "account.security"),
    ],
)
async def test_what_is_no_account_is_refused_without_a_word_of_its_secret(house: House, said: dict[str, Any], field: str) -> None:
    failure = await failing(account(house, **said))
    assert list(failure.violations) == [field]
    assert "s3cret" not in str(failure)


@pytest.mark.parametrize("host", ["imap", "127.0.0.1", "2001:db8::1", "bücher.example"])
async def test_a_host_is_a_name_or_an_address(house: House, host: str) -> None:
    assert (await account(house, host=host)).host == host


async def test_accounts_rules_and_mails_are_their_owners_and_administrators(house: House, anna: Person, bert: Person) -> None:
    hers = await account(house, anna.id)
    bills = await rule(house, hers.id, anna.id)
    key, head = MailKey(AccountId(int(hers.id)), "INBOX", 1, 1), MailHead("<1>", "shop", "bill", NOW)
    mail = house.store.mails.keep_failed(key, head, RuleId(int(bills.id)), "no room", None, NOW)
    for rpc, request, reason in (
        ("TestMailAccount", pb.TestMailAccountRequest(id=hers.id), "MAIL_ACCOUNT_NOT_FOUND"),
        ("FetchMail", pb.FetchMailRequest(account_id=hers.id), "MAIL_ACCOUNT_NOT_FOUND"),
        ("ListMails", pb.ListMailsRequest(account_id=hers.id), "MAIL_ACCOUNT_NOT_FOUND"),
        ("TryMailRule", pb.TryMailRuleRequest(rule=bills), "MAIL_ACCOUNT_NOT_FOUND"),
        ("DeleteMailRule", pb.DeleteMailRuleRequest(id=bills.id), "MAIL_RULE_NOT_FOUND"),
        ("RetryMail", pb.RetryMailRequest(id=str(mail.id)), "MAIL_NOT_FOUND"),
    ):
        assert (await failing(call(house, rpc, request, bert.id))).reason == reason
    assert (house.mailboxes.tested, house.mailboxes.tried) == ([], [])
    assert list((await call(house, "ListMailRules", pb.ListMailRulesRequest(), bert.id)).rules) == []
    assert list((await call(house, "ListMails", pb.ListMailsRequest(), bert.id)).mails) == []
    await call(house, "FetchMail", pb.FetchMailRequest(), bert.id)
    assert house.mailboxes.fetched == []
    await call(house, "FetchMail", pb.FetchMailRequest())
    assert house.mailboxes.fetched == [int(hers.id)]
    assert (await ruled(house, pb.MailRule(id=bills.id, name="y"), "name")).owner_id == anna.id
    viewer = person(house, "Vera", Role.VIEWER)
    assert (await failing(account(house, viewer.id))).reason == "ROLE_TOO_LOW"


async def test_a_rule_is_told_as_it_was_made_and_new_names_make_labels(house: House, anna: Person) -> None:
    of = await account(house, anna.id)
    house.store.catalog.labels.create(LabelKind.STORAGE_PATH, LabelFacts("Bills"))
    filters = pb.MailFilters(to="anna", subject="bill", body="total", include=["*.pdf"], exclude=["agb*"], most_days=0)
    setattr(filters, "from", "shop")
    said: dict[str, Any] = {
        "folder": "Größe/Rechnungen",
        "filters": filters,
        "scope": pb.MAIL_SCOPE_BOTH,
        "inline_images": True,
        "title": pb.MAIL_TITLE_FILENAME,
        "correspondent_from": pb.MAIL_CORRESPONDENT_FIXED,
        "correspondent": "Shop",
        "tags": ["tax", "mail"],
        "document_type": "Bill",
        "storage_path": "bills",
        "action": pb.MAIL_ACTION_MOVE,
        "action_parameter": "Done",
        "stop": True,
        "disabled": True,
    }
    made = await rule(house, of.id, anna.id, **said)
    wanted = said | {"id": made.id, "etag": "1", "name": "Bills", "account_id": of.id, "owner_id": anna.id, "storage_path": "Bills"}
    assert made == pb.MailRule(**wanted)
    usual = await rule(house, of.id, anna.id)
    assert (usual.folder, usual.filters.most_days, usual.scope) == ("INBOX", 30, pb.MAIL_SCOPE_ATTACHMENTS)
    assert (usual.title, usual.correspondent_from) == (pb.MAIL_TITLE_SUBJECT, pb.MAIL_CORRESPONDENT_NONE)
    assert usual.action == pb.MAIL_ACTION_MARK_READ
    listed = await call(house, "ListMailRules", pb.ListMailRulesRequest(account_id=of.id), anna.id)
    assert list(listed.rules) == [made, usual]
    assert [label.name for label in house.store.catalog.labels.list(LabelKind.TAG, None, 9)] == ["mail", "tax"]


async def test_a_rule_changes_by_what_the_mask_names(house: House, anna: Person, bert: Person) -> None:
    of = await account(house, anna.id)
    made = await rule(house, of.id, anna.id, tags=["tax"], action=pb.MAIL_ACTION_TAG, action_parameter="done")
    off = await ruled(house, pb.MailRule(id=made.id, name="x", disabled=True), "disabled", who=anna.id)
    assert (off.disabled, off.name, list(off.tags), off.owner_id) == (True, "Bills", ["tax"], anna.id)
    plain = await ruled(house, pb.MailRule(id=made.id, action=pb.MAIL_ACTION_DELETE), "action", who=anna.id)
    assert (plain.action, plain.action_parameter) == (pb.MAIL_ACTION_DELETE, "")
    failure = await failing(ruled(house, pb.MailRule(id=made.id, action=pb.MAIL_ACTION_MOVE), "action", who=anna.id))
    assert failure.violations == {"rule.action_parameter": "must be the folder to move mails to"}
    assert (await ruled(house, pb.MailRule(id=made.id, owner_id=""), "owner_id", who=anna.id)).owner_id == ""
    for refused in (
        ruled(house, pb.MailRule(id=made.id, owner_id=bert.id), "owner_id", who=anna.id),
        rule(house, of.id, anna.id, owner_id=bert.id),
    ):
        assert (await failing(refused)).reason == "NOT_YOURS"
    assert (await failing(ruled(house, pb.MailRule(id=made.id, account_id="9"), "account_id"))).reason == "PATH_REFUSED"
    assert set(rules.PATHS) < {field.name for field in pb.MailRule.DESCRIPTOR.fields}


@pytest.mark.parametrize(
    ("said", "reason", "field"),
    [
        ({"name": ""}, "INVALID_REQUEST", "rule.name"),
        ({"action": pb.MAIL_ACTION_MOVE}, "INVALID_REQUEST", "rule.action_parameter"),
        ({"action": pb.MAIL_ACTION_TAG}, "INVALID_REQUEST", "rule.action_parameter"),
        ({"action": pb.MAIL_ACTION_MOVE, "action_parameter": "INBOX"}, "INVALID_REQUEST", "rule.action_parameter"),
        ({"correspondent_from": pb.MAIL_CORRESPONDENT_FIXED}, "INVALID_REQUEST", "rule.correspondent"),
        ({"filters": pb.MailFilters(most_days=-1)}, "INVALID_REQUEST", "rule.filters.most_days"),
        ({"tags": ["\u202e"]}, "INVALID_REQUEST", "rule.tags"),
        ({"storage_path": "unknown"}, "LABEL_NOT_FOUND", ""),
        ({"account_id": "99"}, "MAIL_ACCOUNT_NOT_FOUND", ""),
    ],
)
async def test_what_is_no_rule_is_refused(house: House, said: dict[str, Any], reason: str, field: str) -> None:
    failure = await failing(rule(house, (await account(house)).id, **said))
    assert (failure.reason, list(failure.violations)) == (reason, [field] if field else [])


async def test_rules_of_an_account_are_put_into_an_order(house: House) -> None:
    of = await account(house)
    first, second = [(await rule(house, of.id, name=name)).id for name in "ab"]
    await call(house, "ReorderMailRules", pb.ReorderMailRulesRequest(account_id=of.id, rule_ids=[second, first]))
    listed = await call(house, "ListMailRules", pb.ListMailRulesRequest())
    assert [one.id for one in listed.rules] == [second, first]
    failure = await failing(call(house, "ReorderMailRules", pb.ReorderMailRulesRequest(account_id=of.id, rule_ids=[first])))
    assert failure.reason == "ORDER_INCOMPLETE"
    await call(house, "DeleteMailRule", pb.DeleteMailRuleRequest(id=first))
    assert len((await call(house, "ListMailRules", pb.ListMailRulesRequest(account_id=of.id))).rules) == 1


async def test_whoever_looks_at_mailboxes_hears_of_every_change(house: House) -> None:
    of = await account(house)
    made = await rule(house, of.id)
    await changed(house, pb.MailAccount(id=of.id, disabled=True), "disabled")
    await ruled(house, pb.MailRule(id=made.id, stop=True), "stop")
    await call(house, "ReorderMailRules", pb.ReorderMailRulesRequest(account_id=of.id, rule_ids=[made.id]))
    await call(house, "DeleteMailRule", pb.DeleteMailRuleRequest(id=made.id))
    await call(house, "DeleteMailAccount", pb.DeleteMailAccountRequest(id=of.id))
    assert house.mailboxes.heeded == 7


async def test_a_test_tells_what_is_there_or_what_is_wrong(house: House) -> None:
    of, house.mailboxes.reached = await account(house), Reached(("INBOX", "Größe"), ("tells new mail at once",))
    answer = await call(house, "TestMailAccount", pb.TestMailAccountRequest(id=of.id))
    assert answer == pb.TestMailAccountResponse(folders=["INBOX", "Größe"], notes=["tells new mail at once"])
    for error, code, reason in (
        (MailboxRefused("it says: wrong password"), grpc.StatusCode.FAILED_PRECONDITION, "MAILBOX_REFUSED"),
        (MailboxAway("no answer within 30 s"), grpc.StatusCode.UNAVAILABLE, "MAILBOX_AWAY"),
    ):
        house.mailboxes.failure = error
        failure = await failing(call(house, "TestMailAccount", pb.TestMailAccountRequest(id=of.id)))
        assert (failure.code, failure.reason, failure.message) == (code, reason, str(error))


async def test_a_try_tells_what_would_become_of_mails_and_makes_no_label(house: House) -> None:
    of = await account(house)
    checks = (Check(True, "from has “shop”"), Check(False, "it is older than 30 days"))
    wanted = TriedMail("shop@example.org", "bill", NOW, checks[:1], (TriedDocument("bill", "bill.pdf", "Shop"),), known=True)
    house.mailboxes.mails = (wanted, TriedMail("x@example.org", "news", None, checks, error="it has more than 500 parts"))
    asked = pb.MailRule(name="new", account_id=of.id, tags=["new"], document_type="new", folder="Work")
    answer = await call(house, "TryMailRule", pb.TryMailRuleRequest(rule=asked))
    bill, news = answer.mails
    assert (getattr(bill, "from"), bill.matched, bill.known, bill.documents[0].correspondent) == ("shop@example.org", True, True, "Shop")
    assert (news.matched, [check.passed for check in news.checks], news.error) == (False, [True, False], "it has more than 500 parts")
    ((facts, kept, most),) = house.mailboxes.tried
    assert (facts.folder, facts.filing.tags, kept, most) == ("Work", (), None, 20)
    assert house.store.catalog.labels.all() == []
    fixed = pb.MailRule(id="7", name="x", account_id=of.id, correspondent_from=pb.MAIL_CORRESPONDENT_FIXED, correspondent="Bank")
    answer = await call(house, "TryMailRule", pb.TryMailRuleRequest(rule=fixed, mails=5))
    assert (answer.mails[0].documents[0].correspondent, house.mailboxes.tried[-1][1:]) == ("Bank", (7, 5))
    house.mailboxes.failure = NoFolder("there is no folder “Work”")
    assert (await failing(call(house, "TryMailRule", pb.TryMailRuleRequest(rule=asked)))).reason == "NO_SUCH_FOLDER"


async def test_what_became_of_mails_is_told_in_pages_and_one_is_looked_at_again(house: House) -> None:
    of = await account(house)
    bills, documents = RuleId(int((await rule(house, of.id)).id)), [house.accept("bill")]
    head = MailHead("<1>", "shop@example.org", "bill", NOW)
    keys = [MailKey(AccountId(int(of.id)), "INBOX", 1, uid) for uid in (1, 2, 3)]
    failed = house.store.mails.keep_failed(keys[0], head, bills, "no room", NOW, NOW)
    taken = house.store.mails.keep_taken(keys[1], head, bills, [int(documents[0])], NOW)  # type: ignore[list-item]  # its id
    house.store.mails.keep_done(house.store.mails.keep_taken(keys[2], head, bills, [], NOW).id, NOW)
    first = await call(house, "ListMails", pb.ListMailsRequest(page_size=2))
    second = await call(house, "ListMails", pb.ListMailsRequest(page_size=2, page_token=first.next_page_token))
    assert [[one.id for one in page.mails] for page in (first, second)] == [["3", str(taken.id)], [str(failed.id)]]
    assert second.next_page_token == ""
    told = first.mails[1]
    assert (told.state, list(told.document_ids), told.rule_id, told.subject) == (pb.MAIL_STATE_TAKEN, documents, str(bills), "bill")
    assert getattr(told, "from") == "shop@example.org"
    only = await call(house, "ListMails", pb.ListMailsRequest(account_id=of.id, state=pb.MAIL_STATE_FAILED))
    assert [(one.id, one.error, one.tries) for one in only.mails] == [(str(failed.id), "no room", 1)]
    assert (await failing(call(house, "ListMails", pb.ListMailsRequest(page_token="forged")))).code is grpc.StatusCode.INVALID_ARGUMENT
    heard = house.mailboxes.heeded
    again = await call(house, "RetryMail", pb.RetryMailRequest(id=str(failed.id)))
    assert (again.mail.state, again.mail.error, house.mailboxes.heeded) == (pb.MAIL_STATE_WAITING, "", heard + 1)
    assert house.store.mails.get(failed.id).state is MailState.WAITING
