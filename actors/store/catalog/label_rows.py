"""Labels as rows: names told apart; and the labels of documents, read in bulk."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from actors.store.catalog.hidden import hidden_labels
from actors.store.catalog.tag_tree import TagTree
from actors.store.nouns.access import NOBODYS
from actors.store.nouns.catalog import Label, LabelFacts, LabelId, LabelKind, Matching, MatchRule, NamedLabel
from actors.store.nouns.identity import UserId
from actors.store.rows.catalog import DocumentTagRow, LabelRow
from actors.store.rows.columns import clean_text
from actors.store.rows.seeing import WHOLE, open_classes

_TAGS = (
    select(DocumentTagRow.document_id, DocumentTagRow.tag_id)
    .where(DocumentTagRow.document_id.in_(bindparam("document_ids", expanding=True)))
    .order_by(DocumentTagRow.tag_id)
    .execution_options(**WHOLE)  # asked of documents that were loaded
)
_NAMES = (
    select(LabelRow.id, LabelRow.name, LabelRow.access_id)
    .where(LabelRow.id.in_(bindparam("label_ids", expanding=True)))
    .execution_options(**WHOLE)  # what is hidden is left out below: a condition would cost a list of documents more time
)


def name_key(name: str) -> str:
    """Give what names are told apart and sorted by: capitals, look-alike forms and white space do not count."""
    return " ".join(unicodedata.normalize("NFKC", clean_text(name)).casefold().split())


def labels_of(session: Session, rows: Sequence[LabelRow]) -> list[Label]:
    """Make labels of their rows; a tag above that whoever a session is narrowed for does not see is not told."""
    hidden = hidden_labels(session, {row.parent_id for row in rows if row.parent_id is not None})
    return [label_of(row, above=row.parent_id not in hidden) for row in rows]


def label_of(row: LabelRow, above: bool = True) -> Label:
    """Make a label of its row, with or without the tag above it."""
    facts = LabelFacts(
        name=row.name,
        rule=MatchRule(row.matching, row.pattern, row.case_sensitive),
        colour=row.colour,
        inbox=row.inbox,
        parent=None if row.parent_id is None or not above else LabelId(row.parent_id),
        template=row.template,
    )
    owner = None if row.owner_id is None else UserId(row.owner_id)
    return Label(LabelId(row.id), row.kind, row.revision, facts, owner, everyones=row.access_id == NOBODYS)


def fill(row: LabelRow, facts: LabelFacts, key: str) -> None:
    """Write into a row all that a person may change."""
    row.name, row.name_key = clean_text(facts.name), key
    row.matching, row.pattern, row.case_sensitive = facts.rule.matching, facts.rule.pattern, facts.rule.case_sensitive
    row.colour, row.inbox, row.parent_id, row.template = facts.colour, facts.inbox, facts.parent, facts.template


def new_label(kind: LabelKind, name: str, key: str = "") -> dict[str, object]:
    """Describe a label of which nothing but its name is known."""
    return {
        "kind": kind,
        "revision": 1,
        "name": name,
        "name_key": key or name_key(name),
        "matching": Matching.AUTO,
        "pattern": "",
        "case_sensitive": False,
        "colour": "",
        "inbox": False,
        "parent_id": None,
        "template": "",
    }


def tag_ids_of(session: Session, document_ids: Sequence[int]) -> dict[int, tuple[LabelId, ...]]:
    """Read the tags of many documents with one query; a document without tags has no entry."""
    found = dict[int, list[LabelId]]()
    for document_id, tag_id in session.execute(_TAGS, {"document_ids": document_ids}):
        found.setdefault(document_id, []).append(LabelId(tag_id))
    return {document_id: tuple(tags) for document_id, tags in found.items()}


def tags_of(session: Session, document_ids: Sequence[int]) -> dict[int, tuple[NamedLabel, ...]]:
    """Name the tags of many documents that a session sees; a document without any has no entry."""
    tags = tag_ids_of(session, document_ids)
    names = seen_names(session, set[int]().union(*tags.values()))
    return {document_id: tuple(NamedLabel(tag, names[tag]) for tag in borne if tag in names) for document_id, borne in tags.items()}


def names_of(session: Session, label_ids: Iterable[int]) -> Mapping[int, str]:
    """Read the names of labels with one query, also of those that a session does not see."""
    wanted = sorted(set(label_ids))
    return {row.id: row.name for row in session.execute(_NAMES, {"label_ids": wanted})} if wanted else {}


def seen_names(session: Session, label_ids: Iterable[int]) -> Mapping[int, str]:
    """Read the names of those labels that a session sees."""
    wanted = sorted(set(label_ids))
    rows = session.execute(_NAMES, {"label_ids": wanted}).all() if wanted else []
    seen = open_classes(session, {row.access_id for row in rows})
    return {row.id: row.name for row in rows if row.access_id in seen}


def tag_tree(session: Session) -> TagTree:
    """Read all tags, also those that a session does not see: documents bear what stands above theirs. What some alone see has no name."""
    query = select(LabelRow.id, LabelRow.name, LabelRow.parent_id, LabelRow.access_id).where(LabelRow.kind == LabelKind.TAG)
    rows = session.execute(query, execution_options=WHOLE).all()
    seen = open_classes(session, {row.access_id for row in rows})
    hidden = {LabelId(row.id) for row in rows if row.access_id not in seen}
    names = ((row.id, row.name if row.access_id == NOBODYS else "", row.parent_id) for row in rows)
    return TagTree(((LabelId(tag), name, None if above is None else LabelId(above)) for tag, name, above in names), hidden)
