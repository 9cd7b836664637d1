"""What a file is, by its bytes; its name decides only between kinds of text."""

import io
import zipfile

import pytest
from PIL import Image

from actors.intake.mime import HEAD_BYTES, ContentDetector

DETECTOR = ContentDetector()
OOXML = "application/vnd.openxmlformats-officedocument."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def image_bytes(kind: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (16, 16), "white").save(buffer, kind)
    return buffer.getvalue()


def media_file(major: bytes, *brands: bytes) -> bytes:
    body = major + b"\0\0\0\0" + b"".join(brands)
    return (8 + len(body)).to_bytes(4, "big") + b"ftyp" + body + b"\0\0\0\x08free"


def zipped(name: str, data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "mime_type"),
    [
        (b"", "empty.pdf", "inode/x-empty"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "a.pdf", "application/pdf"),
        (b"\0\x01junk\xff" * 20 + b"%PDF-1.4\n1 0 obj", "junk-first.bin", "application/pdf"),
        (b"\0\x01junk\xff" * 200 + b"%PDF-1.4\n1 0 obj", "too-late.bin", "application/octet-stream"),
        (b"A note on %PDF-1.4 and its header, in plain words.\n", "note.txt", "text/plain"),
        (b"\r\n  \r\n%PDF-1.4\n1 0 obj\n<< >>\nendobj\n", "white-space-first.pdf", "application/pdf"),
        (image_bytes("PNG"), "really.pdf", "image/png"),
        (image_bytes("JPEG"), "photo", "image/jpeg"),
        (image_bytes("TIFF"), "scan.tif", "image/tiff"),
        (image_bytes("WEBP"), "a.webp", "image/webp"),
        (image_bytes("GIF"), "a.gif", "image/gif"),
        (image_bytes("BMP"), "a.bmp", "image/bmp"),
        (media_file(b"heic", b"mif1", b"heic"), "phone.heic", "image/heic"),
        (media_file(b"heix", b"mif1"), "ten-bit.heic", "image/heic"),
        (media_file(b"mif1", b"mif1", b"heic"), "other.heif", "image/heic"),
        (media_file(b"mif1", b"miaf"), "generic.heif", "image/heif"),
        (media_file(b"avif", b"mif1", b"miaf"), "a.avif", "image/avif"),
        (media_file(b"isom", b"mp41"), "film.mp4", "video/mp4"),
        (b"Plain words, and more of them.\n", "a.txt", "text/plain"),
        (b"From x@example.org Tue May 10 11:28:07 2005\r\nReturn-Path: <x@example.org>\r\n", "from-a-mailbox.eml", "message/rfc822"),
        (b"This is not a valid eml.\n", "broken.eml", "text/plain"),
        (zipped("word/document.xml", b"<w/>"), "parts-in-any-order.docx", f"{OOXML}wordprocessingml.document"),
        (zipped("a", b"a"), "archive.zip", "application/zip"),
        (OLE, "old.doc", "application/msword"),
        (OLE, "mail.msg", "application/vnd.ms-outlook"),
        (zipped("a", b"a"), "really-a-zip.doc", "application/zip"),
        (b"# Title\n\nSome *words*.\n", "a.md", "text/markdown"),
        (b"# Title\n\nSome *words*.\n", "a", "text/plain"),
        (b"name;amount\nduck;3\n", "a.CSV", "text/csv"),
        (b"First, second, third\nOne, two, three\nUno, due, tre\n", "prose.txt", "text/plain"),
        ("Pantothensäure\n".encode("latin-1"), "latin.txt", "text/plain"),
        (b"P4 is how this sentence begins, which is no bitmap.\n", "p4.txt", "text/plain"),
        (b"BZh is how this sentence begins, which is no archive.\n", "bzh.md", "text/markdown"),
        (b"#!/usr/bin/python3\nimport os\nprint(os.getcwd())\n", "script.py", "text/plain"),
        (b".TH looks like troff\n.SH but is a letter\n", "letter.txt", "text/plain"),
        (b"<!DOCTYPE html>\n<html><body>Words</body></html>", "page.html", "text/html"),
        (b'<?xml version="1.0"?>\n<invoice/>', "e-invoice.xml", "text/xml"),
        (b'\r\n <?xml version="1.0"?>\n<invoice/>', "space-first", "text/xml"),
        (b'\xef\xbb\xbf<!-- two -->\n<!-- remarks -->\n<?xml version="1.0"?><a/>', "remarks-first", "text/xml"),
        (b'<rsm:Invoice\n  xmlns:rsm="urn:a"/>', "no-declaration", "text/xml"),
        (b'<Invoice a="1" xmlns="urn:a"/>', "no-declaration.txt", "text/xml"),
        (b"<Invoice/>\n<mailto:a@example.org> writes xmlns=\n", "angles.txt", "text/plain"),
        (b"<!---->" * 1_000 + b"<a", "remarks-alone.txt", "text/plain"),
        (b"From: a@example.org\nTo: b@example.org\nSubject: hello\n\nwords\n", "mail.eml", "message/rfc822"),
        (b"MIME-Version: 1.0\nX-Odd: yes\n\n<html><body>words</body></html>", "mail.eml", "message/rfc822"),
        (b"This is not a mail.\n", "broken.eml", "text/plain"),
        (b"{\\rtf1\\ansi words}", "a.rtf", "text/rtf"),
        (zipped("a.txt", b"words"), "a.zip", "application/zip"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_is_known_by_its_bytes(data: bytes, name: str, mime_type: str) -> None:
    assert DETECTOR.detect(data, name) == mime_type


def test_a_text_cut_inside_a_letter_is_still_text() -> None:
    head = ("P4 " + "ä" * HEAD_BYTES).encode()[:HEAD_BYTES]
    assert DETECTOR.detect(head, "long.txt") == "text/plain"
    assert DETECTOR.detect(head[:101] + b"\xc3", "half-a-letter.txt") == "image/x-portable-bitmap"
