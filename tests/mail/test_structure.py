"""Servers tell what a mail is made of; what is not sure is fetched."""

import pytest

from actors.mail.answers import AnswerUnreadable, Piece, read_fetched, read_values
from actors.mail.structure import leaves_of, may_be_wanted
from actors.store.nouns.mail import AccountId, MailFilters, RuleFacts, Scope

TEXT = b'("text" "plain" ("charset" "utf-8") NIL NIL "7bit" 12 1 NIL NIL NIL NIL)'
PDFS = MailFilters(include=("*.pdf",), exclude=("terms*",))


def file(parameters: bytes, disposition: bytes = b'("attachment" NIL)', kind: bytes = b'"application" "octet-stream"') -> bytes:
    return b"(" + kind + b" (" + parameters + b') NIL NIL "base64" 80 NIL ' + disposition + b" NIL NIL)"


def wanted(structure: bytes, filters: MailFilters = PDFS, scope: Scope = Scope.ATTACHMENTS) -> bool:
    (value,) = read_values([structure])
    return may_be_wanted(list(leaves_of(value)), RuleFacts("bills", AccountId(1), filters=filters, scope=scope))


@pytest.mark.parametrize(
    "structure",
    [
        TEXT,
        b"(" + TEXT + file(b'"name" "terms.pdf"') + b' "mixed")',
        b"(" + TEXT + file(b'"NAME" "photo.jpg"') + b' "mixed" ("boundary" "a.pdf") NIL NIL NIL)',
        b"((" + TEXT + TEXT + b' "alternative")' + file(b'"name" "a.doc"', b'("attachment" ("filename" "a.doc"))') + b' "mixed")',
        b"(" + TEXT + file(b'"name" "a.pdf"', kind=b'"application" "pgp-signature"') + b' "signed")',
    ],
)
def test_a_mail_in_which_surely_nothing_is_wanted_is_not_fetched(structure: bytes) -> None:
    assert not wanted(structure)
    assert wanted(structure, scope=Scope.BOTH)


@pytest.mark.parametrize(
    "structure",
    [
        b"(" + TEXT + file(b'"name" "Invoice.PDF"') + b' "mixed")',
        b"(" + TEXT + file(b'"name" "a.doc"', b'("attachment" ("filename" "a.pdf"))') + b' "mixed")',
        b"(" + TEXT + file(b'"name" "=?utf-8?q?a=2Epdf?="') + b' "mixed")',
        b"(" + TEXT + file(b'"name*" "utf-8\'\'a%2epdf"') + b' "mixed")',
        b"(" + TEXT + file(b'"name*0" "a.p" "name*1" "df"') + b' "mixed")',
        b"(" + TEXT + file(b'"charset" "x"') + b' "mixed")',
        b'("text" "plain" NIL NIL NIL "7bit" 12 1 NIL ("attachment" NIL) NIL NIL)',
        b'("message" "rfc822" ("name" "mail.txt") NIL NIL "7bit" 80 ("date" "subject" NIL NIL NIL NIL NIL NIL NIL NIL) ' + TEXT + b" 3)",
        b"NIL",
    ],
)
def test_a_mail_in_which_something_may_be_wanted_is_fetched(structure: bytes) -> None:
    assert wanted(structure)


def test_answers_are_read_whatever_stands_in_literals() -> None:
    pieces: list[Piece] = [
        (b'1 (UID 7 BODYSTRUCTURE ("a" {3}', b')("'),
        (b" NIL) RFC822.SIZE 20 BODY[HEADER.FIELDS (TO)] {2}", b"\r\n"),
        b")",
    ]
    assert list(read_fetched([*pieces, b"2 (FLAGS (\\Seen))", None])) == [
        {b"UID": b"7", b"BODYSTRUCTURE": [b"a", b')("', None], b"RFC822.SIZE": b"20", b"BODY[HEADER.FIELDS (TO)]": b"\r\n"},
        {b"FLAGS": [b"\\Seen"]},
    ]


@pytest.mark.parametrize("text", [b"(", b")", b'"', b"(" * 61 + b")" * 61, b"a]b("])
def test_what_is_no_answer_is_told(text: bytes) -> None:
    with pytest.raises(AnswerUnreadable):
        read_values([text])
