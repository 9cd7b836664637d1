"""Every operator of the grammar, on a real index."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from actors.index.errors import QueryError
from actors.index.messages import SearchRequest
from actors.store.nouns.archive import DocumentState
from actors.store.nouns.catalog import FieldKind, Money
from tests.index.archive import Bench, document
from tests.index.cabinet import Cabinet

CABINET = Cabinet()
AMOUNT = CABINET.field("amount", FieldKind.MONEY)
DUE = CABINET.field("due date", FieldKind.DATE)
PAID = CABINET.field("paid", FieldKind.BOOLEAN)

DOCUMENTS = [
    document(
        1,
        "Haftpflichtversicherungsschein Nr. RE-0815-2024\nSehr geehrte Damen, die Rechnungen sind zu\nbezahlen. Bruttosumme 529,87 EUR",
        title="Police 2024",
        language="de",
        tags=CABINET.tags("Versicherung", "to do"),
        correspondent=CABINET.correspondent("Allianz SE"),
        created=date(2024, 3, 31),
        added=datetime(2024, 5, 14, 23, 30, tzinfo=UTC),
        asn=5,
        notes=("paid in cash",),
        custom=(
            (AMOUNT, FieldKind.MONEY, Money(Decimal("529.87"), "EUR")),
            (DUE, FieldKind.DATE, date(2024, 6, 1)),
            (PAID, FieldKind.BOOLEAN, True),
        ),
    ),
    document(
        2,
        "The LinnSequencer: 32 Track MIDI Sequence\nRecorder. It's an invoice.",
        "We went tip-\ntoeing along a path; the Ver\u00adsicherung and ﬁne print.",
        title="Linn manual",
        language="en",
        mime="application/pdf",
        type=CABINET.type("manual"),
        path=CABINET.path("music/linn"),
        filename="linn_scan_0042.pdf",
        created=date(2023, 12, 31),
        added=datetime(2024, 5, 6, tzinfo=UTC),
        asn=9,
        custom=((AMOUNT, FieldKind.MONEY, Money(Decimal("-3.00"))),),
        page_count=12,
    ),
    document(3, "Portez ce vieux whisky au juge blond; à l'intérieur, l'été.", title="Whisky", language="fr", mime="image/jpeg", asn=10),
    document(4, "这是一个测试文件，关于保险合同。", title="测试", language="zh", state=DocumentState.FAILED),
    document(5, "العَرَبِيَّة لغة جميلة", title="Arabic", language="ar"),
    document(
        6,
        "Die Rechnung für Häuser in der Straße. page\n\nPage 1",
        title="Rechnung",
        language="de",
        tags=CABINET.tags("Bank", "Bank Statements"),
    ),
    document(7, "", title="empty page"),
]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("index"), DOCUMENTS, CABINET)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [1, 2, 3, 4, 5, 6, 7]),
        ("*", [1, 2, 3, 4, 5, 6, 7]),
        ("recorder", [2]),
        ("RECORDER track", [2]),
        ("recorder whisky", []),
        ("recorder OR whisky", [2, 3]),
        ("-recorder -tag:*", [3, 4, 5, 7]),
        ("NOT (recorder OR whisky) rechnung", [1, 6]),
        ("fine", [2]),
        ("Versicherung", [1, 2]),
        ("Strasse", [6]),
        ("invoices", [2]),
        ("rechnungen", [1, 6]),
        ("haus", [6]),
        ("interieur", [3]),
        ("été", [3]),
        ("it's", [2]),
        ("tiptoeing", [2]),
        ("tip-toeing", [2]),
        ("RE-0815-2024", [1]),
        ("RE08152024", [1]),
        ("0815", [1]),
        ("0815-20", [1]),
        ("RE-0815", [1]),
        ("re-08*", [1]),
        ("529,87", [1]),
        ("pflichtvers", [1]),
        ("haftpf*", [1]),
        ("*schein", [1]),
        ("*quence*", [2]),
        ("recordre~", [2]),
        ("racordar~2", [2]),
        ("racordar~", []),
        ("&", []),
        ("recorder & track", [2]),
        ("测试", [4]),
        ("测", [4]),
        ("合同", [4]),
        ("保合", []),
        ("العربية", [5]),
    ],
)
def test_words_find(bench: Bench, query: str, found: list[int]) -> None:
    assert bench.find(query) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('"32 Track MIDI Sequence Recorder"', [2]),
        ('"MIDI Track"', []),
        ('"Bruttosumme 529 87"', [1]),
        ('"page Page 1"', [6]),
        ('"went tip-toeing along a path"', [2]),
        ('"sind zu bezahlen"', [1]),
        ('"It\'s an invoice"', [2]),
        ('"测试文件"', [4]),
        ('"文件测试"', []),
        ('"the fine"', []),
        ('"and fine print"', [2]),
        ('"rechnung"', [6]),
        ('"Linn manual"', [2]),
        ('"bank statements"', [6]),
        ('"Recorder. It\'s an invoice. We went"', [2]),
    ],
)
def test_phrases_find_words_side_by_side(bench: Bench, query: str, found: list[int]) -> None:
    assert bench.find(query) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("title:rechnung", [6]),
        ("title:rechnungen", [6]),
        ("text:rechnung", [1, 6]),
        ("tag:bank", [6]),
        ("tag:=bank", [6]),
        ('tag:="bank statements"', [6]),
        ("tag:=statements", []),
        ('tag:"to do"', [1]),
        ("tag:(bank OR versicherung)", [1, 6]),
        ("tag:(bank statements)", [6]),
        ("-tag:*", [2, 3, 4, 5, 7]),
        ("correspondent:allianz", [1]),
        ("type:manual", [2]),
        ("path:linn", [2]),
        ("note:cash", [1]),
        ("cash", [1]),
        ("mime:pdf", [2]),
        ("mime:image", [3]),
        ("language:de", [1, 6]),
        ("filename:0042", [2]),
        ("filename:linn_scan_0042.pdf", [2]),
        ("linn_scan", [2]),
        ("state:failed", [4]),
        ("id:3", [3]),
        ("id:(1 OR 7)", [1, 7]),
        ("id:-1", []),
        ("pages:>10", [2]),
        ("pages:1", [1, 3, 4, 5, 6, 7]),
        ("asn:5", [1]),
        ("asn:[1 to 9]", [1, 2]),
        ("asn:>5", [2, 3]),
        ("asn:<=9", [1, 2]),
        ("asn:*", [1, 2, 3]),
        ("created:2024", [1]),
        ("created:2024-03", [1]),
        ("created:2024-03-31", [1]),
        ("created:[2023 to 2024]", [1, 2]),
        ("created:>=2024-01-01", [1]),
        ("created:<2024", [2]),
        ("created:*", [1, 2]),
        ('added:"last week"', [2]),
        ("added:yesterday", [1]),
        ("added:today", [3, 4, 5, 6, 7]),
        ("added:-7d", [1, 3, 4, 5, 6, 7]),
        ('updated:"this month"', [1, 2, 3, 4, 5, 6, 7]),
        ("field.amount:>500", [1]),
        ("field.amount:<0", [2]),
        ("field.amount:[-5 to 600]", [1, 2]),
        ("field.amount:*", [1, 2]),
        ('field."due date":2024-06-01', [1]),
        ('field."due date":>2024-05', [1]),
        ('field."Due Date":<2024-05', []),
        ("field.paid:true", [1]),
        ("field.amount:529.87", [1]),
        ("field.amount:=529.87", [1]),
    ],
)
def test_fields_find(bench: Bench, query: str, found: list[int]) -> None:
    assert bench.find(query) == found


def test_a_custom_field_that_is_not_there_is_no_field(bench: Bench) -> None:
    with pytest.raises(QueryError) as caught:
        bench.find("paid NOT field.none:*")
    expected = 'one of field.amount, field."due date", field.paid'
    assert (caught.value.column, caught.value.expected) == (10, expected)


def test_days_begin_where_the_asker_is(bench: Bench) -> None:
    there = datetime(2024, 5, 15, 14, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    hits = bench.searcher.search(SearchRequest("added:today", there, highlight=False)).hits
    assert sorted(hit.document_id for hit in hits) == [1, 3, 4, 5, 6, 7]


def test_a_title_weighs_more_than_text_a_stem_less_and_a_part_least(tmp_path: Path) -> None:
    filler = "word " * 20
    bench = Bench(
        tmp_path,
        [
            document(1, f"Haftpflichtversicherungen {filler}", language="de"),
            document(2, f"versicherung {filler}", language="de"),
            document(3, f"versicherungen {filler}", language="de"),
            document(4, f"nothing {filler}", title="Versicherung", language="de"),
        ],
    )
    assert bench.ranked("versicherung") == [4, 2, 3, 1]


def test_a_word_finds_inflections_in_every_language_of_the_archive(tmp_path: Path) -> None:
    bench = Bench(tmp_path, [document(1, "several invoices", language="en"), document(2, "die Katzen schlafen", language="de")])
    assert bench.find("invoice") == [1]
    assert bench.find("Katze") == [2]
    assert bench.find("sleeping") == []
