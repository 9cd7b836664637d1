"""How many documents somebody sees: a sum over the classes that he reaches, however many documents there are."""

from functools import lru_cache

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from actors.store.nouns.access import Level, Viewer
from actors.store.rows import counters
from actors.store.rows.access import AccessClassRow
from actors.store.rows.archive import Base, DocumentRow
from actors.store.rows.seeing import WHOLE, reached, viewer_in

# On the table: through the mapped class a total took half as long again.
_CLASSES = Base.metadata.tables[AccessClassRow.__tablename__]


def total(session: Session, deleted: bool) -> int:
    """Count the documents of the archive, or of the trash, that whoever a session is narrowed for may see."""
    viewer = viewer_in(session)
    if viewer is None:
        return counters.value(session, counters.TRASHED if deleted else counters.LIVE)
    return session.scalars(_seen(viewer, deleted), execution_options=WHOLE).one()


@lru_cache(maxsize=256)
def _seen(viewer: Viewer, deleted: bool) -> Select[int]:
    column = _CLASSES.c.trashed if deleted else _CLASSES.c.live
    return select(func.coalesce(func.sum(column), 0)).where(_CLASSES.c.id.in_(reached(viewer, Level.VIEW)))


def kept(session: Session) -> dict[int, tuple[int, int]]:
    """Tell of each class how many documents it is said to have, outside the trash and in it."""
    rows = session.execute(select(_CLASSES.c.id, _CLASSES.c.live, _CLASSES.c.trashed).order_by(_CLASSES.c.id))
    return {access_id: (live, trashed) for access_id, live, trashed in rows}


def counted(session: Session) -> dict[int, tuple[int, int]]:
    """Count the documents of each class."""
    trashed = func.count().filter(DocumentRow.trashed)
    rows = session.execute(select(DocumentRow.access_id, func.count() - trashed, trashed).group_by(DocumentRow.access_id))
    return dict.fromkeys(kept(session), (0, 0)) | {access_id: (live, gone) for access_id, live, gone in rows}


def set_right(session: Session, access_id: int) -> None:
    """Let a class have as many documents as it has."""
    live, trashed = counted(session)[access_id]
    session.execute(update(_CLASSES).where(_CLASSES.c.id == access_id).values(live=live, trashed=trashed))
