"""Scanned pages as one PDF, pixel for pixel: whoever reads them loses nothing. Written with what Python has: clients are light."""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_HEADER = re.compile(rb"P([456])(?:\s|#[^\n]*\n)+(\d{1,6})(?:\s|#[^\n]*\n)+(\d{1,6})(?:(?:\s|#[^\n]*\n)+(\d{1,5}))?\s")
_HEADER_BYTES = 1024
_POINTS = 72.0


class NoPage(Exception):
    """A file is no page as scanners give them; its words are for a person."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its pixels row by row, of `bits` for each of `colours` (1 or 3)."""

    width: int
    height: int
    bits: int
    colours: int
    pixels: bytes

    @property
    def black_is_one(self) -> bool:
        """Tell whether a set bit is black, as in pictures of one bit."""
        return self.bits == 1


def read_page(data: bytes) -> Page:
    """Read a page in the format PNM, of one bit, 8 or 16; raises NoPage."""
    head = _HEADER.match(data[:_HEADER_BYTES])
    if head is None:
        raise NoPage("the scanner gave something that is no picture (PNM)")
    kind, width, height = head[1], int(head[2]), int(head[3])
    begin, bits = head.end(), 1
    if kind == b"4":
        begin = head.end(3) + 1
    else:
        bits = {255: 8, 65_535: 16}.get(int(head[4] or 0), 0)
    colours = 3 if kind == b"6" else 1
    size = (width * bits * colours + 7) // 8 * height
    if not bits or not width or not height or len(data) - begin < size:
        raise NoPage("the scanner gave a page that is not whole")
    return Page(width, height, bits, colours, data[begin : begin + size])


def write_pdf(files: Sequence[Path], resolution: int, target: BinaryIO) -> None:
    """Write pages into one PDF, one after the other: a page in colour has 26 MB. Raises NoPage, OSError."""
    writing = _Writing(target)
    for number, file in enumerate(files):
        writing.add(read_page(file.read_bytes()), resolution, 3 + 3 * number)
    writing.end(len(files))


class _Writing:
    """Writes objects, and remembers where each begins."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self._places = dict[int, int]()
        target.write(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")

    def add(self, page: Page, resolution: int, first: int) -> None:
        """Write a page, its content and its picture, numbered from `first` on."""
        width, height = page.width * _POINTS / resolution, page.height * _POINTS / resolution
        size = f"{width:.3f} {height:.3f}"
        resources = f"<< /XObject << /Scan {first + 2} 0 R >> >>"
        self._object(first, f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size}] /Resources {resources} /Contents {first + 1} 0 R >>")
        self._stream(first + 1, "", f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /Scan Do Q".encode())
        space = "/DeviceRGB" if page.colours == 3 else "/DeviceGray"
        kind = f"/Type /XObject /Subtype /Image /Width {page.width} /Height {page.height} /ColorSpace {space} /BitsPerComponent {page.bits}"
        turned = " /Decode [1 0]" if page.black_is_one else ""
        self._stream(first + 2, f"{kind}{turned} /Filter /FlateDecode", zlib.compress(page.pixels))

    def end(self, pages: int) -> None:
        """Write what binds the pages together."""
        kids = " ".join(f"{3 + 3 * number} 0 R" for number in range(pages))
        self._object(1, "<< /Type /Catalog /Pages 2 0 R >>")
        self._object(2, f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>")
        table = self._target.tell()
        count = len(self._places) + 1
        places = "".join(f"{self._places[number]:010d} 00000 n \n" for number in range(1, count))
        self._write(f"xref\n0 {count}\n0000000000 65535 f \n{places}trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n")

    def _object(self, number: int, text: str) -> None:
        self._places[number] = self._target.tell()
        self._write(f"{number} 0 obj\n{text}\nendobj\n")

    def _stream(self, number: int, facts: str, data: bytes) -> None:
        self._places[number] = self._target.tell()
        self._write(f"{number} 0 obj\n<< {facts} /Length {len(data)} >>\nstream\n")
        self._target.write(data)
        self._write("\nendstream\nendobj\n")

    def _write(self, text: str) -> None:
        self._target.write(text.encode("ascii"))
