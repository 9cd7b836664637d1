"""Workflows, and what they would do, in words."""

from collections.abc import Iterator, Sequence

from google.protobuf.internal.enum_type_wrapper import EnumTypeWrapper
from rich.padding import Padding
from rich.text import Text

from scriba.v1 import catalog_pb2
from scriba.v1 import workflows_pb2 as pb
from scriba_cli import wording
from scriba_cli.field_values import shown_value
from scriba_cli.terminal import add_column, add_text_column, new_table, out, plain, print_table

# As objects: the stubs tell of them as types, which no function takes.
_KINDS = EnumTypeWrapper(pb.DESCRIPTOR.enum_types_by_name["TriggerKind"])
_SOURCES = EnumTypeWrapper(pb.DESCRIPTOR.enum_types_by_name["DocumentSource"])
_DATES = EnumTypeWrapper(pb.DESCRIPTOR.enum_types_by_name["ScheduleDate"])
_MATCHINGS = EnumTypeWrapper(catalog_pb2.DESCRIPTOR.enum_types_by_name["Matching"])
_LABELS = EnumTypeWrapper(catalog_pb2.DESCRIPTOR.enum_types_by_name["LabelKind"])
MARKS = {
    pb.STEP_OUTCOME_DONE: ("+", "green"),
    pb.STEP_OUTCOME_UNCHANGED: ("=", ""),
    pb.STEP_OUTCOME_HELD: ("-", "yellow"),
    pb.STEP_OUTCOME_FAILED: ("!", "red"),
}


def print_workflows(workflows: Sequence[pb.Workflow]) -> None:
    """Print one line for each."""
    table = new_table()
    add_column(table, "ID", right=True)
    add_text_column(table, "Workflow")
    add_column(table, "Runs when")
    add_column(table, "State")
    for workflow in workflows:
        kinds = dict.fromkeys(kind_of(trigger).removeprefix("document ") for trigger in workflow.triggers)
        state = ("failed", "red") if workflow.error else ("on", "green") if workflow.enabled else ("off", "")
        table.add_row(workflow.id, workflow.name, ", ".join(kinds), Text(state[0], style=state[1]))
    print_table(table)


def print_workflow(workflow: pb.Workflow) -> None:
    """Print all of one."""
    _line(f"{workflow.name}  (id {workflow.id}, {'on' if workflow.enabled else 'off'})")
    for trigger in workflow.triggers:
        _line(f"when {kind_of(trigger)}", 2, "")
        for words in _filters(trigger):
            _line(words, 4, "")
    for action in workflow.actions:
        for words in _deeds(action):
            _line(words, 2, "")
    if workflow.error:
        _line(f"failed {wording.moment(workflow.error_time)}: {workflow.error}", 2, "red")


def print_traces(answer: pb.DryRunWorkflowsResponse) -> None:
    """Print what would happen, and why."""
    for trace in answer.traces:
        _line(f"{trace.name}: {'would run' if trace.matched else trace.passed_over or 'would not run'}")
        for trigger in trace.triggers:
            _line(f"when {name_of(_KINDS, trigger.kind)}: {'matches' if trigger.matched else 'does not match'}", 2, "")
            for check in trigger.checks:
                _line(f"{'+' if check.passed else '-'} {check.filter}: {check.reason}", 4, "green" if check.passed else "yellow")
        for step in trace.steps:
            mark, style = MARKS.get(step.outcome, ("?", ""))
            _line(f"{mark} {step.words}", 2, style)


def kind_of(trigger: pb.WorkflowTrigger) -> str:
    """Name when a trigger looks at documents."""
    return name_of(_KINDS, trigger.kind)


def name_of(kinds: EnumTypeWrapper, value: int) -> str:
    """Name a constant in words; one that only a newer server knows is a question mark."""
    names = {number: name for name, number in kinds.items()}
    return names.get(value, "?").removeprefix(names[0].removesuffix("UNSPECIFIED")).lower().replace("_", " ")


def _days(schedule: pb.Schedule) -> str:
    """Say when a document is due."""
    dates = {pb.SCHEDULE_DATE_CREATED: "its own date", pb.SCHEDULE_DATE_FIELD: schedule.field, pb.SCHEDULE_DATE_MODIFIED: "its last change"}
    date = dates.get(schedule.date) or f"it was {name_of(_DATES, schedule.date)}"
    days, again = schedule.offset_days, f", and every {wording.plural(schedule.every_days, 'day')} again" if schedule.every_days else ""
    far = f"{wording.plural(abs(days), 'day')} {'after' if days > 0 else 'before'}" if days else "on the day of"
    return f"{far} {date}{again}"


def _filters(trigger: pb.WorkflowTrigger) -> Iterator[str]:
    if trigger.HasField("schedule"):
        yield _days(trigger.schedule)
    if trigger.sources:
        yield f"it came by {' or '.join(name_of(_SOURCES, source) for source in trigger.sources)}"
    if trigger.path:
        yield f"its path is {trigger.path}"
    if trigger.filename:
        yield f"its file is named {trigger.filename}"
    if trigger.pattern:
        cases = ", case counts" if trigger.case_sensitive else ""
        yield f"its text has {name_of(_MATCHINGS, trigger.matching)}: {trigger.pattern}{cases}"
    for name in ("tags", "correspondents", "document_types", "storage_paths"):
        asked, noun = getattr(trigger, name), name.replace("_", " ")
        for words, labels in (("any of", asked.any_of), ("all of", asked.all_of), ("none of", asked.none_of)):
            if labels:
                yield f"{noun}: {words} {', '.join(labels)}"
    if trigger.field_query:
        yield f"custom fields: {trigger.field_query}"


def _deeds(action: pb.WorkflowAction) -> Iterator[str]:
    match action.WhichOneof("action"):
        case "assign":
            yield from _given(action.assign)
        case "remove":
            yield from (f"remove {noun}: {', '.join(names)}" for noun, names in _named(action.remove))
            yield from (f"remove every {name_of(_LABELS, kind)}" for kind in action.remove.all_of)
            if action.remove.all_fields:
                yield "remove the values of all custom fields"
        case "fill_field":
            fill = action.fill_field
            yield f"fill {fill.field} from {f'the template {fill.template}' if fill.template else f'the text by /{fill.pattern}/'}"
        case "email":
            attached = ", with the document" if action.email.attach_document else ""
            yield f"send an e-mail to {', '.join(action.email.to)}: {action.email.subject}{attached}"
        case "webhook":
            attached = ", with the document" if action.webhook.attach_document else ""
            headers = f", with {', '.join(action.webhook.kept_headers)}" if action.webhook.kept_headers else ""
            yield f"call {action.webhook.url}{headers}{attached}"
        case "remove_password":
            keys = action.remove_password
            yield f"remove the password of locked PDFs, by {wording.plural(len(keys.kept) + len(keys.passwords), 'password')} that are kept"
        case "trash":
            yield "move to the trash, last of all"
        case _:
            yield "something that only a newer scriba knows"


def _given(assign: pb.AssignAction) -> Iterator[str]:
    if assign.title:
        yield f"set title: {assign.title}"
    if assign.tags:
        yield f"add tags: {', '.join(assign.tags)}"
    for name in ("correspondent", "document_type", "storage_path"):
        if getattr(assign, name):
            yield f"set {name.replace('_', ' ')}: {getattr(assign, name)}"
    for value in assign.fields:
        yield f"set {value.field}: {shown_value(value)}"


def _named(remove: pb.RemoveAction) -> Iterator[tuple[str, Sequence[str]]]:
    for field, names in remove.ListFields():
        if field.name in ("tags", "correspondents", "document_types", "storage_paths", "fields"):
            yield field.name.replace("_", " "), names


def _line(words: str, indent: int = 0, style: str = "bold") -> None:
    """Print a line; what is too long for it goes on below, as far in."""
    out.print(Padding(Text(plain(words), style=style), (0, 0, 0, indent)))
