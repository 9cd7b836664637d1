"""Who may see and change which labels, saved views and workflows."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from actors.store.access.classes import accesses, class_of
from actors.store.access.permissions import changed, require_there
from actors.store.access.telling import Entitled, tell_access
from actors.store.catalog.labels import label_row
from actors.store.catalog.views import view_row
from actors.store.database import Database
from actors.store.errors import ItemOwned
from actors.store.nouns.access import Access, AccessChange, AccessId, Item, ItemAccess, ItemKind
from actors.store.nouns.catalog import LabelId, ViewId
from actors.store.nouns.workflows import WorkflowId
from actors.store.rows import counters
from actors.store.rows.catalog import LabelRow, ViewRow
from actors.store.rows.seeing import require_item_editable, viewer_in
from actors.store.rows.workflows import WorkflowRow
from actors.store.workflows.workflows import workflow_row


class ItemPermissions:
    """Keeps owners and grants of all that is not a document. They are of their own: nothing is inherited."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, items: Sequence[Item]) -> Sequence[ItemAccess]:
        """Tell what the access to items is, in the order asked. Raises LabelNotFound, ViewNotFound, WorkflowNotFound."""
        with self._database.read() as session:
            rows = [item_row(session, item) for item in items]
            known = accesses(session, {row.access_id for row in rows})
            return [ItemAccess(row.name, known[AccessId(row.access_id)]) for row in rows]

    def change(self, items: Sequence[Item], change: AccessChange) -> None:
        """Give items another owner, or other grants: all or none.

        Raises what `of` does, UserNotFound, GroupNotFound, ItemNotEditable, and ItemOwned where somebody else owns one.
        """
        with self._database.write() as session:
            require_there(session, change)
            viewer = viewer_in(session)
            rows = [item_row(session, item) for item in dict.fromkeys(items)]
            known = accesses(session, {row.access_id for row in rows})
            told = list[tuple[Entitled, Access, Access]]()
            for row in rows:
                before = known[AccessId(row.access_id)]
                require_item_editable(row)
                if viewer is not None and before.owner not in (None, viewer.user):
                    raise ItemOwned(row.name)
                after = of_its_own(changed(before, change))
                if after != before:
                    row.owner_id, row.access_id = after.owner, class_of(session, after)
                    row.revision += 1
                    told.append((row, before, after))
            tell_access(session, told)
            counters.catalogue_changed(session)


def of_its_own(access: Access) -> Access:
    """Give an access that inherits nothing; what is nobody's and granted to nobody is everyone's."""
    restricted = access.owner is not None or bool(access.grants)
    return Access(access.owner, access.grants, private=restricted)


def item_row(session: Session, item: Item) -> LabelRow | ViewRow | WorkflowRow:
    """Load an item. Raises LabelNotFound, ViewNotFound, WorkflowNotFound."""
    match item.kind:
        case ItemKind.LABEL:
            return label_row(session, LabelId(item.id))
        case ItemKind.VIEW:
            return view_row(session, ViewId(item.id))
        case ItemKind.WORKFLOW:
            return workflow_row(session, WorkflowId(item.id))
