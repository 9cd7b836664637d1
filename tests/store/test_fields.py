"""Custom fields: values of every kind, options that keep their ids, links with two ends."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from threading import Barrier

import pytest

from actors.store.catalog.field_values import kept_value, shown_value, value_of
from actors.store.errors import DocumentNotFound, FieldNotFound, FieldValueInvalid, NameTaken, StaleItem
from actors.store.nouns.archive import Document, DocumentChanges, DocumentId
from actors.store.nouns.catalog import Field, FieldFacts, FieldId, FieldKind, FieldValue, LabelFacts, LabelKind, Money
from actors.store.store import Store
from tests.store.making import START, at, document_id

NOON = datetime(2024, 2, 29, 12, 0, tzinfo=UTC)
OPTIONS = ("open", "paid", "disputed")
CHOOSING = (FieldKind.CHOICE, FieldKind.CHOICES)
GOOD: Sequence[tuple[FieldKind, FieldValue, FieldValue, str]] = (
    (FieldKind.TEXT, "x" * 128, "x" * 128, "x" * 128),
    (FieldKind.LONG_TEXT, "one\ntwo", "one\ntwo", "one\ntwo"),
    (FieldKind.URL, "https://example.org/a?b=c", "https://example.org/a?b=c", "https://example.org/a?b=c"),
    (FieldKind.EMAIL, "ada@example.org", "ada@example.org", "ada@example.org"),
    (FieldKind.DATE, date(2024, 2, 29), date(2024, 2, 29), "2024-02-29"),
    (FieldKind.DATE_TIME, NOON.astimezone(timezone(timedelta(hours=9))), NOON, "2024-02-29 12:00+00:00"),
    (FieldKind.BOOLEAN, True, True, "yes"),
    (FieldKind.BOOLEAN, False, False, "no"),
    (FieldKind.INTEGER, -(2**53) + 1, -(2**53) + 1, "-9007199254740991"),
    (FieldKind.NUMBER, 0.1, 0.1, "0.1"),
    (FieldKind.NUMBER, 3, 3.0, "3.0"),
    (FieldKind.MONEY, Money(Decimal("12.3"), "CHF"), Money(Decimal("12.30"), "CHF"), "12.30 CHF"),
    (FieldKind.MONEY, Money(Decimal(-5)), Money(Decimal("-5.00"), "EUR"), "-5.00 EUR"),
    (FieldKind.CHOICE, 2, 2, "paid"),
    (FieldKind.CHOICES, (3, 1, 3), (3, 1), "disputed, open"),
)
BAD: Sequence[tuple[FieldKind, FieldValue]] = (
    (FieldKind.TEXT, ""),
    (FieldKind.TEXT, "x" * 129),
    (FieldKind.TEXT, 7),
    (FieldKind.LONG_TEXT, "x" * 64_001),
    (FieldKind.URL, "javascript:alert(1)"),
    (FieldKind.URL, "https://"),
    (FieldKind.URL, "https://[" + "x"),
    (FieldKind.EMAIL, "ada@"),
    (FieldKind.EMAIL, "a b@example.org"),
    (FieldKind.DATE, NOON),
    (FieldKind.DATE, "2024-02-29"),
    (FieldKind.DATE_TIME, datetime(2024, 2, 29)),  # a moment of no zone is what is refused
    (FieldKind.DATE_TIME, date(2024, 2, 29)),
    (FieldKind.BOOLEAN, 1),
    (FieldKind.INTEGER, True),
    (FieldKind.INTEGER, 1.0),
    (FieldKind.INTEGER, 2**53),
    (FieldKind.NUMBER, float("nan")),
    (FieldKind.NUMBER, float("inf")),
    (FieldKind.NUMBER, True),
    (FieldKind.MONEY, Money(Decimal("12.345"))),
    (FieldKind.MONEY, Money(Decimal("NaN"))),
    (FieldKind.MONEY, Money(Decimal("1e15"))),
    (FieldKind.MONEY, Money(Decimal("1e999999"))),
    (FieldKind.MONEY, Money(Decimal(1), "eur")),
    (FieldKind.MONEY, 12),
    (FieldKind.CHOICE, 9),
    (FieldKind.CHOICE, 0),
    (FieldKind.CHOICE, True),
    (FieldKind.CHOICES, ()),
    (FieldKind.CHOICES, (1, 9)),
    (FieldKind.DOCUMENTS, ()),
    (FieldKind.DOCUMENTS, tuple(range(1, 1_002))),
)


def field(kind: FieldKind) -> Field:
    options = dict(enumerate(OPTIONS, 1)) if kind in CHOOSING else {}
    return Field(FieldId(1), kind, 1, FieldFacts("x", options, "EUR" if kind is FieldKind.MONEY else ""))


def made(store: Store, kind: FieldKind, name: str = "") -> FieldId:
    facts = FieldFacts(name or kind, currency="EUR" if kind is FieldKind.MONEY else "")
    return store.catalog.fields.create(kind, facts, OPTIONS if kind in CHOOSING else ()).id


def put(store: Store, document: DocumentId, *values: tuple[FieldId, FieldValue | None], seconds: float = 1.0) -> Document:
    return store.documents.update(document, DocumentChanges(fields=values), None, at(seconds))


def values(document: Document) -> list[FieldValue]:
    return [entry.value for entry in document.fields]


def linked(store: Store, document: DocumentId) -> list[FieldValue]:
    return values(store.documents.get(document))


def marked(store: Store) -> set[DocumentId]:
    """Give what waits for the index, and take it out."""
    waiting = store.outbox.pending(100)
    store.outbox.done(waiting)
    return {document for document, _ in waiting}


@pytest.mark.parametrize(("kind", "value", "comes_back", "shown"), GOOD)
def test_a_good_value_comes_back_and_is_shown(kind: FieldKind, value: FieldValue, comes_back: FieldValue, shown: str) -> None:
    kept = kept_value(field(kind), value)
    assert (value_of(kind, kept), shown_value(field(kind), kept)) == (comes_back, shown)


@pytest.mark.parametrize(("kind", "value"), BAD)
def test_a_bad_value_is_refused_in_words(kind: FieldKind, value: FieldValue) -> None:
    with pytest.raises(FieldValueInvalid, match="the field 'x' takes "):
        kept_value(field(kind), value)


def test_every_kind_has_good_and_bad_values() -> None:
    assert {kind for kind, *_ in GOOD} == set(FieldKind) - {FieldKind.DOCUMENTS}
    assert {kind for kind, _ in BAD} == set(FieldKind)


def test_values_of_every_kind_are_kept_by_both_databases(store: Store) -> None:
    document, other = document_id(store), document_id(store, "other")
    last = {kind: (value, comes_back) for kind, value, comes_back, _ in GOOD} | {FieldKind.DOCUMENTS: ((other,), (other,))}
    fields = {kind: made(store, kind) for kind in FieldKind}
    changed = put(store, document, *((fields[kind], value) for kind, (value, _) in last.items()))
    assert {entry.field.kind: entry.value for entry in changed.fields} == {kind: comes_back for kind, (_, comes_back) in last.items()}
    assert [entry.field.facts.name for entry in changed.fields] == sorted(FieldKind)
    assert store.documents.get(document) == changed
    assert values(put(store, document, *((field_id, None) for field_id in fields.values()))) == []


def test_a_value_that_is_refused_keeps_nothing_of_the_change(store: Store) -> None:
    document, number = document_id(store), made(store, FieldKind.INTEGER)
    before = store.documents.get(document)
    with pytest.raises(FieldValueInvalid):
        store.documents.update(document, DocumentChanges(title="new", fields=((number, "seven"),)), None, at(1))
    with pytest.raises(FieldNotFound):
        put(store, document, (FieldId(99), 7))
    assert store.documents.get(document) == before


def test_links_have_two_ends(store: Store) -> None:
    link = made(store, FieldKind.DOCUMENTS)
    one, two, three = (document_id(store, content) for content in "123")
    put(store, one, (link, (two, three)))
    assert [linked(store, document) for document in (one, two, three)] == [[(two, three)], [(one,)], [(one,)]]
    marked(store)
    revisions = [store.documents.get(document).revision for document in (one, two, three)]
    put(store, two, (link, (three,)))
    assert [linked(store, document) for document in (one, two, three)] == [[(three,)], [(three,)], [(one, two)]]
    assert [store.documents.get(document).revision for document in (one, two, three)] == [revision + 1 for revision in revisions]
    assert marked(store) == {one, two, three}
    put(store, three, (link, None))
    assert [linked(store, document) for document in (one, two, three)] == [[], [], []]


def test_a_link_leads_to_another_document_that_is_there(store: Store) -> None:
    link, document = made(store, FieldKind.DOCUMENTS), document_id(store)
    for other in (document, DocumentId(99)):
        with pytest.raises(DocumentNotFound):
            put(store, document, (link, (other,)))
    assert linked(store, document) == []


def test_a_purged_document_goes_from_the_links_to_it(store: Store) -> None:
    link = made(store, FieldKind.DOCUMENTS)
    one, gone = document_id(store), document_id(store, "gone")
    put(store, one, (link, (gone,)))
    store.documents.delete(gone, None, START)
    assert linked(store, one) == [(gone,)]
    store.documents.purge(gone)
    assert linked(store, one) == []


def test_options_keep_their_ids_whatever_their_names_and_order(store: Store) -> None:
    choice = made(store, FieldKind.CHOICE)
    document = document_id(store)
    put(store, document, (choice, 2))
    marked(store)
    revision = store.documents.get(document).revision
    changed = store.catalog.fields.update(choice, FieldFacts("state"), ((0, "new"), (2, "settled"), (1, "open"), (3, "lost")), None, at(2))
    assert list((changed.facts.options or {}).items()) == [(4, "new"), (2, "settled"), (1, "open"), (3, "lost")]
    assert (linked(store, document), store.documents.get(document).revision, marked(store)) == ([2], revision, set())


def test_an_option_that_is_left_out_goes_from_documents_and_its_id_is_not_given_again(store: Store) -> None:
    choice, choices = made(store, FieldKind.CHOICE), made(store, FieldKind.CHOICES)
    one, two, other = (document_id(store, content) for content in "123")
    put(store, one, (choice, 3), (choices, (3, 1)))
    put(store, two, (choices, (3,)))
    put(store, other, (choice, 1))
    marked(store)
    for changed in (choice, choices):
        store.catalog.fields.update(changed, FieldFacts(str(changed)), ((1, "open"), (2, "paid")), None, at(2))
    assert [linked(store, document) for document in (one, two, other)] == [[(1,)], [], [1]]
    assert marked(store) == {one, two}
    again = store.catalog.fields.update(choice, FieldFacts("state"), ((1, "open"), (0, "back")), None, at(3))
    assert again.facts.options == {1: "open", 4: "back"}


def test_options_are_for_those_that_choose_and_differ_by_more_than_capitals(store: Store) -> None:
    fields = store.catalog.fields
    for kind, options in ((FieldKind.TEXT, OPTIONS), (FieldKind.CHOICE, ()), (FieldKind.CHOICES, ("Paid", " paid"))):
        with pytest.raises(FieldValueInvalid):
            fields.create(kind, FieldFacts("x"), options)
    choice = made(store, FieldKind.CHOICE)
    with pytest.raises(FieldValueInvalid):
        fields.update(choice, FieldFacts("x"), ((7, "strange"),), None, START)
    assert [one.id for one in fields.list()] == [choice]


def test_a_deleted_field_takes_its_values_and_links_along(store: Store) -> None:
    number, link = made(store, FieldKind.INTEGER), made(store, FieldKind.DOCUMENTS)
    one, two = document_id(store, "1"), document_id(store, "2")
    put(store, one, (number, 7), (link, (two,)))
    store.documents.delete(one, None, START)
    marked(store)
    assert store.catalog.fields.delete(number, None, at(2)) == 1
    assert (linked(store, one), marked(store)) == ([(two,)], {one})
    assert store.catalog.fields.delete(link, None, at(3)) == 2
    assert ([linked(store, document) for document in (one, two)], marked(store)) == ([[], []], {one, two})
    with pytest.raises(FieldNotFound):
        store.catalog.fields.get(number)


def test_fields_are_found_by_their_names(store: Store) -> None:
    number = made(store, FieldKind.INTEGER, "Invoice Number")
    assert {name: found.id for name, found in store.catalog.fields.by_name(["invoice  number"]).items()} == {"invoice  number": number}
    with pytest.raises(FieldNotFound, match="'total'"):
        store.catalog.fields.by_name(["invoice number", "total"])
    with pytest.raises(NameTaken):
        made(store, FieldKind.TEXT, "INVOICE NUMBER")
    store.catalog.labels.create(LabelKind.TAG, LabelFacts("Invoice Number"))


def test_a_change_of_what_was_another_field_meanwhile_is_refused(store: Store) -> None:
    number = store.catalog.fields.create(FieldKind.INTEGER, FieldFacts("x"), ())
    store.catalog.fields.update(number.id, FieldFacts("y", extraction=r"No (\d+)"), None, number.revision, START)
    with pytest.raises(StaleItem):
        store.catalog.fields.update(number.id, FieldFacts("z"), None, number.revision, START)
    with pytest.raises(StaleItem):
        store.catalog.fields.delete(number.id, number.revision, START)
    assert store.catalog.fields.get(number.id).facts == FieldFacts("y", {}, "", r"No (\d+)")


def test_all_who_need_fields_at_once_get_them_all(store: Store) -> None:
    start, wanted = Barrier(8), {"Number": FieldKind.TEXT, "Total": FieldKind.MONEY, "Due": FieldKind.DATE}

    def ensure(_: int) -> Mapping[str, FieldId]:
        start.wait()
        return store.catalog.fields.ensure(wanted)

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(ensure, range(8)))
    assert found == [{field.facts.name: field.id for field in store.catalog.fields.list()}] * 8
