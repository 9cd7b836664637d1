"""Archives and mails are opened to their files, within bounds."""

import zipfile
from dataclasses import replace
from pathlib import Path

import libarchive  # type: ignore[import-untyped]  # libarchive-c ships no types
import pytest

from actors.intake.mime import ContentDetector
from actors.ocr.binder import Binder
from actors.ocr.converting.unpacking import unpack_files
from actors.ocr.errors import DocumentUnreadable
from actors.ocr.files.archives import files_of_archive
from actors.ocr.files.inspection import inspect_document
from actors.ocr.files.zips import ZipLimits
from actors.ocr.messages import FilesUnpacked, InnerFile, InspectDocument, OcrSettings, UnpackFiles
from actors.ocr.mime_types import ARCHIVES, MAIL, ZIP
from tests.letters.writing import PDF, mail, with_file, with_picture

FORMATS = [("zip", None), ("gnutar", None), ("gnutar", "gzip"), ("gnutar", "bzip2"), ("gnutar", "xz"), ("gnutar", "zstd"), ("7zip", None)]
WIDE = ZipLimits(1_000, 1_000_000, 1_000)


def pack(path: Path, form: str, way: str | None = None) -> None:
    """Pack two files, one of them in a folder, and what systems put beside them."""
    with libarchive.file_writer(str(path), form, way) as archive:
        for name, content in (
            ("letter.txt", b"Dear all"),
            ("old/bill.txt", b"7 EUR"),
            ("__MACOSX/._letter.txt", b"fork"),
            ("old/.DS_Store", b"view"),
        ):
            archive.add_file_from_memory(name, len(content), content)


def unpack(path: Path, mime_type: str) -> tuple[FilesUnpacked, bytes]:
    target = path.with_name("unpacked")
    return unpack_files(UnpackFiles(path, mime_type, target)), target.read_bytes()


@pytest.mark.parametrize(("form", "way"), FORMATS)
def test_an_archive_is_known_opened_and_found_by_its_names(tmp_path: Path, form: str, way: str | None) -> None:
    pack(path := tmp_path / "stored", form, way)
    mime_type = ContentDetector().detect(path.read_bytes(), "box")
    assert mime_type in ARCHIVES
    assert unpack(path, mime_type) == (FilesUnpacked((InnerFile("letter.txt", 8), InnerFile("old/bill.txt", 5))), b"Dear all7 EUR")
    inspected = inspect_document(InspectDocument(path, mime_type, OcrSettings()))
    assert [page.text for page in inspected.pages] == ["letter.txt\nold/bill.txt"]


async def test_it_is_opened_in_the_sandbox(tmp_path: Path) -> None:
    pack(path := tmp_path / "stored", "zip")
    binder, target = Binder(), tmp_path / "unpacked"
    try:
        unpacked = await binder.unpack(UnpackFiles(path, ZIP, target))
    finally:
        await binder.close()
    assert ([one.name for one in unpacked.files], target.read_bytes()) == (["letter.txt", "old/bill.txt"], b"Dear all7 EUR")


def test_one_that_is_locked_or_damaged_is_refused_in_words(tmp_path: Path) -> None:
    with zipfile.ZipFile(path := tmp_path / "stored", "w") as file:
        file.writestr("letter.txt", b"Dear all")
    locked = bytearray(path.read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + flags] |= 1  # the bit that says so
    path.write_bytes(locked)
    with pytest.raises(DocumentUnreadable, match="locked with a password"):
        unpack(path, ZIP)
    pack(path, "7zip")
    path.write_bytes(path.read_bytes()[:60])
    with pytest.raises(DocumentUnreadable, match="damaged"):
        unpack(path, "application/x-7z-compressed")


def test_the_files_of_a_mail_are_those_that_it_does_not_show(tmp_path: Path) -> None:
    inner = mail("Inner")
    message = with_file(with_picture(mail()), "bill.pdf")
    message.add_attachment(inner)
    (path := tmp_path / "stored").write_bytes(bytes(message))
    unpacked, content = unpack(path, MAIL)
    assert [one.name for one in unpacked.files] == ["bill.pdf", "Inner.eml"]
    assert content.startswith(PDF)


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
def test_what_comes_out_of_an_archive_is_bounded(tmp_path: Path, limits: ZipLimits, allowed: bool) -> None:
    with zipfile.ZipFile(path := tmp_path / "stored", "w") as file:
        for number in range(3):
            file.writestr(str(number), bytes(100))
    assert passes(path, limits) is allowed


@pytest.mark.parametrize(("over", "allowed"), [(-1, True), (0, True), (1, False)])
def test_what_comes_out_of_an_archive_is_at_most_so_many_times_its_size(tmp_path: Path, over: int, allowed: bool) -> None:
    with zipfile.ZipFile(path := tmp_path / "stored", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("zeros", bytes(100_000))
    size = path.stat().st_size
    with zipfile.ZipFile(path, "a") as file:
        file.comment = bytes(1_000 - size)
    assert path.stat().st_size == 1_000
    assert passes(path, replace(WIDE, ratio=100 - over)) is allowed


def passes(path: Path, limits: ZipLimits) -> bool:
    try:
        for _, blocks in files_of_archive(path, limits):
            b"".join(blocks)
    except DocumentUnreadable:
        return False
    return True
