"""What of the catalogue a session does not see, though it stands in what it sees; next to no work where all is everyone's."""

from collections.abc import Collection, Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from actors.store.nouns.access import NOBODYS
from actors.store.nouns.catalog import LabelId
from actors.store.rows.catalog import LabelRow
from actors.store.rows.owned import Owned
from actors.store.rows.seeing import WHOLE, open_classes, viewer_in
from actors.store.rows.workflows import WorkflowRow

_RESTRICTED = select(LabelRow.id, LabelRow.access_id).where(LabelRow.access_id != NOBODYS).execution_options(**WHOLE)
_NAMED: tuple[type[Owned], ...] = (LabelRow, WorkflowRow)


def hidden_labels(session: Session, label_ids: Iterable[int] | None = None) -> set[LabelId]:
    """Choose the labels, of some or of all, that a session does not see."""
    wanted = None if label_ids is None else set(label_ids)
    if viewer_in(session) is None or wanted == set():
        return set()
    rows = session.execute(_RESTRICTED if wanted is None else _RESTRICTED.where(LabelRow.id.in_(wanted))).all()
    seen = open_classes(session, {row.access_id for row in rows})
    return {LabelId(row.id) for row in rows if row.access_id not in seen}


def hidden_names(session: Session) -> set[str]:
    """Give the names of labels and workflows that a session does not see, unless something that it sees bears them too."""
    if viewer_in(session) is None:
        return set()
    restricted = [
        row
        for entity in _NAMED
        for row in session.execute(select(entity.name, entity.access_id).where(entity.access_id != NOBODYS), execution_options=WHOLE)
    ]
    seen = open_classes(session, {row.access_id for row in restricted})
    hidden = {row.name for row in restricted if row.access_id not in seen}
    if not hidden:
        return hidden
    return hidden - {name for entity in _NAMED for name in session.scalars(select(entity.name).where(entity.name.in_(hidden)))}


def quotes(words: str, names: Collection[str]) -> bool:
    """Tell whether words that machines wrote name one of these: alone, or between quotes."""
    return words in names or any(f"'{name}'" in words for name in names)
