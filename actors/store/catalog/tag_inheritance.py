"""Documents bear the tags above theirs, also after a tag has moved."""

from datetime import datetime

from sqlalchemy import insert, literal, select
from sqlalchemy.orm import Session

from actors.store.access.moves import label_spreads
from actors.store.audit.deeds import note
from actors.store.catalog.tag_tree import TagTree
from actors.store.nouns.audit import Act, AuditNoun, Change, Deed
from actors.store.nouns.catalog import LabelId
from actors.store.rows.catalog import DocumentTagRow
from actors.store.rows.many import change_many


def give_ancestors(session: Session, tag: LabelId, tree: TagTree, now: datetime) -> None:
    """Give the tags above one to all documents that bear it and not those."""
    for ancestor in tree.above(tag):
        bearing = select(DocumentTagRow.document_id).where(DocumentTagRow.tag_id == ancestor)
        lacking = select(DocumentTagRow.document_id).where(DocumentTagRow.tag_id == tag, DocumentTagRow.document_id.not_in(bearing))
        if count := change_many(session, lacking, now):
            given = select(DocumentTagRow.document_id, literal(ancestor)).where(
                DocumentTagRow.tag_id == tag, DocumentTagRow.document_id.not_in(bearing)
            )
            session.execute(insert(DocumentTagRow).from_select(["document_id", "tag_id"], given))
            label_spreads(session, ancestor, now)
            note(session, Deed(Act.CHANGED, AuditNoun.LABEL, ancestor, tree.name(ancestor), (Change("documents", after=f"+{count}"),)))
