"""Many documents into the trash and out of it, in the one transaction that is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from actors.store.nouns.bulk_edits import Moved
from actors.store.rows.archive import DocumentRow
from actors.store.rows.revisions import raise_revision
from actors.store.trash import discard, restore

Rows = Sequence[DocumentRow]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a document: changed, moved, or not because of an error."""

    changed: bool = False
    moved: Moved = Moved.NOWHERE
    error: str = ""


def move_to_trash(session: Session, rows: Rows, now: datetime) -> dict[int, Outcome]:
    live = [row for row in rows if not row.trashed]
    discard(session, live, now)
    return {row.id: Outcome() for row in rows} | {row.id: Outcome(True, Moved.TO_TRASH) for row in live}


def move_out_of_trash(session: Session, rows: Rows, now: datetime) -> dict[int, Outcome]:
    trashed = [row for row in rows if row.trashed]
    for row in trashed:
        raise_revision(row, now)
        restore(session, row, now)
    return {row.id: Outcome() for row in rows} | {row.id: Outcome(True, Moved.OUT_OF_TRASH) for row in trashed}
