"""Which rows somebody may see: a session that is narrowed adds the conditions to every statement by itself.

A table of what belongs to documents is narrowed unless it is named here, so none can be forgotten. Statements on bare tables are not: they
are for what was found by others before.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import AliasedReturnsRows, ColumnElement, FromClause, Join, Select, SelectBase, Table, and_, event, exists, or_, select
from sqlalchemy.orm import ORMExecuteState, Session, object_session, with_loader_criteria
from sqlalchemy.orm.util import LoaderCriteriaOption
from sqlalchemy.sql.visitors import iterate

from actors.store.errors import DocumentNotEditable, ItemNotEditable
from actors.store.nouns.access import NOBODYS, Level, SubjectKind, Viewer
from actors.store.nouns.archive import DocumentId
from actors.store.rows.access import ReachRow
from actors.store.rows.archive import Base, DocumentRow, JobRow
from actors.store.rows.catalog import DocumentTagRow
from actors.store.rows.mail import MailAccountRow, MailRow, MailRuleRow
from actors.store.rows.notifications import NotificationRow
from actors.store.rows.owned import Owned
from actors.store.rows.receiving import UploadLinkRow
from actors.store.rows.sharing import ShareLinkRow

# An execution option for statements that must see everything: what they find out is told to nobody who may not know it.
WHOLE = {"whole": True}
_VIEWER = "viewer"
_DOCUMENTS = Base.metadata.tables[DocumentRow.__tablename__]
_JOBS = Base.metadata.tables[JobRow.__tablename__]
_ACCOUNTS = Base.metadata.tables[MailAccountRow.__tablename__]
_COLUMNS = ("document_id", "other_id", "origin_id")
# What machines note for themselves: nobody is told of it, and it must be noted whole.
_NOTED = frozenset(
    {
        "outbox",
        "unplaced",
        "leftovers",
        "loose_originals",
        "named_files",
        "fingerprints",
        "fingerprint_bands",
        "sides",
        "edited",
        "errands",
        "workflow_visits",
        "mail_folders",
        "notices",
    }
)

# What is its maker's or owner's alone.
_OWN: Mapping[Any, Any] = {
    ShareLinkRow: ShareLinkRow.maker_id,
    UploadLinkRow: UploadLinkRow.maker_id,
    MailAccountRow: MailAccountRow.owner_id,
    NotificationRow: NotificationRow.owner_id,
}


def narrow(session: Session, viewer: Viewer) -> None:
    """Let a session see and change only what somebody may."""
    session.info[_VIEWER] = viewer
    event.listen(session, "do_orm_execute", _narrowed)


def widen(session: Session) -> None:
    """Let a session that has looked at what somebody may do see everything from now on: what follows concerns others too."""
    session.info.pop(_VIEWER, None)


def viewer_in(session: Session) -> Viewer | None:
    """Tell for whom a session was narrowed; None where it sees everything."""
    return cast("Viewer | None", session.info.get(_VIEWER))


def may_reach(session: Session, viewer: Viewer, row: DocumentRow, level: Level) -> bool:
    """Tell whether somebody may view a document, or edit it, whoever the session is narrowed for."""
    if viewer.everything:
        return True
    query = reached(viewer, level).where(ReachRow.access_id == row.access_id).limit(1)
    with session.no_autoflush:
        return session.scalars(query).first() is not None


def require_editable(row: DocumentRow) -> None:
    """Make sure that whoever a session is narrowed for may change a document. Raises DocumentNotEditable."""
    session = object_session(row)
    viewer = None if session is None else viewer_in(session)
    if session is None or viewer is None:
        return
    if not may_reach(session, viewer, row, Level.EDIT):
        raise DocumentNotEditable(DocumentId(row.id))


def require_item_editable(row: Owned) -> None:
    """Make sure that whoever a session is narrowed for may change a label, a view or a workflow. Raises ItemNotEditable."""
    session = object_session(row)
    if session is not None and not open_classes(session, [row.access_id], Level.EDIT):
        raise ItemNotEditable(row.name)


def open_classes(session: Session, access_ids: Iterable[int], level: Level = Level.VIEW) -> set[int]:
    """Tell of which classes whoever a session is narrowed for may view, or edit, labels and the like; everyone's cost no query."""
    asked, viewer = set(access_ids), viewer_in(session)
    return asked if viewer is None else open_to(session, viewer, asked, level)


def open_to(session: Session, viewer: Viewer, access_ids: Iterable[int], level: Level = Level.VIEW) -> set[int]:
    """Tell of which classes somebody may view, or edit, labels and the like."""
    asked = set(access_ids)
    if viewer.everything or asked <= {NOBODYS}:
        return asked
    return (asked & {NOBODYS}) | set(session.scalars(reached(viewer, level).where(ReachRow.access_id.in_(asked))))


def reached_of(session: Session, viewer: Viewer | None, access_ids: Iterable[int], level: Level = Level.VIEW) -> set[int]:
    """Choose the classes of documents that somebody may view, or edit."""
    asked = set(access_ids)
    if viewer is None or viewer.everything:
        return asked
    return set(session.scalars(reached(viewer, level).where(ReachRow.access_id.in_(asked))))


def reached(viewer: Viewer, level: Level) -> Select[int]:
    """Choose the classes of access that somebody may view, or edit; one may be chosen twice."""
    ways = [and_(ReachRow.subject_kind == SubjectKind.USER, ReachRow.subject_id == viewer.user)]
    if viewer.groups:
        ways.append(and_(ReachRow.subject_kind == SubjectKind.GROUP, ReachRow.subject_id.in_(viewer.groups)))
    if viewer.everyone:
        ways.append(ReachRow.subject_kind == SubjectKind.EVERYONE)
    query = select(ReachRow.access_id).where(or_(*ways))
    return query if level is Level.VIEW else query.where(ReachRow.level == Level.EDIT)


def _narrowed(state: ORMExecuteState) -> None:
    viewer = viewer_in(state.session)
    if viewer is None or state.execution_options.get("whole"):
        return
    statement, criteria = state.statement, _criteria(viewer)
    if not isinstance(statement, Select):
        state.statement = statement.options(*criteria.values())
        return
    names, plain = _tables(statement)
    if plain and names == {DocumentRow.__tablename__}:
        # Half of what each list and count asks; a criterion costs ten times what a condition does.
        state.statement = statement.where(_seen_documents(viewer))
    # Each criterion costs a twentieth of a list's time, needed or not.
    elif options := [criteria[name] for name in names if name in criteria]:
        state.statement = statement.options(*options)


def _tables(statement: Select[Any]) -> tuple[set[str], bool]:
    """Name all tables that a statement asks, inner ones and those that only a condition names too; tell whether it has no inner ones."""
    found, plain = set[str](), True
    for part in iterate(statement):
        asked: Any = part if isinstance(part, FromClause) else getattr(part, "table", None)
        while isinstance(asked, AliasedReturnsRows):
            asked, plain = asked.element, False
        if isinstance(asked, Table):
            found.add(asked.name)
        elif part is not statement and isinstance(part, (SelectBase, Join)):
            plain = False
    return found, plain


@lru_cache(maxsize=256)
def _criteria(viewer: Viewer) -> dict[str, LoaderCriteriaOption]:
    entities = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    conditions = {name: _condition(entity, viewer) for name, entity in entities.items() if name not in _NOTED}
    return {name: _criterion(entities[name], condition) for name, condition in conditions.items() if condition is not None}


def _criterion(entity: Any, condition: ColumnElement[bool]) -> LoaderCriteriaOption:
    return with_loader_criteria(entity, condition, include_aliases=True, propagate_to_loaders=False)


def _condition(entity: Any, viewer: Viewer) -> ColumnElement[bool] | None:
    if entity is DocumentRow:
        return _seen_documents(viewer)
    if entity is DocumentTagRow:
        return DocumentTagRow.access_id.in_(reached(viewer, Level.VIEW))
    if issubclass(entity, Owned):
        return or_(entity.access_id == NOBODYS, entity.access_id.in_(reached(viewer, Level.VIEW)))
    if entity is JobRow:
        # What belongs to no document is shown to whoever ordered it.
        return or_(and_(JobRow.document_id.is_(None), JobRow.user_id == viewer.user), _seen(JobRow.document_id, viewer))
    if entity in _OWN:
        return cast("ColumnElement[bool]", _OWN[entity] == viewer.user)
    if entity in (MailRuleRow, MailRow):
        return exists().where(_ACCOUNTS.c.id == entity.account_id, _ACCOUNTS.c.owner_id == viewer.user)
    key = [column.name for column in entity.__table__.primary_key]
    if "job_id" in key:
        return exists().where(_JOBS.c.id == entity.job_id, _JOBS.c.user_id == viewer.user)
    columns = [getattr(entity, name) for name in _COLUMNS if name in entity.__table__.c]
    return and_(*(_seen(column, viewer) for column in columns)) if columns else None


@lru_cache(maxsize=256)
def _seen_documents(viewer: Viewer) -> ColumnElement[bool]:
    return DocumentRow.access_id.in_(reached(viewer, Level.VIEW))


def _seen(column: Any, viewer: Viewer) -> ColumnElement[bool]:
    """Look a document up by its id: a list of all that somebody sees would be long."""
    document = _DOCUMENTS.alias()
    return exists().where(document.c.id == column, document.c.access_id.in_(reached(viewer, Level.VIEW)))
