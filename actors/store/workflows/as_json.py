"""Triggers and actions as JSON, and what they name."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from actors.store.nouns.archive import SourceKind
from actors.store.nouns.catalog import FieldId, LabelId, LabelKind, Matching, MatchRule
from actors.store.nouns.workflows import (
    Action,
    Assign,
    CallWebhook,
    FillField,
    LabelFilter,
    Order,
    Password,
    Remove,
    RemovePassword,
    Schedule,
    ScheduleDate,
    SendEmail,
    Trash,
    Trigger,
    TriggerKind,
    WorkflowFacts,
)

Json = Mapping[str, Any]


def definition_of(facts: WorkflowFacts) -> dict[str, Any]:
    """Write down triggers and actions."""
    actions = [{"action": NAMES[type(action)], **asdict(action)} for action in facts.actions]
    return {"triggers": [asdict(trigger) for trigger in facts.triggers], "actions": actions}


def triggers_of(definition: Json) -> tuple[Trigger, ...]:
    """Read the triggers of a definition."""
    return tuple(_trigger(told) for told in definition["triggers"])


def actions_of(definition: Json) -> tuple[Action, ...]:
    """Read the actions of a definition."""
    return tuple(_READERS[told["action"]](told) for told in definition["actions"])


def order_told(order: Order) -> dict[str, Any]:
    """Write down what is to be done later."""
    return {"action": NAMES[type(order)], **asdict(order)}


def order_of(told: Json) -> Order:
    """Read what is to be done later."""
    return _ORDERS[told["action"]](told)


def labels_named(facts: WorkflowFacts) -> set[LabelId]:
    """Give all labels that a workflow names."""
    return {label for part in (*facts.triggers, *facts.actions) for label in _labels(part)}


def fields_named(facts: WorkflowFacts) -> set[FieldId]:
    """Give all custom fields that a workflow names."""
    return {field for part in (*facts.triggers, *facts.actions) for field in _fields(part)}


def _labels(part: Trigger | Action) -> Iterator[LabelId]:
    match part:
        case Trigger():
            for asked in (part.tags, part.correspondents, part.document_types, part.storage_paths):
                yield from (*asked.any_of, *asked.all_of, *asked.none_of)
        case Assign():
            yield from part.tags
            yield from (one for one in (part.correspondent, part.document_type, part.storage_path) if one is not None)
        case Remove():
            yield from (*part.tags, *part.correspondents, *part.document_types, *part.storage_paths)


def _fields(part: Trigger | Action) -> Iterator[FieldId]:
    match part:
        case Trigger():
            yield from part.asked_fields
            if part.schedule is not None and part.schedule.field is not None:
                yield part.schedule.field
        case Assign():
            yield from (field for field, _ in part.fields)
        case Remove():
            yield from part.fields
        case FillField():
            yield part.field


def _trigger(told: Json) -> Trigger:
    rule = told["content"]
    return Trigger(
        kind=TriggerKind(told["kind"]),
        sources=tuple(map(SourceKind, told["sources"])),
        path=told["path"],
        filename=told["filename"],
        content=MatchRule(Matching(rule["matching"]), rule["pattern"], rule["case_sensitive"]),
        tags=_filter(told["tags"]),
        correspondents=_filter(told["correspondents"]),
        document_types=_filter(told["document_types"]),
        storage_paths=_filter(told["storage_paths"]),
        fields=told["fields"],
        asked_fields=tuple(told["asked_fields"]),
        schedule=_schedule(told.get("schedule")),
    )


def _schedule(told: Json | None) -> Schedule | None:
    if told is None:
        return None
    return Schedule(ScheduleDate(told["date"]), told["offset_days"], told["every_days"], told["field"])


def _filter(told: Json) -> LabelFilter:
    return LabelFilter(tuple(told["any_of"]), tuple(told["all_of"]), tuple(told["none_of"]))


def _assign(told: Json) -> Assign:
    return Assign(
        title=told["title"],
        tags=tuple(told["tags"]),
        correspondent=told["correspondent"],
        document_type=told["document_type"],
        storage_path=told["storage_path"],
        fields=tuple((field, kept) for field, kept in told["fields"]),
    )


def _remove(told: Json) -> Remove:
    return Remove(
        tags=tuple(told["tags"]),
        correspondents=tuple(told["correspondents"]),
        document_types=tuple(told["document_types"]),
        storage_paths=tuple(told["storage_paths"]),
        fields=tuple(told["fields"]),
        all_of=tuple(map(LabelKind, told["all_of"])),
        all_fields=told["all_fields"],
    )


def _email(told: Json) -> SendEmail:
    return SendEmail(tuple(told["to"]), told["subject"], told["body"], told["attach"])


def _webhook(told: Json) -> CallWebhook:
    params, headers = (tuple((name, value) for name, value in told[key]) for key in ("params", "headers"))
    return CallWebhook(told["url"], params, told["body"], told["as_json"], headers, told["attach"])


def _remove_password(told: Json) -> RemovePassword:
    return RemovePassword(tuple(Password(one["number"], one["text"]) for one in told["passwords"]))


_ORDERS: Mapping[str, Callable[[Json], Order]] = {"email": _email, "webhook": _webhook, "remove_password": _remove_password}
_READERS: Mapping[str, Callable[[Json], Action]] = {
    **_ORDERS,
    "assign": _assign,
    "remove": _remove,
    "fill_field": lambda told: FillField(told["field"], told["pattern"], told["template"]),
    "trash": lambda _: Trash(),
}
NAMES: Mapping[type[Action], str] = {
    Assign: "assign",
    Remove: "remove",
    FillField: "fill_field",
    SendEmail: "email",
    CallWebhook: "webhook",
    RemovePassword: "remove_password",
    Trash: "trash",
}
