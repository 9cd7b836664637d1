"""Mails are taken apart as people see them, however wrongly they are written."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from actors.letters.errors import MailUnreadable
from actors.letters.letter import DEEPEST, MOST_PARTS, read_letter
from tests.letters.writing import PNG, mail, with_file, with_picture

HEADERS = [b"Subject: ", b"From: ", b"Date: ", b"Content-Type: ", b"Content-Disposition: attachment; filename=", b""]


def nested(levels: int) -> bytes:
    heads = "".join(f'Content-Type: multipart/mixed; boundary="b{level}"\n\n--b{level}\n' for level in range(levels))
    return f"Subject: deep\n{heads}Content-Type: text/plain\n\nwords\n".encode()


def test_a_mail_tells_who_wrote_it_when_and_what() -> None:
    letter = read_letter(bytes(mail("Größe – 7 €", "Jörg <joerg@example.org>", "Grüße\n")))
    assert (letter.sender_name, letter.sender, letter.recipients) == ("Jörg", "joerg@example.org", ("us@example.net",))
    assert (letter.subject, letter.text, letter.message_id) == ("Größe – 7 €", "Grüße", "<1@example.org>")
    assert letter.sent_time == datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def test_a_file_comes_with_its_name_kind_and_bytes() -> None:
    (part,) = read_letter(bytes(with_file(mail(), "Rechnung März.pdf"))).parts
    assert (part.name, part.mime_type, part.content(), part.inline) == ("Rechnung März.pdf", "application/pdf", b"%PDF-1.7 words", False)


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ("attachment; filename=ci\u00eble.txt", "ciële.txt"),
        ("attachment; filename==?utf-8?B?VGhpcyBpcyBhIHRlc3QucGRm?=", "This is a test.pdf"),
        ('attachment; filename="=?iso-8859-1?Q?M=E4rz?= =?iso-8859-1?Q?_2026=2Epdf?="', "März 2026.pdf"),
        ("attachment; filename*0*=utf-8''Gr%C3%B6; filename*1*=%C3%9Fe.pdf", "Größe.pdf"),
        ("attachment", ""),
    ],
)
def test_names_are_read_however_they_are_written(disposition: str, name: str) -> None:
    data = f"Content-Type: application/pdf\nContent-Disposition: {disposition}\n\nwords".encode()
    assert [part.name for part in read_letter(data).parts] == [name]


def test_a_picture_is_inline_where_the_mail_shows_it_and_a_file_where_it_does_not() -> None:
    assert [part.inline for part in read_letter(bytes(with_picture(mail()))).parts] == [True]
    assert [(part.inline, part.content()) for part in read_letter(bytes(with_picture(mail(), shown=False))).parts] == [(False, PNG)]


def test_an_attached_mail_is_one_file_with_the_bytes_that_it_had() -> None:
    inner = bytes(with_file(mail("Forwarded", text="From here on it is long " * 20)))
    data = (
        b'Subject: See below\nContent-Type: multipart/mixed; boundary="x"\n\n--x\nContent-Type: message/rfc822\n\n' + inner + b"\n--x--\n"
    )
    (part,) = read_letter(data).parts
    assert (part.name, part.mime_type, part.content().strip()) == ("Forwarded.eml", "message/rfc822", inner.strip())


@pytest.mark.parametrize("date", ["", "yesterday", "Mon, 99 Nov 2026 10:00:00 +0100", "Mon, 02 Nov 2026 10:00:00 +9999"])
def test_a_date_that_is_none_is_none(date: str) -> None:
    assert read_letter(f"Date: {date}\n\nwords".encode()).sent_time is None


def test_as_many_parts_are_read_as_are_allowed_and_no_more() -> None:
    part = b"--x\nContent-Type: application/pdf\n\nwords\n"
    head = b'Content-Type: multipart/mixed; boundary="x"\n\n'
    assert len(read_letter(head + part * MOST_PARTS + b"--x--").parts) == MOST_PARTS
    with pytest.raises(MailUnreadable, match="500"):
        read_letter(head + part * (MOST_PARTS + 1) + b"--x--")


def test_parts_are_read_as_deep_as_is_allowed_and_no_deeper() -> None:
    assert read_letter(nested(DEEPEST)).text == "words"
    for levels in (DEEPEST + 1, 5_000):
        with pytest.raises(MailUnreadable, match="deep"):
            read_letter(nested(levels))


@given(some.binary(max_size=400), some.sampled_from(HEADERS))
def test_any_bytes_are_a_mail(data: bytes, before: bytes) -> None:
    letter = read_letter(before + data)
    assert letter.subject == " ".join(letter.subject.split())
    assert all(isinstance(part.content(), bytes) for part in letter.parts)


def test_its_day_is_that_of_its_sender() -> None:
    sent = {"Mon, 02 Nov 2026 00:30:00 +0100": date(2026, 11, 2), "Mon, 02 Nov 2026 23:30:00 -0800": date(2026, 11, 2), "soon": None}
    assert {time: read_letter(bytes(mail(Date=time))).sent_day for time in sent} == sent
