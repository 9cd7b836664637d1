"""Files that lie in an archive or came with a mail: each that can be read becomes a document of its own, beside the one that holds it."""

import asyncio
import hashlib
from collections.abc import Iterator, Sequence
from functools import cache, partial
from pathlib import Path

from actors.failpoints import Point, around
from actors.intake.filing import suffix_of
from actors.intake.mime import HEAD_BYTES, ContentDetector
from actors.intake.names import shown_name, title_of
from actors.ocr.errors import DecoderKilled, DiskTrouble, OcrError
from actors.ocr.messages import InnerFile, UnpackFiles
from actors.ocr.mime_types import HOLDING, FileKind, kind_of_type
from actors.pipeline.kills import despite_kills
from actors.pipeline.ports import Room
from actors.pipeline.turns import Turns
from actors.pipeline.work import Work
from actors.store.nouns.archive import Accepted, DocumentId, DocumentWarning, NewDocument, SourceKey, SourceKind, Successor

UNPACKED, NOT_UNPACKED = "UNPACKED", "NOT_UNPACKED"
# An archive in an archive in an archive; what lies deeper is no filing of a person's.
DEEPEST = 3
# One transaction takes some tens of milliseconds for so many.
FILES_AT_ONCE = 50
MOST_NAMED = 20
_COPY_BYTES = 1 << 20


async def unpack(work: Work, room: Room, turns: Turns) -> None:  # noqa: ARG001  # every step has the same form
    """Make documents of the files inside. A crash leaves some of them made, and the next attempt finds these by their keys."""
    if not await asyncio.to_thread(_is_opened, work, room):
        return
    folder = await asyncio.to_thread(room.store.layers.folder, work.document.id)
    order = UnpackFiles(room.store.originals.path(work.document), work.document.mime_type, folder / "unpacked")
    try:
        unpacked = await despite_kills(lambda: room.binder.unpack(order))
        if sum(one.size for one in unpacked.files) != order.target.stat().st_size:
            raise DecoderKilled("the decoder told other sizes than it has written")
    except DiskTrouble:
        raise
    except OcrError as error:
        work.warnings.append(DocumentWarning(NOT_UNPACKED, f"The files in it are no documents of their own. {error.reason}"))
        return
    await asyncio.to_thread(_keep, work, room, order.target, unpacked.files)


def _is_opened(work: Work, room: Room) -> bool:
    """Tell whether a document is opened: an archive, unless it lies too deep in others; a mail, unless a rule has chosen of its files."""
    kind = kind_of_type(work.document.mime_type)
    if kind not in HOLDING:
        return False
    delivery = room.store.documents.delivery(work.document.id)
    if kind is FileKind.MAIL and delivery is not None and delivery.kind is SourceKind.MAIL:
        return False
    if _depth(room, work.document.id) < DEEPEST:
        return True
    if kind is FileKind.ARCHIVE:
        words = f"The files in it are no documents of their own. It lies more than {DEEPEST - 1} deep in other archives."
        work.warnings.append(DocumentWarning(NOT_UNPACKED, words))
    return False


def _depth(room: Room, document_id: DocumentId) -> int:
    """Count how deep a document lies in others, no further than counts."""
    depth, here = 0, {document_id}
    while depth < DEEPEST and (here := {origin for one in here for origin in room.store.successions.origins(one)}):
        depth += 1
    return depth


def _keep(work: Work, room: Room, bundle: Path, files: Sequence[InnerFile]) -> None:
    made, left = list[DocumentId](), list[str]()
    waiting = list[Successor]()
    accept = partial(room.store.successions.unpack, work.job, work.document.id)
    for number, (name, path) in enumerate(_single_files(bundle, files), 1):
        successor = _stored(work, room, number, name, path)
        if successor is None:
            left.append(name)
            continue
        waiting.append(successor)
        if len(waiting) >= FILES_AT_ONCE:
            made += _accepted(room, accept, waiting)
    made += _accepted(room, accept, waiting)
    bundle.unlink(missing_ok=True)
    work.warnings += _told(list(dict.fromkeys(made)), left)


def _accepted(room: Room, accept: partial[Sequence[Accepted]], waiting: list[Successor]) -> list[DocumentId]:
    if not waiting:
        return []
    with around(room.checkpoint, Point.COMMITTED):
        accepted = accept(list(waiting), room.now())
    waiting.clear()
    return [one.document_id for one in accepted]


def _single_files(bundle: Path, files: Sequence[InnerFile]) -> Iterator[tuple[str, Path]]:
    """Cut what was unpacked into its files, one at a time; each is gone, or somewhere else, before the next."""
    path = bundle.with_name("unpacked-one")
    with bundle.open("rb") as source:
        for number, file in enumerate(files, 1):
            with path.open("wb") as target:
                left = file.size
                while left and (block := source.read(min(left, _COPY_BYTES))):
                    left -= target.write(block)
            yield shown_name(file.name.replace("\\", "/").rpartition("/")[2] or f"file {number}"), path
            path.unlink(missing_ok=True)


def _stored(work: Work, room: Room, number: int, name: str, path: Path) -> Successor | None:
    """Store a file for good, and describe its document; None for one of a kind that can't be read."""
    with path.open("rb") as file:
        mime_type = _detector().detect(file.read(HEAD_BYTES), name)
        if kind_of_type(mime_type) is None:
            return None
        file.seek(0)
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    new = NewDocument(digest, path.stat().st_size, mime_type, name, title_of(name))
    with around(room.checkpoint, Point.STORED):
        room.store.originals.put(path, digest, suffix_of(mime_type))
    return Successor(new, SourceKey(SourceKind.SPLIT, f"{work.document.sha256} file {number} of document {work.document.id}"))


def _told(made: Sequence[DocumentId], left: Sequence[str]) -> Iterator[DocumentWarning]:
    if made:
        shown, more = made[:MOST_NAMED], len(made) - MOST_NAMED
        ids = ", ".join(map(str, shown)) + (f" and {more} more" if more > 0 else "")
        yield DocumentWarning(UNPACKED, f"The files in it are documents of their own: {ids}.", documents=tuple(shown))
    if left:
        names = ", ".join(left[:MOST_NAMED]) + (f" and {len(left) - MOST_NAMED} more" if len(left) > MOST_NAMED else "")
        yield DocumentWarning(NOT_UNPACKED, f"Some files in it can't be read and lie in it alone: {names}.")


@cache
def _detector() -> ContentDetector:
    """Load libmagic's database once, where there is something to unpack."""
    return ContentDetector()
