"""Who gave a document which value, and why."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from actors.store.nouns.archive import DocumentId
from actors.store.nouns.catalog import FieldId, FieldValue, LabelId

AssignmentId = NewType("AssignmentId", int)


class Aspect(StrEnum):
    """What of a document a value was given to."""

    TITLE = "title"
    CREATED_DATE = "created_date"
    ASN = "archive_serial_number"
    CORRESPONDENT = "correspondent"
    DOCUMENT_TYPE = "document_type"
    STORAGE_PATH = "storage_path"
    TAG = "tag"
    FIELD = "field"


class Giver(StrEnum):
    """Who gives values. All but USER are machines, and a machine leaves alone what a user has given or taken away."""

    USER = "user"
    DELIVERY = "delivery"
    INBOX = "inbox"
    BARCODE = "barcode"
    INVOICE = "invoice"
    WORKFLOW = "workflow"
    MAIL_RULE = "mail_rule"
    RULE = "rule"
    EXTRACTION = "extraction"
    TEXT = "text"
    CLASSIFIER = "classifier"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a value was given. `words` say it to a person (the rule's pattern, the barcode, the words beside a date, the workflow's name).

    `score` is how sure a machine was, from 0 to 1, where it can tell.
    """

    giver: Giver
    words: str = ""
    score: float | None = None


# What is given: the label or its name (then made where there is none), the field's value, the title, the date, the number. None takes away.
Given = LabelId | str | int | date | FieldValue | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value that a document might be given. `field` says which custom field; a TAG names its label in `value` and is given or, with
    `remove`, taken away."""

    aspect: Aspect
    value: Given
    reason: Reason
    field: FieldId | None = None
    remove: bool = False


@dataclass(frozen=True, slots=True)
class Assignment:
    """A value that was given. `value` and `before` are as people read them, '' for none; `undone` tells that the one before holds again."""

    id: AssignmentId
    document_id: DocumentId
    time: datetime
    aspect: Aspect
    subject: str
    value: str
    before: str
    reason: Reason
    undone: bool
