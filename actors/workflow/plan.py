"""What workflows come to for one document, and why."""

from dataclasses import dataclass
from enum import StrEnum

from actors.store.nouns.workflows import Deeds, TriggerKind, WorkflowId


@dataclass(frozen=True, slots=True)
class Check:
    """What one filter says of a document; `broken` tells that it could not be asked."""

    filter: str
    passed: bool
    words: str
    broken: bool = False


@dataclass(frozen=True, slots=True)
class TriggerTrace:
    """What the filters of one trigger say; one without filters matches all."""

    kind: TriggerKind
    checks: tuple[Check, ...]

    @property
    def matched(self) -> bool:
        """Tell whether all filters passed."""
        return all(check.passed for check in self.checks)


class Outcome(StrEnum):
    """What came of a part of an action: done; nothing to do; left as it is, since somebody surer gave it; not possible."""

    DONE = "done"
    UNCHANGED = "unchanged"
    HELD = "held"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Step:
    """A part of an action, as a person reads it."""

    outcome: Outcome
    words: str


@dataclass(frozen=True, slots=True)
class WorkflowTrace:
    """What one workflow came to. `passed_over` says why its triggers were not looked at, '' when they were."""

    workflow: WorkflowId
    name: str
    passed_over: str = ""
    triggers: tuple[TriggerTrace, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def matched(self) -> bool:
        """Tell whether the workflow ran."""
        return any(trigger.matched for trigger in self.triggers)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done, and the whole story, in the order of the workflows."""

    deeds: Deeds
    traces: tuple[WorkflowTrace, ...]
