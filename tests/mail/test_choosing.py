"""Rules mean the mails that they describe, and want of them what they say."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from actors.letters.letter import read_letter
from actors.mail.choosing import choose
from actors.mail.naming import correspondent_for, filename_for, title_for
from actors.store.nouns.mail import AccountId, CorrespondentFrom, MailFilters, RuleFacts, Scope, TitleFrom
from tests.letters.writing import mail, with_file, with_picture

NOW = datetime(2026, 11, 28, tzinfo=UTC)
RULE = RuleFacts("bills", AccountId(1))
INVOICE = read_letter(bytes(with_file(with_file(with_picture(mail()), "Invoice.PDF"), "terms.txt", b"words", "text/plain")))


@pytest.mark.parametrize(
    ("filters", "matched"),
    [
        (MailFilters(), True),
        (MailFilters(sender="ERIKA"), True),
        (MailFilters(sender="@example.org"), True),
        (MailFilters(sender="max"), False),
        (MailFilters(recipient="us@"), True),
        (MailFilters(recipient="erika"), False),
        (MailFilters(subject="invoice", body="hello"), True),
        (MailFilters(subject="invoice", body="goodbye"), False),
        (MailFilters(include=("*.pdf",)), True),
        (MailFilters(include=("*.docx",)), False),
        (MailFilters(include=("*.pdf",), exclude=("inv*",)), False),
        (MailFilters(most_days=26), True),
        (MailFilters(most_days=25), False),
        (MailFilters(most_days=0), True),
    ],
)
def test_a_rule_means_mails_that_meet_all_of_its_filters(filters: MailFilters, matched: bool) -> None:
    choice = choose(replace(RULE, filters=filters), INVOICE, NOW)
    assert (choice.matched, all(check.reason for check in choice.checks)) == (matched, True)
    assert matched or not choice.parts


@pytest.mark.parametrize(
    ("rule", "names", "whole"),
    [
        (RULE, ["Invoice.PDF", "terms.txt"], False),
        (replace(RULE, inline_images=True), ["logo.png", "Invoice.PDF", "terms.txt"], False),
        (replace(RULE, filters=MailFilters(exclude=("*.txt",))), ["Invoice.PDF"], False),
        (replace(RULE, scope=Scope.MAIL), [], True),
        (replace(RULE, scope=Scope.BOTH), ["Invoice.PDF", "terms.txt"], True),
    ],
)
def test_a_rule_wants_what_it_says_of_a_mail(rule: RuleFacts, names: list[str], whole: bool) -> None:
    choice = choose(rule, INVOICE, NOW)
    assert ([part.name for part in choice.parts], choice.whole) == (names, whole)


def test_signatures_are_never_wanted() -> None:
    signed = read_letter(bytes(with_file(mail(), "smime.p7s", b"bytes", "application/pkcs7-signature")))
    assert choose(RULE, signed, NOW).parts == ()


def test_documents_are_called_as_the_rule_says() -> None:
    part = INVOICE.parts[1]
    assert [title_for(INVOICE, part, each) for each in TitleFrom] == ["Invoice 7", "Invoice", None]
    assert (title_for(INVOICE, None, TitleFrom.NONE), filename_for(INVOICE, None)) == ("Invoice 7", "Invoice 7.eml")


def test_a_file_without_a_name_is_called_by_its_mail_and_its_place() -> None:
    letter = read_letter(b"Subject: Scan\nContent-Type: application/pdf\n\nwords")
    assert filename_for(letter, letter.parts[0]) == "Scan 1"


def test_the_correspondent_is_who_the_rule_says() -> None:
    named = [correspondent_for(INVOICE, each) for each in CorrespondentFrom]
    assert named == [None, "Erika Muster", "erika@example.org", None]
    unnamed = read_letter(b"From: erika@example.org\n\nwords")
    assert correspondent_for(unnamed, CorrespondentFrom.NAME) == "erika@example.org"
