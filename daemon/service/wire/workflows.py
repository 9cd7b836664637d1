"""Workflows, and what they would do, as the contract tells them. How they are read is in workflow_reading.py."""

from collections.abc import Iterable

from actors.store.catalog.field_values import value_of
from actors.store.errors import WorkflowNotFound
from actors.store.nouns.catalog import FieldEntry, LabelId, LabelKind, Matching
from actors.store.nouns.workflows import (
    Action,
    Assign,
    CallWebhook,
    FillField,
    LabelFilter,
    Remove,
    RemovePassword,
    Schedule,
    SendEmail,
    Trash,
    Trigger,
    TriggerKind,
    Workflow,
    WorkflowId,
)
from actors.workflow.plan import Outcome, TriggerTrace, WorkflowTrace
from daemon.service.wire.catalog import LABEL_KINDS, MATCHINGS
from daemon.service.wire.fields import field_value_message
from daemon.service.wire.passwords import remove_password_message
from daemon.service.wire.schedules import schedule_message
from daemon.service.wire.values import etag, number, owner_id, timestamp
from daemon.service.wire.webhooks import webhook_message
from daemon.service.wire.workflow_reading import SOURCES, TRIGGER_KINDS, WorkflowNames
from scriba.v1 import catalog_pb2
from scriba.v1 import workflows_pb2 as pb

OUTCOMES = {outcome: pb.StepOutcome.Value(f"STEP_OUTCOME_{outcome.name}") for outcome in Outcome}


def workflow_id(text: str) -> WorkflowId:
    """Read an id; raises WorkflowNotFound for one that no workflow can have."""
    if not (row := number(text)):
        raise WorkflowNotFound(f"{text!r}")
    return WorkflowId(row)


def trigger_kind(value: int) -> TriggerKind | None:
    """Return our kind for one of the contract's, None when not set."""
    return next((kind for kind, told in TRIGGER_KINDS.items() if told == value), None)


def workflow_message(workflow: Workflow, names: WorkflowNames) -> pb.Workflow:
    """Tell a workflow."""
    facts = workflow.facts
    return pb.Workflow(
        id=str(workflow.id),
        etag=etag(workflow.revision),
        name=facts.name,
        enabled=facts.enabled,
        triggers=[_trigger(one, names) for one in facts.triggers],
        actions=[_action(one, names) for one in facts.actions],
        position=workflow.position,
        error=workflow.error,
        error_time=timestamp(workflow.error_time),
        owner_id=owner_id(workflow.owner),
    )


def trace_message(trace: WorkflowTrace) -> pb.WorkflowTrace:
    """Tell what a workflow would do, and why."""
    return pb.WorkflowTrace(
        workflow_id=str(trace.workflow or ""),
        name=trace.name,
        matched=trace.matched,
        passed_over=trace.passed_over,
        triggers=[_trigger_trace(one) for one in trace.triggers],
        steps=[pb.ActionStep(outcome=OUTCOMES[step.outcome], words=step.words) for step in trace.steps],
    )


def _trigger_trace(trace: TriggerTrace) -> pb.TriggerTrace:
    checks = [pb.FilterCheck(filter=check.filter, passed=check.passed, reason=check.words) for check in trace.checks]
    return pb.TriggerTrace(kind=TRIGGER_KINDS[trace.kind], matched=trace.matched, checks=checks)


def _trigger(trigger: Trigger, names: WorkflowNames) -> pb.WorkflowTrigger:
    content = trigger.content
    return pb.WorkflowTrigger(
        kind=TRIGGER_KINDS[trigger.kind],
        sources=[SOURCES[source] for source in trigger.sources],
        path=trigger.path,
        filename=trigger.filename,
        matching=MATCHINGS[content.matching] if content.matching is not Matching.NONE else catalog_pb2.MATCHING_UNSPECIFIED,
        pattern=content.pattern,
        case_sensitive=content.case_sensitive,
        tags=_filter(LabelKind.TAG, trigger.tags, names),
        correspondents=_filter(LabelKind.CORRESPONDENT, trigger.correspondents, names),
        document_types=_filter(LabelKind.DOCUMENT_TYPE, trigger.document_types, names),
        storage_paths=_filter(LabelKind.STORAGE_PATH, trigger.storage_paths, names),
        field_query=trigger.fields,
        schedule=_schedule(trigger.schedule, names),
    )


def _schedule(schedule: Schedule | None, names: WorkflowNames) -> pb.Schedule | None:
    if schedule is None:
        return None
    return schedule_message(schedule, "" if schedule.field is None else names.fields[schedule.field].facts.name)


def _filter(kind: LabelKind, asked: LabelFilter, names: WorkflowNames) -> pb.LabelFilter | None:
    if asked == LabelFilter():
        return None
    return pb.LabelFilter(
        any_of=_named(kind, asked.any_of, names),
        all_of=_named(kind, asked.all_of, names),
        none_of=_named(kind, asked.none_of, names),
    )


def _action(action: Action, names: WorkflowNames) -> pb.WorkflowAction:
    match action:
        case Assign():
            return pb.WorkflowAction(assign=_assign(action, names))
        case Remove():
            return pb.WorkflowAction(remove=_remove(action, names))
        case FillField(field, pattern, template):
            told = pb.FillFieldAction(field=names.fields[field].facts.name)
            if template:
                told.template = template
            else:
                told.pattern = pattern
            return pb.WorkflowAction(fill_field=told)
        case SendEmail(to, subject, body, attach):
            return pb.WorkflowAction(email=pb.EmailAction(to=to, subject=subject, body=body, attach_document=attach))
        case CallWebhook():
            return pb.WorkflowAction(webhook=webhook_message(action))
        case RemovePassword():
            return pb.WorkflowAction(remove_password=remove_password_message(action))
        case Trash():
            return pb.WorkflowAction(trash=pb.TrashAction())


def _assign(action: Assign, names: WorkflowNames) -> pb.AssignAction:
    known = [(names.fields[field], kept) for field, kept in action.fields]
    return pb.AssignAction(
        title=action.title,
        tags=_named(LabelKind.TAG, action.tags, names),
        correspondent=_name(LabelKind.CORRESPONDENT, action.correspondent, names),
        document_type=_name(LabelKind.DOCUMENT_TYPE, action.document_type, names),
        storage_path=_name(LabelKind.STORAGE_PATH, action.storage_path, names),
        fields=[field_value_message(FieldEntry(field, value_of(field.kind, kept))) for field, kept in known],
    )


def _remove(action: Remove, names: WorkflowNames) -> pb.RemoveAction:
    return pb.RemoveAction(
        tags=_named(LabelKind.TAG, action.tags, names),
        correspondents=_named(LabelKind.CORRESPONDENT, action.correspondents, names),
        document_types=_named(LabelKind.DOCUMENT_TYPE, action.document_types, names),
        storage_paths=_named(LabelKind.STORAGE_PATH, action.storage_paths, names),
        fields=[names.fields[field].facts.name for field in action.fields],
        all_of=[LABEL_KINDS[kind] for kind in action.all_of],
        all_fields=action.all_fields,
    )


def _named(kind: LabelKind, labels: Iterable[LabelId], names: WorkflowNames) -> list[str]:
    return [names.labels[kind][label] for label in labels]


def _name(kind: LabelKind, label: LabelId | None, names: WorkflowNames) -> str:
    return "" if label is None else names.labels[kind][label]
