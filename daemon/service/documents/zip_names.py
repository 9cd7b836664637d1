"""Names of documents in a zip: what a person would call them, safe on every system, and no two alike."""

import re
import unicodedata
from pathlib import PurePath

from actors.store.nouns.archive import Document

# Besides what systems forbid: marks that turn the direction of reading, which could show "exe.pdf" as "fdp.exe".
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\u200e\u200f\u2028-\u202e\u2066-\u2069]')
_LONGEST_BYTES = 150
_LONGEST_SUFFIX = 16


class ZipNames:
    """Gives each file its name, and counts those that are alike but for case."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def name(self, document: Document, folder: str, suffix: str) -> str:
        """Name a file by date, correspondent and title."""
        stem = stem_of(document)
        for number in range(1, len(self._taken) + 2):
            name = f"{folder}{stem}{f' ({number})' if number > 1 else ''}{suffix}"
            if name.casefold() not in self._taken:
                self._taken.add(name.casefold())
                return name
        raise AssertionError("one of so many names is free")


def stem_of(document: Document) -> str:
    """Put date, correspondent and title together."""
    title = document.title or PurePath(document.original_filename).stem
    parts = (
        document.created_date.isoformat() if document.created_date else "",
        document.correspondent.name if document.correspondent else "",
        title,
    )
    return safe_stem(" ".join(part for part in parts if part)) or f"document {document.id}"


def safe_stem(text: str) -> str:
    """Make a name of a text that every system takes, '' where nothing is left of it."""
    return _UNSAFE.sub("_", unicodedata.normalize("NFC", text)).encode()[:_LONGEST_BYTES].decode("utf-8", "ignore").strip(". ")


def suffix_of(document: Document) -> str:
    """Give the suffix of the original."""
    suffix = _UNSAFE.sub("", PurePath(document.original_filename).suffix)
    return suffix if len(suffix) <= _LONGEST_SUFFIX else ""
