"""What is asked for many documents: which they are, and what is done to them."""

from collections.abc import Iterator, Mapping

from actors.intake.names import shown_text
from actors.store.nouns.archive import DocumentChanges, DocumentId, JobId
from actors.store.nouns.bulk_edits import BulkAction, BulkOrder
from actors.store.nouns.catalog import LabelKind
from daemon.service.documents.edits import CHANGEABLE, changes_of
from daemon.service.documents.request_ids import own_digest
from daemon.service.documents.rereading import reading_options
from daemon.service.finding.finding import FOUND_AT_ONCE, Finding, found_by
from daemon.service.ports import Archive
from daemon.service.refusals import InvalidRequest, Violation
from daemon.service.wire.archive import document_id
from daemon.service.wire.catalog import label_kind
from daemon.service.wire.fields import field_names
from daemon.service.wire.masks import paths_of
from scriba.v1 import bulk_edits_pb2 as pb

# No two documents share a number.
SHARED = tuple(path for path in CHANGEABLE if path != "archive_serial_number")
ACTIONS: Mapping[int, BulkAction] = {
    pb.BULK_ACTION_UNSPECIFIED: BulkAction.EDIT,
    pb.BULK_ACTION_DELETE: BulkAction.DELETE,
    pb.BULK_ACTION_UNDELETE: BulkAction.UNDELETE,
    pb.BULK_ACTION_REPROCESS: BulkAction.REPROCESS,
    pb.BULK_ACTION_APPLY_RULES: BulkAction.APPLY_RULES,
}
WORDS = {
    BulkAction.DELETE: "delete",
    BulkAction.UNDELETE: "restore",
    BulkAction.REPROCESS: "read again",
    BulkAction.APPLY_RULES: "apply rules",
}


class BulkRequests:
    """Checks requests, chooses the documents, and queues the job; it waits for the index and the database, so it works in threads."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._finding = Finding(archive)

    def start(self, request: pb.StartBulkEditRequest) -> pb.StartBulkEditResponse:
        """Queue what is asked for, once for each request that has an id.

        Raises InvalidRequest, PathRefused, QueryRefused, FieldNotFound, FieldValueInvalid.
        """
        request_id = own_digest(request.request_id)
        known = None if request.validate_only else self._archive.store.bulk_edits.asked_before(request_id)
        if known is not None:
            return self._answer(known)
        order, words = self._order(request)
        chosen = list(dict.fromkeys(self._chosen(request)))
        if not chosen or request.validate_only:
            return pb.StartBulkEditResponse(document_count=len(chosen))
        label = f"{words}: {len(chosen):,} document{'s' if len(chosen) > 1 else ''}"
        return self._answer(self._archive.store.bulk_edits.start(order, chosen, label, self._archive.now(), request_id))

    def _answer(self, queued: JobId) -> pb.StartBulkEditResponse:
        return pb.StartBulkEditResponse(document_count=self._archive.store.bulk_edits.get(queued, 0).documents, job_id=str(queued))

    def _order(self, request: pb.StartBulkEditRequest) -> tuple[BulkOrder, str]:
        """Read what is to be done, and say it in a few words."""
        action, paths = ACTIONS[request.action], paths_of(request.update_mask, SHARED) if request.update_mask.paths else frozenset[str]()
        parts = [path.replace("_", " ") for path in sorted(paths)]
        if request.add_tags or request.remove_tags:
            if "tags" in paths:
                raise InvalidRequest(Violation("update_mask", "names all tags: add_tags and remove_tags don't go with it"))
            parts.append("tags")
        if (action is BulkAction.EDIT) != bool(parts):
            ask = "nothing is to be changed" if action is BulkAction.EDIT else "an action and changes don't go together: ask twice"
            raise InvalidRequest(Violation("update_mask", ask))
        if (request.kinds or request.only_empty) and action is not BulkAction.APPLY_RULES:
            raise InvalidRequest(Violation("action", "must be to apply rules where kinds or only_empty say how"))
        options = reading_options(request)
        if options and action is not BulkAction.REPROCESS:
            raise InvalidRequest(Violation("action", "must be to read again where ocr_mode or ocr_language say how"))
        words = WORDS.get(action) or f"edit {', '.join(parts)}"
        kinds = frozenset(label_kind(value) for value in request.kinds) or frozenset(LabelKind)
        return BulkOrder(action, self._changes(request, paths), kinds=kinds, keep_values=request.only_empty, options=options), words

    def _changes(self, request: pb.StartBulkEditRequest, paths: frozenset[str]) -> DocumentChanges:
        names = field_names(request.changes.fields) if "fields" in paths else ()
        fields = self._archive.store.catalog.fields.by_name(sorted(set(names))) if names else {}
        read = changes_of(request.changes, paths, fields)
        return DocumentChanges(
            title=read.title,
            tags=read.tags,
            add_tags=tuple(dict.fromkeys(map(shown_text, request.add_tags))),
            remove_tags=tuple(dict.fromkeys(map(shown_text, request.remove_tags))),
            created_date=read.created_date,
            clear_created_date=read.clear_created_date,
            correspondent=read.correspondent,
            document_type=read.document_type,
            storage_path=read.storage_path,
            fields=read.fields,
        )

    def _chosen(self, request: pb.StartBulkEditRequest) -> Iterator[DocumentId]:
        match request.WhichOneof("chosen"):
            case "documents":
                yield from map(document_id, request.documents.ids)
            case "query":
                yield from found_by(self._finding, request.query, self._archive.now())
            case _:
                yield from self._trashed()

    def _trashed(self) -> Iterator[DocumentId]:
        after, now = DocumentId(0), self._archive.now()
        while some := self._archive.store.documents.trashed_before(now, after, FOUND_AT_ONCE):
            yield from some
            after = some[-1]
