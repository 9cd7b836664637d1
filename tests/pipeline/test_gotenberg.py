"""Office files are made PDFs by a service where one is set, by a real call of HTTP, and here where it fails."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from actors.egress.client import Bounds
from actors.ocr.errors import DocumentUnreadable
from actors.pipeline.gotenberg import Gotenberg
from actors.store.nouns.archive import Document, SourceKey, SourceKind
from tests.ocr.office import DOCX
from tests.pipeline.cast import Stage
from tests.pipeline.following import finished
from tests.store.making import new_document, staged


@dataclass
class Service:
    """Answers as Gotenberg does, and remembers what it was sent: names of fields and files, and their contents."""

    status: int = 200
    answer: bytes = b"%PDF-1.7 made elsewhere"
    asked: list[tuple[str, dict[tuple[str, str], bytes]]] = field(default_factory=list)
    address: str = ""


def _name(part: Message) -> str:
    return str(part.get_param("name", header="content-disposition"))


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content


@contextmanager
def serving(service: Service) -> Iterator[Service]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])) if "Content-Length" in self.headers else self._chunks()
            parts = list(message_from_bytes(b"Content-Type: " + self.headers["Content-Type"].encode() + b"\r\n\r\n" + body).walk())[1:]
            service.asked.append((self.path, {(_name(part), part.get_filename() or ""): _content(part) for part in parts}))
            self.send_response(service.status)
            self.end_headers()
            self.wfile.write(service.answer)

        def _chunks(self) -> bytes:
            found = b""
            while size := int(self.rfile.readline(), 16):
                found += self.rfile.read(size)
                self.rfile.readline()
            return found

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            service.address = f"http://127.0.0.1:{server.server_port}"
            yield service
        finally:
            server.shutdown()
            thread.join()


def ask(folder: Path, service: Service, bounds: Bounds | None = None) -> bytes:
    (folder / "stored").write_bytes(b"PK\x03\x04 letter")
    gotenberg = Gotenberg(f"{service.address}/", bounds) if bounds else Gotenberg(f"{service.address}/")
    gotenberg.convert(folder / "stored", ".docx", folder / "made.pdf")
    return (folder / "made.pdf").read_bytes()


def test_it_is_sent_the_file_with_its_ending_and_gives_the_pdf(tmp_path: Path) -> None:
    with serving(Service()) as service:
        assert ask(tmp_path, service) == service.answer
    assert service.asked == [
        ("/forms/libreoffice/convert", {("files", "document.docx"): b"PK\x03\x04 letter", ("pdfa", ""): b"PDF/A-2b"}),
    ]


@pytest.mark.parametrize(
    ("service", "words"),
    [
        (Service(status=400), "Gotenberg refused the file: it answered 400."),
        (Service(status=302), "Gotenberg refused the file: it answered 302."),
        (Service(answer=b"<html>"), "Gotenberg answered with something else than a PDF."),
        (Service(answer=b""), "Gotenberg answered with something else than a PDF."),
    ],
)
def test_what_it_refuses_is_told_and_leaves_nothing(tmp_path: Path, service: Service, words: str) -> None:
    with serving(service), pytest.raises(DocumentUnreadable) as caught:
        ask(tmp_path, service)
    assert caught.value.reason == words
    assert [path.name for path in tmp_path.iterdir()] == ["stored"]


def test_an_endless_answer_and_a_service_that_is_away_are_told(tmp_path: Path) -> None:
    with serving(Service(answer=b"%PDF-" + bytes(2_000))) as service, pytest.raises(DocumentUnreadable, match="longer than 1,000 bytes"):
        ask(tmp_path, service, Bounds(answer_bytes=1_000))
    with pytest.raises(DocumentUnreadable, match="was not reached"):
        ask(tmp_path, service)


async def taken(stage: Stage) -> Document:
    """Take an office file all the way."""
    stage.binder.own_text, stage.binder.archivable = {1, 2, 3}, False
    new = replace(new_document(b"letter"), mime_type=DOCX)
    stage.store.originals.put(staged(stage.store, b"letter"), new.sha256, ".docx")
    answer = stage.store.documents.accept(new, SourceKey(SourceKind.UPLOAD, "letter"), datetime.now(UTC))
    assert answer.job_id is not None
    await finished(stage, answer.job_id)
    return stage.store.documents.get(answer.document_id)


async def test_the_service_goes_first_and_its_pdf_is_the_archive(stage: Stage) -> None:
    with serving(Service()) as service:
        stage.elsewhere = Gotenberg(service.address).convert
        document = await taken(stage)
    assert stage.store.data.archive_file(document.id).read_bytes() == service.answer
    assert (document.warnings, stage.binder.converted) == ((), [])


async def test_where_the_service_fails_the_file_is_converted_here(stage: Stage) -> None:
    with serving(Service(status=503)) as service:
        stage.elsewhere = Gotenberg(service.address).convert
        document = await taken(stage)
    assert (document.has_archive, document.warnings, len(stage.binder.converted)) == (True, (), 1)


async def test_where_both_fail_both_reasons_are_told(stage: Stage) -> None:
    stage.binder.conversion_failures = [DocumentUnreadable("Nothing is installed.")]
    with serving(Service(status=503)) as service:
        stage.elsewhere = Gotenberg(service.address).convert
        document = await taken(stage)
    assert [one.message.partition("searched. ")[2] for one in document.warnings] == [
        "Gotenberg refused the file: it answered 503. Nothing is installed."
    ]
