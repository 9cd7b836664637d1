"""One pass over all workflows, in their order: what is to be done to a document, and why."""

from collections.abc import Collection, Iterator, Sequence

from actors.store.nouns.assignments import Giver, Reason
from actors.store.nouns.catalog import Matching
from actors.store.nouns.identity import UserId
from actors.store.nouns.workflows import Action, Deeds, Errand, Problem, Trash, Trigger, TriggerKind, Workflow
from actors.workflow.draft import Draft
from actors.workflow.due_days import check_day
from actors.workflow.filters import checks
from actors.workflow.known import Known, Tools
from actors.workflow.plan import Check, Outcome, Plan, Step, TriggerTrace, WorkflowTrace


def evaluate(known: Known, kind: TriggerKind | None, workflows: Sequence[Workflow], tools: Tools) -> Plan:
    """Decide what workflows do to a document; without a `kind` triggers of all kinds are looked at.

    A later workflow sees what earlier ones changed. One that moves the document to the trash is the last that is asked.
    """
    draft, traces, trashed_by = Draft(known, tools), list[WorkflowTrace](), ""
    errands = list[Errand]()
    for workflow in sorted(workflows, key=lambda one: (one.position, one.id)):
        why_not = _passed_over(workflow, kind, trashed_by, known.barred)
        trace = WorkflowTrace(workflow.id, workflow.facts.name, why_not) if why_not else _asked(workflow, kind, known, draft, tools)
        traces.append(trace)
        errands += [Errand(workflow.id, trace.name, order) for order in draft.orders]
        draft.orders.clear()
        if trace.matched and any(isinstance(action, Trash) for action in workflow.facts.actions):
            trashed_by = trace.name
    ran = tuple(trace.workflow for trace in traces if trace.matched)
    problems = tuple(problem for trace in traces for problem in _problems(trace))
    return Plan(Deeds(draft.proposals(), ran, problems, trashed_by, tuple(errands)), tuple(traces))


def waits_for_text(workflow: Workflow, kind: TriggerKind) -> bool:
    """Tell whether a workflow can't have run on a document whose text was not known: all its triggers of a kind ask what the text says."""
    return all(trigger.content.matching is not Matching.NONE for trigger in _triggers(workflow, kind))


def in_order(actions: Sequence[Action]) -> list[Action]:
    """Put actions into the order in which they are done: as they stand, but to the trash last."""
    return sorted(actions, key=lambda action: isinstance(action, Trash))


def _passed_over(workflow: Workflow, kind: TriggerKind | None, trashed_by: str, barred: Collection[UserId]) -> str:
    if not workflow.facts.enabled:
        return "it is switched off"
    if workflow.owner in barred:
        return "its owner may not change the document"
    if trashed_by:
        return f"'{trashed_by}' moves the document to the trash"
    return "" if _triggers(workflow, kind) else "it has no trigger of this kind"


def _triggers(workflow: Workflow, kind: TriggerKind | None) -> list[Trigger]:
    return [trigger for trigger in workflow.facts.triggers if kind in (None, trigger.kind)]


def _asked(workflow: Workflow, kind: TriggerKind | None, known: Known, draft: Draft, tools: Tools) -> WorkflowTrace:
    told = [TriggerTrace(one.kind, tuple(_checks(workflow, one, known, draft, tools))) for one in _triggers(workflow, kind)]
    steps = _steps(workflow, draft) if any(trigger.matched for trigger in told) else ()
    return WorkflowTrace(workflow.id, workflow.facts.name, "", tuple(told), steps)


def _checks(workflow: Workflow, trigger: Trigger, known: Known, draft: Draft, tools: Tools) -> Iterator[Check]:
    if trigger.schedule is not None:
        yield check_day(trigger.schedule, workflow.id, draft.standing, known.days, tools.field(trigger.schedule.field))
    yield from checks(trigger, known, draft.standing, tools)


def _problems(trace: WorkflowTrace) -> Iterator[Problem]:
    for check in (check for trigger in trace.triggers for check in trigger.checks if check.broken):
        yield Problem(trace.workflow, trace.name, f"{check.filter}: {check.words}")
    for step in trace.steps:
        if step.outcome is Outcome.FAILED:
            yield Problem(trace.workflow, trace.name, step.words)


def _steps(workflow: Workflow, draft: Draft) -> tuple[Step, ...]:
    reason = Reason(Giver.WORKFLOW, workflow.facts.name)
    return tuple(step for action in in_order(workflow.facts.actions) for step in draft.act(action, reason))
