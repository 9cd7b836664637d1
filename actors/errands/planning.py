"""Asks workflows what they do to a document of the archive."""

from collections import ChainMap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from threading import Lock
from zoneinfo import ZoneInfo

from actors.errands.content import match_content
from actors.errands.rendering import DocumentTemplates
from actors.store.assignments.given import Standing
from actors.store.catalog.tag_tree import TagTree
from actors.store.nouns.archive import Document, DocumentId, DocumentState, SourceKey
from actors.store.nouns.assignments import Proposal
from actors.store.nouns.catalog import Field, FieldId, FieldValue, LabelId, LabelKind
from actors.store.nouns.identity import UserId
from actors.store.nouns.workflows import Deeds, TriggerKind, Workflow
from actors.store.store import Store
from actors.workflow.due_days import NO_DAYS, Days
from actors.workflow.engine import evaluate, waits_for_text
from actors.workflow.known import Known, LockState, Tools
from actors.workflow.merging import SURER
from actors.workflow.plan import Plan

MOST_PAGES = 100_000

ReadValue = Callable[[Field, str, Callable[[str], date | None]], FieldValue | None]
ReadDate = Callable[[str], date | None]


@dataclass(frozen=True, slots=True)
class _Catalogue:
    """The catalogue at one moment."""

    stamp: int
    labels: Mapping[LabelId, str]
    fields: Mapping[FieldId, Field]
    tree: TagTree


class Planner:
    """Asks the workflows that are there at that moment. Changes nothing; threads may share one."""

    def __init__(self, store: Store, read_value: ReadValue, read_date: ReadDate, zone: ZoneInfo, now: Callable[[], datetime]) -> None:
        self._store = store
        self._read_value = read_value
        self._read_date = read_date
        self._zone = zone
        self._now = now
        self._lock = Lock()
        self._known: _Catalogue | None = None

    def deeds(
        self,
        document_id: DocumentId,
        kind: TriggerKind,
        text: str | None = None,
        proposals: Sequence[Proposal] = (),
        *,
        again: bool = False,
    ) -> Deeds:
        """Tell what workflows want done to a document that would be given what is proposed; without a `text`, that of its pages counts.

        `again` asks those alone that had to wait for its text: the others were asked before.
        """
        workflows = [one for one in self._store.workflows.enabled_for(kind) if not again or waits_for_text(one, kind)]
        return self.plan(document_id, kind, workflows, text, proposals).deeds if workflows else Deeds()

    def seen_by(self, store: Store) -> "Planner":
        """Give one that knows of an archive as somebody sees it."""
        return Planner(store, self._read_value, self._read_date, self._zone, self._now)

    def plan(
        self,
        document_id: DocumentId,
        kind: TriggerKind | None,
        workflows: Sequence[Workflow],
        text: str | None = None,
        proposals: Sequence[Proposal] = (),
        today: date | None = None,
    ) -> Plan:
        """Tell what some workflows would do to a document, with the whole story; `today` by the clock where it is not said."""
        catalogue = self._catalogue()
        owners = {one.owner for one in workflows if one.owner is not None}
        barred = self._store.permissions.barred(document_id, owners) if owners else frozenset[UserId]()
        document, standing = self._store.documents.foresee(document_id, proposals, self._now())
        content = self._text(document_id) if text is None else text
        days = self._days(document, today) if kind in (None, TriggerKind.SCHEDULED) else NO_DAYS
        source, came_as = self._store.documents.delivery(document_id), self._store.successions.names_before(document_id)
        known = replace(
            known_of(document, standing, source, content), days=days, came_as=came_as, lock=lock_of(document, kind), barred=barred
        )
        return evaluate(known, kind, workflows, self._tools(catalogue, document, content))

    def _tools(self, catalogue: _Catalogue, document: Document, content: str) -> Tools:
        # A label that was only foreseen is in no catalogue yet.
        labels = ChainMap(named_by(document), dict(catalogue.labels))
        templates = DocumentTemplates(document, content, labels, catalogue.fields, self._zone)
        read_value = self._read_value
        return Tools(
            labels,
            catalogue.fields,
            catalogue.tree,
            match_content,
            templates,
            lambda field, words: read_value(field, words, self._read_date),
        )

    def _days(self, document: Document, today: date | None) -> Days:
        added, modified = (moment.astimezone(self._zone).date() for moment in (document.added_time, document.update_time))
        runs = self._store.visits.runs(document.id)
        return Days(today or self._now().astimezone(self._zone).date(), self._zone, added, modified, runs)

    def _text(self, document_id: DocumentId) -> str:
        return "\n".join(self._store.pages.texts_of([document_id], 1, MOST_PAGES).get(document_id, ()))

    def _catalogue(self) -> _Catalogue:
        with self._lock:
            if self._known is None or self._known.stamp != self._store.catalog.stamp():
                snapshot = self._store.catalog.snapshot()
                tags = [(label.id, label.name, label.facts.parent) for label in snapshot.labels if label.kind is LabelKind.TAG]
                labels = {label.id: label.name for label in snapshot.labels}
                self._known = _Catalogue(snapshot.stamp, labels, {field.id: field for field in snapshot.fields}, TagTree(tags))
            return self._known


def known_of(document: Document, standing: Standing, source: SourceKey | None, text: str) -> Known:
    """Put together what is known of a document."""
    held = {place: giver for place, giver in standing.givers.items() if giver in SURER}
    return Known(
        filename=document.original_filename,
        source=None if source is None else source.kind,
        path="" if source is None else source.path,
        text=text,
        standing=standing,
        held=held,
    )


def lock_of(document: Document, kind: TriggerKind | None) -> LockState:
    """Tell whether a document is locked, as far as that is known by the moment of a trigger."""
    if document.encrypted:
        return LockState.LOCKED
    unread = document.state in (DocumentState.ACCEPTED, DocumentState.PROCESSING) and kind is not TriggerKind.DOCUMENT_ADDED
    return LockState.UNKNOWN if unread and document.mime_type == "application/pdf" else LockState.OPEN


def named_by(document: Document) -> dict[LabelId, str]:
    """Name the labels that a document has."""
    singles = (document.correspondent, document.document_type, document.storage_path)
    return {label.id: label.name for label in singles if label is not None}
