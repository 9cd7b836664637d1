"""What scanners and programs send that know no better way: mails by SMTP, and pages by SANE."""

import asyncio
import re
import tempfile
from io import BytesIO
from pathlib import Path

import pikepdf

from daemon.smtp.session import unstuffed
from scriba_cli.scanned_pdf import NoPage, read_page, write_pdf
from tests.fuzz.target import Target

# A line longer than that comes in pieces.
PIECE = 16


def fuzz_mail_data(data: bytes) -> None:
    """Whatever a mail holds, and however long its lines are, it comes through as it was sent, and ends there."""
    mail = data if data.endswith(b"\r\n") else data + b"\r\n"
    doubled = re.sub(rb"(^|\r\n)\.", rb"\1..", mail)

    async def heard() -> tuple[bytes, bytes]:
        reader = asyncio.StreamReader(limit=PIECE)
        reader.feed_data(doubled + b".\r\nQUIT\r\n")
        reader.feed_eof()
        return b"".join([piece async for piece in unstuffed(reader)]), await reader.read()

    assert asyncio.run(heard()) == (mail, b"QUIT\r\n")


def fuzz_scan(data: bytes) -> None:
    """Any bytes are a page whose pixels stand in a sound PDF as they are, or are refused in words."""
    try:
        page = read_page(data)
    except NoPage as error:
        assert str(error).startswith("the scanner gave")
        return
    assert data.endswith(page.pixels) or page.pixels in data
    with tempfile.TemporaryDirectory() as folder:
        file, target = Path(folder, "page"), BytesIO()
        file.write_bytes(data)
        write_pdf([file], 300, target)
    with pikepdf.open(target) as pdf:
        assert pdf.pages[0].Resources.XObject.Scan.read_bytes() == page.pixels


TARGETS = (
    Target(fuzz_mail_data, (b"Subject: x\r\n\r\n.dot\r\n..\r\n", b".", b".\r\n", b"a" * 40, b"\r\n.\r\n\r", b"x\n.\ny\r.\r\n", b"")),
    Target(
        fuzz_scan,
        (
            b"P5\n# SANE data follows\n2 2\n255\nabcd",
            b"P4\n9 1\n\xaa\x80",
            b"P6 1 1 255\nabc",
            b"P5 1 1 65535 ab",
            b"P5\n2 2\n255\nabc",
        ),
    ),
)
