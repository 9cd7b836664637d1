"""Remembers uploads that did not end, so that the same command, given again, sends only the rest."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import scriba


def notes_folder(environ: Mapping[str, str]) -> Path:
    """Say where the names of such uploads are kept, by the XDG rules."""
    base = environ.get("XDG_STATE_HOME") or Path(environ.get("HOME", "~")).expanduser() / ".local" / "state"
    return Path(base) / "scriba" / "uploads"


@contextmanager
def named_upload(folder: Path, server: str, file: Path) -> Iterator[str]:
    """Give the request id for a file: that of last time if the upload broke off then and the file is the same, else a new one.

    The name is forgotten when the upload ends or is refused, and kept when the connection or the process dies.
    """
    facts = file.stat()
    key = f"{server}\0{file.resolve()}\0{facts.st_size}\0{facts.st_mtime_ns}"
    note = folder / hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()
    if not note.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        note.write_text(scriba.new_request_id())
    try:
        yield note.read_text()
    except scriba.Error as error:
        if not isinstance(error, scriba.Unavailable):
            note.unlink()
        raise
    else:
        note.unlink()
