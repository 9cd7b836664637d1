"""Saved views."""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from actors.store.access.classes import class_of
from actors.store.catalog.names import free_key, require_free_name
from actors.store.database import Database
from actors.store.errors import StaleItem, ViewNotFound
from actors.store.nouns.access import Access
from actors.store.nouns.catalog import View, ViewFacts, ViewId
from actors.store.nouns.identity import UserId
from actors.store.rows.catalog import ViewRow
from actors.store.rows.seeing import require_item_editable


class Views:
    """Keeps the saved views, in the order that people put them in."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(self) -> Sequence[View]:
        """List all views."""
        with self._database.read() as session:
            return [view_of(row) for row in session.scalars(select(ViewRow).order_by(ViewRow.position, ViewRow.name_key))]

    def get(self, view_id: ViewId) -> View:
        """Give one view."""
        with self._database.read() as session:
            return view_of(view_row(session, view_id))

    def create(self, facts: ViewFacts, owner: UserId | None = None) -> View:
        """Save a view, which its owner alone sees; without one, everyone does. Raises NameTaken."""
        with self._database.write() as session:
            require_free_name(session, ViewRow, facts.name, None, owner=owner)
            row = ViewRow(revision=1, owner_id=owner, access_id=class_of(session, Access(owner, private=owner is not None)))
            fill(row, facts, free_key(session, ViewRow, facts.name, None))
            session.add(row)
            session.flush()
            session.refresh(row)
            return view_of(row)

    def update(self, view_id: ViewId, facts: ViewFacts, expected_revision: int | None) -> View:
        """Change a view. Raises NameTaken, StaleItem, ItemNotEditable."""
        with self._database.write() as session:
            row = view_row(session, view_id, expected_revision)
            require_item_editable(row)
            require_free_name(session, ViewRow, facts.name, view_id, owner=row.owner_id)
            fill(row, facts, free_key(session, ViewRow, facts.name, view_id))
            row.revision += 1
            session.flush()
            session.refresh(row)
            return view_of(row)

    def delete(self, view_id: ViewId, expected_revision: int | None) -> None:
        """Remove a view. Raises StaleItem, ItemNotEditable."""
        with self._database.write() as session:
            row = view_row(session, view_id, expected_revision)
            require_item_editable(row)
            session.delete(row)


def view_row(session: Session, view_id: ViewId, expected_revision: int | None = None) -> ViewRow:
    """Load a view to change it, if it is still what the caller saw."""
    row = session.get(ViewRow, view_id)
    if row is None:
        raise ViewNotFound(view_id)
    if expected_revision is not None and row.revision != expected_revision:
        raise StaleItem(row.name, expected_revision, row.revision)
    return row


def view_of(row: ViewRow) -> View:
    """Make a view of its row."""
    shown = {**row.shown, "columns": tuple(row.shown["columns"])}
    owner = None if row.owner_id is None else UserId(row.owner_id)
    return View(ViewId(row.id), row.revision, ViewFacts(name=row.name, position=row.position, **shown), owner)


def fill(row: ViewRow, facts: ViewFacts, key: str) -> None:
    """Write a view into its row."""
    shown = asdict(facts)
    row.name, row.name_key, row.position = shown.pop("name"), key, shown.pop("position")
    row.shown = shown
