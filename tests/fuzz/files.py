"""What files bring with them: their names, and the bytes by which their kind is known."""

import os
import re
import unicodedata
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from actors.intake.filing import suffix_of
from actors.intake.messages import AcceptFile
from actors.intake.mime import HEAD_BYTES, ContentDetector
from actors.intake.names import shown_name, shown_text, title_of, upload_name
from actors.intake.source import opened
from actors.ocr.mime_types import kind_of_type
from actors.watcher.ignoring import IgnoreRules
from tests.fuzz.target import Target, split, text

HARMFUL = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff/]")
MIME_TYPE = re.compile(r"[a-z]+/[A-Za-z0-9][A-Za-z0-9.+_-]*")


def fuzz_shown_name(data: bytes) -> None:
    """Any name on a disk is shown in one harmless line that a file could bear, and has a title."""
    name = os.fsdecode(data)
    is_shown_safely(shown_name(name))
    assert shown_text(shown_text(name)) == shown_text(name)
    assert title_of(shown_name(name))


def fuzz_upload_name(data: bytes) -> None:
    """Any name that a client sends becomes the name of a file alone, without a folder."""
    name = upload_name(text(data))
    is_shown_safely(name)
    assert "\\" not in name
    assert name not in ("", ".", "..")


def is_shown_safely(name: str) -> None:
    """Check that a name is one line of valid text in its composed form, neither too long nor misleading."""
    assert 1 <= len(name.encode()) <= 255, name
    assert unicodedata.is_normalized("NFC", name), name
    assert HARMFUL.search(name) is None, name
    assert not any(unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in name), name
    assert name.strip(". ") != "", name
    assert name == name.strip(), name


def fuzz_dropped_name(data: bytes) -> None:
    """A file of any name that a disk takes is opened and removed, and its neighbours are not."""
    name = data.replace(b"/", b"").replace(b"\0", b"")[:255]
    if name in (b"", b".", b"..", b"neighbour"):
        return
    IgnoreRules().ignores_file(os.fsdecode(name))
    with TemporaryDirectory() as folder:
        path = Path(folder) / os.fsdecode(name)
        path.write_bytes(b"letter")
        (Path(folder) / "neighbour").write_bytes(b"other")
        found = path.lstat()
        with opened(AcceptFile(path, Path(folder), found.st_size, found.st_mtime_ns, found.st_ino)) as source:
            assert source.remove()
        assert os.listdir(folder) == ["neighbour"]  # noqa: PTH208  # pathlib has no shorter way


def fuzz_mime(data: bytes) -> None:
    """Any bytes under any name are of one MIME type, whose suffix could not lead out of a folder."""
    name, head = split(data, 2)
    found = detector().detect(head[:HEAD_BYTES], os.fsdecode(name))
    assert MIME_TYPE.fullmatch(found), found
    assert re.fullmatch(r"\.[a-z0-9]+", suffix_of(found)), found
    kind_of_type(found)


@cache
def detector() -> ContentDetector:
    """Load libmagic's database once."""
    return ContentDetector()


NAMES = (
    b"letter.pdf",
    "Mu\u0308ller.pdf".encode(),
    b"M\xfcller.pdf",
    b"two\nlines\t\x1b[2J.pdf",
    "harmless\u202efdp.exe".encode(),
    b".scriba-taken-0123456789abcdef-letter.pdf",
    b"-rf",
    b"..",
    b"\xff" * 251 + b".pdf",
    "👩‍👩‍👧.pdf".encode(),
)
TARGETS = (
    Target(fuzz_shown_name, NAMES, found=("e\u202a\u0301".encode(), b"\xff" * 80 + b" " * 60 + b"f")),
    Target(fuzz_upload_name, (*NAMES, b"../../etc/passwd", b"C:\\Scans\\a.pdf", b"folder/", b"")),
    Target(fuzz_dropped_name, NAMES),
    Target(
        fuzz_mime,
        (
            b"a.pdf\xff%PDF-1.7\n1 0 obj\n",
            b"a.png\xff\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
            b"a\xff\0\0\0\x18ftypheic\0\0\0\0mif1heic",
            b"a.eml\xffFrom: a@example.org\r\nSubject: x\r\n\r\nbody",
            b"a.md\xff# Title\n\ntext",
            b"a.csv\xffa,b\n1,2\n",
            b"a\xffPK\x03\x04",
            b"a.txt\xffP4 is no picture",
            b"a\xff",
        ),
    ),
)
