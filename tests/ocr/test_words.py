"""The words of mails, web pages and office files are had by light libraries alone, within bounds."""

import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from actors.ocr.errors import DocumentUnreadable
from actors.ocr.files.inspection import inspect_document
from actors.ocr.files.rendering import thumbnail_page
from actors.ocr.files.zips import ZipLimits, check_zip
from actors.ocr.messages import DocumentInspected, InspectDocument, LetterFacts, OcrSettings, RenderPage
from actors.ocr.mime_types import MAIL, MARKDOWN, OUTLOOK
from tests.letters.writing import mail, with_file
from tests.ocr import office

WIDE = ZipLimits(1_000, 1_000_000, 1_000)


def inspect(path: Path, mime_type: str) -> DocumentInspected:
    return inspect_document(InspectDocument(path, mime_type, OcrSettings()))


def said(path: Path, mime_type: str) -> str:
    return "\f".join(page.text for page in inspect(path, mime_type).pages)


@pytest.mark.parametrize("mime_type", office.MAKERS)
def test_an_office_file_says_what_it_says_and_is_drawn(tmp_path: Path, mime_type: str) -> None:
    path = tmp_path / "stored"
    office.MAKERS[mime_type](path, "Zebrafink")
    assert "Zebrafink" in said(path, mime_type)
    assert thumbnail_page(RenderPage(path, mime_type))[8:12] == b"WEBP"


def test_all_places_of_an_office_file_are_read(tmp_path: Path) -> None:
    office.docx(letter := tmp_path / "letter", "Zebrafink")
    assert {"Zebrafink in a cell", "Zebrafink above"} <= set(said(letter, office.DOCX).splitlines())
    office.xlsx(table := tmp_path / "table", "Zebrafink")
    assert said(table, office.XLSX) == "Sheet\nZebrafink\t7\fSecond\nZebrafink again"
    office.pptx(show := tmp_path / "show", "Zebrafink")
    assert said(show, office.PPTX).splitlines() == ["Zebrafink", "Zebrafink noted"]
    office.rtf(note := tmp_path / "note", "Zebrafink")
    assert said(note, office.RTF) == "Zebrafink Müller"


def test_an_old_format_is_kept_and_told_to_need_an_office_program(tmp_path: Path) -> None:
    path = tmp_path / "old"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    inspected = inspect(path, "application/msword")
    assert (inspected.pages, [notice.code for notice in inspected.notices]) == ((), ["NO_TEXT"])


@pytest.mark.parametrize("mime_type", [*(one for one in office.MAKERS if one != office.RTF), OUTLOOK])  # any bytes are RTF, of few words
def test_a_damaged_file_is_refused_in_words(tmp_path: Path, mime_type: str) -> None:
    path = tmp_path / "stored"
    path.write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(DocumentUnreadable, match="damaged"):
        inspect(path, mime_type)


def test_a_mail_tells_its_head_its_words_and_its_files(tmp_path: Path) -> None:
    path = tmp_path / "stored"
    path.write_bytes(bytes(with_file(mail(text="See the file."))))
    inspected = inspect(path, MAIL)
    assert inspected.letter == LetterFacts("Invoice 7", "Erika Muster", "erika@example.org", date(2026, 11, 2))
    assert inspected.pages[0].text.splitlines() == [
        "From: Erika Muster <erika@example.org>",
        "To: us@example.net",
        "Date: 2026-11-02 09:00 UTC",
        "Subject: Invoice 7",
        "Attachments: invoice.pdf (14 bytes)",
        "",
        "See the file.",
    ]


def test_a_mail_in_html_alone_is_read_as_words(tmp_path: Path) -> None:
    message = mail()
    message.set_content("<p>Hello <b>you</b></p><script>alert(1)</script><p>&amp; others", subtype="html")
    path = tmp_path / "stored"
    path.write_bytes(bytes(message))
    assert said(path, MAIL).splitlines()[-2:] == ["Hello you", "& others"]


def test_a_mail_with_too_many_parts_is_refused_in_words(tmp_path: Path) -> None:
    message = mail()
    for number in range(501):
        with_file(message, f"{number}.txt", b"x", "text/plain")
    path = tmp_path / "stored"
    path.write_bytes(bytes(message))
    with pytest.raises(DocumentUnreadable, match="more than 500 parts"):
        inspect(path, MAIL)


def test_a_page_is_decoded_as_it_says(tmp_path: Path) -> None:
    path = tmp_path / "stored"
    path.write_bytes('<html><head><meta charset="iso-8859-2"><title>no word</title></head><td>Łódź</td><td>ß</td>'.encode("iso-8859-2"))
    assert said(path, "text/html") == "Łódź\nß"
    path.write_text("# Title\n\n| a | b |\n|---|---|\n| c | d |\n")
    assert said(path, MARKDOWN).splitlines() == ["Title", "a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("limits", "allowed"),
    [
        (replace(WIDE, entries=4), True),
        (replace(WIDE, entries=3), True),
        (replace(WIDE, entries=2), False),
        (replace(WIDE, unpacked_bytes=301), True),
        (replace(WIDE, unpacked_bytes=300), True),
        (replace(WIDE, unpacked_bytes=299), False),
    ],
)
def test_what_comes_out_of_a_zip_is_bounded(tmp_path: Path, limits: ZipLimits, allowed: bool) -> None:
    with zipfile.ZipFile(path := tmp_path / "stored", "w") as file:
        for number in range(3):
            file.writestr(str(number), bytes(100))
    assert passes(path, limits) is allowed


@pytest.mark.parametrize(("over", "allowed"), [(-1, True), (0, True), (1, False)])
def test_what_comes_out_of_a_zip_is_at_most_so_many_times_its_size(tmp_path: Path, over: int, allowed: bool) -> None:
    with zipfile.ZipFile(path := tmp_path / "stored", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("zeros", bytes(100_000))
    size = path.stat().st_size
    with path.open("ab") as file_of_words:  # more may follow a zip's end, and its size counts
        file_of_words.write(bytes(-size % 1_000))
    ratio = 100_000 // path.stat().st_size
    whole = ZipLimits(10, 200_000, ratio)
    assert ratio * path.stat().st_size == 100_000
    assert passes(path, replace(whole, ratio=ratio - over)) is allowed


def passes(path: Path, limits: ZipLimits) -> bool:
    try:
        check_zip(path, limits)
    except DocumentUnreadable:
        return False
    return True
