"""I3: a file that was dropped lies in the folder, or is safe in the archive; at any moment, whoever has just been killed."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import select

from actors.store.database import Database
from actors.store.files.data_dir import DataDir
from actors.store.rows.archive import DocumentRow
from tests.invariants.sent import Sent
from tests.running import Daemon


def lost_files(daemon: Daemon, sent: Mapping[str, Sent]) -> list[str]:
    """I3: tell the files that are neither in the folder nor in the archive. Needs no daemon that runs, only its files and its database.

    An upload belongs to `sent` once it was answered: until then its client has it.
    """
    # The folder first: whoever takes a file out of it has committed it before.
    lying = {hashlib.sha256(content).hexdigest() for content in contents(daemon.data.consume)}
    safe = accepted(daemon.data, daemon.store_url)
    return [f"I3: {name} is neither in the folder nor in the archive" for name, each in sent.items() if each.sha256 not in lying | safe]


def contents(folder: Path) -> Iterator[bytes]:
    """Read every file in a folder; one that is taken away meanwhile is left out."""
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError, IsADirectoryError):
            yield path.read_bytes()


def accepted(data: DataDir, store_url: str) -> set[str]:
    """List the checksums of the documents whose row and whole original are there."""
    with closing(Database(store_url)) as database, database.read() as session:
        rows = list(session.scalars(select(DocumentRow.sha256)))
    return {digest for digest in rows if any(is_whole(path, digest) for path in data.originals.glob(f"{digest[:2]}/{digest}*"))}


def is_whole(path: Path, digest: str) -> bool:
    """Tell whether a stored file is what its name says."""
    return hashlib.sha256(path.read_bytes()).hexdigest() == digest
