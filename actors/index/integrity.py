"""Whether the files of a generation are as they were written.

Tantivy ends each file of a segment with a footer that holds the CRC-32 of what stands before, and never looks at it again; such a file is
never changed. `meta.json`, which is replaced at each commit, has none: what it may say is compared with what it must.
"""

import json
import os
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import tantivy

from actors.index.generation import Generation
from actors.index.schema import create_index, document_schema, word_schema

# Written by each segment; files of deletions come with their commit.
_PARTS = ("fast", "fieldnorm", "idx", "pos", "store", "term")
_FOOTER_END = struct.Struct("<II")
_MAGIC = 1337
_CHUNK_BYTES = 1024 * 1024
# A commit or a merge can replace what is looked at, each time once.
_ATTEMPTS = 5


def damage(generation: Generation) -> list[str]:
    """Tell in words what of a generation is not as it was written; nothing when all is well. Reads every byte of it."""
    found = []
    for schema, folder in ((document_schema(), generation.documents), (word_schema(), generation.words)):
        found += [f"{folder.parent.name}/{folder.name}/{words}" for words in _damage_in(folder, schema)]
    return found


def _damage_in(folder: Path, schema: tantivy.Schema) -> list[str]:
    for _ in range(_ATTEMPTS):
        before = _read_meta(folder)
        found = list(_damage_of(folder, before, schema))
        # What a commit has replaced meanwhile may be gone; look at what took its place.
        if not found or _read_meta(folder) == before:
            return found
    return []


def _read_meta(folder: Path) -> bytes | None:
    try:
        return (folder / "meta.json").read_bytes()
    except OSError:
        return None


def _damage_of(folder: Path, written: bytes | None, schema: tantivy.Schema) -> Iterator[str]:
    meta = _checked_meta(written, _empty_meta(schema))
    if meta is None:
        yield "meta.json is not what an index of this version says"
        return
    if not _lists_names(folder / ".managed.json"):
        yield ".managed.json is damaged"
    for segment in meta["segments"]:
        name = segment["segment_id"].replace("-", "")
        names = [f"{name}.{part}" for part in _PARTS]
        if segment["deletes"] is not None:
            names.append(f"{name}.{segment['deletes']['opstamp']}.del")
        for each in names:
            if (wrong := file_damage(folder / each)) is not None:
                yield f"{each} {wrong}"


def _empty_meta(schema: tantivy.Schema) -> dict[str, Any]:
    with TemporaryDirectory(prefix="scriba-schema-") as folder:
        create_index(schema, Path(folder))
        meta: dict[str, Any] = json.loads((Path(folder) / "meta.json").read_bytes())
        return meta


def _checked_meta(written: bytes | None, empty: dict[str, Any]) -> dict[str, Any] | None:
    """Read `meta.json` where all of it is as this version writes it: a name with one letter wrong would silently be passed over."""
    try:
        meta = json.loads(written or b"")
        segments = meta["segments"]
        sound = (
            meta.keys() - {"payload"} == empty.keys() - {"payload"}
            and all(meta[name] == empty[name] for name in ("schema", "index_settings"))
            and isinstance(meta["opstamp"], int)
            and all(_is_segment(segment) for segment in segments)
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return meta if sound else None


def _is_segment(segment: dict[str, Any]) -> bool:
    deletes = segment["deletes"]
    sound = segment.keys() == {"segment_id", "max_doc", "deletes"} and isinstance(segment["max_doc"], int)
    if deletes is None:
        return sound
    return sound and deletes.keys() == {"num_deleted_docs", "opstamp"} and 0 < deletes["num_deleted_docs"] <= segment["max_doc"]


def _lists_names(path: Path) -> bool:
    try:
        names = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(names, list) and all(isinstance(name, str) for name in names)


def file_damage(path: Path) -> str | None:
    """Tell what is wrong with one file of a segment; None when its checksum is right."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - _FOOTER_END.size))
            length, magic = _FOOTER_END.unpack(file.read(_FOOTER_END.size))
            body = size - _FOOTER_END.size - length
            if magic != _MAGIC or body < 0:
                return "does not end as it was written"
            file.seek(body)
            expected = json.loads(file.read(length))["crc"]
            file.seek(0)
            return None if _checksum(file.read, body) == expected else "has a wrong checksum"
    except FileNotFoundError:
        return "is missing"
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    except (struct.error, ValueError, KeyError, TypeError):
        return "does not end as it was written"


def _checksum(read: Callable[[int], bytes], length: int) -> int:
    value = 0
    while length > 0 and (chunk := read(min(_CHUNK_BYTES, length))):
        value = zlib.crc32(chunk, value)
        length -= len(chunk)
    return value
