"""Names that tell things apart: which are free, and what a name means. Nobody learns by them of what he may not see."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, and_, insert, or_, select
from sqlalchemy.orm import Session

from actors.store.audit.deeds import note_all
from actors.store.catalog.label_rows import name_key, new_label
from actors.store.errors import NameTaken
from actors.store.nouns.access import NOBODYS, Viewer
from actors.store.nouns.audit import Act, AuditNoun, Change, Deed
from actors.store.nouns.catalog import LabelId, LabelKind
from actors.store.rows import counters
from actors.store.rows.catalog import LabelRow
from actors.store.rows.owned import Owned
from actors.store.rows.seeing import WHOLE, open_to, viewer_in

# Stands in a key, which has no such sign by itself, between a name and the number of one more that bears it, where nobody saw both.
TWIN = "\x1f"
# Names that one query asks for, each with two conditions: SQLite takes a thousand.
_AT_ONCE = 200


def called(entity: Any, key: str) -> ColumnElement[bool]:
    """Choose what bears a name."""
    return or_(entity.name_key == key, and_(entity.name_key > key + TWIN, entity.name_key < key + " "))


def require_free_name(
    session: Session, entity: Any, name: str, own: int | None, *among: ColumnElement[bool], owner: int | None = None
) -> None:
    """Make sure that nobody sees two of one name: `own` may keep its own. Raises NameTaken.

    Who sees everything takes no name from what others own.
    """
    query = select(entity.id).where(called(entity, name_key(name)), entity.id != (own or 0), *among)
    if issubclass(entity, Owned) and viewer_in(session) is None:
        query = query.where(entity.owner_id.is_not_distinct_from(owner))
    holder = session.scalars(query.order_by(entity.id).limit(1)).one_or_none()
    if holder is not None:
        raise NameTaken(name, holder)


def free_key(session: Session, entity: Any, name: str, own: int | None, *among: ColumnElement[bool]) -> str:
    """Give the key that a name is kept by; one that is taken by what its people do not see gets a number."""
    key = name_key(name)
    query = select(entity.name_key).where(called(entity, key), entity.id != (own or 0), *among)
    taken = set(session.scalars(query, execution_options=WHOLE))
    return next(one for one in (key, *(f"{key}{TWIN}{number}" for number in range(1, len(taken) + 1))) if one not in taken)


def label_ids(session: Session, kind: LabelKind, names: Iterable[str], person: Viewer | None) -> dict[str, LabelId]:
    """Find labels by their names, and make those that are missing; they are everyone's, and learn by themselves (`Matching.AUTO`).

    Those that `person` sees are meant, everyone's before his own and others'; without one, everyone's alone.
    """
    wanted = {name: name_key(name) for name in names}
    known = _known(session, kind, wanted.values(), person)
    missing = {key: name for name, key in reversed(wanted.items()) if key not in known}
    if missing:
        ours = LabelRow.kind == kind
        new = [new_label(kind, name, free_key(session, LabelRow, name, None, ours)) for _, name in sorted(missing.items())]
        session.execute(insert(LabelRow), new)
        counters.catalogue_changed(session)
        known |= _known(session, kind, missing, person)
        changes = (Change("kind", after=kind.value),)
        note_all(session, [Deed(Act.CREATED, AuditNoun.LABEL, known[key], name, changes) for key, name in missing.items()])
    return {name: known[key] for name, key in wanted.items()}


def _known(session: Session, kind: LabelKind, keys: Iterable[str], person: Viewer | None) -> dict[str, LabelId]:
    asked = sorted(set(keys))
    parts = [asked[begin : begin + _AT_ONCE] for begin in range(0, len(asked), _AT_ONCE)]
    found = [row for some in parts for row in session.execute(_candidates(kind, some))]
    open_ones = {NOBODYS} if person is None else open_to(session, person, {row.access_id for row in found})
    seen = [row for row in found if row.access_id in open_ones]
    seen.sort(key=lambda row: (row.access_id != NOBODYS, person is None or row.owner_id != person.user, row.id), reverse=True)
    return {row.name_key.partition(TWIN)[0]: LabelId(row.id) for row in seen}


def _candidates(kind: LabelKind, keys: Iterable[str]) -> Any:
    columns = (LabelRow.id, LabelRow.name_key, LabelRow.owner_id, LabelRow.access_id)
    return select(*columns).where(LabelRow.kind == kind, or_(*(called(LabelRow, key) for key in keys)))
