"""Making and changing what the catalogue holds: read, checked and kept. It asks the database, so it works in threads."""

from actors.store.catalog.label_rows import name_key
from actors.store.nouns.catalog import Field, Label, LabelId, View
from daemon.service.callers import caller
from daemon.service.cataloguing.checks import check_query, field_violations, label_violations, refuse, view_violations
from daemon.service.ports import Archive
from daemon.service.refusals import TokenMismatch
from daemon.service.wire.catalog import (
    field_facts,
    field_id,
    field_kind,
    field_message,
    field_options,
    label_facts,
    label_id,
    label_kind,
    label_message,
    view_facts,
    view_id,
    view_message,
)
from daemon.service.wire.masks import masked, merging, of_paths, paths_of
from daemon.service.wire.page_tokens import page_token, position_of
from daemon.service.wire.values import expected_revision
from scriba.v1 import catalog_pb2 as pb

LABEL_PATHS = ("name", "matching", "pattern", "case_sensitive", "colour", "inbox", "parent_id", "template")
FIELD_PATHS = ("name", "options", "currency", "extraction", "reminder_days")
VIEW_PATHS = ("name", "query", "order_by", "page_size", "display", "columns", "dashboard", "sidebar", "position")
PAGE_SIZE = 100


class Cataloguing:
    """Keeps the catalogue as people want it."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._now = archive.now

    def labels(self, request: pb.ListLabelsRequest) -> pb.ListLabelsResponse:
        """Answer one page of labels; raises TokenMismatch for another query's token."""
        kind, size = label_kind(request.kind), request.page_size or PAGE_SIZE
        found = self._archive.store.catalog.labels.list(kind, _after(request), size + 1, request.name_part)
        shown = found[:size]
        counts = self._archive.store.catalog.labels.documents_of([label.id for label in shown])
        return pb.ListLabelsResponse(
            labels=[label_message(label, counts.get(label.id, 0)) for label in shown],
            next_page_token=page_token([name_key(shown[-1].name), shown[-1].id], request) if len(found) > size else "",
            total_size=self._archive.store.catalog.labels.count(kind, request.name_part),
        )

    def label(self, text: str) -> pb.Label:
        """Tell one label with the number of its documents."""
        label = self._archive.store.catalog.labels.get(label_id(text))
        return label_message(label, self._archive.store.catalog.labels.documents_of([label.id]).get(label.id, 0))

    def create_label(self, told: pb.Label) -> Label:
        """Make a label; raises InvalidRequest, NameTaken, ParentRefused."""
        refuse(label_violations(told))
        return self._archive.store.catalog.labels.create(label_kind(told.kind), label_facts(told))

    def update_label(self, request: pb.UpdateLabelRequest) -> Label:
        """Change a label; raises InvalidRequest, NameTaken, ParentRefused, StaleItem."""
        paths = paths_of(request.update_mask, LABEL_PATHS)
        looked_at = paths | {"pattern"} if "matching" in paths else paths
        label, named = label_id(request.label.id), expected_revision(request.label.etag)

        def change() -> Label:
            present = self._archive.store.catalog.labels.get(label)
            told = masked(label_message(present), request.label, request.update_mask)
            refuse(of_paths(looked_at, label_violations(told)))
            return self._archive.store.catalog.labels.update(label, label_facts(told), named or present.revision, self._now())

        return merging(change, named)

    def create_field(self, told: pb.Field) -> Field:
        """Make a custom field; raises InvalidRequest, NameTaken."""
        refuse(field_violations(told, ()))
        return self._archive.store.catalog.fields.create(
            field_kind(told.kind), field_facts(told), [name for _, name in field_options(told)]
        )

    def update_field(self, request: pb.UpdateFieldRequest) -> Field:
        """Change a custom field; raises InvalidRequest, NameTaken, StaleItem."""
        paths = paths_of(request.update_mask, FIELD_PATHS)
        field, named = field_id(request.field.id), expected_revision(request.field.etag)

        def change() -> Field:
            present = self._archive.store.catalog.fields.get(field)
            told = masked(field_message(present), request.field, request.update_mask)
            refuse(of_paths(paths, field_violations(told, present.facts.options or ())))
            options = field_options(told) if "options" in paths else None
            return self._archive.store.catalog.fields.update(field, field_facts(told), options, named or present.revision, self._now())

        return merging(change, named)

    def create_view(self, told: pb.View) -> View:
        """Save a view of whoever makes the call; raises InvalidRequest, NameTaken."""
        refuse(view_violations(told))
        check_query(told, self._now().date())
        return self._archive.store.catalog.views.create(view_facts(told), caller().user)

    def update_view(self, request: pb.UpdateViewRequest) -> View:
        """Change a view; raises InvalidRequest, NameTaken, StaleItem."""
        paths = paths_of(request.update_mask, VIEW_PATHS)
        view, named = view_id(request.view.id), expected_revision(request.view.etag)

        def change() -> View:
            present = self._archive.store.catalog.views.get(view)
            told = masked(view_message(present), request.view, request.update_mask)
            refuse(of_paths(paths, view_violations(told)))
            if "query" in paths:
                check_query(told, self._now().date())
            return self._archive.store.catalog.views.update(view, view_facts(told), named or present.revision)

        return merging(change, named)


def _after(request: pb.ListLabelsRequest) -> tuple[str, LabelId] | None:
    if not request.page_token:
        return None
    match position_of("page_token", request.page_token, request):
        case [str(name), int(last)]:
            return name, LabelId(last)
        case _:
            raise TokenMismatch("page_token")
