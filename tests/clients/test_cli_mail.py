"""Mailboxes, rules and mails by the command, before the real servicers."""

import io
import json
from pathlib import Path

import pytest

from actors.mail.choosing import Check
from actors.mail.errors import MailboxRefused
from actors.mail.messages import Reached, TriedDocument, TriedMail
from actors.store.nouns.catalog import LabelFacts, LabelKind
from actors.store.nouns.identity import Role, UserFacts
from actors.store.nouns.mail import (
    AccountFacts,
    AccountId,
    CorrespondentFrom,
    MailAction,
    MailFilters,
    MailHead,
    MailKey,
    MailState,
    Proof,
    RuleId,
    Scope,
    Security,
    TitleFrom,
)
from scriba_cli.terminal import widest
from tests.clients.telling import Capture, told
from tests.service.house import NOW, House

ADD = ("mail", "add", "Private", "--host", "imap.example.org", "--user", "anna@example.org")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Answer whoever asks for a secret."""
    monkeypatch.setattr("sys.stdin", io.StringIO("s3cret\nsecond\nthird\n"))
    return monkeypatch


def secret(house: House) -> str:
    return house.seals.unseal(house.store.mail_accounts.get(AccountId(1)).secret)


def with_rule(capsys: Capture, *options: str) -> None:
    told(capsys, *ADD)
    told(capsys, "mail", "rule-add", "private", "Bills", *options)


def test_a_mailbox_is_added_shown_changed_tested_and_removed(house: House, capsys: Capture, asked: pytest.MonkeyPatch) -> None:
    lines, said = told(capsys, *ADD)
    assert (lines, said.splitlines()[0]) == ([], "new mail account: 1 Private, anna@example.org at imap.example.org")
    assert secret(house) == "s3cret"
    house.store.mail_accounts.note_error(AccountId(1), "the password is wrong", NOW)
    lines, _ = told(capsys, "mail", "accounts")
    assert lines[:2] == [
        "   Account  User              Server            Last seen",
        "1  Private  anna@example.org  imap.example.org  never",
    ]
    assert lines[2].endswith(": the password is wrong")
    edited = told(capsys, "mail", "edit", "private", "--security", "starttls", "--port", "1143", "--disable")[1]
    assert edited == "changed: 1 Private, anna@example.org at imap.example.org:1143 (starttls), disabled\n"
    assert secret(house) == "second"  # another port asks for it anew
    told(capsys, "mail", "edit", "1", "--name", "Mine", "--enable")
    facts = AccountFacts("Mine", "imap.example.org", 1143, "anna@example.org", Security.STARTTLS)
    assert (house.store.mail_accounts.get(AccountId(1)).facts, secret(house)) == (facts, "second")
    house.mailboxes.reached = Reached(("INBOX", "Größe"), ("tells new mail at once",))
    assert told(capsys, "mail", "test", "mine") == (["INBOX", "Größe"], "signed in\ntells new mail at once\n")
    told(capsys, "mail", "fetch")
    assert house.mailboxes.fetched == [1]
    house.mailboxes.failure = MailboxRefused("it says: wrong password")
    assert told(capsys, "mail", "test", "mine", code=1)[1] == "it says: wrong password\n"
    assert told(capsys, "mail", "remove", "mine")[1] == "removed: mine\n"
    assert told(capsys, "mail", "accounts")[1].startswith("no mail accounts")


def test_a_secret_comes_from_a_file_and_is_in_no_answer(house: House, capsys: Capture, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("ya29.s3cret\n")
    lines, _ = told(capsys, *ADD, "--by", "token", "--secret-file", str(tmp_path / "token"), "--json")
    account = json.loads("".join(lines))["account"]
    assert (account["has_secret"], account["secret"], account["port"]) == (True, "", 993)
    assert (secret(house), house.store.mail_accounts.get(AccountId(1)).facts.proof) == ("ya29.s3cret", Proof.TOKEN)


def test_whoever_signs_in_at_a_provider_is_asked_for_nothing_and_told_where(house: House, capsys: Capture) -> None:
    _, said = told(capsys, *ADD, "--by", "google")
    assert "/mail/sign-in?account=1" in said
    told(capsys, "mail", "edit", "private", "--host", "imap.gmail.com")
    assert house.store.mail_accounts.get(AccountId(1)).secret == ""
    assert told(capsys, "mail", "accounts")[0][-1].endswith("/mail/sign-in?account=1")


def test_a_rule_is_made_of_what_is_said_and_changed_in_what_is_said(house: House, capsys: Capture, asked: pytest.MonkeyPatch) -> None:
    house.store.users.create(UserFacts("Anna", Role.EDITOR), NOW)
    house.store.catalog.labels.create(LabelKind.STORAGE_PATH, LabelFacts("Bills"))
    filters = ("--from", "shop", "--to", "anna", "--subject", "bill", "--body", "total", "--include", "*.pdf", "--exclude", "agb*")
    filing = ("--tag", "tax", "--correspondent", "Shop", "--type", "Bill", "--path", "Bills", "--owner", "anna", "--title", "filename")
    told(capsys, *ADD)
    ways = ("--folder", "Größe", "--days", "0", "--take", "both", "--inline-images", "--then", "move:Done/2026", "--stop")
    assert told(capsys, "mail", "rule-add", "private", "Bills", *filters, *filing, *ways)[1].startswith("new rule: 1 Bills; ")
    facts = house.store.mail_rules.get(RuleId(1)).facts
    assert facts.filters == MailFilters("shop", "anna", "bill", "total", ("*.pdf",), ("agb*",), 0)
    assert (facts.folder, facts.scope, facts.inline_images, facts.last) == ("Größe", Scope.BOTH, True, True)
    assert (facts.action, facts.parameter, facts.filing.title_from) == (MailAction.MOVE, "Done/2026", TitleFrom.FILENAME)
    assert (facts.filing.correspondent_from, facts.filing.owner) == (CorrespondentFrom.FIXED, house.store.users.find("anna").id)
    rows = {line.split()[0]: line.split(maxsplit=1)[1] for line in told(capsys, "mail", "rule-show", "bills")[0] if line[0] != " "}
    assert rows["then"] == "move:Done/2026; later rules do not see it"
    assert (rows["from"], rows["tags"], rows["path"], rows["takes"]) == ("Shop", "tax", "Bills", "both, pictures among the words too")
    changes = ("--subject", "", "--exclude", "", "--then", "tag:apple:red", "--tag", "", "--sender-is", "name", "--no-stop", "--nobody")
    assert told(capsys, "mail", "rule-edit", "1", *changes)[1] == "changed: 1 Bills\n"
    after = house.store.mail_rules.get(RuleId(1)).facts
    assert after.filters == MailFilters("shop", "anna", "", "total", ("*.pdf",), (), 0)
    assert (after.action, after.parameter, after.last, after.filing.tags) == (MailAction.TAG, "apple:red", False, ())
    assert (after.filing.correspondent_from, after.filing.correspondent, after.filing.owner) == (CorrespondentFrom.NAME, None, None)


def test_rules_are_listed_and_ordered_and_those_of_one_name_are_told_apart_by_number(
    house: House, capsys: Capture, asked: pytest.MonkeyPatch
) -> None:
    with_rule(capsys)
    told(capsys, "mail", "rule-add", "1", "Letters", "--take", "mail", "--then", "nothing")
    lines, _ = told(capsys, "mail", "rule-order", "letters", "bills")
    assert [line.split() for line in lines] == [
        ["Rule", "Account", "Folder", "Takes", "Then"],
        ["2", "Letters", "Private", "INBOX", "mail", "nothing"],
        ["1", "Bills", "Private", "INBOX", "attachments", "read"],
    ]
    assert told(capsys, "mail", "rules", "private")[0] == lines
    told(capsys, "mail", "rule-edit", "2", "--name", "Bills")
    assert "say which by its number: 2, 1" in told(capsys, "mail", "rule-remove", "bills", code=1)[1]
    assert told(capsys, "mail", "rule-remove", "2")[1] == "removed: Bills\n"
    assert [rule.id for rule in house.store.mail_rules.list()] == [1]


def test_a_try_says_of_each_mail_what_would_become_of_it_and_why(house: House, capsys: Capture, asked: pytest.MonkeyPatch) -> None:
    with_rule(capsys)
    bill = TriedDocument("Your bill", "bill.pdf", "Shop")
    wrong = (Check(True, "from has “shop”"), Check(False, "subject has no “bill”"))
    house.mailboxes.mails = (
        TriedMail("shop@example.org", "Your bill", NOW, wrong[:1], (bill,)),
        TriedMail("shop@example.org", "News\x1b[2J", NOW, wrong),
        TriedMail("shop@example.org", "Old bill", NOW, wrong[:1], (bill,), known=True),
        TriedMail("", "Odd", None, error="it has more than 500 parts"),
    )
    lines, _ = told(capsys, "mail", "try", "bills", "-n", "5")
    assert lines == [
        "takes  2026-11-25  shop@example.org  Your bill",
        "    → Your bill (bill.pdf), from Shop",
        "leaves 2026-11-25  shop@example.org  News\ufffd[2J",
        "    subject has no “bill”",
        "known  2026-11-25  shop@example.org  Old bill",
        "    was taken before, and would not be again",
        "    → Your bill (bill.pdf), from Shop",
        "error                Odd",
        "    it has more than 500 parts",
    ]
    assert house.mailboxes.tried[0][1:] == (RuleId(1), 5)
    house.mailboxes.mails = ()
    assert told(capsys, "mail", "try", "1")[1] == "there is no mail in the folder\n"


def test_mails_are_listed_with_why_they_failed_and_looked_at_again(house: House, capsys: Capture, asked: pytest.MonkeyPatch) -> None:
    with_rule(capsys)
    assert told(capsys, "mail", "list")[1] == "no mails\n"
    document = int(house.accept("bill"))
    for uid in (1, 2, 3):
        key, head = MailKey(AccountId(1), "INBOX", 1, uid), MailHead(f"<{uid}>", "shop@example.org", f"bill {uid}", NOW)
        if uid == 2:
            house.store.mails.keep_taken(key, head, RuleId(1), [document], NOW)  # type: ignore[list-item]  # its id
        else:
            house.store.mails.keep_failed(key, head, RuleId(1), "no room", None, NOW)
    lines, _ = told(capsys, "mail", "list")
    assert [line.split() for line in lines[:3]] == [
        ["Mail", "Sent", "From", "Subject", "State", "Documents"],
        ["3", "2026-11-25", "shop@example.org", "bill", "3", "failed"],
        ["2", "2026-11-25", "shop@example.org", "bill", "2", "taken", str(document)],
    ]
    assert lines[4] == "3: no room (tried 1 time, not again by itself)"
    assert len(told(capsys, "mail", "list", "--state", "failed", "--account", "private", "-n", "1")[0]) == 3
    assert told(capsys, "mail", "retry", "--failed")[1] == "waiting: 3 bill 3\nwaiting: 1 bill 1\n"
    assert {mail.state for mail in house.store.mails.list(None, 9)} == {MailState.TAKEN, MailState.WAITING}
    assert told(capsys, "mail", "retry", "--failed")[1] == "no mail has failed\n"
    assert json.loads("".join(told(capsys, "mail", "retry", "2", "--json")[0]))["mail"]["state"] == "MAIL_STATE_TAKEN"


def test_long_texts_share_the_width_that_days_and_numbers_leave(house: House, capsys: Capture, asked: pytest.MonkeyPatch) -> None:
    with_rule(capsys)
    head = MailHead("<1>", "accounts.receivable@wholesale.example.org", "Your bill for " + "very " * 30 + "much", NOW)
    house.store.mails.keep_taken(MailKey(AccountId(1), "INBOX", 1, 1), head, RuleId(1), [int(house.accept("bill"))], NOW)  # type: ignore[list-item]  # its id
    _, row = told(capsys, "mail", "list")[0]
    assert row.split()[:2] == ["1", "2026-11-25"]
    assert row.split()[-2:] == ["taken", "1"]
    assert len(row) <= 80
    assert [widest(widths, 20) for widths in ([], [7], [30], [5, 30], [30, 30], [10, 10], [1, 9, 40])] == [0, 7, 20, 15, 10, 10, 10]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("add", "x", "--host", "h"), 2),
        (("edit", "private"), 2),
        (("edit", "nobody", "--disable"), 1),
        (("test", "99"), 1),
        (("rule-add", "private", "x", "--then", "burn"), 2),
        (("rule-add", "private", "x", "--then", "move"), 2),
        (("rule-add", "private", "x", "--then", "read:me"), 2),
        (("rule-add", "private", "x", "--then", "tag:"), 2),
        (("rule-add", "private", "x", "--sender-is", "name", "--correspondent", "Shop"), 2),
        (("rule-add", "private", "x", "--owner", "anna", "--nobody"), 2),
        (("rule-add", "private", "x", "--path", "unknown"), 1),
        (("rule-edit", "bills"), 2),
        (("rule-show", "99"), 1),
        (("retry",), 2),
        (("retry", "1", "--failed"), 2),
        (("retry", "99"), 1),
    ],
)
def test_what_cannot_be_is_said(house: House, capsys: Capture, asked: pytest.MonkeyPatch, words: tuple[str, ...], code: int) -> None:
    with_rule(capsys)
    told(capsys, "mail", *words, code=code)
