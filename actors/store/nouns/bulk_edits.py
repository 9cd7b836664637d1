"""Bulk edits: one order for many documents."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from actors.store.nouns.archive import NOTHING_GIVEN, DocumentChanges, DocumentId, JobId
from actors.store.nouns.catalog import LabelKind


class BulkAction(StrEnum):
    """What is done to each document."""

    EDIT = "edit"
    DELETE = "delete"
    UNDELETE = "undelete"
    REPROCESS = "reprocess"
    APPLY_RULES = "apply_rules"
    UNDO = "undo"


class Moved(StrEnum):
    """Where a document was moved by an edit."""

    NOWHERE = ""
    TO_TRASH = "to_trash"
    OUT_OF_TRASH = "out_of_trash"


@dataclass(frozen=True, slots=True)
class BulkOrder:
    """What is done: `changes` for EDIT; `undoes` is the job whose work UNDO takes back.

    APPLY_RULES gives labels of these `kinds` and, with `keep_values`, none in the place of another. `options` are those of the jobs of
    REPROCESS.
    """

    action: BulkAction
    changes: DocumentChanges = NOTHING_GIVEN
    undoes: JobId | None = None
    kinds: frozenset[LabelKind] = frozenset(LabelKind)
    keep_values: bool = False
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BulkFailure:
    """A document that could not be changed, and why."""

    document_id: DocumentId
    reason: str


@dataclass(frozen=True, slots=True)
class BulkEdit:
    """What a bulk edit came to so far. `failures` are the first of those that failed."""

    job_id: JobId
    undoes: JobId | None
    documents: int
    changed: int
    failed: int
    failures: tuple[BulkFailure, ...]
