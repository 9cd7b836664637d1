"""What people type into the search box: the grammar, its dates, and the whole way up to tantivy."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from actors.index.analysis import tokens
from actors.index.dates import parse_period
from actors.index.errors import CursorError, QueryError
from actors.index.grammar import parse
from actors.index.messages import FacetField, Order, OrderField, SearchRequest
from actors.index.names import Names
from actors.index.naming import named_by
from actors.index.query import Match, Phrase, Word, render
from actors.index.searcher import Searcher
from actors.index.vocabulary import Vocabulary, vocabulary_of
from actors.store.nouns.catalog import FieldKind, FieldValue, Money
from tests.fuzz.target import Target, split, text
from tests.index.archive import Bench, document
from tests.index.cabinet import Cabinet

TODAY = date(2024, 5, 15)
DAYS = (TODAY, date(2024, 2, 29), date.min, date.max, date(2023, 12, 31))
NOW = datetime(2024, 5, 15, 12, tzinfo=UTC)


def fuzz_query(data: bytes) -> None:
    """Any text is a query, which is the same when written down and read again, or an error that shows its place.

    So it is where nobody knows which custom fields there are, and where they are known.
    """
    query = text(data)
    for names in (None, Names(cabinet_of_a_few().names())):
        try:
            node = parse(query, TODAY, names)
        except QueryError as error:
            assert 1 <= error.column <= len(query) + 1, error
            assert error.expected, error
            continue
        assert parse(render(node), TODAY + timedelta(days=400), names) == node


def fuzz_names(data: bytes) -> None:
    """Any text is a name, which is found by all of it, by each of its words, and by the words from any of them on."""
    chosen, rest = split(data, 2)
    name, others = text(rest), other_names()
    vocabulary = others.changed({**others.names, "": name})
    assert "" in vocabulary.whole(name)
    found = list(tokens(name))
    if not found:
        return
    at = sum(chosen) % len(found)
    assert "" in vocabulary.row([token.text for token in found[at:]])
    word = name[found[at].start : found[at].end]
    for node in (Word(word, "tag"), Word(word), Word(word, match=Match.PREFIX), Word(word, fuzzy=1), Phrase(name, "tag"), Phrase(word)):
        named = named_by(node, vocabulary)
        assert named is not None, node
        assert "" in named.exact, node


def fuzz_date(data: bytes) -> None:
    """Any text is a period of whole days, or no date."""
    chosen, words = split(data, 2)
    period = parse_period(text(words), DAYS[sum(chosen) % len(DAYS)])
    if period is not None:
        assert period.first <= period.last
        assert period.first <= period.low <= period.last
        assert period.first <= period.high <= period.last


def fuzz_search(data: bytes) -> None:
    """Any text is looked for in the index, or refused as a query; tantivy never panics, and what is marked lies in the text."""
    searcher, query = searcher_of_a_few(), text(data)
    try:
        answer = searcher.search(SearchRequest(query, NOW, facets=tuple(FacetField), loosen=True))
    except QueryError:
        return
    assert len(answer.hits) <= answer.total
    for hit in answer.hits:
        for highlight in hit.highlights:
            assert all(0 <= start < end <= len(highlight.text) for start, end in highlight.ranges)


def fuzz_suggest(data: bytes) -> None:
    """Any text before any cursor is completed, by no more than was asked for."""
    where, query = split(data, 2)
    answer = searcher_of_a_few().suggest(text(query), cursor=sum(where), limit=5)
    assert len(answer.suggestions) <= 5
    assert 0 <= answer.start <= len(text(query))


def fuzz_cursor(data: bytes) -> None:
    """Any text is a place to go on from in a list of finds, or a wrong one."""
    which, after = split(data, 2)
    order = Order(tuple(OrderField)[sum(which) % len(OrderField)], descending=len(which) % 2 == 0)
    try:
        answer = searcher_of_a_few().search(SearchRequest("letter", NOW, limit=1, after=text(after), order=order))
    except CursorError:
        return
    assert len(answer.hits) <= 1


@cache
def searcher_of_a_few() -> Searcher:
    """Give the searcher of a small index, made once in this process."""
    few = cabinet_of_a_few()
    values = tuple((field.id, *VALUES[field.facts.name]) for field in few.names().fields)
    letters = [
        document(1, "a letter of the bank about 1,234.50", "its second page", title="Bank", language="en", tags=few.tags("to do"), asn=7),
        document(2, "Brief an die Straßenbahn, Größe 中文字 देवनागरी", title="Brief", language="de", created=TODAY, filename="a.pdf"),
        document(3, "a letter RE-0815-2024 e-mail", title="", correspondent=few.correspondent("Größe 中文 & Co."), custom=values),
    ]
    return Bench(Path(mkdtemp(prefix="scriba-fuzz-")), letters, few).searcher


VALUES: dict[str, tuple[FieldKind, FieldValue]] = {
    "iban": (FieldKind.TEXT, "DE12"),
    "amount": (FieldKind.MONEY, Money(Decimal("99.50"), "EUR")),
    "due date": (FieldKind.DATE, TODAY),
    "seen": (FieldKind.DATE_TIME, NOW),
    "paid": (FieldKind.BOOLEAN, True),
    "count": (FieldKind.INTEGER, 3),
    "rate": (FieldKind.NUMBER, 0.5),
    "status": (FieldKind.CHOICE, 2),
    "related": (FieldKind.DOCUMENTS, (1, 2)),
}


@cache
def cabinet_of_a_few() -> Cabinet:
    """Give the catalogue of the small index."""
    cabinet = Cabinet()
    for name, (kind, _) in VALUES.items():
        cabinet.field(name, kind, *(("open", "in work") if kind is FieldKind.CHOICE else ()))
    return cabinet


@cache
def other_names() -> Vocabulary[str]:
    """Give names among which another is looked for."""
    return vocabulary_of({str(number): text(query) for number, query in enumerate((*QUERIES, b"a", b"to do", b"RE-0815 e-mail"))})


QUERIES = (
    b"",
    b"letter bank",
    b'"a letter" OR -bank (tag:money NOT title:b*)',
    b'tag:="to do" field."due date":* field.amount:>=99.5 asn:[1 to 9]',
    b'created:2024-02 added:"last week" created:[2023 to today] updated:>-7d',
    b"lettre~2 *ett* *er le* re-0815-2024 \\OR a\\*b 12:30 https://example.org",
    "straße 中文 देवनागरी “über” *中*".encode(),
    b"((((a))))",
    b"language:de state:ready mime:pdf id:1 pages:>1 note:x filename:a path:b type:c correspondent:d",
    b"field.iban:de12~2 field.seen:today -field.paid:no field.count:(3 OR >=5) field.rate:[0.1 to *]",
    'field.amount:(eur >5) field.status:"in work" field.related:2 correspondent:=größe'.encode(),
)
NAMES = ("Größe 中文 & Co.".encode(), b"RE-0815/2024 e-mail", b"Haft-\npflicht, it's", "हिन्दी العَرَبِيَّة".encode())
DATES = (b"2024", b"2024-02-30", b"-7d", b"+99999y", b"last week", b"31.3.2024", b"today")
TYPED = (b"ban", b"tag:", b'tag:"to', b"created:th", b"field.", b"-let", b"na title:b")
TARGETS = (
    Target(fuzz_query, QUERIES),
    Target(
        fuzz_date, tuple(b"\1\xff" + word for word in (b"2024", b"2024-02-30", b"-7d", b"+99999y", b"last week", b"31.3.2024", b"today"))
    ),
    Target(fuzz_names, tuple(b"\1\xff" + name for name in NAMES)),
    Target(fuzz_search, QUERIES),
    Target(
        fuzz_suggest, tuple(b"\5\xff" + word for word in (b"ban", b"tag:", b'tag:"to', b"created:th", b"field.", b"-let", b"na title:b"))
    ),
    Target(
        fuzz_cursor,
        (
            b'\0\xff["relevance", true, 1]',
            b'\1\xff["added", false, 5]',
            b'\1\1\xff["added", true, 3683000000000000001]',
            b'\3\xff["title", false, "bank-0000000001"]',
            b'\3\3\xff["title", true, "bank-0000000001"]',
        ),
        found=(b'\3\xff["title", false, "b)nk-0000000001"]',),
    ),
)
