"""Documents made to do harm: broken, endless, enormous, or something else than they say."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

import pikepdf

from tests.ocr.papers import digital_pdf

MANY_OBJECTS = 1_000_000
DEEP = 100_000
INFLATED = 300 * 1024 * 1024
SIDE = 60_000


def pdf(*objects: bytes) -> bytes:
    """Write a PDF of objects numbered from 1; the first is its catalogue."""
    body, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return body + end % (len(objects) + 1, table, len(objects) + 1, len(body))


def page_tree(*objects: bytes) -> bytes:
    """Write a PDF whose page tree begins with object 2."""
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", *objects)


def truncated_pdf() -> bytes:
    whole = digital_pdf("the first page of a truncated file", "its second page")
    return whole[: len(whole) // 2]


def loop_in_the_page_tree() -> bytes:
    return page_tree(b"<</Type/Pages/Count 3/Kids[3 0 R 2 0 R]>>", b"<</Type/Pages/Count 2/Parent 2 0 R/Kids[2 0 R 3 0 R]>>")


def page_that_is_its_own_parent() -> bytes:
    return page_tree(b"<</Type/Pages/Count 1/Kids[3 0 R]>>", b"<</Type/Page/Parent 3 0 R>>")


def deep_arrays() -> bytes:
    return page_tree(
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>", b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/X%b%b>>" % (b"[" * DEEP, b"]" * DEEP)
    )


def inflating_content() -> bytes:
    packed = zlib.compress(b"0 0 m\n" * (INFLATED // 6), 9)
    return page_tree(
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(packed), packed),
    )


def enormous_page() -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 1e9 1e9]/Contents 4 0 R>>"
    return page_tree(b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page, b"<</Length 0>>stream\nendstream")


def no_pages() -> bytes:
    written = io.BytesIO()
    with pikepdf.new() as empty:
        empty.save(written)
    return written.getvalue()


def lying_page_count() -> bytes:
    return page_tree(b"<</Type/Pages/Count 2000000000/Kids[3 0 R]>>", b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>")


def many_objects() -> bytes:
    head = page_tree(b"<</Type/Pages/Count 1/Kids[3 0 R]>>", b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>")
    return head + b"".join(b"%d 0 obj null endobj\n" % number for number in range(10, MANY_OBJECTS)) + b"trailer<</Root 1 0 R>>\n%%EOF"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_bomb() -> bytes:
    head = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1 << 20))) + chunk(b"IEND", b"")


def png_text_bomb() -> bytes:
    head = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    texts = chunk(b"zTXt", b"x\0\0" + zlib.compress(bytes(100 << 20), 9)) * 20
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + texts + chunk(b"IDAT", zlib.compress(bytes(72))) + chunk(b"IEND", b"")


def tiff_loop() -> bytes:
    """A picture whose next page is itself."""
    entries = [
        (256, 3, 1, 8),
        (257, 3, 1, 8),
        (258, 3, 1, 8),
        (259, 3, 1, 1),
        (262, 3, 1, 1),
        (273, 4, 1, 8),
        (278, 3, 1, 8),
        (279, 4, 1, 64),
    ]
    directory = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *entry) for entry in entries) + struct.pack("<I", 72)
    return b"II*\0" + struct.pack("<I", 72) + bytes(64) + directory


def pdf_in_a_zip() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.pdf", digital_pdf("a polyglot of two kinds"))
    return packed.getvalue()


def gif_and_pdf() -> bytes:
    return b"GIF89a\x01\0\x01\0\0\0\0;" + digital_pdf("a picture that is a document too")


def billion_laughs() -> bytes:
    laughs = "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "ha">{laughs}]><l>&l9;</l>'.encode()


def one_endless_line() -> bytes:
    return b"x" * 5_000_000


MADE: Mapping[str, Callable[[], bytes]] = {
    f"{make.__name__}.{suffix}": make
    for suffix, makers in {
        "pdf": [
            truncated_pdf, loop_in_the_page_tree, page_that_is_its_own_parent, deep_arrays, inflating_content, enormous_page, no_pages,
            lying_page_count, many_objects, pdf_in_a_zip, gif_and_pdf,
        ],
        "png": [png_bomb, png_text_bomb],
        "tif": [tiff_loop],
        "xml": [billion_laughs],
        "txt": [one_endless_line],
    }.items()
    for make in makers
}  # fmt: skip
