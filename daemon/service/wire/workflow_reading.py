"""Workflows as callers describe them, checked and read. These messages carry no rules of their own, since the server sends them too."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from actors.intake.names import shown_text
from actors.matching.checking import check_rule
from actors.matching.errors import RuleError
from actors.store.catalog.field_values import kept_value
from actors.store.catalog.label_rows import name_key
from actors.store.nouns.archive import SourceKind
from actors.store.nouns.catalog import Field, FieldId, LabelId, LabelKind, Matching, MatchRule
from actors.store.nouns.workflows import (
    Action,
    Assign,
    CallWebhook,
    FillField,
    LabelFilter,
    Remove,
    Schedule,
    SendEmail,
    Trash,
    Trigger,
    TriggerKind,
    WorkflowFacts,
)
from actors.templates.errors import TemplateError
from actors.templates.rendering import check_template
from actors.workflow.field_queries import FieldQueryRefused, parse, questions, written
from daemon.service.refusals import InvalidRequest, Violation
from daemon.service.wire.catalog import LABEL_KINDS, MATCHINGS, ours
from daemon.service.wire.fields import field_values
from daemon.service.wire.passwords import PasswordReader
from daemon.service.wire.schedules import read_schedule, schedule_violations
from daemon.service.wire.webhooks import Seal, pair, read_headers
from scriba.v1 import workflows_pb2 as pb

LONGEST_NAME = 128
LONGEST_GLOB = 256
MOST_TRIGGERS = 20
MOST_ACTIONS = 50
MOST_NAMED = 200
MOST_RECIPIENTS = 50
MOST_PAIRS = 50
LONGEST_URL = 2_000
_ADDRESS = re.compile(r"[^@\s<>\",;]{1,64}@[^@\s<>\",;]{1,255}")
_URL = re.compile(r"https?://[^\s/?#@]+([/?#]\S*)?")

TRIGGER_KINDS = {kind: pb.TriggerKind.Value(f"TRIGGER_KIND_{kind.name}") for kind in TriggerKind}
_DOORS = (SourceKind.FOLDER, SourceKind.UPLOAD, SourceKind.MAIL)
SOURCES = {kind: pb.DocumentSource.Value(f"DOCUMENT_SOURCE_{kind.name}") for kind in _DOORS}
WORDS = {
    LabelKind.TAG: "tag",
    LabelKind.CORRESPONDENT: "correspondent",
    LabelKind.DOCUMENT_TYPE: "document type",
    LabelKind.STORAGE_PATH: "storage path",
}


@dataclass(frozen=True, slots=True)
class WorkflowNames:
    """What labels and fields are called now."""

    labels: Mapping[LabelKind, Mapping[LabelId, str]]
    fields: Mapping[FieldId, Field]

    def find_label(self, kind: LabelKind, name: str) -> LabelId | None:
        """Find a label by its name."""
        key = name_key(name)
        return next((label for label, known in self.labels[kind].items() if name_key(known) == key), None)

    def find_field(self, name: str) -> Field | None:
        """Find a custom field by its name."""
        key = name_key(name)
        return next((one for one in self.fields.values() if name_key(one.facts.name) == key), None)


@dataclass(frozen=True, slots=True)
class WorkflowReader:
    """Reads one workflow, which may keep secrets of the `present` one; what is wrong with it gathers in `violations`."""

    names: WorkflowNames
    seal: Seal
    passwords: PasswordReader
    present: WorkflowFacts | None = None
    violations: list[Violation] = field(default_factory=list)

    def facts(self, told: pb.Workflow) -> WorkflowFacts:
        """Read all that a person may change."""
        name = shown_text(told.name)
        if not 1 <= len(name) <= LONGEST_NAME:
            self._wrong("workflow.name", f"must have 1 to {LONGEST_NAME} characters")
        if not 1 <= len(told.triggers) <= MOST_TRIGGERS:
            self._wrong("workflow.triggers", f"must be 1 to {MOST_TRIGGERS}")
        if not 1 <= len(told.actions) <= MOST_ACTIONS:
            self._wrong("workflow.actions", f"must be 1 to {MOST_ACTIONS}")
        triggers = [self._trigger(f"workflow.triggers[{number}]", one) for number, one in enumerate(told.triggers)]
        webhooks = pair(told.actions, () if self.present is None else self.present.actions)
        actions = [self._action(f"workflow.actions[{number}]", one, webhooks[number]) for number, one in enumerate(told.actions)]
        return WorkflowFacts(name, told.enabled, tuple(triggers), tuple(one for one in actions if one is not None))

    def _trigger(self, place: str, told: pb.WorkflowTrigger) -> Trigger:
        kind = next((known for known, value in TRIGGER_KINDS.items() if value == told.kind), None)
        if kind is None:
            self._wrong(f"{place}.kind", "must be a kind of trigger that this server knows")
        sources = tuple(dict.fromkeys(known for one in told.sources for known, value in SOURCES.items() if value == one))
        if len(sources) < len(set(told.sources)):
            self._wrong(f"{place}.sources", "must be folder or upload")
        for name in ("path", "filename"):
            if len(getattr(told, name)) > LONGEST_GLOB:
                self._wrong(f"{place}.{name}", f"must have at most {LONGEST_GLOB} characters")
        content = self._content(place, told)
        if kind is TriggerKind.CONSUMPTION_STARTED and content.matching is not Matching.NONE:
            self._wrong(f"{place}.matching", "can't be asked when consumption starts: the text is not known yet")
        query, asked = self._query(f"{place}.field_query", told.field_query)
        schedule = self._schedule(place, kind, told)
        return Trigger(
            kind=kind or TriggerKind.DOCUMENT_ADDED,
            sources=sources,
            path=told.path,
            filename=told.filename,
            content=content,
            tags=self._filter(f"{place}.tags", LabelKind.TAG, told.tags),
            correspondents=self._filter(f"{place}.correspondents", LabelKind.CORRESPONDENT, told.correspondents),
            document_types=self._filter(f"{place}.document_types", LabelKind.DOCUMENT_TYPE, told.document_types),
            storage_paths=self._filter(f"{place}.storage_paths", LabelKind.STORAGE_PATH, told.storage_paths),
            fields=query,
            asked_fields=asked,
            schedule=schedule,
        )

    def _schedule(self, place: str, kind: TriggerKind | None, told: pb.WorkflowTrigger) -> Schedule | None:
        if told.HasField("schedule") != (kind is TriggerKind.SCHEDULED):
            self._wrong(f"{place}.schedule", "must say the date of a scheduled trigger, and of no other")
            return None
        if not told.HasField("schedule"):
            return None
        self.violations.extend(schedule_violations(f"{place}.schedule", told.schedule, self.names.find_field))
        return read_schedule(told.schedule, self.names.find_field)

    def _content(self, place: str, told: pb.WorkflowTrigger) -> MatchRule:
        matching = ours(MATCHINGS, told.matching) if told.matching else Matching.NONE
        if matching is None or matching is Matching.AUTO:
            self._wrong(f"{place}.matching", "must be any, all, exact, regex or fuzzy, or not set")
            matching = Matching.NONE
        rule = MatchRule(matching, told.pattern, told.case_sensitive)
        if matching is Matching.NONE and told.pattern:
            self._wrong(f"{place}.matching", "must say how the pattern is looked for")
        try:
            check_rule(rule)
        except RuleError as error:
            self._wrong(f"{place}.pattern", str(error))
        return rule

    def _query(self, place: str, text: str) -> tuple[str, tuple[FieldId, ...]]:
        if not text:
            return "", ()
        try:
            query = parse(text, self.names.fields)
        except FieldQueryRefused as refused:
            self._wrong(place, str(refused))
            return "", ()
        return written(query), tuple(sorted({question.field for question in questions(query)}))

    def _filter(self, place: str, kind: LabelKind, told: pb.LabelFilter) -> LabelFilter:
        if told.all_of and kind is not LabelKind.TAG:
            self._wrong(f"{place}.all_of", "is for tags only: a document has one of each other kind")
        asked = {name: self._labels(f"{place}.{name}", kind, getattr(told, name)) for name in ("any_of", "all_of", "none_of")}
        return LabelFilter(**asked)

    def _action(self, place: str, told: pb.WorkflowAction, webhook: CallWebhook | None) -> Action | None:
        match told.WhichOneof("action"):
            case "assign":
                return self._assign(f"{place}.assign", told.assign)
            case "remove":
                return self._remove(f"{place}.remove", told.remove)
            case "fill_field":
                return self._fill(f"{place}.fill_field", told.fill_field)
            case "email":
                return self._email(f"{place}.email", told.email)
            case "webhook":
                return self._webhook(f"{place}.webhook", told.webhook, webhook)
            case "remove_password":
                self.violations.extend(self.passwords.violations(f"{place}.remove_password", told.remove_password))
                return self.passwords.read(told.remove_password)
            case "trash":
                return Trash()
            case _:
                self._wrong(place, "must be an action that this server knows")
                return None

    def _assign(self, place: str, told: pb.AssignAction) -> Assign:
        if told.title:
            self._template(f"{place}.title", told.title)
        return Assign(
            title=told.title,
            tags=self._labels(f"{place}.tags", LabelKind.TAG, told.tags),
            correspondent=self._label(f"{place}.correspondent", LabelKind.CORRESPONDENT, told.correspondent),
            document_type=self._label(f"{place}.document_type", LabelKind.DOCUMENT_TYPE, told.document_type),
            storage_path=self._label(f"{place}.storage_path", LabelKind.STORAGE_PATH, told.storage_path),
            fields=tuple(self._values(f"{place}.fields", told)),
        )

    def _values(self, place: str, told: pb.AssignAction) -> Iterable[tuple[FieldId, object]]:
        named = {value.field: self._field(f"{place}[{number}]", value.field) for number, value in enumerate(told.fields)}
        known = {name: found for name, found in named.items() if found is not None}
        try:
            chosen = field_values(place, [value for value in told.fields if value.field in known], known)
        except InvalidRequest as refused:
            self.violations.extend(refused.violations)
            return
        for field_id, value in chosen:
            if value is not None:
                yield field_id, kept_value(self.names.fields[field_id], value)

    def _remove(self, place: str, told: pb.RemoveAction) -> Remove:
        kinds = [ours(LABEL_KINDS, one) for one in told.all_of]
        if None in kinds:
            self._wrong(f"{place}.all_of", "must be kinds of labels that this server knows")
        fields = [self._field(f"{place}.fields[{number}]", name) for number, name in enumerate(told.fields)]
        return Remove(
            tags=self._labels(f"{place}.tags", LabelKind.TAG, told.tags),
            correspondents=self._labels(f"{place}.correspondents", LabelKind.CORRESPONDENT, told.correspondents),
            document_types=self._labels(f"{place}.document_types", LabelKind.DOCUMENT_TYPE, told.document_types),
            storage_paths=self._labels(f"{place}.storage_paths", LabelKind.STORAGE_PATH, told.storage_paths),
            fields=tuple(one.id for one in fields if one is not None),
            all_of=tuple(kind for kind in dict.fromkeys(kinds) if kind is not None),
            all_fields=told.all_fields,
        )

    def _fill(self, place: str, told: pb.FillFieldAction) -> FillField | None:
        found = self._field(f"{place}.field", told.field)
        if told.WhichOneof("source") == "template":
            self._template(f"{place}.template", told.template)
        else:
            try:
                check_rule(MatchRule(Matching.REGEX, told.pattern))
            except RuleError as error:
                self._wrong(f"{place}.pattern", str(error))
        return None if found is None else FillField(found.id, told.pattern, told.template)

    def _email(self, place: str, told: pb.EmailAction) -> SendEmail:
        if not 1 <= len(told.to) <= MOST_RECIPIENTS or not all(_ADDRESS.fullmatch(one) for one in told.to):
            self._wrong(f"{place}.to", f"must be 1 to {MOST_RECIPIENTS} e-mail addresses")
        self._template(f"{place}.subject", told.subject)
        if told.body:
            self._template(f"{place}.body", told.body)
        return SendEmail(tuple(told.to), told.subject, told.body, told.attach_document)

    def _webhook(self, place: str, told: pb.WebhookAction, present: CallWebhook | None) -> CallWebhook:
        if not _URL.fullmatch(told.url) or len(told.url) > LONGEST_URL:
            self._wrong(f"{place}.url", "must be a URL like https://example.org/hook")
        params = tuple(sorted(told.params.items()))
        headers, wrong = read_headers(place, told, present, self.seal)
        self.violations.extend(wrong)
        if len(params) > MOST_PAIRS or len(told.headers) + len(told.kept_headers) > MOST_PAIRS:
            self._wrong(place, f"must have at most {MOST_PAIRS} parameters and headers")
        for name, value in params:
            if value:
                self._template(f"{place}.params.{name}", value)
        if told.body:
            self._template(f"{place}.body", told.body)
        return CallWebhook(told.url, params, told.body, told.as_json, headers, told.attach_document)

    def _template(self, place: str, template: str) -> None:
        try:
            check_template(template)
        except TemplateError as error:
            self._wrong(place, str(error))

    def _labels(self, place: str, kind: LabelKind, names: Sequence[str]) -> tuple[LabelId, ...]:
        if len(names) > MOST_NAMED:
            self._wrong(place, f"must be at most {MOST_NAMED}")
            return ()
        found = [self._label(f"{place}[{number}]", kind, name) for number, name in enumerate(names)]
        return tuple(dict.fromkeys(one for one in found if one is not None))

    def _label(self, place: str, kind: LabelKind, name: str) -> LabelId | None:
        if not name and not place.endswith("]"):
            return None
        found = self.names.find_label(kind, name)
        if found is None:
            self._wrong(place, f"there is no {WORDS[kind]} '{shown_text(name)[:LONGEST_NAME]}': create it first")
        return found

    def _field(self, place: str, name: str) -> Field | None:
        found = self.names.find_field(name)
        if found is None:
            self._wrong(place, f"there is no custom field '{shown_text(name)[:LONGEST_NAME]}': create it first")
        return found

    def _wrong(self, place: str, words: str) -> None:
        self.violations.append(Violation(place, words))
