"""Custom fields."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from actors.store.audit.deeds import note
from actors.store.catalog.field_rows import field_of
from actors.store.catalog.label_rows import name_key
from actors.store.catalog.named import require_unnamed_field
from actors.store.catalog.names import require_free_name
from actors.store.catalog.renames import note_renamed
from actors.store.database import Database
from actors.store.errors import FieldNotFound, FieldValueInvalid, NameTaken, StaleItem
from actors.store.nouns.audit import Act, AuditNoun, Change, Deed
from actors.store.nouns.catalog import Field, FieldFacts, FieldId, FieldKind
from actors.store.rows import counters
from actors.store.rows.catalog import DocumentLinkRow, FieldRow, FieldValueRow
from actors.store.rows.columns import clean_text
from actors.store.rows.many import DocumentIds, change_many, count_seen
from actors.store.rows.seeing import widen

_CHOOSING = (FieldKind.CHOICE, FieldKind.CHOICES)


class Fields:
    """Keeps the custom fields. Their kinds never change; options keep their ids, so that a new name touches no document."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(self) -> Sequence[Field]:
        """List all fields by name."""
        with self._database.read() as session:
            return [field_of(row) for row in session.scalars(select(FieldRow).order_by(FieldRow.name_key))]

    def get(self, field_id: FieldId) -> Field:
        """Give one field."""
        with self._database.read() as session:
            return field_of(field_row(session, field_id))

    def by_name(self, names: Sequence[str]) -> Mapping[str, Field]:
        """Find fields by their names; raises FieldNotFound."""
        keys = {name: name_key(name) for name in names}
        with self._database.read() as session:
            found = {row.name_key: field_of(row) for row in session.scalars(select(FieldRow).where(FieldRow.name_key.in_(keys.values())))}
        for name, key in keys.items():
            if key not in found:
                raise FieldNotFound(f"'{name}'")
        return {name: found[key] for name, key in keys.items()}

    def create(self, kind: FieldKind, facts: FieldFacts, options: Sequence[str]) -> Field:
        """Make a field, with its options where it is to choose from some. Raises NameTaken, FieldValueInvalid."""
        with self._database.whole.write() as session:  # hidden documents follow too
            require_free_name(session, FieldRow, facts.name, None)
            row = FieldRow(kind=kind, revision=1, options=[], next_option=1)
            fill(row, facts)
            set_options(row, [(0, name) for name in options])
            session.add(row)
            counters.catalogue_changed(session)
            session.flush()
            session.refresh(row)
            return field_of(row)

    def ensure(self, wanted: Mapping[str, FieldKind]) -> Mapping[str, FieldId]:
        """Find fields by name and kind, and make those of which there is none; a name that a field of another kind bears is left out."""
        found = self._named(wanted)
        for name in wanted.keys() - found.keys():
            with suppress(NameTaken):  # somebody else was quicker
                self.create(wanted[name], FieldFacts(name), ())
        if len(found) < len(wanted):
            found = self._named(wanted)
        return {name: field_id for name, (kind, field_id) in found.items() if kind is wanted[name]}

    def _named(self, names: Iterable[str]) -> Mapping[str, tuple[FieldKind, FieldId]]:
        keys = {name_key(name): name for name in names}
        query = select(FieldRow.name_key, FieldRow.kind, FieldRow.id).where(FieldRow.name_key.in_(keys))
        with self._database.read() as session:
            return {keys[row.name_key]: (row.kind, FieldId(row.id)) for row in session.execute(query)}

    def update(
        self,
        field_id: FieldId,
        facts: FieldFacts,
        options: Sequence[tuple[int, str]] | None,
        expected_revision: int | None,
        now: datetime,
    ) -> Field:
        """Change a field; options are given whole, new ones with id 0, and one that is left out goes from all documents.

        Raises NameTaken, FieldValueInvalid, StaleItem.
        """
        with self._database.whole.write() as session:  # hidden documents follow too
            row = field_row(session, field_id, expected_revision)
            require_free_name(session, FieldRow, facts.name, field_id)
            fill(row, facts)
            gone = set_options(row, options) if options is not None else set[int]()
            note_renamed(session, None, field_id)
            row.revision += 1
            counters.catalogue_changed(session)
            session.flush()
            if gone:
                take_options_away(session, row, gone, now)
            session.refresh(row)
            return field_of(row)

    def delete(self, field_id: FieldId, expected_revision: int | None, now: datetime) -> int:
        """Remove a field with all its values, and answer how many documents had one. Raises StaleItem, NamedByWorkflows."""
        with self._database.write() as session:
            row = field_row(session, field_id, expected_revision)
            require_unnamed_field(session, row.name, field_id)
            chosen = documents_with_field(field_id, row.kind)
            seen = count_seen(session, chosen)
            widen(session)  # hidden documents follow too
            changed = change_many(session, chosen, now)
            session.delete(row)  # values and links go with it by their foreign keys
            note(session, Deed(Act.DELETED, AuditNoun.FIELD, field_id, row.name, (Change("documents", str(changed), "0"),)))
            counters.catalogue_changed(session)
            return seen


def field_row(session: Session, field_id: FieldId, expected_revision: int | None = None) -> FieldRow:
    """Load a field to change it, if it is still what the caller saw."""
    row = session.get(FieldRow, field_id)
    if row is None:
        raise FieldNotFound(str(field_id))
    if expected_revision is not None and row.revision != expected_revision:
        raise StaleItem(row.name, expected_revision, row.revision)
    return row


def fill(row: FieldRow, facts: FieldFacts) -> None:
    """Write into a row all that a person may change, options aside."""
    row.name, row.name_key = clean_text(facts.name), name_key(facts.name)
    row.currency, row.extraction, row.reminder_days = facts.currency, facts.extraction, facts.reminder_days


def set_options(row: FieldRow, options: Sequence[tuple[int, str]]) -> set[int]:
    """Give a field these options; answer the ids of those that are gone. Raises FieldValueInvalid."""
    if bool(options) != (row.kind in _CHOOSING):
        raise FieldValueInvalid(row.name, "options if it is to choose from some, and only then")
    keys = [name_key(name) for _, name in options]
    known = {number for number, _ in row.options}
    if len(set(keys)) < len(keys) or not {number for number, _ in options} <= known | {0}:
        raise FieldValueInvalid(row.name, "options with different names, known ones with their ids and new ones without")
    kept = list[list[object]]()
    for number, name in options:
        kept.append([number or row.next_option, clean_text(name)])
        row.next_option += not number
    row.options = kept
    return known - {number for number, _ in options}


def take_options_away(session: Session, row: FieldRow, gone: set[int], now: datetime) -> None:
    """Take options from the documents that have chosen them."""
    values = session.scalars(select(FieldValueRow).where(FieldValueRow.field_id == row.id)).all()
    touched = [value for value in values if gone & set(value.value if isinstance(value.value, list) else [value.value])]
    for begin in range(0, len(touched), 500):
        ids = [value.document_id for value in touched[begin : begin + 500]]
        change_many(
            session, select(FieldValueRow.document_id).where(FieldValueRow.field_id == row.id, FieldValueRow.document_id.in_(ids)), now
        )
    for value in touched:
        left = [number for number in value.value if number not in gone] if isinstance(value.value, list) else []
        if left:
            value.value = left
        else:
            session.delete(value)


def documents_with_field(field_id: FieldId, kind: FieldKind) -> DocumentIds:
    """Choose the documents that have a value of a field."""
    if kind is FieldKind.DOCUMENTS:
        return select(DocumentLinkRow.document_id).where(DocumentLinkRow.field_id == field_id).distinct()
    return select(FieldValueRow.document_id).where(FieldValueRow.field_id == field_id)
