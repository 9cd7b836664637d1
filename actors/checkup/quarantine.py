"""Where repair puts what is wrong or too much, each with a note of what it is and where it came from. Nothing here deletes.

quarantine/20261126-223000-1a2b3c/note.json     what, why, when, from where
quarantine/20261126-223000-1a2b3c/FILE          as it was
"""

import errno
import json
import os
import secrets
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from actors.checkup.findings import Finding
from actors.store.files.data_dir import DataDir
from actors.store.files.durable import sync_file, sync_folder, write_file

NOTE = "note.json"


@dataclass(frozen=True, slots=True)
class Kept:
    """A file in quarantine, and the checksum that it had when it was put there."""

    note: Path
    file: Path
    sha256: str


class Quarantine:
    """Keeps things aside. The note is there before the thing is, so that a thing without a note never exists."""

    def __init__(self, data: DataDir) -> None:
        self._data = data
        self._notes: dict[str, Path] | None = None

    def take(self, path: Path, finding: Finding, now: datetime, sha256: str = "") -> Path:
        """Move a file, a link or a folder here, and give its new place."""
        folder = self._folder(finding, now, {"file": path.name, "sha256": sha256})
        target = folder / path.name
        move(path, target)
        sync_folder(folder)
        sync_folder(path.parent)
        self._by_checksum()[sha256] = folder / NOTE
        return target

    def take_row(self, table: str, row: dict[str, Any], finding: Finding, now: datetime) -> Path:
        """Keep what a row of the database held."""
        return self._folder(finding, now, {"table": table, "row": row}) / NOTE

    def find(self, sha256: str) -> Kept | None:
        """Find a file that had this checksum when it came."""
        note = self._by_checksum().get(sha256)
        if note is None:
            return None
        file = note.parent / json.loads(note.read_text(encoding="utf-8"))["file"]
        return Kept(note, file, sha256) if file.is_file() and not file.is_symlink() else None

    def _by_checksum(self) -> dict[str, Path]:
        """Read all notes once; one check after another works here, so nobody else adds any."""
        if self._notes is None:
            notes = sorted(self._data.quarantine.glob(f"*/{NOTE}"))
            self._notes = {sha256: note for note in notes if (sha256 := json.loads(note.read_text(encoding="utf-8")).get("sha256"))}
        return self._notes

    def give_back(self, kept: Kept, target: Path, now: datetime) -> None:
        """Put a file in the place where it belongs; its note stays, and says so."""
        said = json.loads(kept.note.read_text(encoding="utf-8"))
        said |= {"put_back_to": self.relative(target), "put_back_time": now.isoformat()}
        write_file(kept.note, encoded(said))
        move(kept.file, target)
        sync_folder(target.parent)
        sync_folder(kept.note.parent)

    def relative(self, path: Path) -> str:
        """Write a path as it begins at the data folder."""
        return str(path.relative_to(self._data.root)) if path.is_relative_to(self._data.root) else str(path)

    def _folder(self, finding: Finding, now: datetime, more: dict[str, Any]) -> Path:
        self._data.quarantine.mkdir(mode=0o700, exist_ok=True)
        folder = self._data.quarantine / f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(6)}"
        folder.mkdir(mode=0o700)
        note = {
            "what": finding.kind.value,
            "why": finding.detail,
            "when": now.isoformat(),
            "from": finding.path,
            "document_id": finding.document_id,
            **more,
        }
        write_file(folder / NOTE, encoded(note))
        sync_folder(self._data.quarantine)
        return folder


def encoded(note: dict[str, Any]) -> bytes:
    """Write a note so that a person can read it; a name that is not UTF-8 keeps its bytes as escapes."""
    return json.dumps(note, indent=1, default=str).encode() + b"\n"


def move(path: Path, target: Path) -> None:
    """Rename; or, to another disk, copy for good before the old one goes."""
    try:
        path.rename(target)
    except OSError as error:
        if error.errno != errno.EXDEV or path.is_symlink() or not path.is_file():
            raise
        shutil.copy2(path, target)
        sync_file(target)
        os.unlink(path)  # noqa: PTH108  # the name alone, never what a link points to
