"""Labels as rows: names told apart, found and made; and the labels of documents, read in bulk."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from actors.store.audit.deeds import note_all
from actors.store.catalog.tag_tree import TagTree
from actors.store.nouns.audit import Act, AuditNoun, Change, Deed
from actors.store.nouns.catalog import Label, LabelFacts, LabelId, LabelKind, Matching, MatchRule
from actors.store.rows import counters
from actors.store.rows.catalog import DocumentTagRow, LabelRow
from actors.store.rows.columns import clean_text
from actors.store.rows.seeing import WHOLE

_TAGS = (
    select(DocumentTagRow.document_id, DocumentTagRow.tag_id)
    .where(DocumentTagRow.document_id.in_(bindparam("document_ids", expanding=True)))
    .order_by(DocumentTagRow.tag_id)
    .execution_options(**WHOLE)  # asked of documents that were loaded
)
_NAMES = select(LabelRow.id, LabelRow.name).where(LabelRow.id.in_(bindparam("label_ids", expanding=True)))


def name_key(name: str) -> str:
    """Give what names are told apart and sorted by: capitals, look-alike forms and white space do not count."""
    return " ".join(unicodedata.normalize("NFKC", clean_text(name)).casefold().split())


def label_of(row: LabelRow) -> Label:
    """Make a label of its row."""
    facts = LabelFacts(
        name=row.name,
        rule=MatchRule(row.matching, row.pattern, row.case_sensitive),
        colour=row.colour,
        inbox=row.inbox,
        parent=None if row.parent_id is None else LabelId(row.parent_id),
        template=row.template,
    )
    return Label(LabelId(row.id), row.kind, row.revision, facts)


def fill(row: LabelRow, facts: LabelFacts) -> None:
    """Write into a row all that a person may change."""
    row.name, row.name_key = clean_text(facts.name), name_key(facts.name)
    row.matching, row.pattern, row.case_sensitive = facts.rule.matching, facts.rule.pattern, facts.rule.case_sensitive
    row.colour, row.inbox, row.parent_id, row.template = facts.colour, facts.inbox, facts.parent, facts.template


def label_ids(session: Session, kind: LabelKind, names: Iterable[str]) -> dict[str, LabelId]:
    """Find labels by their names, and make those that are missing; they learn by themselves (`Matching.AUTO`)."""
    wanted = {name: name_key(name) for name in names}
    if not wanted:
        return {}
    query = select(LabelRow.name_key, LabelRow.id).where(LabelRow.kind == kind, LabelRow.name_key.in_(set(wanted.values())))
    known = dict(session.execute(query).all())
    missing = {key: name for name, key in reversed(wanted.items()) if key not in known}
    if missing:
        session.execute(insert(LabelRow), [new_label(kind, name) for _, name in sorted(missing.items())])
        counters.catalogue_changed(session)
        known = dict(session.execute(query).all())
        changes = (Change("kind", after=kind.value),)
        note_all(session, [Deed(Act.CREATED, AuditNoun.LABEL, known[key], name, changes) for key, name in missing.items()])
    return {name: LabelId(known[key]) for name, key in wanted.items()}


def new_label(kind: LabelKind, name: str) -> dict[str, object]:
    """Describe a label of which nothing but its name is known."""
    return {
        "kind": kind,
        "revision": 1,
        "name": name,
        "name_key": name_key(name),
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


def tag_names_of(session: Session, document_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Read the names of the tags of many documents; a document without tags has no entry."""
    tags = tag_ids_of(session, document_ids)
    names = names_of(session, set[int]().union(*tags.values()))
    return {document_id: tuple(names[tag] for tag in borne) for document_id, borne in tags.items()}


def names_of(session: Session, label_ids: Iterable[int]) -> Mapping[int, str]:
    """Read the names of labels with one query."""
    wanted = sorted(set(label_ids))
    return dict(session.execute(_NAMES, {"label_ids": wanted}).all()) if wanted else {}


def tag_tree(session: Session) -> TagTree:
    """Read all tags."""
    query = select(LabelRow.id, LabelRow.name, LabelRow.parent_id).where(LabelRow.kind == LabelKind.TAG)
    return TagTree((LabelId(row.id), row.name, None if row.parent_id is None else LabelId(row.parent_id)) for row in session.execute(query))
