"""Workflows, and documents that they are asked about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from actors.matching.matcher import Matcher
from actors.store.assignments.given import Kept, Place, Standing
from actors.store.catalog.field_values import kept_value
from actors.store.catalog.tag_tree import TagTree
from actors.store.nouns.assignments import Aspect, Giver
from actors.store.nouns.catalog import Field, FieldFacts, FieldId, FieldKind, FieldValue, LabelId, MatchRule, Money
from actors.store.nouns.workflows import Action, Trigger, TriggerKind, Workflow, WorkflowFacts, WorkflowId
from actors.understanding.reading_values import read_value
from actors.workflow.engine import evaluate
from actors.workflow.known import ContentAnswer, Known, TemplateRefused, Tools
from actors.workflow.plan import Plan

ADDED = TriggerKind.DOCUMENT_ADDED
BANK, SHOP, BILL, LETTER, TAX, TODO, HOUSE, ROOF = map(LabelId, range(1, 9))
LABELS = {
    BANK: "Bank",
    SHOP: "Shop",
    BILL: "Bill",
    LETTER: "Letter",
    TAX: "tax",
    TODO: "to do",
    HOUSE: "house",
    ROOF: "roof",
}
# The roof is a part of the house.
TREE = TagTree([(TAX, "tax", None), (TODO, "to do", None), (HOUSE, "house", None), (ROOF, "roof", HOUSE)])
NUMBER, TOTAL, DUE, STATUS, PAID = map(FieldId, range(1, 6))
FIELDS = {
    one.id: one
    for one in (
        Field(NUMBER, FieldKind.TEXT, 1, FieldFacts("Number")),
        Field(TOTAL, FieldKind.MONEY, 1, FieldFacts("Total", currency="EUR")),
        Field(DUE, FieldKind.DATE, 1, FieldFacts("Due")),
        Field(STATUS, FieldKind.CHOICE, 1, FieldFacts("Status", {1: "open", 2: "paid"})),
        Field(PAID, FieldKind.BOOLEAN, 1, FieldFacts("Paid")),
    )
}
VALUES: Mapping[FieldId, FieldValue] = {
    NUMBER: "RE-7",
    TOTAL: Money(Decimal("99.50"), "EUR"),
    DUE: date(2024, 5, 1),
    STATUS: 1,
    PAID: False,
}


@dataclass
class Braces:
    """Renders `{title}` as the title of the moment, and refuses what holds a question mark."""

    asked: list[str] = field(default_factory=list)

    def title(self, template: str, values: Mapping[Place, Kept]) -> str:
        return self.text(template, values)

    def text(self, template: str, values: Mapping[Place, Kept]) -> str:
        self.asked.append(template)
        if "?" in template:
            raise TemplateRefused("a question is no title")
        return template.replace("{title}", str(values.get(Place(Aspect.TITLE), "")))


def match(rule: MatchRule, text: str) -> ContentAnswer:
    answer = Matcher([("rule", rule)]).match(text)
    words = answer.matches[0].fit.why if answer.matches else answer.notices[0].words if answer.notices else "not in the text"
    return ContentAnswer(bool(answer.matches), words, bool(answer.notices))


def tools() -> Tools:
    return Tools(LABELS, FIELDS, TREE, match, Braces(), lambda field, text: read_value(field, text, lambda _: None))


def workflow(number: int, *actions: Action, triggers: tuple[Trigger, ...] = (Trigger(ADDED),), enabled: bool = True) -> Workflow:
    return Workflow(WorkflowId(number), 1, number, WorkflowFacts(f"workflow {number}", enabled, triggers, actions))


def having(*tags: LabelId, givers: Mapping[Place, Giver] | None = None, **values: object) -> Standing:
    """Give a standing: tags, and other values by the names of their aspects; a machine gave all that `givers` doesn't name."""
    held = {Place(Aspect.TAG, tag): True for tag in tags} | {Place(Aspect[name.upper()]): value for name, value in values.items()}
    return Standing(held, dict.fromkeys(held, Giver.RULE) | dict(givers or {}))


def filled(values: Mapping[FieldId, FieldValue] = VALUES) -> Standing:
    kept = {Place(Aspect.FIELD, field_id): kept_value(FIELDS[field_id], value) for field_id, value in values.items()}
    return Standing(kept, dict.fromkeys(kept, Giver.EXTRACTION))


def run(known: Known, *workflows: Workflow, kind: TriggerKind | None = ADDED) -> Plan:
    return evaluate(known, kind, workflows, tools())


def document(text: str = "", standing: Standing | None = None, **known: object) -> Known:
    return Known("scan.pdf", text=text, standing=standing or Standing(), **known)  # type: ignore[arg-type]  # passes the rest on
