"""Files of a watched folder on their way: sent once, however often the command is started, and removed when their documents are ready."""

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path

import scriba
from scriba.v1.documents_pb2 import DocumentState, UploadDocumentRequest, UploadDocumentResponse
from scriba_cli.progress import byte_progress
from scriba_cli.resting_files import Facts, facts_of
from scriba_cli.terminal import plain

_PIECE_BYTES = 1024 * 1024


class FileChanged(Exception):
    """The file is not the one any more that had come to rest."""


@dataclass(frozen=True, slots=True)
class Labels:
    """What all documents of the folder are given."""

    tags: list[str] = field(default_factory=list)
    correspondent: str = ""
    document_type: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that the archive has. `request_id` names its upload for ever."""

    path: Path
    facts: Facts
    sha256: str
    request_id: str


def send(client: scriba.Client, path: Path, facts: Facts, labels: Labels) -> tuple[Sent, UploadDocumentResponse]:
    """Put a file into the archive; one that was sent before is answered as it was then. Raises FileChanged, OSError, scriba.Error."""
    sent = named(path, facts)
    with byte_progress(plain(path.name)) as on_progress:
        answer = client.upload(
            path,
            tags=labels.tags,
            correspondent=labels.correspondent,
            document_type=labels.document_type,
            request_id=sent.request_id,
            on_progress=on_progress,
        )
    if facts_of(path) != facts:
        raise FileChanged
    return sent, answer


def named(path: Path, facts: Facts) -> Sent:
    """Name the upload of a file by where it lies, what it holds and when it was written, so that nobody has to remember it."""
    sha256 = _sha256(path)
    if facts_of(path) != facts:
        raise FileChanged
    key = f"{path.absolute()}\0{facts.size}\0{facts.mtime_ns}\0{sha256}"
    return Sent(path, facts, sha256, f"folder-{hashlib.sha256(os.fsencode(key)).hexdigest()[:48]}")


def state_of(client: scriba.Client, sent: Sent) -> "DocumentState.ValueType":
    """Tell how far the document of a file is. An upload that is done answers for it, which those may ask who only add documents, too."""
    start = UploadDocumentRequest.Start(
        request_id=sent.request_id,
        filename=sent.path.name.encode("utf-8", "replace").decode(),
        size_bytes=sent.facts.size,
        sha256=sent.sha256,
        offset=sent.facts.size,
    )
    return client.documents.UploadDocument(iter([UploadDocumentRequest(start=start)])).document.state


def remove(sent: Sent) -> bool:
    """Remove a file if it is still the one that was sent, and tell whether it is gone by that. Raises OSError."""
    if facts_of(sent.path) != sent.facts or _sha256(sent.path) != sent.sha256 or facts_of(sent.path) != sent.facts:
        return False
    sent.path.unlink()
    return True


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE_BYTES):
            digest.update(piece)
    return digest.hexdigest()
