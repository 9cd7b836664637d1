"""Workflows: what is done to documents by itself, when, and to which."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from actors.store.nouns.archive import DocumentId, SourceKind
from actors.store.nouns.assignments import Proposal
from actors.store.nouns.catalog import FieldId, LabelId, LabelKind, Matching, MatchRule
from actors.store.nouns.identity import UserId
from actors.store.nouns.sealed import Sealed

WorkflowId = NewType("WorkflowId", int)
ErrandId = NewType("ErrandId", int)

NO_RULE = MatchRule(Matching.NONE)

# A field's value as it is kept (field_values.py).
Kept = object


class TriggerKind(StrEnum):
    """When documents are looked at. UPDATED is an edit by a person; SCHEDULED is by the clock."""

    CONSUMPTION_STARTED = "consumption_started"
    DOCUMENT_ADDED = "document_added"
    DOCUMENT_UPDATED = "document_updated"
    SCHEDULED = "scheduled"


class ScheduleDate(StrEnum):
    """Which date of a document is counted from. MODIFIED is when it was last changed, by whomever."""

    ADDED = "added"
    CREATED = "created"
    MODIFIED = "modified"
    FIELD = "field"


@dataclass(frozen=True, slots=True)
class Schedule:
    """When documents are due: so many days after a date of theirs, before it where `offset_days` is negative.

    And again `every_days` after the last run, 0 for once. `field` is the custom field that FIELD means.
    """

    date: ScheduleDate = ScheduleDate.ADDED
    offset_days: int = 0
    every_days: int = 0
    field: FieldId | None = None


@dataclass(frozen=True, slots=True)
class LabelFilter:
    """Which labels of one kind a document must have; what is empty asks nothing. Only of tags can there be several."""

    any_of: tuple[LabelId, ...] = ()
    all_of: tuple[LabelId, ...] = ()
    none_of: tuple[LabelId, ...] = ()


@dataclass(frozen=True, slots=True)
class Trigger:
    """When a workflow runs, and on which documents: all filters that ask something must pass.

    `path` and `filename` are globs, capitals aside; `fields` is a query of custom fields
    (actors/workflow/field_queries.py), which asks `asked_fields`. `schedule` belongs to SCHEDULED alone.
    """

    kind: TriggerKind
    sources: tuple[SourceKind, ...] = ()
    path: str = ""
    filename: str = ""
    content: MatchRule = NO_RULE
    tags: LabelFilter = LabelFilter()
    correspondents: LabelFilter = LabelFilter()
    document_types: LabelFilter = LabelFilter()
    storage_paths: LabelFilter = LabelFilter()
    fields: str = ""
    asked_fields: tuple[FieldId, ...] = ()
    schedule: Schedule | None = None


@dataclass(frozen=True, slots=True)
class Assign:
    """Gives values; `title` is a template."""

    title: str = ""
    tags: tuple[LabelId, ...] = ()
    correspondent: LabelId | None = None
    document_type: LabelId | None = None
    storage_path: LabelId | None = None
    fields: tuple[tuple[FieldId, Kept], ...] = ()


@dataclass(frozen=True, slots=True)
class Remove:
    """Takes values away: those that are named, or all of a kind."""

    tags: tuple[LabelId, ...] = ()
    correspondents: tuple[LabelId, ...] = ()
    document_types: tuple[LabelId, ...] = ()
    storage_paths: tuple[LabelId, ...] = ()
    fields: tuple[FieldId, ...] = ()
    all_of: tuple[LabelKind, ...] = ()
    all_fields: bool = False


@dataclass(frozen=True, slots=True)
class FillField:
    """Reads a custom field from the text: by a regular expression (its first group, or the whole match), or from a template."""

    field: FieldId
    pattern: str = ""
    template: str = ""


@dataclass(frozen=True, slots=True)
class SendEmail:
    """Sends an e-mail; `subject` and `body` are templates, `attach` adds the document's file."""

    to: tuple[str, ...]
    subject: str
    body: str = ""
    attach: bool = False


@dataclass(frozen=True, slots=True)
class CallWebhook:
    """Posts to a URL: parameters, whose values are templates, as JSON or a form; or a body, which is one. Values of headers are secrets."""

    url: str
    params: tuple[tuple[str, str], ...] = ()
    body: str = ""
    as_json: bool = False
    headers: tuple[tuple[str, Sealed], ...] = ()
    attach: bool = False


@dataclass(frozen=True, slots=True)
class Password:
    """A password that is kept; all that anybody is told of it is its `number` within its workflow."""

    number: int
    text: Sealed = field(repr=False)


@dataclass(frozen=True, slots=True)
class RemovePassword:
    """Makes a version of a locked PDF that needs no password, by the first of these that opens it."""

    passwords: tuple[Password, ...]


@dataclass(frozen=True, slots=True)
class Trash:
    """Moves the document to the trash, after all else."""


# What goes out of the house; its templates are rendered first.
Message = SendEmail | CallWebhook

# What is done after all else is kept.
Order = Message | RemovePassword

Action = Assign | Remove | FillField | Order | Trash


@dataclass(frozen=True, slots=True)
class WorkflowFacts:
    """All of a workflow that a person may change. It runs when one of its triggers matches, and does its actions in their order."""

    name: str
    enabled: bool = True
    triggers: tuple[Trigger, ...] = ()
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Workflow:
    """A workflow; `position` is among its fellows, from 0.

    `error` is what went wrong when it last failed; '' once it has run without, or was changed.
    """

    id: WorkflowId
    revision: int
    position: int
    facts: WorkflowFacts
    error: str = ""
    error_time: datetime | None = None
    owner: UserId | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """What a workflow could not do."""

    workflow: WorkflowId
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Errand:
    """What a workflow wants done after all else is kept."""

    workflow: WorkflowId
    name: str
    order: Order


@dataclass(frozen=True, slots=True)
class DueErrand:
    """An errand of a document that waits; `attempt` counts those that failed."""

    id: ErrandId
    document_id: DocumentId
    errand: Errand
    attempt: int


@dataclass(frozen=True, slots=True)
class Deeds:
    """What workflows want done to a document, all in one transaction.

    `ran` are those that matched; `trashed_by` names the one that moves it to the trash, '' for none.
    """

    proposals: tuple[Proposal, ...] = ()
    ran: tuple[WorkflowId, ...] = ()
    problems: tuple[Problem, ...] = ()
    trashed_by: str = ""
    errands: tuple[Errand, ...] = ()


@dataclass(frozen=True, slots=True)
class Visit:
    """A workflow's last look at a document by the clock, at these revisions of both; it last ran on `run_day`, None where it never has."""

    look_day: date
    run_day: date | None
    document_revision: int
    workflow_revision: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that may be due: its revision, the date that its schedule counts from, and the workflow's last visit.

    `dated` is a day, a moment, or a custom field's value as it is kept.
    """

    document_id: DocumentId
    revision: int
    dated: object
    visit: Visit | None
