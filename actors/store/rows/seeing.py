"""Which rows somebody may see, as conditions of SQL."""

from sqlalchemy import Select, and_, or_, select

from actors.store.nouns.access import Level, SubjectKind, Viewer
from actors.store.rows.access import ReachRow


def reached(viewer: Viewer, level: Level) -> Select[int]:
    """Choose the classes of access that somebody may view, or edit; one may be chosen twice."""
    ways = [and_(ReachRow.subject_kind == SubjectKind.USER, ReachRow.subject_id == viewer.user)]
    if viewer.groups:
        ways.append(and_(ReachRow.subject_kind == SubjectKind.GROUP, ReachRow.subject_id.in_(viewer.groups)))
    if viewer.everyone:
        ways.append(ReachRow.subject_kind == SubjectKind.EVERYONE)
    query = select(ReachRow.access_id).where(or_(*ways))
    return query if level is Level.VIEW else query.where(ReachRow.level == Level.EDIT)
