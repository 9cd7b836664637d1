"""Saved views."""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from actors.store.catalog.label_rows import name_key
from actors.store.database import Database
from actors.store.errors import NameTaken, StaleItem, ViewNotFound
from actors.store.nouns.catalog import View, ViewFacts, ViewId
from actors.store.rows.catalog import ViewRow


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

    def create(self, facts: ViewFacts) -> View:
        """Save a view. Raises NameTaken."""
        with self._database.write() as session:
            require_free_name(session, facts.name, None)
            row = ViewRow(revision=1)
            fill(row, facts)
            session.add(row)
            session.flush()
            session.refresh(row)
            return view_of(row)

    def update(self, view_id: ViewId, facts: ViewFacts, expected_revision: int | None) -> View:
        """Change a view. Raises NameTaken, StaleItem."""
        with self._database.write() as session:
            row = view_row(session, view_id, expected_revision)
            require_free_name(session, facts.name, view_id)
            fill(row, facts)
            row.revision += 1
            session.flush()
            session.refresh(row)
            return view_of(row)

    def delete(self, view_id: ViewId, expected_revision: int | None) -> None:
        """Remove a view."""
        with self._database.write() as session:
            session.delete(view_row(session, view_id, expected_revision))


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
    return View(ViewId(row.id), row.revision, ViewFacts(name=row.name, position=row.position, **shown))


def fill(row: ViewRow, facts: ViewFacts) -> None:
    """Write a view into its row."""
    shown = asdict(facts)
    row.name, row.name_key, row.position = shown.pop("name"), name_key(facts.name), shown.pop("position")
    row.shown = shown


def require_free_name(session: Session, name: str, own: ViewId | None) -> None:
    """Make sure that no other view bears a name."""
    holder = session.scalars(select(ViewRow.id).where(ViewRow.name_key == name_key(name))).one_or_none()
    if holder is not None and holder != own:
        raise NameTaken(name, holder)
