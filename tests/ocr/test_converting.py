"""Mails, web pages and office files become PDFs: all that they show, and nothing from elsewhere."""

import io
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pikepdf
import pypdfium2 as pdfium  # type: ignore[import-untyped]  # pypdfium2 ships no types
import pytest
from PIL import Image

from actors.ocr.binder import Binder
from actors.ocr.converting.converting import convert_document
from actors.ocr.converting.office import NoOffice, convert_office, find_library, places
from actors.ocr.errors import DocumentUnreadable
from actors.ocr.messages import ConvertDocument, DocumentConverted, MailLayout, OcrSettings
from actors.ocr.mime_types import MAIL, MARKDOWN, OFFICE_SUFFIXES
from actors.sandbox.level import SandboxLevel
from actors.sandbox.probe import found_here
from actors.sandbox.sandbox import sandbox_of
from tests.letters.writing import mail, with_file
from tests.ocr import office

HTML = "text/html"
needs_office = pytest.mark.skipif(find_library(places()) is None, reason="LibreOffice is not installed")


def words_of(pdf: Path) -> list[str]:
    with pdfium.PdfDocument(pdf) as document:
        return [line for page in document for line in page.get_textpage().get_text_range().splitlines()]


def pictures_in(pdf: Path) -> int:
    with pikepdf.open(pdf) as document:
        return sum(len(page.get_images()) for page in document.pages)


def convert(folder: Path, data: bytes, mime_type: str, layout: MailLayout = MailLayout.TEXT_HTML) -> tuple[Path, DocumentConverted]:
    path, target = folder / "stored", folder / "made.pdf"
    path.write_bytes(data)
    return target, convert_document(ConvertDocument(path, mime_type, target, OcrSettings(mail_layout=layout)))


def picture() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(data, "PNG")
    return data.getvalue()


def two_forms() -> bytes:
    message = mail(text="plain words")
    message.add_alternative('<p>shown words<img src="cid:logo@x"></p>', subtype="html")
    message.add_attachment(picture(), maintype="image", subtype="png", filename="logo.png", cid="<logo@x>")
    return bytes(with_file(message))


@pytest.mark.parametrize(
    ("layout", "words", "pictures"),
    [
        (MailLayout.TEXT_HTML, ["plain words", "shown words"], 1),
        (MailLayout.HTML_TEXT, ["shown words", "plain words"], 1),
        (MailLayout.HTML, ["shown words"], 1),
        (MailLayout.TEXT, ["plain words"], 0),
    ],
)
def test_a_mail_is_shown_in_the_forms_that_are_wanted(tmp_path: Path, layout: MailLayout, words: list[str], pictures: int) -> None:
    made, answer = convert(tmp_path, two_forms(), MAIL, layout)
    assert words_of(made) == [
        "From Erika Muster <erika@example.org>",
        "To us@example.net",
        "Date 2026-11-02 09:00 UTC",
        "Subject Invoice 7",
        "Attachments invoice.pdf (14 bytes)",
        *words,
    ]
    assert pictures_in(made) == pictures
    assert answer.letter is not None
    assert answer.size_bytes == made.stat().st_size


def test_a_mail_without_the_wanted_form_is_shown_in_the_other(tmp_path: Path) -> None:
    made, _ = convert(tmp_path, bytes(mail(text="plain < words")), MAIL, MailLayout.HTML)
    assert words_of(made)[-1] == "plain < words"


@contextmanager
def listening() -> Iterator[tuple[str, list[str]]]:
    """Listen as one who wants to know who opens his mails, and remember who asked for what."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(picture())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", asked
        finally:
            server.shutdown()
            thread.join()


REMOTE = """<html><head><link rel="stylesheet" href="{0}/sheet.css"><style>@import url({0}/more.css); body {{background: url({0}/back.png)}}
</style></head><body background="{0}/old.png"><p>Words</p><img src="{0}/pixel.png"><img srcset="{0}/set.png 2x"><p style="background:
url({0}/style.png); list-style-image: url({0}/list.png)">More</p><object data="{0}/object.png"></object><iframe src="{0}/frame"></iframe>
<svg><image href="{0}/vector.png"/></svg><video poster="{0}/poster.png"></video><input type="image" src="{0}/input.png">
<img src="file:///etc/hostname"><table background="{0}/table.png"><td>Last</td></table></body></html>"""


@pytest.mark.parametrize("as_mail", [True, False])
def test_nothing_is_fetched_for_a_page(tmp_path: Path, as_mail: bool) -> None:
    with listening() as (address, asked):
        page = REMOTE.format(address)
        message = mail()
        message.set_content(page, subtype="html")
        made, _ = convert(tmp_path, bytes(message) if as_mail else page.encode(), MAIL if as_mail else HTML)
    assert asked == []
    assert words_of(made)[-3:] == ["Words", "More", "Last"]
    assert pictures_in(made) == 0


def test_nothing_of_a_page_runs(tmp_path: Path) -> None:
    page = (
        b"<script>document.write('run')</script><p onclick='x()'>Words</p><a href='javascript:x()'>link</a><style>p{display:none}</style>"
    )
    made, _ = convert(tmp_path, page, HTML)
    assert words_of(made) == ["Words", "link"]
    assert b"JavaScript" not in made.read_bytes()


def test_markdown_is_laid_out(tmp_path: Path) -> None:
    made, _ = convert(tmp_path, b"# Title\n\n- one\n- two\n\n<script>no()</script>\n", MARKDOWN)
    assert [word for line in words_of(made) if (word := line.strip("• "))] == ["Title", "one", "two"]


def test_a_picture_that_is_part_of_a_page_is_shown(tmp_path: Path) -> None:
    from base64 import b64encode

    made, _ = convert(tmp_path, b'<img src="data:image/png;base64,' + b64encode(picture()) + b'">', HTML)
    assert pictures_in(made) == 1


def test_without_an_office_program_it_is_said_what_to_install(tmp_path: Path) -> None:
    office.docx(path := tmp_path / "stored", "Zebrafink")
    with pytest.raises(NoOffice, match="apt-get install libreoffice-writer-nogui"):
        convert_office(path, ".docx", tmp_path / "made.pdf", homes=[tmp_path])


@pytest.fixture(params=[SandboxLevel.BUBBLEWRAP, SandboxLevel.LANDLOCK])
async def binder(request: pytest.FixtureRequest) -> AsyncIterator[Binder]:
    if request.param is SandboxLevel.BUBBLEWRAP and found_here().level is not SandboxLevel.BUBBLEWRAP:
        pytest.skip("bubblewrap can't work here")
    made = Binder(sandbox_of(request.param))
    yield made
    await made.close()


@needs_office
async def test_an_office_file_becomes_a_pdf_in_the_sandbox(tmp_path: Path, binder: Binder) -> None:
    path, target = tmp_path / "stored", tmp_path / "made.pdf"
    office.docx(path, "Zebrafink")
    converted = await binder.convert(ConvertDocument(path, office.DOCX, target, OcrSettings()))
    assert converted == DocumentConverted(target.stat().st_size)
    assert set(words_of(target)) == {"Zebrafink above", "Zebrafink", "Zebrafink in a cell"}
    path.write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(DocumentUnreadable, match="damaged"):
        await binder.convert(ConvertDocument(path, office.DOCX, target, OcrSettings()))
    assert binder.state().killed == 0


@needs_office
@pytest.mark.parametrize("mime_type", [office.XLSX, office.PPTX, office.ODS, office.RTF])
async def test_the_other_formats_become_pdfs_in_the_sandbox(tmp_path: Path, mime_type: str) -> None:
    path, target, binder = tmp_path / "stored", tmp_path / "made.pdf", Binder()
    office.MAKERS[mime_type](path, "Zebrafink")
    try:
        await binder.convert(ConvertDocument(path, mime_type, target, OcrSettings()))
    finally:
        await binder.close()
    assert "Zebrafink" in " ".join(words_of(target)), OFFICE_SUFFIXES[mime_type]
