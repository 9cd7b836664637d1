"""Gives values to documents, each with its reason, in the one transaction that is open (what is decided: given.py)."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from actors.store.access.moves import classify
from actors.store.assignments.given import Bid, Change, Kept, Place, Standing, decide
from actors.store.assignments.naming import LABEL_KINDS, Naming
from actors.store.assignments.telling import tell_given
from actors.store.catalog.field_rows import fields_by_id, keep_value, values_of
from actors.store.catalog.field_values import kept_value, shown_value
from actors.store.catalog.hidden import hidden_labels
from actors.store.catalog.label_rows import names_of, tag_ids_of, tag_tree
from actors.store.catalog.links import set_links
from actors.store.catalog.tag_tree import TagTree
from actors.store.catalog.tags import bear, drop
from actors.store.errors import AsnTaken
from actors.store.nouns.archive import DocumentId, DocumentWarning
from actors.store.nouns.assignments import Aspect, Giver, Proposal
from actors.store.nouns.catalog import Field, FieldId, FieldKind, LabelId
from actors.store.rows.archive import DocumentRow
from actors.store.rows.catalog import AssignmentRow
from actors.store.rows.conversions import warning_of
from actors.store.rows.ordering import UNDATED, title_key
from actors.store.rows.revisions import mark_rows, raise_revision
from actors.store.rows.seeing import WHOLE

ASN_TAKEN = "ASN_TAKEN"
_COLUMNS = {
    Aspect.TITLE: "title",
    Aspect.CREATED_DATE: "created_date",
    Aspect.ASN: "asn",
    Aspect.CORRESPONDENT: "correspondent_id",
    Aspect.DOCUMENT_TYPE: "type_id",
    Aspect.STORAGE_PATH: "path_id",
}
_LAST_GIVERS = (
    select(AssignmentRow.document_id, AssignmentRow.aspect, AssignmentRow.subject_id, AssignmentRow.giver)
    .where(AssignmentRow.document_id.in_(bindparam("document_ids", expanding=True)))
    .order_by(AssignmentRow.id)
)
_ASN_HOLDERS = select(DocumentRow.asn, DocumentRow.id).where(DocumentRow.asn.in_(bindparam("numbers", expanding=True)))

Wanted = Mapping[DocumentId, Sequence[Proposal]]
View = Callable[[Standing], Standing]


@dataclass(frozen=True, slots=True)
class _Desk:
    """All that is needed to decide about some documents."""

    tree: TagTree
    naming: Naming
    fields: Mapping[FieldId, Field]
    standings: Mapping[int, Standing]
    holders: Mapping[int, DocumentId | None]
    hidden: Collection[int]


def as_it_is(standing: Standing) -> Standing:
    """Look at what a document has, and who gave it, as it is."""
    return standing


def give(
    session: Session, rows: Sequence[DocumentRow], wanted: Wanted, now: datetime, seen: View = as_it_is
) -> dict[DocumentId, tuple[AsnTaken, ...]]:
    """Give documents what is proposed for them, and keep the reasons; answer which numbers could not be given.

    `seen` says how what stands is looked at, which decides what may be changed.

    Raises AsnTaken where a user asks for such a number, FieldNotFound, FieldValueInvalid. The caller raises no revision: what changes
    is another revision already.
    """
    desk = _desk(session, rows, wanted)
    refused, told, changed = dict[DocumentId, tuple[AsnTaken, ...]](), list[tuple[DocumentRow, Change]](), list[DocumentRow]()
    for row in rows:
        document_id = DocumentId(row.id)
        proposals = [one for one in wanted.get(document_id, ()) if not desk.naming.is_kept_from(row, one)]
        bids = [bid for one in proposals if not _clears_hidden(bid := _bid(row, one, desk), row, desk)]
        free, taken = _without_taken(document_id, bids, desk.holders)
        refused[document_id] = taken
        changes = decide(seen(desk.standings[row.id]), free, desk.tree)
        if changes:
            changed.append(row)
            raise_revision(row, now)
            told += [(row, change) for change in changes]
    _write(session, told, desk, now)
    classify(session, [row for row, change in told if change.place.aspect in (Aspect.TAG, Aspect.STORAGE_PATH)])
    mark_rows(session, changed)
    return {document_id: taken for document_id, taken in refused.items() if taken}


def taken_numbers(refused: Iterable[AsnTaken]) -> list[DocumentWarning]:
    """Warn of numbers that stand on a document and that others bear, which are not named: who sees this one may not see them."""
    return [DocumentWarning(ASN_TAKEN, f"{AsnTaken(refusal.asn, None)}; this document has none") for refusal in refused]


def standing_warnings(row: DocumentRow) -> list[DocumentWarning]:
    """Give those that no reading of the file finds again: of a number that was sent along. They go when a number is given or taken away."""
    return [warning_of(warning) for warning in row.warnings if warning["code"] == ASN_TAKEN]


def _desk(session: Session, rows: Sequence[DocumentRow], wanted: Wanted) -> _Desk:
    field_ids, numbers = set[FieldId](), set[int]()
    for proposal in (proposal for proposals in wanted.values() for proposal in proposals):
        if proposal.field is not None:
            field_ids.add(proposal.field)
        if proposal.aspect is Aspect.ASN and isinstance(proposal.value, int):
            numbers.add(proposal.value)
    naming = Naming(session, [(row, wanted.get(DocumentId(row.id), ())) for row in rows])
    standings = standings_of(session, rows)
    known = {FieldId(place.subject) for one in standings.values() for place in one.values if place.aspect is Aspect.FIELD}
    hidden = hidden_labels(session, {one for row in rows for one in (row.correspondent_id, row.type_id, row.path_id) if one is not None})
    return _Desk(tag_tree(session), naming, fields_by_id(session, field_ids | known), standings, _holders(session, numbers), hidden)


def _holders(session: Session, numbers: set[int]) -> dict[int, DocumentId | None]:
    """Tell which documents bear numbers; None for one that a narrowed session does not see."""
    if not numbers:
        return {}
    asked = {"numbers": sorted(numbers)}
    taken = session.scalars(_ASN_HOLDERS.with_only_columns(DocumentRow.asn), asked, execution_options=WHOLE)
    seen = {asn: DocumentId(document_id) for asn, document_id in session.execute(_ASN_HOLDERS, asked) if asn is not None}
    return {asn: seen.get(asn) for asn in taken if asn is not None}


def standings_of(session: Session, rows: Sequence[DocumentRow]) -> dict[int, Standing]:
    """Read what documents have, and who gave it."""
    ids = [row.id for row in rows]
    givers = dict[int, dict[Place, Any]]()
    for document_id, aspect, subject, giver in session.execute(_LAST_GIVERS, {"document_ids": ids}):
        givers.setdefault(document_id, {})[Place(aspect, subject or 0)] = giver
    tags, fields = tag_ids_of(session, ids), values_of(session, ids)
    return {row.id: Standing(_values(row, tags.get(row.id, ()), fields.get(row.id, {})), givers.get(row.id, {})) for row in rows}


def without_hidden(session: Session, standing: Standing) -> Standing:
    """Leave out what a document has of labels that a session does not see."""
    labels = {place: _label_at(place, value) for place, value in standing.values.items() if place.aspect in LABEL_KINDS}
    hidden = hidden_labels(session, labels.values())
    left = {place: value for place, value in standing.values.items() if labels.get(place) not in hidden}
    return Standing(left, {place: giver for place, giver in standing.givers.items() if place in left or place not in labels})


def _label_at(place: Place, value: Kept) -> int:
    return place.subject if place.aspect is Aspect.TAG else cast("int", value)


def _values(row: DocumentRow, tags: Iterable[LabelId], fields: Mapping[FieldId, Kept]) -> dict[Place, Kept]:
    values = dict[Place, Kept]()
    for aspect, column in _COLUMNS.items():
        value = getattr(row, column)
        if value not in (None, "", UNDATED):
            values[Place(aspect)] = value.isoformat() if isinstance(value, date) else value
    values.update({Place(Aspect.TAG, tag): True for tag in tags})
    values.update({Place(Aspect.FIELD, field): value for field, value in fields.items()})
    return values


def _clears_hidden(bid: Bid, row: DocumentRow, desk: _Desk) -> bool:
    """Tell whether a label would be taken away that whoever does so does not see, and so cannot mean."""
    single = bid.place.aspect in LABEL_KINDS and bid.place.aspect is not Aspect.TAG and bid.value is None
    return single and getattr(row, _COLUMNS[bid.place.aspect]) in desk.hidden


def _bid(row: DocumentRow, proposal: Proposal, desk: _Desk) -> Bid:
    value: Kept = proposal.value
    if proposal.aspect in LABEL_KINDS and isinstance(value, str):
        value = desk.naming.label(row, proposal)
    if proposal.aspect is Aspect.TAG:
        return Bid(Place(Aspect.TAG, cast("int", value)), None if proposal.remove else True, proposal.reason)
    if proposal.aspect is Aspect.FIELD and proposal.field is not None:
        kept = None if proposal.value is None else kept_value(desk.fields[proposal.field], proposal.value)
        return Bid(Place(Aspect.FIELD, proposal.field), kept, proposal.reason)
    return Bid(Place(proposal.aspect), value.isoformat() if isinstance(value, date) else value, proposal.reason)


def _without_taken(
    document_id: DocumentId, bids: Sequence[Bid], holders: Mapping[int, DocumentId | None]
) -> tuple[list[Bid], tuple[AsnTaken, ...]]:
    free, taken = list[Bid](), list[AsnTaken]()
    for bid in bids:
        holder = holders.get(cast("int", bid.value), document_id) if bid.place.aspect is Aspect.ASN else document_id
        if holder == document_id:
            free.append(bid)
            continue
        refusal = AsnTaken(cast("int", bid.value), holder)
        if bid.reason.giver is Giver.USER:  # who sends a file along with a number must not lose the file
            raise refusal
        taken.append(refusal)
    return free, tuple(taken)


def _write(session: Session, told: Sequence[tuple[DocumentRow, Change]], desk: _Desk, now: datetime) -> None:
    borne = [(row.id, change.place.subject) for row, change in told if change.place.aspect is Aspect.TAG and change.value]
    dropped = [(row.id, change.place.subject) for row, change in told if change.place.aspect is Aspect.TAG and not change.value]
    bear(session, borne)
    drop(session, dropped)
    for row, change in told:
        if change.place.aspect is Aspect.FIELD:
            _set_field(session, row, desk.fields[FieldId(change.place.subject)], change, now)
        elif change.place.aspect is not Aspect.TAG:
            _set_column(row, change)
    session.flush()
    names = names_of(session, _labels_in(told))
    if told:
        kept = [_assignment(row, change, names, desk, now) for row, change in told]
        session.execute(insert(AssignmentRow), kept)
        tell_given(session, kept, desk.fields, names)


def _set_field(session: Session, row: DocumentRow, field: Field, change: Change, now: datetime) -> None:
    if field.kind is FieldKind.DOCUMENTS:
        set_links(session, row, field.id, cast("list[int]", change.value or []), now)
    else:
        keep_value(session, row.id, field.id, change.value)


def _set_column(row: DocumentRow, change: Change) -> None:
    value = change.value
    if change.place.aspect is Aspect.CREATED_DATE:
        value = date.fromisoformat(cast("str", value)) if value else UNDATED
    if change.place.aspect is Aspect.TITLE:
        value = value or ""
        row.title_key = title_key(cast("str", value))
    if change.place.aspect is Aspect.ASN:
        row.warnings = [warning for warning in row.warnings if warning["code"] != ASN_TAKEN]
    setattr(row, _COLUMNS[change.place.aspect], value)


def _labels_in(told: Sequence[tuple[DocumentRow, Change]]) -> set[int]:
    found = {change.place.subject for _, change in told if change.place.aspect is Aspect.TAG}
    for _, change in told:
        if change.place.aspect in LABEL_KINDS and change.place.aspect is not Aspect.TAG:
            found |= {cast("int", value) for value in (change.value, change.before) if value}
    return found


def _assignment(row: DocumentRow, change: Change, names: Mapping[int, str], desk: _Desk, now: datetime) -> dict[str, object]:
    place = change.place

    def told(value: Kept) -> list[Kept]:
        if value is None:
            return [None, ""]
        if place.aspect is Aspect.TAG:
            return [value, names.get(place.subject, "")]
        if place.aspect is Aspect.FIELD:
            return [value, shown_value(desk.fields[FieldId(place.subject)], value)]
        return [value, names.get(cast("int", value), "") if place.aspect in LABEL_KINDS else str(value)]

    return {
        "document_id": row.id,
        "time": now,
        "aspect": place.aspect,
        "subject_id": place.subject or None,
        "value": told(change.value),
        "before": told(change.before),
        "giver": change.reason.giver,
        "words": change.reason.words,
        "score": change.reason.score,
        "undone": False,
    }
