"""Correspondents, document types, tags and storage paths."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from actors.store.access.granting import forget_label
from actors.store.audit.deeds import note
from actors.store.catalog.forgetting import forget_name
from actors.store.catalog.hidden import hidden_labels
from actors.store.catalog.label_rows import fill, label_of, labels_of, name_key, tag_tree
from actors.store.catalog.named import require_unnamed_label
from actors.store.catalog.names import TWIN, called, free_key, require_free_name
from actors.store.catalog.renames import note_renamed
from actors.store.catalog.tag_inheritance import give_ancestors
from actors.store.database import Database
from actors.store.errors import LabelNotFound, ParentRefused, StaleItem
from actors.store.nouns.access import NOBODYS
from actors.store.nouns.audit import Act, AuditNoun, Change, Deed
from actors.store.nouns.catalog import Label, LabelFacts, LabelId, LabelKind
from actors.store.rows import counters
from actors.store.rows.archive import DocumentRow
from actors.store.rows.catalog import DocumentTagRow, LabelRow
from actors.store.rows.many import change_many, count_seen, documents_with
from actors.store.rows.seeing import WHOLE, require_item_editable, widen

_TRASHED = (
    select(DocumentTagRow.tag_id, func.count())
    .join(DocumentRow, DocumentRow.id == DocumentTagRow.document_id)
    .where(DocumentRow.trashed == True)  # noqa: E712  # SQL, not Python
    .group_by(DocumentTagRow.tag_id)
)

# The place of a label in the order by name: the one to go on after.
Place = tuple[str, LabelId]


class Labels:
    """Keeps the labels of each kind. A new name touches neither documents nor index: both know labels by their ids."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(self, kind: LabelKind, after: Place | None, limit: int, part: str = "") -> Sequence[Label]:
        """List labels by name, beginning after a place; with `part`, those alone whose names hold it."""
        query = select(LabelRow).where(LabelRow.kind == kind)
        if part:
            query = query.where(LabelRow.name_key.contains(name_key(part), autoescape=True))
        with self._database.read() as session:
            if after is not None:
                query = query.where(tuple_(LabelRow.name_key, LabelRow.id) > _kept_place(session, after))
            return labels_of(session, session.scalars(query.order_by(LabelRow.name_key, LabelRow.id).limit(limit)).all())

    def count(self, kind: LabelKind, part: str = "") -> int:
        """Count the labels that `list` lists."""
        query = select(func.count()).select_from(LabelRow).where(LabelRow.kind == kind)
        if part:
            query = query.where(LabelRow.name_key.contains(name_key(part), autoescape=True))
        with self._database.read() as session:
            return session.scalars(query).one()

    def get(self, label_id: LabelId) -> Label:
        """Give one label."""
        with self._database.read() as session:
            return labels_of(session, [label_row(session, label_id)])[0]

    def still_there(self, label_ids: Iterable[LabelId]) -> Mapping[LabelId, Label]:
        """Give those of some labels that nobody has removed."""
        query = select(LabelRow).where(LabelRow.id.in_(sorted(set(label_ids))))
        with self._database.read() as session:
            return {label.id: label for label in labels_of(session, session.scalars(query).all())}

    def find(self, kind: LabelKind, name: str) -> Label:
        """Give the label of this name, everyone's before others; raises LabelNotFound."""
        query = select(LabelRow).where(LabelRow.kind == kind, called(LabelRow, name_key(name)))
        with self._database.read() as session:
            row = session.scalars(query.order_by(LabelRow.access_id != NOBODYS, LabelRow.id).limit(1)).one_or_none()
            if row is None:
                raise LabelNotFound(f"'{name}'")
            return labels_of(session, [row])[0]

    def documents_of(self, label_ids: Sequence[LabelId]) -> Mapping[LabelId, int]:
        """Count the documents outside the trash that bear labels; a label without documents has no entry."""
        live = DocumentRow.trashed == False  # noqa: E712  # SQL, not Python
        tagged = select(DocumentTagRow.tag_id, func.count()).where(DocumentTagRow.tag_id.in_(label_ids)).group_by(DocumentTagRow.tag_id)
        columns = (DocumentRow.correspondent_id, DocumentRow.type_id, DocumentRow.path_id)
        queries = [tagged, *(select(column, func.count()).where(column.in_(label_ids), live).group_by(column) for column in columns)]
        with self._database.read() as session:
            counted = {label_id: count for query in queries for label_id, count in session.execute(query)}
            # Taken off, not left out above: SQLite would ask each of 100,000 documents for each label (4 s), or look up each tag's.
            for tag_id, count in session.execute(_TRASHED):
                if tag_id in counted:
                    counted[tag_id] -= count
        return {LabelId(label_id): count for label_id, count in counted.items() if label_id is not None and count}

    def create(self, kind: LabelKind, facts: LabelFacts) -> Label:
        """Make a label, which is everyone's. Raises NameTaken, ParentRefused."""
        with self._database.write() as session:
            require_free_name(session, LabelRow, facts.name, None, LabelRow.kind == kind)
            require_parent(session, kind, None, facts)
            row = LabelRow(kind=kind, revision=1)
            fill(row, facts, free_key(session, LabelRow, facts.name, None, LabelRow.kind == kind))
            session.add(row)
            counters.catalogue_changed(session)
            session.flush()
            session.refresh(row)
            return label_of(row)

    def update(self, label_id: LabelId, facts: LabelFacts, expected_revision: int | None, now: datetime) -> Label:
        """Change a label; a tag that is put below another gives that one to its documents.

        Raises NameTaken, ParentRefused, StaleItem, ItemNotEditable.
        """
        with self._database.write() as session:
            row = label_row(session, label_id, expected_revision)
            require_item_editable(row)
            require_free_name(session, LabelRow, facts.name, label_id, LabelRow.kind == row.kind, owner=row.owner_id)
            require_parent(session, row.kind, label_id, facts)
            below_hidden = facts.parent is None and row.parent_id is not None and bool(hidden_labels(session, [row.parent_id]))
            if below_hidden and row.parent_id is not None:
                facts = replace(facts, parent=LabelId(row.parent_id))  # who does not see it cannot have taken it away
            widen(session)  # hidden documents follow too
            moved = facts.parent is not None and facts.parent != row.parent_id
            if (facts.name, facts.template) != (row.name, row.template):
                note_renamed(session, row.kind, label_id)
            fill(row, facts, free_key(session, LabelRow, facts.name, label_id, LabelRow.kind == row.kind))
            row.revision += 1
            counters.catalogue_changed(session)
            session.flush()
            if moved:
                give_ancestors(session, label_id, tag_tree(session), now)
            session.refresh(row)
            return label_of(row, above=not below_hidden)

    def delete(self, label_id: LabelId, expected_revision: int | None, now: datetime) -> int:
        """Remove a label from the catalogue and from all documents, and answer how many bore it; tags below it move up.

        Raises StaleItem, NamedByWorkflows, ItemNotEditable.
        """
        with self._database.write() as session:
            row = label_row(session, label_id, expected_revision)
            require_item_editable(row)
            require_unnamed_label(session, row.name, label_id)
            chosen = documents_with(row.kind, label_id)
            seen = count_seen(session, chosen)
            widen(session)  # hidden documents follow too
            changed = change_many(session, chosen, now)
            for child in session.scalars(select(LabelRow).where(LabelRow.parent_id == label_id)).all():
                child.parent_id = row.parent_id
            session.flush()
            forget_label(session, label_id, now)
            if row.access_id != NOBODYS:
                forget_name(session, row.kind, label_id)
            session.delete(row)  # documents lose it by their foreign keys
            note(session, Deed(Act.DELETED, AuditNoun.LABEL, label_id, row.name, (Change("documents", str(changed), "0"),)))
            counters.catalogue_changed(session)
            return seen

    def all(self) -> Sequence[Label]:
        """Give every label of every kind, by kind and name."""
        with self._database.read() as session:
            query = select(LabelRow).order_by(LabelRow.kind, LabelRow.name_key, LabelRow.id)
            return labels_of(session, session.scalars(query).all())


def label_row(session: Session, label_id: LabelId, expected_revision: int | None = None) -> LabelRow:
    """Load a label to change it, if it is still what the caller saw."""
    row = session.get(LabelRow, label_id)
    if row is None:
        raise LabelNotFound(str(label_id))
    if expected_revision is not None and row.revision != expected_revision:
        raise StaleItem(row.name, expected_revision, row.revision)
    return row


def _kept_place(session: Session, place: Place) -> Place:
    """Find a place by names among those that are kept: several labels may bear one."""
    key = session.scalars(select(LabelRow.name_key).where(LabelRow.id == place[1]), execution_options=WHOLE).one_or_none()
    return (key, place[1]) if key is not None and key.startswith(place[0] + TWIN) else place


def require_parent(session: Session, kind: LabelKind, own: LabelId | None, facts: LabelFacts) -> None:
    """Make sure that a label may stand where it is put."""
    if facts.parent is None:
        return
    parent = session.get(LabelRow, facts.parent)
    if kind is not LabelKind.TAG or parent is None or parent.kind is not LabelKind.TAG:
        raise ParentRefused(facts.name)
    if not tag_tree(session).may_stand_below(own, facts.parent):
        raise ParentRefused(facts.name)
