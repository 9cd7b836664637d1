"""Custom fields, their values, and what else documents are filed under, through the real server."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import grpc
from google.protobuf.field_mask_pb2 import FieldMask
from google.protobuf.timestamp_pb2 import Timestamp

from daemon.service.cataloguing.keeping import FIELD_PATHS
from scriba.v1 import catalog_pb2 as pb
from scriba.v1 import documents_pb2
from tests.service.house import House, failing

Value = pb.FieldValue
Names, Ids, Money = Value.Names, Value.Ids, Value.Money
OPTIONS = [pb.Field.Option(name=name) for name in ("Open", "Paid", "Disputed")]


def timestamp(moment: datetime) -> Timestamp:
    told = Timestamp()
    told.FromDatetime(moment)
    return told


MOMENT = timestamp(datetime(2024, 2, 29, 12, 30, tzinfo=UTC))


def create(house: House, name: str, kind: int, **values: object) -> Any:
    return house.catalog.CreateField(pb.CreateFieldRequest(field=pb.Field(name=name, kind=kind, **values)))  # type: ignore[arg-type]  # each test names its fields


async def field(house: House, name: str, kind: int, **values: object) -> pb.Field:
    answer: pb.CreateFieldResponse = await create(house, name, kind, **values)
    return answer.field


def change(field_id: str, *paths: str, etag: str = "", **values: object) -> pb.UpdateFieldRequest:
    told = pb.Field(id=field_id, etag=etag, **values)  # type: ignore[arg-type]  # as above
    return pb.UpdateFieldRequest(field=told, update_mask=FieldMask(paths=paths))


def edit(document_id: str, *paths: str, dry: bool = False, **values: object) -> documents_pb2.UpdateDocumentRequest:
    told = documents_pb2.Document(id=document_id, **values)  # type: ignore[arg-type]  # as above
    return documents_pb2.UpdateDocumentRequest(document=told, update_mask=FieldMask(paths=paths), validate_only=dry)


async def put(house: House, document_id: str, *values: Value) -> documents_pb2.Document:
    answer: documents_pb2.UpdateDocumentResponse = await house.documents.UpdateDocument(edit(document_id, "fields", fields=values))
    return answer.document


async def get(house: House, document_id: str) -> documents_pb2.Document:
    answer: documents_pb2.GetDocumentResponse = await house.documents.GetDocument(documents_pb2.GetDocumentRequest(id=document_id))
    return answer.document


async def one_of_each(house: House) -> None:
    """Make a field of every kind, named like it."""
    for name, kind in pb.FieldKind.items():
        if kind:
            choosing = kind in (pb.FIELD_KIND_CHOICE, pb.FIELD_KIND_CHOICES)
            currency = "EUR" if kind == pb.FIELD_KIND_MONEY else ""
            await field(house, name.removeprefix("FIELD_KIND_").lower(), kind, options=OPTIONS if choosing else [], currency=currency)


async def test_a_value_of_every_kind_comes_back_as_it_went_in(house: House) -> None:
    await one_of_each(house)
    document, other = house.accept("one"), house.accept("two")
    values = [
        Value(field="boolean", boolean=False),
        Value(field="choice", text="Paid"),
        Value(field="choices", choices=Names(names=["Open", "Disputed"])),
        Value(field="date", date="2024-02-29"),
        Value(field="date_time", time=MOMENT),
        Value(field="documents", documents=Ids(ids=[other])),
        Value(field="email", text="ada@example.org"),
        Value(field="integer", integer=-(2**53) + 1),
        Value(field="long_text", text="one\ntwo"),
        Value(field="money", money=Money(amount="-12.30", currency="CHF")),
        Value(field="number", number=0.1),
        Value(field="text", text="NG-2024-0471"),
        Value(field="url", text="https://example.org/page?x=1"),
    ]
    changed = await put(house, document, *reversed(values))
    assert list(changed.fields) == values
    assert changed == await get(house, document)
    assert list((await get(house, other)).fields) == [Value(field="documents", documents=Ids(ids=[document]))]
    listed = (await house.documents.ListDocuments(documents_pb2.ListDocumentsRequest(order_by="id"))).documents
    assert [list(each.fields) for each in listed] == [values, [Value(field="documents", documents=Ids(ids=[document]))]]


async def test_values_that_are_not_named_stay_and_an_empty_one_goes(house: House) -> None:
    await field(house, "Number", pb.FIELD_KIND_TEXT)
    await field(house, "Paid", pb.FIELD_KIND_BOOLEAN)
    document = house.accept("text")
    await put(house, document, Value(field="number", text="7"), Value(field="paid", boolean=True))
    kept = await put(house, document, Value(field=" NUMBER "))
    assert list(kept.fields) == [Value(field="Paid", boolean=True)]


async def test_money_without_a_currency_is_in_that_of_its_field(house: House) -> None:
    await field(house, "Total", pb.FIELD_KIND_MONEY, currency="EUR")
    document = house.accept("text")
    changed = await put(house, document, Value(field="Total", money=Money(amount="5")))
    assert list(changed.fields) == [Value(field="Total", money=Money(amount="5.00", currency="EUR"))]


async def test_an_option_is_found_whatever_its_capitals(house: House) -> None:
    await one_of_each(house)
    document = house.accept("text")
    changed = await put(house, document, Value(field="choice", text=" paid"), Value(field="choices", choices=Names(names=["OPEN", "open"])))
    assert list(changed.fields) == [Value(field="choice", text="Paid"), Value(field="choices", choices=Names(names=["Open"]))]
    emptied = await put(house, document, Value(field="choices", choices=Names()))
    assert list(emptied.fields) == [Value(field="choice", text="Paid")]


NO_VALUES: list[Value] = [
    Value(field="text", text=""),
    Value(field="text", text="x" * 129),
    Value(field="text", integer=5),
    Value(field="long_text", text="x" * 64_001),
    Value(field="long_text", text="\0"),
    Value(field="url", text="javascript:alert(1)"),
    Value(field="url", text="no address"),
    Value(field="email", text="ada at example"),
    Value(field="date", date="2023-02-29"),
    Value(field="date", text="2024-02-29"),
    Value(field="date_time", time=Timestamp(seconds=2**62)),
    Value(field="date_time", time=Timestamp(seconds=-(2**62))),
    Value(field="date_time", date="2024-02-29"),
    Value(field="boolean", integer=1),
    Value(field="integer", integer=2**53),
    Value(field="integer", boolean=True),
    Value(field="number", number=float("nan")),
    Value(field="number", number=float("inf")),
    Value(field="money", money=Money(amount="12.345")),
    Value(field="money", money=Money(amount="1e5")),
    Value(field="money", money=Money(amount="")),
    Value(field="money", money=Money(amount="1" * 16)),
    Value(field="money", money=Money(amount="5", currency="euro")),
    Value(field="money", number=12.3),
    Value(field="choice", text="Lost"),
    Value(field="choice", integer=1),
    Value(field="choices", choices=Names(names=["Open", "Lost"])),
    Value(field="choices", documents=Ids(ids=["1"])),
    Value(field="documents", choices=Names(names=["1"])),
    Value(field="documents", documents=Ids(ids=["1", "x"])),
    Value(field="documents", text="1"),
]


async def test_a_value_that_the_field_does_not_take_is_refused_with_its_place(house: House) -> None:
    await one_of_each(house)
    await field(house, "before it", pb.FIELD_KIND_TEXT)
    document = house.accept("text")
    for value in NO_VALUES:
        values = [Value(field="before it", text="sound"), value]
        failure = await failing(house.documents.UpdateDocument(edit(document, "fields", fields=values)))
        assert (failure.code, list(failure.violations)) == (grpc.StatusCode.INVALID_ARGUMENT, ["document.fields[1]"]), value
        assert f"'{value.field}' takes" in failure.violations["document.fields[1]"]
    assert list((await get(house, document)).fields) == []


async def test_a_field_that_is_not_there_or_is_given_twice_is_refused(house: House) -> None:
    await field(house, "Number", pb.FIELD_KIND_INTEGER)
    document = house.accept("text")
    failure = await failing(house.documents.UpdateDocument(edit(document, "fields", fields=[Value(field="Nummer", integer=1)])))
    assert (failure.code, failure.reason, failure.metadata) == (grpc.StatusCode.NOT_FOUND, "FIELD_NOT_FOUND", {"field": "'Nummer'"})
    twice = [Value(field="Number", integer=1), Value(field="number", integer=2)]
    failure = await failing(house.documents.UpdateDocument(edit(document, "fields", fields=twice)))
    assert list(failure.violations) == ["document.fields[1]"]


async def test_a_link_to_a_missing_document_or_to_itself_is_refused(house: House) -> None:
    await one_of_each(house)
    document = house.accept("text")
    for other in ("99", document):
        failure = await failing(
            house.documents.UpdateDocument(edit(document, "fields", fields=[Value(field="documents", documents=Ids(ids=[other]))]))
        )
        assert (failure.code, failure.reason) == (grpc.StatusCode.NOT_FOUND, "DOCUMENT_NOT_FOUND")


NO_FIELDS: list[tuple[dict[str, Any], list[str]]] = [
    ({"name": " ", "kind": pb.FIELD_KIND_TEXT}, ["field.name"]),
    ({"name": "x", "kind": 0}, ["field.kind"]),
    ({"name": "x", "kind": 77}, ["field.kind"]),
    ({"name": "x", "kind": pb.FIELD_KIND_CHOICE}, ["field.options"]),
    ({"name": "x", "kind": pb.FIELD_KIND_TEXT, "options": OPTIONS}, ["field.options"]),
    (
        {"name": "x", "kind": pb.FIELD_KIND_CHOICE, "options": [pb.Field.Option(name="a"), pb.Field.Option(name=" A")]},
        ["field.options[0].name", "field.options[1].name"],
    ),
    ({"name": "x", "kind": pb.FIELD_KIND_CHOICE, "options": [pb.Field.Option(name="")]}, ["field.options[0].name"]),
    ({"name": "x", "kind": pb.FIELD_KIND_CHOICE, "options": [pb.Field.Option(name="a", id="1")]}, ["field.options[0].id"]),
    ({"name": "x", "kind": pb.FIELD_KIND_MONEY, "currency": "eur"}, ["field.currency"]),
    ({"name": "x", "kind": pb.FIELD_KIND_TEXT, "currency": "EUR"}, ["field.currency"]),
    ({"name": "x", "kind": pb.FIELD_KIND_TEXT, "extraction": "x" * 4097}, ["field.extraction"]),
    ({"name": "x", "kind": pb.FIELD_KIND_DATE_TIME, "reminder_days": 1}, ["field.reminder_days"]),
    ({"name": "x", "kind": pb.FIELD_KIND_DATE, "reminder_days": 367}, ["field.reminder_days"]),
    ({"name": "x", "kind": pb.FIELD_KIND_DATE, "reminder_days": -1}, ["field.reminder_days"]),
    ({"name": "x", "kind": pb.FIELD_KIND_TEXT, "extraction": "No[. (\\d+)"}, ["field.extraction"]),
]


async def test_a_field_that_cannot_be_is_refused_with_its_place(house: House) -> None:
    for values, places in NO_FIELDS:
        failure = await failing(create(house, **values))
        assert (failure.code, list(failure.violations)) == (grpc.StatusCode.INVALID_ARGUMENT, places), values


async def test_options_keep_their_ids_and_one_that_is_left_out_goes_from_documents(house: House) -> None:
    made = await field(house, "State", pb.FIELD_KIND_CHOICE, options=OPTIONS)
    one, two = house.accept("one"), house.accept("two")
    await put(house, one, Value(field="State", text="Open"))
    await put(house, two, Value(field="State", text="Paid"))
    open_, _, disputed = made.options
    options = [pb.Field.Option(name="New"), pb.Field.Option(id=disputed.id, name="Disputed"), pb.Field.Option(id=open_.id, name="Unpaid")]
    changed = (await house.catalog.UpdateField(change(made.id, "options", etag=made.etag, options=options))).field
    assert [option.name for option in changed.options] == ["New", "Disputed", "Unpaid"]
    assert changed.options[0].id not in {option.id for option in made.options}
    assert list((await get(house, one)).fields) == [Value(field="State", text="Unpaid")]
    assert list((await get(house, two)).fields) == []
    failure = await failing(house.catalog.UpdateField(change(made.id, "options", options=[pb.Field.Option(id="77", name="x")])))
    assert list(failure.violations) == ["field.options[0].id"]


async def test_a_field_is_listed_renamed_and_removed_with_its_values(house: House) -> None:
    made = await field(house, "Number", pb.FIELD_KIND_TEXT)
    document = house.accept("text")
    await put(house, document, Value(field="Number", text="7"))
    renamed = (await house.catalog.UpdateField(change(made.id, "name", name="Invoice number", extraction="ignored"))).field
    assert (renamed.name, renamed.extraction) == ("Invoice number", "")
    assert list((await house.catalog.ListFields(pb.ListFieldsRequest())).fields) == [renamed]
    assert list((await get(house, document)).fields) == [Value(field="Invoice number", text="7")]
    stale = await failing(house.catalog.DeleteField(pb.DeleteFieldRequest(id=made.id, etag=made.etag)))
    assert stale.reason == "STALE_ETAG"
    failure = await failing(house.catalog.UpdateField(change(made.id, "kind", kind=pb.FIELD_KIND_DATE)))
    assert failure.metadata == {"path": "kind", "allowed": ",".join(FIELD_PATHS)}
    answer = await house.catalog.DeleteField(pb.DeleteFieldRequest(id=made.id))
    assert answer.documents_changed == 1
    assert list((await get(house, document)).fields) == []


async def test_a_document_is_filed_by_names_and_new_ones_are_made(house: House) -> None:
    document = house.accept("text")
    paths = ("correspondent", "document_type", "storage_path", "archive_serial_number")
    request = edit(document, *paths, correspondent=" ACME ", document_type="Invoice", storage_path="Bills", archive_serial_number=7)
    changed = (await house.documents.UpdateDocument(request)).document
    assert (changed.correspondent, changed.document_type, changed.storage_path) == ("ACME", "Invoice", "Bills")
    assert changed.archive_serial_number == 7
    answer = await house.catalog.ListLabels(pb.ListLabelsRequest(kind=pb.LABEL_KIND_CORRESPONDENT))
    assert [(label.name, label.document_count) for label in answer.labels] == [("ACME", 1)]
    cleared = (await house.documents.UpdateDocument(edit(document, *paths))).document
    assert (cleared.correspondent, cleared.document_type, cleared.storage_path, cleared.archive_serial_number) == ("", "", "", 0)


async def test_a_dry_run_makes_no_label(house: House) -> None:
    document = house.accept("text")
    answer = await house.documents.UpdateDocument(edit(document, "correspondent", "tags", dry=True, correspondent="ACME", tags=["new"]))
    assert (answer.document.correspondent, list(answer.document.tags)) == ("ACME", ["new"])
    for kind in (pb.LABEL_KIND_CORRESPONDENT, pb.LABEL_KIND_TAG):
        assert (await house.catalog.ListLabels(pb.ListLabelsRequest(kind=kind))).total_size == 0


NOT_FOR_DOCUMENTS: list[tuple[dict[str, Any], str]] = [
    ({"correspondent": "x" * 129}, "document.correspondent"),
    ({"document_type": "x" * 129}, "document.document_type"),
    ({"storage_path": "x" * 129}, "document.storage_path"),
    ({"archive_serial_number": -1}, "document.archive_serial_number"),
    ({"archive_serial_number": 2**32}, "document.archive_serial_number"),
    ({"fields": [Value(field="x")] * 101}, "document.fields"),
]


async def test_what_documents_cannot_be_filed_under_is_refused(house: House) -> None:
    await field(house, "x", pb.FIELD_KIND_TEXT)
    document = house.accept("text")
    for values, place in NOT_FOR_DOCUMENTS:
        failure = await failing(house.documents.UpdateDocument(edit(document, *values, **values)))
        assert (failure.code, list(failure.violations)) == (grpc.StatusCode.INVALID_ARGUMENT, [place]), values


async def test_an_archive_serial_number_is_given_once_and_the_next_is_known(house: House) -> None:
    one, two = house.accept("one"), house.accept("two")
    assert (await house.catalog.GetNextArchiveSerialNumber(pb.GetNextArchiveSerialNumberRequest())).number == 1
    await house.documents.UpdateDocument(edit(one, "archive_serial_number", archive_serial_number=41))
    assert (await house.catalog.GetNextArchiveSerialNumber(pb.GetNextArchiveSerialNumberRequest())).number == 42
    failure = await failing(house.documents.UpdateDocument(edit(two, "archive_serial_number", archive_serial_number=41)))
    assert (failure.code, failure.reason) == (grpc.StatusCode.ALREADY_EXISTS, "ASN_TAKEN")
    assert failure.metadata == {"archive_serial_number": "41", "document_id": one}


async def test_of_two_who_want_the_same_number_at_once_one_gets_it(house: House) -> None:
    ids = [house.accept(f"text {number}") for number in range(5)]
    requests = [edit(document_id, "archive_serial_number", archive_serial_number=9) for document_id in ids]
    answers = await asyncio.gather(*map(house.documents.UpdateDocument, requests), return_exceptions=True)
    failures = [answer for answer in answers if isinstance(answer, grpc.aio.AioRpcError)]
    assert [failure.code() for failure in failures] == [grpc.StatusCode.ALREADY_EXISTS] * 4
