"""What queries mean, what is wrong with them, and that nothing else can happen."""

from datetime import date, timedelta
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actors.index.errors import QueryError
from actors.index.fields import FIELDS, FieldKind
from actors.index.grammar import MAX_DEPTH, MAX_OPERANDS, parse
from actors.index.marks import Mark
from actors.index.query import And, DateRange, Everything, Match, Node, Not, NumberRange, Or, Phrase, Present, Word, render
from actors.index.tokens import MAX_LENGTH

TODAY = date(2024, 5, 15)  # a Wednesday

A, B, C = Word("a"), Word("b"), Word("c")


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("", Everything()),
        ("  ", Everything()),
        ("*", Everything()),
        ("a", A),
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a OR b c", Or((A, And((B, C))))),
        ("(a OR b) c", And((Or((A, B)), C))),
        ("-a", Not(A)),
        ("NOT a b", And((Not(A), B))),
        ("a -(b OR c)", And((A, Not(Or((B, C)))))),
        ("NOT NOT a", Not(Not(A))),
        ("or and not", And((Word("or"), Word("and"), Word("not")))),
        ("ORDER", Word("ORDER")),
        ("\\OR", Word("OR")),
        ("a - b", And((A, Word("-"), B))),
        ("a-b", Word("a-b")),
        ('"a b"', Phrase("a b")),
        ('-"a b"', Not(Phrase("a b"))),
        ("“a b”", Phrase("a b")),
        ('"a \\" b"', Phrase('a " b')),
        ("a*", Word("a", match=Match.PREFIX)),
        ("*abc", Word("abc", match=Match.SUFFIX)),
        ("*abc*", Word("abc", match=Match.INFIX)),
        ("abc\\*", Word("abc*")),
        ("abc~", Word("abc", fuzzy=1)),
        ("abc~2", Word("abc", fuzzy=2)),
        ("title:a", Word("a", "title")),
        ("TITLE:a", Word("a", "title")),
        ("content:a", Word("a", "text")),
        ('title:"a b"', Phrase("a b", "title")),
        ("title:(a b)", And((Word("a", "title"), Word("b", "title")))),
        ("title:(a OR -b text:c)", Or((Word("a", "title"), And((Not(Word("b", "title")), Word("c", "text")))))),
        ("tag:*", Present("tag")),
        ('tag:="to do"', Word("to do", "tag", Match.WHOLE)),
        ("field.iban:DE12*", Word("DE12", "field.iban", Match.PREFIX)),
        ('field."due date":*', Present("field.due date")),
        ("asn:5", NumberRange("asn", 5, 5)),
        ("asn:[1 to 9]", NumberRange("asn", 1, 9)),
        ("asn:[1 TO *]", NumberRange("asn", 1, None)),
        ("asn:>5", NumberRange("asn", 6, None)),
        ("asn:>=5", NumberRange("asn", 5, None)),
        ("asn:<5", NumberRange("asn", None, 4)),
        ("asn:<5.5", NumberRange("asn", None, 5)),
        ("asn:(1 OR -2)", Or((NumberRange("asn", 1, 1), NumberRange("asn", -2, -2)))),
        ("field.amount:>=99.5", NumberRange("field.amount", 99.5, None)),
        ("12:30", Word("12:30")),
        ("https://example.org/a", Word("https://example.org/a")),
        ("Re: a", And((Word("Re:"), A))),
    ],
)
def test_a_query_means(text: str, meaning: Node) -> None:
    assert parse(text, TODAY) == meaning


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-3-1", date(2024, 3, 1), date(2024, 3, 1)),
        ("20240301", date(2024, 3, 1), date(2024, 3, 1)),
        ("31.3.2024", date(2024, 3, 31), date(2024, 3, 31)),
        ("9999", date(9999, 1, 1), date(9999, 12, 31)),
        ("today", TODAY, TODAY),
        ("yesterday", date(2024, 5, 14), date(2024, 5, 14)),
        ("-7d", date(2024, 5, 8), TODAY),
        ('"-2 weeks"', date(2024, 5, 1), TODAY),
        ("-3m", date(2024, 2, 15), TODAY),
        ("-1y", date(2023, 5, 15), TODAY),
        ("+1m", TODAY, date(2024, 6, 15)),
        ('"this week"', date(2024, 5, 13), date(2024, 5, 19)),
        ('"last week"', date(2024, 5, 6), date(2024, 5, 12)),
        ("previous week", date(2024, 5, 6), date(2024, 5, 12)),
        ('"this month"', date(2024, 5, 1), date(2024, 5, 31)),
        ('"previous month"', date(2024, 4, 1), date(2024, 4, 30)),
        ('"this quarter"', date(2024, 4, 1), date(2024, 6, 30)),
        ('"last quarter"', date(2024, 1, 1), date(2024, 3, 31)),
        ('"Last  Year"', date(2023, 1, 1), date(2023, 12, 31)),
        ("[2023 to 2024-03]", date(2023, 1, 1), date(2024, 3, 31)),
        ("[-7d to today]", date(2024, 5, 8), TODAY),
        (">=2024-01-01", date(2024, 1, 1), None),
        (">2024", date(2025, 1, 1), None),
        ("<2024", None, date(2023, 12, 31)),
        ("<=2024", None, date(2024, 12, 31)),
        (">-7d", date(2024, 5, 9), None),
        ('>"last week"', date(2024, 5, 13), None),
    ],
)
def test_a_date_means_its_days(text: str, first: date | None, last: date | None) -> None:
    assert parse(f"created:{text}", TODAY) == DateRange("created", first, last)


def test_a_month_before_a_long_one_ends_on_its_last_day() -> None:
    assert parse("created:>=-1m", date(2024, 3, 31)) == DateRange("created", date(2024, 2, 29), None)


@pytest.mark.parametrize(
    ("text", "column", "expected"),
    [
        ("()", 1, "a word between ( and )"),
        ("a (b", 3, "a closing )"),
        ("a b)", 4, "a ( before it"),
        ('a "b', 3, 'a closing "'),
        ('""', 1, "words between the quotes"),
        ("a OR", 5, "a word, a phrase, a field or a group"),
        ("AND a", 1, "a word, a phrase, a field or a group"),
        ("a NOT", 6, "a word, a phrase, a field or a group"),
        ("a OR OR b", 6, "a word, a phrase, a field or a group"),
        ("über nofield:x", 6, "one of title"),
        ("title:", 7, "a value right after the colon"),
        ("title: a", 7, "a value right after the colon"),
        ("asn:x", 5, "a number"),
        ("asn:1.5", 5, "a number"),
        ("asn:[1 to x]", 5, "a number"),
        ("asn:[9 to 1]", 5, "the smaller number first"),
        ("asn:[1]", 5, "[low to high]"),
        ("asn:[1 to 2", 5, "a closing ]"),
        ("asn:[* to *]", 5, "[low to high]"),
        ("created:soon", 9, "a date"),
        ("created:2024-02-30", 9, "a date"),
        ("created:last fortnight", 9, "a date"),
        ("created:>9999", 10, "a date"),
        ("created:-99999y", 9, "a date"),
        ("created:[2024 to 2023]", 9, "the earlier date first"),
        ("title:>5", 8, "words"),
        ("tag:[a to b]", 5, "words"),
        ("tag:=", 6, "a value"),
        ("abc~3", 4, "word~ or word~2"),
        ("~", 1, "word~ or word~2"),
        ("abc*~", 1, "either * or ~"),
        ('field."":x', 1, 'field."NAME":value'),
        ("*a*", 1, "at least 3 letters"),
    ],
)
def test_a_wrong_query_is_told_where_and_what_was_expected(text: str, column: int, expected: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text, TODAY)
    assert (caught.value.column, caught.value.expected[: len(expected)]) == (column, expected)


def test_nesting_length_and_number_of_words_are_bounded() -> None:
    for text in ("(" * MAX_DEPTH + "a" + ")" * MAX_DEPTH, "a " * MAX_OPERANDS, "-" * MAX_DEPTH + "a"):
        parse(text, TODAY)
    for text in ("(" * (MAX_DEPTH + 1) + "a", "-" * (MAX_DEPTH + 1) + "a", "a " * (MAX_OPERANDS + 1), "a" * (MAX_LENGTH + 1)):
        with pytest.raises(QueryError):
            parse(text, TODAY)


SIGNS = ["AND", "OR", "NOT", "(", ")", '"', "-", "*", "~", "~2", ":", "[", "]", " to ", ">", "<=", "=", "\\", " "]
VALUES = [
    "2024",
    "today",
    "field.",
    "title",
    "asn",
    "asn:",
    "created:",
    "title:",
    "last week",
    "é",
    "中",
    "\u200b",
    "\x00",
    "𝔘",
    "-7d",
    "12",
    "a",
]


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(SIGNS + VALUES), max_size=30).map("".join)))
@settings(max_examples=600, deadline=None)
def test_any_text_is_a_query_or_a_query_error(text: str) -> None:
    node, error = read(text)
    if node is not None:
        assert parse(render(node), TODAY + timedelta(days=400)) == node
    else:
        assert error is not None
        assert 1 <= error.column <= len(text) + 1
        assert error.expected


def read(text: str) -> tuple[Node | None, QueryError | None]:
    """Parse, and give the one error that there may be."""
    try:
        return parse(text, TODAY), None
    except QueryError as error:
        return None, error


WORDS = st.text(min_size=3, max_size=8).filter(lambda text: text.strip() != "")
NAMES = st.sampled_from([name for name, field in FIELDS.items() if field.kind is FieldKind.TEXT] + ["field.iban", "field.due date"])
NUMBERS = st.integers(-1000, 10**9).map(float)
DAYS = st.dates()


def _bounds(low: object, high: object) -> bool:
    return (low is not None or high is not None) and (low is None or high is None or low <= high)  # type: ignore[operator]  # both of one type


LEAVES: st.SearchStrategy[Node] = st.one_of(
    st.builds(Word, WORDS, st.one_of(st.just(""), NAMES), st.sampled_from([kind for kind in Match if kind is not Match.WHOLE])),
    st.builds(Word, WORDS, NAMES, st.just(Match.WHOLE)),
    st.builds(Word, WORDS, st.one_of(st.just(""), NAMES), st.just(Match.WORD), st.sampled_from([1, 2])),
    st.builds(Phrase, WORDS, st.one_of(st.just(""), NAMES)),
    st.builds(Present, st.sampled_from([*(name for name in FIELDS if name != "is"), "field.iban"])),
    st.builds(Word, st.sampled_from([mark.value for mark in Mark]), st.just("is"), st.just(Match.WHOLE)),
    st.builds(NumberRange, st.sampled_from(["asn", "id", "field.amount"]), st.none() | NUMBERS, st.none() | NUMBERS).filter(
        lambda node: _bounds(node.low, node.high)
    ),
    st.builds(NumberRange, st.just("field.amount"), st.floats(allow_nan=False, allow_infinity=False), st.none()),
    st.builds(DateRange, st.sampled_from(["created", "added", "field.due"]), st.none() | DAYS, st.none() | DAYS).filter(
        lambda node: _bounds(node.first, node.last)
    ),
)


def _inner(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(nodes, min_size=2, max_size=4).map(tuple)
    return st.one_of(st.builds(And, several), st.builds(Or, several), st.builds(Not, nodes))


@given(st.recursive(LEAVES, _inner, max_leaves=12))
@settings(max_examples=500, deadline=None)
def test_a_tree_written_down_and_read_again_is_the_same_tree(node: Node) -> None:
    assert parse(render(node), TODAY) == node


@pytest.mark.parametrize("piece", ['"', "(", "a ", "\\", "~", "*", "[", "title:", "- ", "((", '"a', "x:", "created:", "field.", "OR "])
def test_the_longest_query_is_read_at_once_whatever_it_is_made_of(piece: str) -> None:
    def seconds() -> float:
        begin = process_time()
        read((piece * MAX_LENGTH)[:MAX_LENGTH])
        return process_time() - begin

    assert min(seconds() for _ in range(3)) < 0.1  # quadratic time would take seconds
