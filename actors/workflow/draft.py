"""A document as workflows change it, one action after the other."""

from collections.abc import Iterator

import regex  # type: ignore[import-untyped]  # has no stubs; re has no time limit

from actors.store.assignments.given import Bid, Kept, Place, Standing, decide
from actors.store.catalog.field_values import kept_value, shown_value, value_of
from actors.store.errors import FieldValueInvalid
from actors.store.nouns.assignments import Aspect, Giver, Proposal, Reason
from actors.store.nouns.catalog import Field, FieldId, FieldValue, LabelId, LabelKind
from actors.store.nouns.workflows import Action, Assign, CallWebhook, FillField, Message, Order, Remove, RemovePassword, SendEmail, Trash
from actors.workflow.known import Known, TemplateRefused, Tools
from actors.workflow.orders import NOUNS, rendered, trying, words_of
from actors.workflow.plan import Outcome, Step

# One pattern over the text of one document.
SECONDS = 0.25
_SINGLES = {
    LabelKind.CORRESPONDENT: Aspect.CORRESPONDENT,
    LabelKind.DOCUMENT_TYPE: Aspect.DOCUMENT_TYPE,
    LabelKind.STORAGE_PATH: Aspect.STORAGE_PATH,
}
_NAMES = {
    Aspect.TITLE: "the title",
    Aspect.CORRESPONDENT: "the correspondent",
    Aspect.DOCUMENT_TYPE: "the document type",
    Aspect.STORAGE_PATH: "the storage path",
}
_SURER = {Giver.BARCODE: "a barcode", Giver.INVOICE: "the electronic invoice"}


class Draft:
    """Holds what the document has so far, and why."""

    def __init__(self, known: Known, tools: Tools) -> None:
        self._text = known.text
        self._held = known.held
        self._lock = known.lock
        self._tools = tools
        # Those who are surer than workflows stand for this while like persons: nothing of theirs is taken.
        givers = {**known.standing.givers, **dict.fromkeys(known.held, Giver.DELIVERY)}
        self.standing = Standing(dict(known.standing.values), givers)
        self._changed = dict[Place, Reason]()
        self.orders = list[Order]()

    def act(self, action: Action, reason: Reason) -> Iterator[Step]:
        """Do an action, and tell each part of it."""
        match action:
            case Assign():
                yield from self._assign(action, reason)
            case Remove():
                yield from self._remove(action, reason)
            case FillField():
                yield self._fill(action, reason)
            case SendEmail() | CallWebhook():
                yield self._message(action)
            case RemovePassword():
                yield self._remove_password(action)
            case Trash():
                yield Step(Outcome.DONE, "moves the document to the trash, last of all")

    def proposals(self) -> tuple[Proposal, ...]:
        """Propose what was changed, each place once, by its last reason."""
        return tuple(self._proposal(place, reason) for place, reason in self._changed.items())

    def _message(self, action: Message) -> Step:
        try:
            order = rendered(action, lambda template: self._tools.templates.text(template, self.standing.values))
        except TemplateRefused as refused:
            return Step(Outcome.FAILED, f"a template of the {NOUNS[type(action)]} can't be used: {refused}")
        self.orders.append(order)
        return Step(Outcome.DONE, words_of(order))

    def _remove_password(self, action: RemovePassword) -> Step:
        step = trying(action, self._lock)
        if step.outcome is Outcome.DONE:
            self.orders.append(action)
        return step

    def _assign(self, action: Assign, reason: Reason) -> Iterator[Step]:
        if action.title:
            try:
                title = self._tools.templates.title(action.title, self.standing.values)
            except TemplateRefused as refused:
                yield Step(Outcome.FAILED, f"the title's template can't be used: {refused}")
            else:
                yield self._give(Place(Aspect.TITLE), title, f"'{title}'", reason)
        for tag in action.tags:
            yield self._tag(tag, True, reason)
        singles = (
            (Aspect.CORRESPONDENT, action.correspondent),
            (Aspect.DOCUMENT_TYPE, action.document_type),
            (Aspect.STORAGE_PATH, action.storage_path),
        )
        for aspect, label in singles:
            if label is not None:
                yield self._give(Place(aspect), label, self._tools.label(label), reason)
        for field_id, kept in action.fields:
            yield self._field(field_id, kept, reason)

    def _remove(self, action: Remove, reason: Reason) -> Iterator[Step]:
        borne = [LabelId(place.subject) for place in self.standing.values if place.aspect is Aspect.TAG]
        for tag in borne if LabelKind.TAG in action.all_of else action.tags:
            yield self._tag(tag, None, reason)
        named = {
            LabelKind.CORRESPONDENT: action.correspondents,
            LabelKind.DOCUMENT_TYPE: action.document_types,
            LabelKind.STORAGE_PATH: action.storage_paths,
        }
        for kind, labels in named.items():
            place = Place(_SINGLES[kind])
            present = self.standing.values.get(place)
            if present is not None and (kind in action.all_of or present in labels):
                yield self._give(place, None, "", reason)
            elif labels or kind in action.all_of:
                yield Step(Outcome.UNCHANGED, f"has no {kind.value.replace('_', ' ')} that is to go")
        filled = [FieldId(place.subject) for place in self.standing.values if place.aspect is Aspect.FIELD]
        for field_id in filled if action.all_fields else action.fields:
            yield self._give(Place(Aspect.FIELD, field_id), None, "", reason)

    def _fill(self, action: FillField, reason: Reason) -> Step:
        field = self._tools.fields.get(action.field)
        name = self._tools.field(action.field)
        if field is None:
            return Step(Outcome.FAILED, f"there is no custom field {name} any more")
        try:
            found = self._found(action)
        except TemplateRefused as refused:
            return Step(Outcome.FAILED, f"the template for {name} can't be used: {refused}")
        except TimeoutError:
            return Step(Outcome.FAILED, f"the pattern for {name} took too long")
        except regex.error as error:
            return Step(Outcome.FAILED, f"the pattern for {name} can't be used: {error}")
        value = None if found is None else self._tools.read_value(field, found)
        if value is None:
            what = "finds nothing" if found is None else f"finds '{found[:60]}', which is no value of the field"
            return Step(Outcome.UNCHANGED, f"{'the template' if action.template else 'the pattern'} for {name} {what}")
        return self._value(field, value, reason)

    def _found(self, action: FillField) -> str | None:
        if action.template:
            return self._tools.templates.text(action.template, self.standing.values).strip() or None
        found = regex.search(action.pattern, self._text, flags=regex.MULTILINE, timeout=SECONDS)
        if found is None:
            return None
        matched: str = next((group for group in found.groups() if group), None) or found.group()
        return " ".join(matched.split()) or None

    def _value(self, field: Field, value: FieldValue, reason: Reason) -> Step:
        try:
            kept = kept_value(field, value)
        except FieldValueInvalid as invalid:
            return Step(Outcome.FAILED, str(invalid))
        return self._give(Place(Aspect.FIELD, field.id), kept, f"'{shown_value(field, kept)}'", reason)

    def _field(self, field_id: FieldId, kept: Kept, reason: Reason) -> Step:
        field = self._tools.fields.get(field_id)
        if field is None:
            return Step(Outcome.FAILED, f"there is no custom field {self._tools.field(field_id)} any more")
        return self._value(field, value_of(field.kind, kept), reason)

    def _tag(self, tag: LabelId, borne: bool | None, reason: Reason) -> Step:
        if tag not in self._tools.labels:
            return Step(Outcome.FAILED, f"there is no tag {self._tools.label(tag)} any more")
        return self._give(Place(Aspect.TAG, tag), borne, "", reason)

    def _give(self, place: Place, value: Kept, shown: str, reason: Reason) -> Step:
        """Change a place and all that follows from it, by the rules that the store goes by (store/given.py)."""
        name = self._name(place)
        if self.standing.values.get(place) == value:
            return Step(Outcome.UNCHANGED, f"{name} is so already" if value is not None else f"{name} is not there")
        changes = decide(self.standing, [Bid(place, value, reason)], self._tools.tree)
        if not changes:
            return Step(Outcome.HELD, f"{name} stays as it is: {self._holder(place)}")
        values, givers = dict(self.standing.values), dict(self.standing.givers)
        for change in changes:
            self._changed.pop(change.place, None)
            self._changed[change.place] = change.reason
            givers[change.place] = change.reason.giver
            values.pop(change.place, None)
            if change.value is not None:
                values[change.place] = change.value
        self.standing = Standing(values, givers)
        if value is None:
            return Step(Outcome.DONE, f"takes {name} away")
        return Step(Outcome.DONE, f"gives {name}" if place.aspect is Aspect.TAG else f"sets {name} to {shown}")

    def _holder(self, place: Place) -> str:
        if place in self._held:
            return f"{_SURER.get(self._held[place], 'somebody surer')} says so"
        return "a person gave it, or took it away"

    def _name(self, place: Place) -> str:
        if place.aspect is Aspect.TAG:
            return f"the tag {self._tools.label(place.subject)}"
        if place.aspect is Aspect.FIELD:
            return f"the field {self._tools.field(FieldId(place.subject))}"
        return _NAMES[place.aspect]

    def _proposal(self, place: Place, reason: Reason) -> Proposal:
        value = self.standing.values.get(place)
        if place.aspect is Aspect.TAG:
            return Proposal(Aspect.TAG, LabelId(place.subject), reason, remove=value is None)
        if place.aspect is Aspect.FIELD:
            field_id = FieldId(place.subject)
            told = None if value is None else value_of(self._tools.fields[field_id].kind, value)
            return Proposal(Aspect.FIELD, told, reason, field=field_id)
        given = LabelId(value) if isinstance(value, int) else str(value) if value is not None else None
        return Proposal(place.aspect, given, reason)
