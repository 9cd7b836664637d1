"""The door for uploads: a file that arrived whole in the spool becomes a document, once for each request id."""

from dataclasses import replace
from pathlib import Path

from actors.failpoints import Point
from actors.intake.errors import ChecksumMismatch, FieldsRefused, OwnerGone, StorageFailed, UploadMissing, UploadTooLarge
from actors.intake.filing import Description, Filing
from actors.intake.messages import AcceptUpload, UploadAccepted
from actors.intake.names import shown_text, title_of, upload_name
from actors.intake.ports import Archive
from actors.intake.settings import IntakeSettings
from actors.intake.staging import BeingWritten, Staged, measure
from actors.store.errors import DocumentNotFound, FieldNotFound, FieldValueInvalid, OriginalMissing
from actors.store.identity.errors import UserNotFound
from actors.store.nouns.archive import Accepted, DocumentChanges, SourceKey


class UploadDoor:
    """Takes uploads in. The staged file is moved, not copied: a link to it would let a late stream write into the original."""

    def __init__(self, filing: Filing, archive: Archive, settings: IntakeSettings) -> None:
        """Take the parts."""
        self._filing = filing
        self._archive = archive
        self._settings = settings

    def take(self, order: AcceptUpload) -> tuple[UploadAccepted, int]:
        """Take one upload in, and tell its bytes; 0 for a request id that was answered before."""
        with self._filing.around(Point.SEEN):
            known = self._answered(order)
        if known is not None:
            order.staged.unlink(missing_ok=True)
            return known, 0
        self._filing.make_room(0)
        # The servicer has staged it, in the daemon's own process.
        with self._filing.around(Point.HASHED):
            staged = self._measured(order)
        try:
            accepted = self._filing.file(staged, _description(order), SourceKey(order.kind, order.request_id)).accepted
        except OriginalMissing:
            raise UploadMissing("a document with the same bytes was purged at the same moment: send the file from its beginning") from None
        except (FieldNotFound, FieldValueInvalid, DocumentNotFound) as error:
            raise FieldsRefused(f"{error}: the custom fields have changed meanwhile; send the file again without them") from None
        except UserNotFound:
            raise OwnerGone("who was to own the document is no user any more; send the file again for somebody else") from None
        except StorageFailed:
            if self._filing.stopped:
                # Its bytes may be lost while the system still shows them: after the restart they must come again, not be made safe again.
                order.staged.unlink(missing_ok=True)
            raise
        return _answer(accepted, staged.sha256), staged.size

    def _answered(self, order: AcceptUpload) -> UploadAccepted | None:
        known = self._archive.uploads.find(order.request_id, order.kind)
        if known is None:
            return None
        return _answer(known, self._archive.documents.get(known.document_id).sha256)

    def _measured(self, order: AcceptUpload) -> Staged:
        try:
            with self._filing.storage_errors():
                staged = self._measure(order.staged)
        except BeingWritten:
            raise UploadMissing("a stream is still writing to this upload: send it to its end") from None
        limit = self._settings.max_file_bytes
        if staged.size > limit:
            order.staged.unlink(missing_ok=True)
            raise UploadTooLarge(f"the file has {staged.size} bytes, and no more than {limit} are taken in")
        if order.sha256 and staged.sha256 != order.sha256:
            order.staged.unlink(missing_ok=True)
            raise ChecksumMismatch(
                f"the file that arrived has SHA-256 {staged.sha256}, not {order.sha256}: send it again from its beginning"
            )
        return staged

    @staticmethod
    def _measure(path: Path) -> Staged:
        try:
            return measure(path)
        except FileNotFoundError:
            raise UploadMissing("nothing of this upload is here: send the file from its beginning") from None


def _answer(accepted: Accepted, sha256: str) -> UploadAccepted:
    return UploadAccepted(accepted.document_id, accepted.job_id, accepted.duplicate, sha256)


def _description(order: AcceptUpload) -> Description:
    filename = upload_name(order.filename)
    return Description(filename, title_of(filename), _shown(order.given), owner=order.owner, author=order.author, by=order.by)


def _shown(given: DocumentChanges) -> DocumentChanges:
    """Clean the names that were sent along; what has no letter left was not given."""
    return replace(
        given,
        title=shown_text(given.title or "") or None,
        tags=tuple(dict.fromkeys(tag for tag in map(shown_text, given.tags or ()) if tag)),
        correspondent=shown_text(given.correspondent or "") or None,
        document_type=shown_text(given.document_type or "") or None,
        storage_path=shown_text(given.storage_path or "") or None,
    )
