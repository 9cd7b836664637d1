"""Web pages, mails of Outlook and office files: words, or a refusal in words."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from actors.ocr.converting.layout import cleaned
from actors.ocr.errors import DocumentUnreadable
from actors.ocr.files.archives import files_of_archive, names_in
from actors.ocr.files.mails import read_mail
from actors.ocr.files.markup import decoded_html, words_of_html
from actors.ocr.files.office_words import read_office
from actors.ocr.files.zips import ZipLimits
from actors.ocr.mime_types import MAIL, OFFICE_SUFFIXES, OUTLOOK
from tests.fuzz.target import Target
from tests.letters.writing import mail, with_file
from tests.ocr import office
from tests.ocr.test_unpacking import FORMATS, pack

# An attribute by which a renderer would fetch something.
FETCHES = re.compile(r"<(?!a\b)[a-z]+[^<>]*\s(?:src|href|background|data|poster|srcset)=\"(?!cid:|data:image/)", re.IGNORECASE)
RUNS = re.compile(r"<(?:script|style|iframe|object|svg|link|meta)\b", re.IGNORECASE)


def fuzz_page(data: bytes) -> None:
    """Whatever a page holds, what is laid out of it neither runs nor fetches."""
    page = decoded_html(data)
    clean = cleaned(page)
    assert not FETCHES.search(clean), clean
    assert not RUNS.search(clean), clean
    words_of_html(page)


def fuzz_mail(data: bytes) -> None:
    """Any bytes are a mail that can be shown, as it travels and as Outlook keeps it, or are refused in words."""
    with stored(data) as path:
        for mime_type in (MAIL, OUTLOOK):
            try:
                read = read_mail(path, mime_type)
            except DocumentUnreadable as error:
                assert error.reason
            else:
                assert isinstance(read.words, str)


def fuzz_office(data: bytes) -> None:
    """Any bytes that call themselves an office file give words, or are refused in words."""
    kinds = sorted(OFFICE_SUFFIXES)
    with stored(data[1:]) as path:
        try:
            assert isinstance(read_office(path, kinds[(data or b"\0")[0] % len(kinds)]), str)
        except DocumentUnreadable as error:
            assert error.reason


def fuzz_archive(data: bytes) -> None:
    """Any bytes are an archive whose files come out, or are refused in words; no file comes out that was not listed."""
    limits = ZipLimits(100, 1_000_000, 200)
    with stored(data) as path:
        names = names_in(path, limits)
        try:
            found = [name for name, blocks in files_of_archive(path, limits) if sum(map(len, blocks)) >= 0]
        except DocumentUnreadable as error:
            assert error.reason
        else:
            assert found == names


def archive_seeds() -> Iterator[bytes]:
    """Give a small archive of each format."""
    for form, way in FORMATS:
        with stored(b"") as path:
            pack(path, form, way)
            yield path.read_bytes()


@contextmanager
def stored(data: bytes) -> Iterator[Path]:
    """Keep bytes in a file without a name of its own."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "stored"
        path.write_bytes(data)
        yield path


def office_seeds() -> Iterator[bytes]:
    """Give a small file of each format, with the number of its type before it."""
    for mime_type, make in office.MAKERS.items():
        with stored(b"") as path:
            make(path, "word")
            yield bytes([sorted(OFFICE_SUFFIXES).index(mime_type)]) + path.read_bytes()


TARGETS = (
    Target(
        fuzz_page,
        (
            b'<p style="color:red;background:url(http://x/)">a<img src="http://x/y.png"><img src="cid:a"></p>',
            b"<table background=http://x><td onclick=x()>a</table><svg><script>x()</script></svg>",
            b'<meta charset="utf-16"><a href="javascript:x()">a</a><!--[if mso]><v:rect src="x"><![endif]-->',
            b'<math><mtext><table><mglyph><style><img src=x onerror="x()">',
        ),
    ),
    Target(fuzz_mail, (bytes(with_file(mail())), bytes(mail(text="a\0b")), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))),
    Target(fuzz_office, tuple(office_seeds())),
    Target(fuzz_archive, tuple(archive_seeds())),
)
