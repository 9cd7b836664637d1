"""What people write into workflows: queries of custom fields, globs, days that are counted from, and all else that they send."""

import json
from datetime import date
from zoneinfo import ZoneInfo

from google.protobuf.message import DecodeError

from actors.store.nouns.catalog import LabelKind
from actors.store.nouns.workflows import Password, RemovePassword, Workflow, WorkflowId
from actors.store.workflows.as_json import actions_of, definition_of, triggers_of
from actors.workflow.due_days import day_of, moved
from actors.workflow.field_queries import FieldQueryRefused, holds, parse, written
from actors.workflow.filters import glob_fits, path_fits
from daemon.service.wire.passwords import PasswordReader, kept_passwords
from daemon.service.wire.workflow_reading import WorkflowNames, WorkflowReader
from daemon.service.wire.workflows import workflow_message
from scriba.v1 import workflows_pb2 as pb
from tests.fuzz.sealing import SEALS
from tests.fuzz.target import Target, split, text
from tests.workflow.making import FIELDS, LABELS, VALUES, filled

NAMES = WorkflowNames(dict.fromkeys(LabelKind, LABELS), FIELDS)
KEPT = {number: Password(number, SEALS.seal(f"kept {number}")) for number in (1, 2, 7)}


def fuzz_field_query(data: bytes) -> None:
    """Any text is a query, which is asked of any document, and is the same when written down and read again; or it is refused in words."""
    try:
        query = parse(text(data), FIELDS)
    except FieldQueryRefused as refused:
        assert str(refused)
        return
    assert parse(written(query), FIELDS) == query
    values = {field: filled().values[place] for place in filled().values for field in VALUES if place.subject == field}
    holds(query, {}, FIELDS)
    holds(query, values, FIELDS)


def fuzz_glob(data: bytes) -> None:
    """Any text is a glob, of any name; what fits as a whole fits as a path."""
    pattern, name = map(text, split(data, 2))
    assert path_fits(name, pattern) or not glob_fits(name, pattern)
    assert glob_fits(name, "*")


def fuzz_day(data: bytes) -> None:
    """Any text is a day, or none; a day that is moved by any number stays one."""
    told, by_days = split(data, 2)
    day = day_of(text(told), ZoneInfo("Pacific/Kiritimati"))
    if day is not None:
        assert date.min <= moved(day, int.from_bytes(by_days[:4], signed=True)) <= date.max


def fuzz_workflow(data: bytes) -> None:
    """Any message is a workflow, which is kept as it is read, and told again without a secret; or all that is wrong is in words."""
    try:
        told = pb.Workflow.FromString(data)
    except DecodeError:
        return
    reader = WorkflowReader(NAMES, SEALS.seal, PasswordReader(SEALS.seal, KEPT))
    facts = reader.facts(told)
    if reader.violations:
        assert all(violation.field and violation.description for violation in reader.violations)
        return
    definition = json.loads(json.dumps(definition_of(facts)))
    assert (triggers_of(definition), actions_of(definition)) == (facts.triggers, facts.actions)
    passwords = [one for action in facts.actions if isinstance(action, RemovePassword) for one in action.passwords]
    answer = workflow_message(Workflow(WorkflowId(1), 1, 0, facts), NAMES)
    assert [number for action in answer.actions for number in action.remove_password.kept] == [one.number for one in passwords]
    assert not any(action.remove_password.passwords or action.webhook.headers for action in answer.actions)
    again = WorkflowReader(NAMES, SEALS.seal, PasswordReader(SEALS.seal, kept_passwords(facts)), facts)
    assert (again.facts(answer).actions, again.violations) == (facts.actions, [])


def opening(*actions: pb.RemovePasswordAction) -> bytes:
    """Write a workflow down that takes passwords off."""
    added = pb.WorkflowTrigger(kind=pb.TRIGGER_KIND_DOCUMENT_ADDED, filename="*.pdf")
    steps = [pb.WorkflowAction(remove_password=action) for action in actions]
    return pb.Workflow(name="open", enabled=True, triggers=[added], actions=steps).SerializeToString()


def calling(*actions: pb.WebhookAction) -> bytes:
    """Write a workflow down that calls webhooks."""
    steps = [pb.WorkflowAction(webhook=action) for action in actions]
    added = pb.WorkflowTrigger(kind=pb.TRIGGER_KIND_DOCUMENT_ADDED)
    return pb.Workflow(name="call", enabled=True, triggers=[added], actions=steps).SerializeToString()


WORKFLOWS = (
    opening(pb.RemovePasswordAction(passwords=["sesame", "ü"]), pb.RemovePasswordAction(kept=[7, 1, 7], passwords=["x"])),
    calling(pb.WebhookAction(url="https://h.example/a", headers={"X-Key": "k", "a": ""}), pb.WebhookAction(url="https://h.example/a")),
    calling(pb.WebhookAction(url="http://h.example", headers={"A": "1", "a": "2"}, kept_headers=["b"])),
    opening(pb.RemovePasswordAction(kept=[3]), pb.RemovePasswordAction(passwords=["\0", ""]), pb.RemovePasswordAction()),
)
QUERIES = (
    b'["Total", "range", [90, 100.5]]',
    b'["AND", [["Status", "in", ["open", "2"]], ["NOT", [1, "icontains", "RE"]]]]',
    b'["OR", [["Due", "lte", "2024-05-01"], ["Paid", "exact", false], ["Total", "exact", "EUR99.50"]]]',
    b'["Number", "isnull", true]',
)
DAYS = (b"2026-11-27\xff\x00\x00\x00\x1e", b"9999-12-31T23:59:59+00:00\xff\x7f", b"0001-01-01T00:00:00-12:00\xff\x80")
GLOBS = (b"*.pdf\xffscan.PDF", b"[!a]?*\xff/consume/b.pdf", b"[[]*]\xff[a]")
TARGETS = (
    Target(fuzz_field_query, QUERIES),
    Target(fuzz_glob, GLOBS),
    Target(fuzz_day, DAYS, found=(b"0001-01-01T00:00\xff\x80",)),
    Target(fuzz_workflow, WORKFLOWS),
)
