"""The door for dropped files: the source is touched only when its document is committed."""

import itertools
import os
import secrets
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from actors.failpoints import Point
from actors.intake.errors import NoSpace, NoSpaceForFile, StorageFailed
from actors.intake.filing import Description, Filing
from actors.intake.messages import AcceptFile, FileAccepted, FileAnswer, NotSettled, Refused, RefusedReason
from actors.intake.names import shown_name, title_of
from actors.intake.ports import Owner
from actors.intake.settings import IntakeSettings
from actors.intake.source import NotTaken, SourceFile, opened
from actors.intake.staging import SourceUnreadable, Staged, stage
from actors.store.errors import OriginalMissing
from actors.store.identity.errors import UserNotFound
from actors.store.nouns.archive import DocumentChanges, ScanSide, SourceKey, SourceKind


class FolderDoor:
    """Takes dropped files in. Staged copies bear the name of this life, so that a later one knows which were left behind."""

    def __init__(self, filing: Filing, spool: Path, settings: IntakeSettings, owner: Owner) -> None:
        """Take the parts; staged copies lie in `spool` while they are worked on. `owner` says whose dropped files are."""
        self._filing = filing
        self._spool = spool
        self._settings = settings
        self._owner = owner
        self._life = secrets.token_hex(8)
        self._number = itertools.count(1)

    def recover(self) -> int:
        """Drop the staged copies of former lives, whose sources still exist, and tell how many there were."""
        self._spool.mkdir(parents=True, exist_ok=True)
        left = [path for path in self._spool.iterdir() if not path.name.startswith(self._life)]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)

    def take(self, order: AcceptFile) -> FileAnswer:
        """Take one file in, from the look at it to its removal. The same order again gives the same document."""
        target = self._spool / f"{self._life}-{next(self._number)}.part"
        try:
            with ExitStack() as held:
                with self._filing.around(Point.SEEN):
                    source = held.enter_context(opened(order))
                return self._take(source, order, target)
        except NotTaken as ending:
            return ending.answer
        except OriginalMissing:
            return NotSettled("a document with the same bytes was purged at the same moment")
        except UserNotFound:
            return NotSettled("who was to own the document was removed at the same moment")
        except NoSpaceForFile as error:  # the others need not wait for this one
            return Refused(RefusedReason.TOO_LARGE, str(error))
        except NoSpace as error:
            return Refused(RefusedReason.NO_SPACE, str(error))
        except StorageFailed as error:
            return Refused(RefusedReason.STORAGE_FAILED, str(error))
        finally:
            with suppress(OSError):  # a copy that cannot be removed now goes at the next start
                target.unlink(missing_ok=True)

    def _take(self, source: SourceFile, order: AcceptFile, target: Path) -> FileAnswer:
        size, limit = source.identity.size, self._settings.max_file_bytes
        if size > limit:
            return Refused(RefusedReason.TOO_LARGE, f"the file has {size} bytes, and no more than {limit} are taken in")
        self._filing.make_room(size)
        try:
            with self._filing.storage_errors(), self._filing.around(Point.STAGED):
                staged = stage(source.descriptor, target, size)
        except SourceUnreadable as error:
            return Refused(RefusedReason.UNREADABLE, f"the file cannot be read: {error}")
        with self._filing.around(Point.HASHED):
            # The digest was taken on the way; it is that of the file if the file is still the one that was seen.
            whole = staged.size == size and source.unchanged()
        if not whole:
            return NotSettled("the file changed while it was read")
        return self._file(source, order, staged)

    def _file(self, source: SourceFile, order: AcceptFile, staged: Staged) -> FileAccepted:
        filename = shown_name(source.name)
        tags = tuple(dict.fromkeys(shown_name(tag) for tag in order.tags))
        side = self._side(source, order.path.parent) if order.one_sided else None
        description = Description(filename, title_of(filename), DocumentChanges(tags=tags), side, self._owner())
        filed = self._filing.file(staged, description, source_key(source, order.path, staged.sha256))
        accepted = filed.accepted
        with self._filing.around(Point.SOURCE_REMOVED):
            removed = (self._settings.delete_duplicates or not accepted.duplicate) and _remove(source, filed.original)
        return FileAccepted(accepted.document_id, accepted.job_id, accepted.duplicate, staged.sha256, removed)

    def _side(self, source: SourceFile, folder: Path) -> ScanSide:
        """Say of a scan of one side where its other side comes, and when it was made.

        The time is that of its last change, which no program can set: copies may bear any time of writing.
        """
        _, ctime_ns = source.as_dropped()
        return ScanSide(sha256(os.fsencode(folder)).hexdigest(), ctime_ns, self._settings.sides_patience)


def _remove(source: SourceFile, original: Path) -> bool:
    """Remove the dropped file; one that is a hard link to the original was touched when the original was, and is the same all the same."""
    return source.remove() or (source.is_at(original) and source.as_it_is_now().remove())


def dropped_time(source: SourceKey) -> datetime | None:
    """Tell when a dropped file was last changed (`source_key`); None for other deliveries, and for times that no calendar knows."""
    parts = source.key.split(" ", 4)
    if source.kind is not SourceKind.FOLDER or len(parts) < 5 or not parts[2].isdecimal():
        return None
    seconds = int(parts[2]) // 1_000_000_000
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def source_key(source: SourceFile, path: Path, sha256: str) -> SourceKey:
    """Name this one drop: after a crash it is known again, while the same file dropped again later is another.

    The change time tells the two apart even when the copy keeps path and modification time.
    """
    identity = source.identity
    name, ctime_ns = source.as_dropped()
    return SourceKey(SourceKind.FOLDER, f"{sha256} {identity.size} {identity.mtime_ns} {ctime_ns} {path.parent / name}")
