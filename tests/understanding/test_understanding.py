"""What is proposed for a document, in which order, and why."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from actors.barcodes.settings import BarcodeSettings
from actors.classifier.lessons import Suggestion, Suggestions
from actors.dates.candidates import DateSource
from actors.dates.settings import DateSettings
from actors.invoices.facts import Invoice, InvoiceKind
from actors.ocr.messages import LetterFacts
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.assignments import Aspect, Giver, Proposal, Reason
from actors.store.nouns.catalog import (
    Field,
    FieldFacts,
    FieldId,
    FieldKind,
    Label,
    LabelFacts,
    LabelId,
    LabelKind,
    Matching,
    MatchRule,
    Money,
)
from actors.understanding.facts import Facts
from actors.understanding.from_learning import words_of
from actors.understanding.settings import UnderstandingSettings
from actors.understanding.understanding import Understanding

TODAY = date(2024, 6, 1)
FACTS = Facts("scan", "scan.pdf", "en", (), (), datetime(2024, 6, 1, tzinfo=UTC))


@dataclass
class Shelf:
    """A catalogue in memory."""

    known_labels: list[Label] = field(default_factory=list)
    known_fields: list[Field] = field(default_factory=list)
    changes: int = 0

    def stamp(self) -> int:
        return self.changes

    def labels(self) -> Sequence[Label]:
        return self.known_labels

    def fields(self) -> Sequence[Field]:
        return self.known_fields

    def ensure_fields(self, wanted: dict[str, FieldKind]) -> dict[str, FieldId]:
        for name in wanted.keys() - {one.facts.name for one in self.known_fields}:
            self.known_fields.append(Field(FieldId(len(self.known_fields) + 1), wanted[name], 1, FieldFacts(name)))
        return {one.facts.name: one.id for one in self.known_fields if wanted.get(one.facts.name) is one.kind}

    def label(self, kind: LabelKind, name: str, rule: MatchRule) -> LabelId:
        self.known_labels.append(Label(LabelId(len(self.known_labels) + 1), kind, 1, LabelFacts(name, rule)))
        self.changes += 1
        return self.known_labels[-1].id


@dataclass
class Memory:
    """What was learned: always the same."""

    suggestions: Suggestions = field(default_factory=dict)

    def suggest(self, text: str) -> Suggestions:
        return self.suggestions


def words(pattern: str) -> MatchRule:
    return MatchRule(Matching.ANY, pattern)


def understanding(shelf: Shelf, memory: Memory | None = None, settings: UnderstandingSettings | None = None) -> Understanding:
    return Understanding(settings or UnderstandingSettings(), shelf, memory or Memory(), lambda: TODAY)


def told(proposals: Sequence[Proposal]) -> list[tuple[Aspect, object, Giver]]:
    return [(one.aspect, one.value, one.reason.giver) for one in proposals]


def test_a_document_without_anything_to_tell_is_given_nothing() -> None:
    assert understanding(Shelf()).understand(FACTS).proposals == ()


def test_a_mail_is_filed_by_its_subject_its_day_and_a_sender_who_is_known() -> None:
    shelf = Shelf()
    erika = shelf.label(LabelKind.CORRESPONDENT, "erika muster", words("nothing"))
    letter = LetterFacts("Invoice 7", "Erika Muster", "erika@example.org", date(2024, 5, 2))
    found = understanding(shelf).understand(replace(FACTS, letter=letter, pages=("Dated 1 May 2024",))).proposals
    assert told(found)[:3] == [
        (Aspect.TITLE, "Invoice 7", Giver.TEXT),
        (Aspect.CREATED_DATE, date(2024, 5, 2), Giver.TEXT),
        (Aspect.CORRESPONDENT, erika, Giver.TEXT),
    ]
    stranger = LetterFacts("", "Otto", "otto@example.org", None)
    assert understanding(shelf).understand(replace(FACTS, letter=stranger)).proposals == ()


def test_rules_give_all_tags_that_fit_and_the_best_correspondent() -> None:
    shelf = Shelf()
    shelf.label(LabelKind.CORRESPONDENT, "Bank", words("bank"))
    best = shelf.label(LabelKind.CORRESPONDENT, "Good Bank", words('"good bank"'))
    money, tax = shelf.label(LabelKind.TAG, "money", words("account")), shelf.label(LabelKind.TAG, "tax", words("statement"))
    shelf.label(LabelKind.TAG, "none", words("insurance"))
    found = understanding(shelf).understand(replace(FACTS, pages=("Good Bank: statement", "of your account"))).proposals
    assert sorted(told(found)) == [
        (Aspect.CORRESPONDENT, best, Giver.RULE),
        (Aspect.TAG, money, Giver.RULE),
        (Aspect.TAG, tax, Giver.RULE),
    ]
    assert all(one.reason.words for one in found)


def test_a_new_rule_counts_from_the_next_document_on() -> None:
    shelf = Shelf()
    mind, facts = understanding(shelf), replace(FACTS, pages=("a letter",))
    assert mind.understand(facts).proposals == ()
    tag = shelf.label(LabelKind.TAG, "post", words("letter"))
    assert told(mind.understand(facts).proposals) == [(Aspect.TAG, tag, Giver.RULE)]


def test_a_barcode_speaks_before_a_rule_and_a_rule_before_what_was_learned() -> None:
    shelf = Shelf()
    rule = shelf.label(LabelKind.TAG, "post", words("letter"))
    learned = shelf.label(LabelKind.TAG, "learned", MatchRule())
    settings = UnderstandingSettings(BarcodeSettings(asn=True, tags=True))
    memory = Memory({LabelKind.TAG: (Suggestion(learned, 0.97, sure=True),)})
    facts = replace(FACTS, pages=("a letter",), barcodes=(("ASN00123", "TAG:invoice"),))
    assert told(understanding(shelf, memory, settings).understand(facts).proposals) == [
        (Aspect.ASN, 123, Giver.BARCODE),
        (Aspect.TAG, "invoice", Giver.BARCODE),
        (Aspect.TAG, rule, Giver.RULE),
        (Aspect.TAG, learned, Giver.CLASSIFIER),
    ]


def test_what_was_learned_is_given_only_when_sure_and_only_of_labels_that_learn() -> None:
    shelf = Shelf()
    sure, unsure = shelf.label(LabelKind.TAG, "sure", MatchRule()), shelf.label(LabelKind.TAG, "unsure", MatchRule())
    ruled, gone = shelf.label(LabelKind.TAG, "ruled", words("letter")), LabelId(99)
    like = (DocumentId(12), DocumentId(5))
    suggestions = [Suggestion(label, 0.99, sure=True) for label in (ruled, gone)]
    memory = Memory({LabelKind.TAG: (*suggestions, Suggestion(sure, 0.91234, sure=True, like=like), Suggestion(unsure, 0.95))})
    assert understanding(shelf, memory).understand(FACTS).proposals == (
        Proposal(Aspect.TAG, sure, Reason(Giver.CLASSIFIER, "like documents 12, 5", 0.9123)),
    )


def test_a_tag_that_has_become_one_of_the_inbox_is_not_given_by_what_was_learned() -> None:
    shelf = Shelf()
    shelf.known_labels.append(Label(LabelId(1), LabelKind.TAG, 1, LabelFacts("inbox", inbox=True)))
    memory = Memory({LabelKind.TAG: (Suggestion(LabelId(1), 0.99, sure=True),)})
    assert understanding(shelf, memory).understand(FACTS).proposals == ()


@pytest.mark.parametrize(
    ("like", "words"), [((), "like other documents"), ((7,), "like document 7"), ((7, 1, 3), "like documents 7, 1, 3")]
)
def test_what_was_learned_names_the_documents_that_speak_for_it(like: tuple[DocumentId, ...], words: str) -> None:
    assert words_of(Suggestion(LabelId(1), 0.9, like=like)) == words


def test_an_electronic_invoice_gives_seller_type_date_and_makes_its_fields() -> None:
    shelf = Shelf()
    due, kind = date(2024, 5, 31), InvoiceKind.CREDIT_NOTE
    invoice = Invoice("RE-7", kind, issued=date(2024, 5, 1), due=due, seller="ACME", currency="EUR", total=Decimal("529.87"))
    found = understanding(shelf).understand(replace(FACTS, invoice=invoice)).proposals
    names = {one.id: one.facts.name for one in shelf.known_fields}
    assert [(names.get(one.field or FieldId(0), one.aspect), one.value) for one in found] == [
        (Aspect.DOCUMENT_TYPE, "Credit note"),
        (Aspect.CORRESPONDENT, "ACME"),
        (Aspect.CREATED_DATE, date(2024, 5, 1)),
        ("Due date", date(2024, 5, 31)),
        ("Invoice number", "RE-7"),
        ("Invoice total", Money(Decimal("529.87"), "EUR")),
    ]
    assert {one.reason.giver for one in found} == {Giver.INVOICE}


def test_a_field_of_another_kind_is_left_alone() -> None:
    shelf = Shelf(known_fields=[Field(FieldId(1), FieldKind.BOOLEAN, 1, FieldFacts("Due date"))])
    found = understanding(shelf).understand(replace(FACTS, invoice=Invoice("1", due=date(2024, 5, 31)))).proposals
    assert FieldId(1) not in {one.field for one in found}


def test_a_field_takes_its_value_from_the_text() -> None:
    meter = Field(FieldId(4), FieldKind.NUMBER, 1, FieldFacts("Meter", extraction=r"reading:\s*([\d.,]+)"))
    paid = Field(FieldId(5), FieldKind.DATE, 1, FieldFacts("Paid", extraction=r"^paid on (.*)$"))
    found = understanding(Shelf(known_fields=[meter, paid])).understand(replace(FACTS, pages=("reading: 1.234,5 kWh\npaid on 3 May 2024",)))
    given = {one.field: (one.value, one.reason.words) for one in found.proposals if one.aspect is Aspect.FIELD}
    assert given == {4: (1234.5, "the text 'reading: 1.234,5'"), 5: (date(2024, 5, 3), "the text 'paid on 3 May 2024'")}


def test_patterns_that_are_broken_or_never_end_are_told_and_stop_nothing() -> None:
    broken = Field(FieldId(1), FieldKind.TEXT, 1, FieldFacts("Broken", extraction="("))
    endless = Field(FieldId(2), FieldKind.TEXT, 1, FieldFacts("Endless", extraction="(a+)+$"))
    good = Field(FieldId(3), FieldKind.TEXT, 1, FieldFacts("Good", extraction="No. (.+)"))
    found = understanding(Shelf(known_fields=[broken, endless, good])).understand(replace(FACTS, pages=("No. 7", "a" * 10_000 + "b")))
    assert told(found.proposals) == [(Aspect.FIELD, "7", Giver.EXTRACTION)]
    assert [(one.code, one.message.split("'")[1]) for one in found.warnings] == [
        ("EXTRACTION_UNUSABLE", "Broken"),
        ("EXTRACTION_UNUSABLE", "Endless"),
    ]


def test_the_date_on_the_paper_comes_with_the_words_beside_it() -> None:
    pages = ("Invoice date: 5 March 2024\nDue date: 4 April 2024",)
    (only,) = understanding(Shelf()).understand(replace(FACTS, pages=pages)).proposals
    assert (only.aspect, only.value, only.reason.giver) == (Aspect.CREATED_DATE, date(2024, 3, 5), Giver.TEXT)
    assert "nvoice date" in only.reason.words
    assert only.reason.score is not None


def test_a_day_that_the_paper_says_something_else_of_is_not_its_date() -> None:
    pages = ("Payment is due on 1 July 2024.\nDate of birth: 1 February 1970",)
    assert understanding(Shelf()).understand(replace(FACTS, pages=pages)).proposals == ()


def test_no_more_days_are_suggested_than_the_settings_say_and_the_files_day_is_one() -> None:
    pages = ("Invoice date: 1 March 2024. Delivered on 2 March 2024, ordered on 20 February 2024.",)
    facts = replace(FACTS, pages=pages, file_date=date(2024, 3, 9))
    found = understanding(Shelf(), settings=UnderstandingSettings(dates=DateSettings(suggestions=4))).suggest(facts).dates
    assert (found[0].date, found[0].source) == (date(2024, 3, 1), DateSource.TEXT)
    assert (date(2024, 3, 9), DateSource.FILE, 0.1) in [(one.date, one.source, one.score) for one in found]
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert len(understanding(Shelf(), settings=UnderstandingSettings(dates=DateSettings(suggestions=2))).suggest(facts).dates) == 2


def test_a_files_day_is_never_given() -> None:
    assert understanding(Shelf()).understand(replace(FACTS, pages=("no day",), file_date=date(2024, 3, 9))).proposals == ()


def test_the_day_of_the_mail_speaks_for_a_day_near_it_and_is_never_given_itself() -> None:
    facts = replace(FACTS, pages=("Invoice 4711\n1 March 2024\nDelivered on 9 May 2023",))
    alone, mailed = (understanding(Shelf()).suggest(one).dates for one in (facts, replace(facts, mail_date=date(2024, 3, 2))))
    assert mailed[0].date == alone[0].date == date(2024, 3, 1)
    assert mailed[0].score > alone[0].score
    assert (date(2024, 3, 2), DateSource.MAIL) in [(one.date, one.source) for one in mailed]
    assert understanding(Shelf()).understand(replace(facts, pages=("no day",), mail_date=date(2024, 3, 2))).proposals == ()
