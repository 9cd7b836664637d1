"""What the engine knows of a document, and what it asks of others."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from actors.store.assignments.given import Kept, Place, Standing
from actors.store.catalog.tag_tree import TagTree
from actors.store.nouns.archive import SourceKind
from actors.store.nouns.assignments import Giver
from actors.store.nouns.catalog import Field, FieldId, FieldValue, LabelId, MatchRule
from actors.store.nouns.identity import UserId
from actors.workflow.due_days import NO_DAYS, Days


class LockState(StrEnum):
    """Whether a document's file opens with a password alone; nobody knows before it is looked into."""

    OPEN = "open"
    LOCKED = "locked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Known:
    """A document before any workflow has changed it.

    `path` is where its file was dropped, '' for an upload; `came_as` are the names of the files that it was made of, if its own was not the
    one that came. `held` are places of which surer ones speak, whom workflows give way to. The workflows of those who
    are `barred` from changing it leave it alone.
    """

    filename: str
    source: SourceKind | None = None
    path: str = ""
    text: str = ""
    standing: Standing = field(default_factory=Standing)
    held: Mapping[Place, Giver] = field(default_factory=dict)
    days: Days = NO_DAYS
    came_as: Sequence[str] = ()
    lock: LockState = LockState.OPEN
    barred: frozenset[UserId] = frozenset()


@dataclass(frozen=True, slots=True)
class ContentAnswer:
    """Whether a text fits a rule, in words; `broken` tells that the rule could not be asked."""

    fits: bool
    words: str
    broken: bool = False


class TemplateRefused(Exception):
    """A template gives nothing for this document, in words for its writer."""


class Templates(Protocol):
    """Whoever renders templates for the document in hand; `values` are those that it has at that moment. Raises TemplateRefused."""

    def title(self, template: str, values: Mapping[Place, Kept]) -> str:
        """Render a title: one line, never empty."""

    def text(self, template: str, values: Mapping[Place, Kept]) -> str:
        """Render any text."""


@dataclass(frozen=True, slots=True)
class Tools:
    """The catalogue, and who knows what the engine does not: rules, templates, values as they stand on paper."""

    labels: Mapping[LabelId, str]
    fields: Mapping[FieldId, Field]
    tree: TagTree
    match: Callable[[MatchRule, str], ContentAnswer]
    templates: Templates
    read_value: Callable[[Field, str], FieldValue | None]

    def label(self, label: object) -> str:
        """Name a label between quotes; one that is gone by its number."""
        name = self.labels.get(label) if isinstance(label, int) else None  # type: ignore[call-overload]  # a kept label is its id
        return f"'{name}'" if name is not None else f"number {label}"

    def field(self, field_id: FieldId | None) -> str:
        """Name a custom field between quotes."""
        known = None if field_id is None else self.fields.get(field_id)
        return f"'{known.facts.name}'" if known is not None else f"number {field_id}"
