"""Values of custom fields are found by what their kind makes of them."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from rapidfuzz.distance import OSA

from actors.index.errors import QueryError
from actors.index.field_terms import number_key, word_mark
from actors.index.fields import CUSTOM_KINDS
from actors.index.grammar import parse
from actors.index.messages import SearchRequest, Suggestion
from actors.index.names import Names
from actors.index.query import DateRange, Match, Node, NumberRange, Phrase, Present, Word, render
from actors.store.nouns.catalog import FieldId, FieldKind, FieldValue, Money
from tests.index.archive import NOW, Bench, document
from tests.index.cabinet import Cabinet

CABINET = Cabinet()
KINDS = {
    "reference": FieldKind.TEXT,
    "remarks": FieldKind.LONG_TEXT,
    "link": FieldKind.URL,
    "sender": FieldKind.EMAIL,
    "due": FieldKind.DATE,
    "seen at": FieldKind.DATE_TIME,
    "paid": FieldKind.BOOLEAN,
    "count": FieldKind.INTEGER,
    "rate": FieldKind.NUMBER,
    "total": FieldKind.MONEY,
    "status": FieldKind.CHOICE,
    "rooms": FieldKind.CHOICES,
    "related": FieldKind.DOCUMENTS,
}
OPTIONS = {"status": ("open", "waiting for answer", "done"), "rooms": ("kitchen", "bathroom", "living room")}
FIELDS = {name: CABINET.field(name, kind, *OPTIONS.get(name, ())) for name, kind in KINDS.items()}
NAMES = Names(CABINET.names())
TODAY = NOW.date()

FIRST: dict[str, FieldValue] = {
    "reference": "RE-0815-2024",
    "remarks": "Paid late, with a reminder of the Straßenbahn.",
    "link": "https://example.org/shop/order?id=77",
    "sender": "jane.doe@example.org",
    "due": date(2024, 2, 29),
    "seen at": datetime(2024, 5, 14, 23, 30, tzinfo=UTC),
    "paid": True,
    "count": 12,
    "rate": 0.5,
    "total": Money(Decimal("529.87"), "EUR"),
    "status": 2,
    "rooms": (1, 3),
    "related": (2, 30),
}
SECOND: dict[str, FieldValue] = {
    "reference": "re0815",
    "due": date(2024, 3, 1),
    "seen at": datetime(2024, 5, 15, 0, 30, tzinfo=UTC),
    "paid": False,
    "count": -3,
    "rate": 2e10,
    "total": Money(Decimal("-99.50"), "USD"),
    "status": 3,
    "rooms": (2,),
    "related": (1,),
}
THIRD: dict[str, FieldValue] = {"total": Money(Decimal("100.00")), "remarks": "open count 12 RE-0815"}


def bearing(number: int, values: dict[str, FieldValue]) -> tuple[tuple[FieldId, FieldKind, FieldValue], ...]:
    return tuple((FIELDS[name], KINDS[name], value) for name, value in values.items())


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    documents = [document(number, custom=bearing(number, values)) for number, values in enumerate((FIRST, SECOND, THIRD), 1)]
    return Bench(tmp_path_factory.mktemp("custom"), [*documents, document(4, "no field at all")], CABINET)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("field.reference:RE-0815-2024", [1]),
        ("field.reference:0815", [1, 2]),
        ("field.reference:re0815", [2]),
        ("field.reference:re*", [1, 2]),
        ("field.reference:*815", [1, 2]),
        ("field.reference:*081*", [1, 2]),
        ("field.reference:081", []),
        ("field.reference:0814~", [1]),
        ("field.reference:re0914~2", [2]),
        ('field.reference:"0815 2024"', [1]),
        ('field.reference:="RE 0815 2024"', [1]),
        ("field.reference:=RE-0815", []),
        ("field.remarks:strasse", [1]),
        ("field.remarks:str", []),
        ("field.remarks:strassen", [1]),
        ("field.remarks:*bahn", [1]),
        ("field.remarks:senbah", [1]),
        ("field.remarks:strasenbahn~", [1]),
        ("field.remarks:(paid reminder)", [1]),
        ('field.remarks:"paid reminder"', []),
        ("field.link:example.org", [1]),
        ("field.sender:jane", [1]),
        ('field.sender:="jane.doe@example.org"', [1]),
        ("field.due:2024-02-29", [1]),
        ("field.due:2024", [1, 2]),
        ("field.due:[2024-01 to 2024-02]", [1]),
        ("field.due:>2024-02", [2]),
        ("field.due:<=2024-02-29", [1]),
        ("field.due:-3m", [1, 2]),
        ("field.due:last year", []),
        ('field.due:"this quarter"', []),
        ('field."seen at":yesterday', [1]),
        ('field."seen at":today', [2]),
        ('field."seen at":2024-05', [1, 2]),
        ('field."seen at":>2024-05-14', [2]),
        ('field."seen at":<9999', [1, 2]),
        ("field.paid:yes", [1]),
        ("field.paid:TRUE", [1]),
        ("field.paid:=0", [2]),
        ("field.paid:no", [2]),
        ("field.paid:*", [1, 2]),
        ("field.count:12", [1]),
        ("field.count:=12", [1]),
        ("field.count:-3", [2]),
        ("field.count:>11.5", [1]),
        ("field.count:[* to 12]", [1, 2]),
        ("field.count:(12 OR -3)", [1, 2]),
        ("field.rate:0.5", [1]),
        ("field.rate:5e-1", [1]),
        ("field.rate:>0.4999", [1, 2]),
        ("field.rate:20000000000", [2]),
        ("field.total:529.87", [1]),
        ("field.total:529,87", [1]),
        ("field.total:100", [3]),
        ("field.total:87", []),
        ("field.total:10*", [3]),
        ("field.total:529~", [1]),
        ('field.total:"100"', [3]),
        ("field.total:=100.0", [3]),
        ("field.total:>100", [1]),
        ("field.total:[-100 to 100]", [2, 3]),
        ("field.total:-99.5", [2]),
        ("field.total:eur", [1]),
        ("field.total:(USD OR EUR)", [1, 2]),
        ('field.total:"529.87 EUR"', [1]),
        ('field.total:="529.87 EUR"', [1]),
        ("field.total:(EUR >500)", [1]),
        ("field.status:waiting", [1]),
        ("field.status:wait*", [1]),
        ("field.status:aiti", [1]),
        ('field.status:"waiting for answer"', [1]),
        ("field.status:=done", [2]),
        ("field.status:=waiting", []),
        ("field.status:open", []),
        ("field.status:…", []),
        ("field.rooms:kitchen", [1]),
        ("field.rooms:room", [1, 2]),
        ("field.rooms:=bathroom", [2]),
        ("-field.rooms:kitchen", [2, 3, 4]),
        ("field.related:30", [1]),
        ("field.related:1", [2]),
        ("field.related:>2", [1]),
        ("field.related:*", [1, 2]),
        ("field.RELATED:2", [1]),
        ("field.seen_at:*", [1, 2]),
    ],
)
def test_a_value_is_found_in_its_field(bench: Bench, query: str, found: list[int]) -> None:
    assert bench.find(query) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("RE-0815-2024", [1]),
        ("RE08152024", [1]),
        ("re0815", [1, 2, 3]),
        ("0815", [1, 2, 3]),
        ("reminder", [1]),
        ("jane.doe", [1]),
        ("2024-02-29", [1]),
        ("EUR", [1]),
        ("529.87", [1]),
        ("waiting", [1]),
        ("done", [2]),
        ("kitchen", [1]),
        ("bathroom", [2]),
        ('"living room"', [1]),
        ("open", [3]),
        ("12", [1, 3]),
        ("30", []),
        ("true", []),
        ("yes", []),
    ],
)
def test_words_without_a_field_find_what_fields_say(bench: Bench, query: str, found: list[int]) -> None:
    assert bench.find(query) == found


@pytest.mark.parametrize(
    ("query", "column", "expected", "message"),
    [
        ("a field.totl:>5", 3, "one of field.reference, field.remarks, field.link,", 'there is no field "field.totl"'),
        ("field.paid:perhaps", 12, "yes or no, as in field.paid:yes", '"perhaps" is neither'),
        ("field.paid:>1", 13, "yes or no, as in field.paid:yes", 'the field "field.paid" has neither numbers nor dates'),
        ("field.count:many", 13, "a number, as in field.count:>10", '"many" is not a number'),
        ("field.count:1.5", 13, "a number, as in field.count:>10", '"1.5" is not a number'),
        ("field.rate:half", 12, "a number, as in field.rate:>0.5", '"half" is not a number'),
        ("field.total:>EUR", 14, "a number, as in field.total:>99.50", '"EUR" is not a number'),
        ("field.due:soon", 11, "a date: 2024,", '"soon" is not a date'),
        ('field."seen at":[1 to 2]', 17, "a date: 2024,", '"1" is not a date'),
        ("field.status:>1", 15, "words, as in field.status:word", 'the field "field.status" has neither numbers nor dates'),
        ("field.related:bank", 15, "a number, as in field.related:>10", '"bank" is not a number'),
    ],
)
def test_what_a_field_cannot_hold_is_an_error_with_its_place(query: str, column: int, expected: str, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query, TODAY, NAMES)
    assert (caught.value.column, caught.value.expected[: len(expected)], caught.value.message) == (column, expected, message)


def test_an_archive_without_custom_fields_says_so() -> None:
    with pytest.raises(QueryError, match="there are no custom fields"):
        parse("field.total:>5", TODAY, Names(Cabinet().names()))


def test_no_more_fields_are_told_than_a_person_reads() -> None:
    cabinet = Cabinet()
    for number in range(30):
        cabinet.field(f"f{number}", FieldKind.TEXT)
    with pytest.raises(QueryError) as caught:
        parse("field.x:1", TODAY, Names(cabinet.names()))
    assert (caught.value.expected.count("field."), caught.value.expected[-2:]) == (20, " …")


@pytest.mark.parametrize(
    ("query", "meaning"),
    [
        ("field.due:2024-02", DateRange("field.due", date(2024, 2, 1), date(2024, 2, 29))),
        ("field.due:*", Present("field.due")),
        ("field.paid:yes", Word("yes", "field.paid", Match.WHOLE)),
        ("field.count:>5", NumberRange("field.count", 6, None)),
        ("field.rate:>=5", NumberRange("field.rate", 5, None)),
        ("field.total:5", Word("5", "field.total")),
        ('field.total:"5 EUR"', Phrase("5 EUR", "field.total")),
        ("field.none:x", Word("x", "field.none")),
    ],
)
def test_what_a_value_means_depends_on_its_field_and_stays_when_it_is_written_down(query: str, meaning: Node) -> None:
    names = NAMES if "none" not in query else None
    assert parse(query, TODAY, names) == meaning
    assert parse(render(meaning), TODAY, names) == meaning


def test_a_day_begins_where_the_asker_is(bench: Bench) -> None:
    there = datetime(2024, 5, 15, 14, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    hits = bench.searcher.search(SearchRequest('field."seen at":today', there, highlight=False)).hits
    assert sorted(hit.document_id for hit in hits) == [1, 2]


def test_trees_of_other_kinds_or_fields_find_nothing_and_break_nothing(bench: Bench) -> None:
    nodes: list[Node] = []
    for name in (*KINDS, "none"):
        field = f"field.{name}"
        nodes += [
            Word("x", field),
            Word("…", field),
            Word("12", field, Match.WHOLE),
            Word("kit", field, fuzzy=2),
            Phrase("a b", field),
            Present(field),
        ]
        nodes += [NumberRange(field, 1, None), DateRange(field, None, date.max), DateRange(field, date.min, None)]
    for node in nodes:
        found = bench.searcher.search(SearchRequest(node, NOW)).total
        assert found == 0 if "none" in repr(node) else 0 <= found <= 3


def test_a_letter_wrong_does_not_lead_into_another_field(tmp_path: Path) -> None:
    cabinet = Cabinet()
    fields = [cabinet.field(f"f{number}", FieldKind.TEXT) for number in range(120)]
    bench = Bench(
        tmp_path, [document(number, custom=((field, FieldKind.TEXT, "word"),)) for number, field in enumerate(fields, 1)], cabinet
    )
    assert [bench.find(f"field.f{number - 1}:wodr~2") for number in (1, 7, 12, 77, 101, 120)] == [[1], [7], [12], [77], [101], [120]]


def test_marks_of_fields_are_further_apart_than_letters_that_may_be_wrong() -> None:
    marks = [word_mark(FieldId(number)) for number in range(1, 400)]
    assert min(OSA.distance(one, other) for at, one in enumerate(marks) for other in marks[:at]) == 3


@pytest.mark.parametrize("make", [int, float])
def test_keys_of_numbers_sort_like_the_numbers(make: Callable[[float], float]) -> None:
    numbers = [make(number) for number in (-(2**53) + 1, -1e10, -99, -1, 0, 1, 2, 10, 99, 1e10, 2**53 - 1)]
    assert sorted(numbers, key=number_key) == numbers
    assert number_key(-0.0) == number_key(0)


def test_every_kind_of_field_is_compared_as_something() -> None:
    assert set(CUSTOM_KINDS) == set(FieldKind) == set(KINDS.values())


@pytest.mark.parametrize(
    ("text", "start", "suggestions"),
    [
        ("field.st", 0, [Suggestion("field.status:", 0)]),
        ("word -field.se", 6, [Suggestion("field.sender:", 0), Suggestion('field."seen at":', 0)]),
        ('field."se', 0, [Suggestion("field.sender:", 0), Suggestion('field."seen at":', 0)]),
        ("field.none", 0, []),
        ("field.status:", 0, [Suggestion("field.status:done", 1), Suggestion('field.status:"waiting for answer"', 1)]),
        ("a field.rooms:roo", 2, [Suggestion('field.rooms:"living room"', 1)]),
        ("field.rooms:kit", 0, [Suggestion("field.rooms:kitchen", 1)]),
        ("field.paid:y", 0, [Suggestion("field.paid:yes", 0)]),
        ('field."seen at":to', 0, [Suggestion('field."seen at":today', 0)]),
        ("field.reference:RE0", 0, [Suggestion("field.reference:re0815", 1)]),
        ("field.remarks:rem", 0, [Suggestion("field.remarks:reminder", 1)]),
        ("field.count:1", 0, []),
        ("field.none:x", 0, []),
    ],
)
def test_names_and_values_are_completed(bench: Bench, text: str, start: int, suggestions: list[Suggestion]) -> None:
    answer = bench.searcher.suggest(text)
    assert (answer.start, list(answer.suggestions)) == (start, suggestions)
