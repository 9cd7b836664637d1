"""Labels, custom fields, saved views and notes: ours and the contract's, in pairs."""

from collections.abc import Mapping
from typing import TypeVar

from actors.intake.names import shown_text
from actors.store.errors import FieldNotFound, LabelNotFound, NoteNotFound, ViewNotFound
from actors.store.nouns.catalog import (
    Field,
    FieldFacts,
    FieldId,
    FieldKind,
    Label,
    LabelFacts,
    LabelId,
    LabelKind,
    Matching,
    MatchRule,
    Note,
    NoteId,
    View,
    ViewFacts,
    ViewId,
)
from daemon.service.refusals import InvalidRequest, Violation
from daemon.service.wire.values import etag, number, owner_id, timestamp
from scriba.v1 import catalog_pb2 as pb
from scriba.v1 import notes_pb2

K = TypeVar("K", LabelKind, Matching, FieldKind)

LABEL_KINDS = {kind: pb.LabelKind.Value(f"LABEL_KIND_{kind.name}") for kind in LabelKind}
MATCHINGS = {matching: pb.Matching.Value(f"MATCHING_{matching.name}") for matching in Matching}
FIELD_KINDS = {kind: pb.FieldKind.Value(f"FIELD_KIND_{kind.name}") for kind in FieldKind}


def ours(table: Mapping[K, int], value: int) -> K | None:
    """Return our value for one of the contract's; None for _UNSPECIFIED, and for one that only another version knows."""
    return next((known for known, told in table.items() if told == value), None)


def label_kind(value: int) -> LabelKind:
    """Return our kind for one of the contract's; raises InvalidRequest for _UNSPECIFIED."""
    if (kind := ours(LABEL_KINDS, value)) is None:
        raise InvalidRequest(Violation("kind", "must be a kind of label that this server knows"))
    return kind


def field_kind(value: int) -> FieldKind:
    """Return our kind for one of the contract's; raises InvalidRequest for _UNSPECIFIED."""
    if (kind := ours(FIELD_KINDS, value)) is None:
        raise InvalidRequest(Violation("kind", "must be a kind of field that this server knows"))
    return kind


def label_message(label: Label, documents: int = 0) -> pb.Label:
    """Tell a label, and how many documents bear it."""
    facts = label.facts
    return pb.Label(
        id=str(label.id),
        etag=etag(label.revision),
        kind=LABEL_KINDS[label.kind],
        name=facts.name,
        matching=MATCHINGS[facts.rule.matching],
        pattern=facts.rule.pattern,
        case_sensitive=facts.rule.case_sensitive,
        colour=facts.colour,
        inbox=facts.inbox,
        parent_id="" if facts.parent is None else str(facts.parent),
        template=facts.template,
        document_count=documents,
        owner_id=owner_id(label.owner),
    )


def label_facts(message: pb.Label) -> LabelFacts:
    """Read what a person may change of a label; the message has been checked (cataloguing/checks.py)."""
    return LabelFacts(
        name=shown_text(message.name),
        rule=MatchRule(ours(MATCHINGS, message.matching) or Matching.AUTO, message.pattern, message.case_sensitive),
        colour=message.colour.lower(),
        inbox=message.inbox,
        parent=LabelId(number(message.parent_id)) if message.parent_id else None,
        template=message.template,
    )


def field_message(field: Field) -> pb.Field:
    """Tell a custom field."""
    options = (field.facts.options or {}).items()
    return pb.Field(
        id=str(field.id),
        etag=etag(field.revision),
        kind=FIELD_KINDS[field.kind],
        name=field.facts.name,
        options=[pb.Field.Option(id=str(option), name=name) for option, name in options],
        currency=field.facts.currency,
        extraction=field.facts.extraction,
        reminder_days=field.facts.reminder_days,
    )


def field_facts(message: pb.Field) -> FieldFacts:
    """Read what a person may change of a field, options aside."""
    return FieldFacts(
        shown_text(message.name), currency=message.currency, extraction=message.extraction, reminder_days=message.reminder_days
    )


def field_options(message: pb.Field) -> list[tuple[int, str]]:
    """Read the options of a field; a new one has the id 0."""
    return [(number(option.id), shown_text(option.name)) for option in message.options]


def view_message(view: View) -> pb.View:
    """Tell a saved view."""
    facts = view.facts
    return pb.View(
        id=str(view.id),
        etag=etag(view.revision),
        name=facts.name,
        query=facts.query,
        order_by=facts.order_by,
        page_size=facts.page_size,
        display=facts.display,
        columns=facts.columns,
        dashboard=facts.dashboard,
        sidebar=facts.sidebar,
        position=facts.position,
        owner_id=owner_id(view.owner),
    )


def view_facts(message: pb.View) -> ViewFacts:
    """Read what a person may change of a view."""
    return ViewFacts(
        name=shown_text(message.name),
        query=message.query,
        order_by=message.order_by,
        page_size=message.page_size,
        display=shown_text(message.display),
        columns=tuple(map(shown_text, message.columns)),
        dashboard=message.dashboard,
        sidebar=message.sidebar,
        position=message.position,
    )


def note_message(note: Note) -> notes_pb2.Note:
    """Tell a note."""
    return notes_pb2.Note(
        id=str(note.id),
        author=note.author,
        text=note.text,
        create_time=timestamp(note.create_time),
        update_time=timestamp(note.update_time),
    )


def label_id(text: str) -> LabelId:
    """Read an id; raises LabelNotFound for one that no label can have."""
    if not (row := number(text)):
        raise LabelNotFound(f"{text!r}")
    return LabelId(row)


def field_id(text: str) -> FieldId:
    """Read an id; raises FieldNotFound for one that no field can have."""
    if not (row := number(text)):
        raise FieldNotFound(f"{text!r}")
    return FieldId(row)


def view_id(text: str) -> ViewId:
    """Read an id; raises ViewNotFound for one that no view can have."""
    if not (row := number(text)):
        raise ViewNotFound(f"{text!r}")
    return ViewId(row)


def note_id(text: str) -> NoteId:
    """Read an id; raises NoteNotFound for one that no note can have."""
    if not (row := number(text)):
        raise NoteNotFound(f"{text!r}")
    return NoteId(row)
