"""Listing, changing and removing documents through the real server."""

import asyncio
from collections.abc import Sequence

import grpc
import pytest
from google.protobuf.field_mask_pb2 import FieldMask

from actors.store.store import Store
from daemon.service.documents.edits import CHANGEABLE
from daemon.service.server import Waits
from scriba.v1 import documents_pb2 as pb
from tests.service.house import House, failing, open_house


def update(document_id: str, *paths: str, etag: str = "", dry: bool = False, **values: object) -> pb.UpdateDocumentRequest:
    document = pb.Document(id=document_id, etag=etag, **values)  # type: ignore[arg-type]  # each test names its fields
    return pb.UpdateDocumentRequest(document=document, update_mask=FieldMask(paths=paths), validate_only=dry)


async def get(house: House, document_id: str) -> pb.Document:
    answer: pb.GetDocumentResponse = await house.documents.GetDocument(pb.GetDocumentRequest(id=document_id))
    return answer.document


async def every_page(house: House, **query: object) -> list[list[str]]:
    pages, token = [], ""
    while True:
        answer = await house.documents.ListDocuments(pb.ListDocumentsRequest(page_token=token, **query))  # type: ignore[arg-type]  # as above
        pages.append([document.title for document in answer.documents])
        token = answer.next_page_token
        if not token:
            return pages


async def test_a_document_is_told_whole(house: House) -> None:
    document = await get(house, house.accept("Dear Ada", title="A letter", tags=("home", "2024")))
    assert (document.title, document.original_filename, document.mime_type) == ("A letter", "letter.txt", "text/plain")
    assert (document.size_bytes, document.state, list(document.tags)) == (8, pb.DOCUMENT_STATE_ACCEPTED, ["2024", "home"])
    assert document.added_time.ToJsonString() == "2026-11-25T12:00:00Z"
    assert not document.HasField("delete_time")
    assert len(document.sha256) == 64


@pytest.mark.parametrize("document_id", ["7", "0", "-1", "abc", "٣", "9" * 64, "1.0"])
async def test_a_missing_document_is_not_found(house: House, document_id: str) -> None:
    failure = await failing(house.documents.GetDocument(pb.GetDocumentRequest(id=document_id)))
    assert (failure.code, failure.reason) == (grpc.StatusCode.NOT_FOUND, "DOCUMENT_NOT_FOUND")
    assert failure.metadata == {"document_id": document_id}


async def test_a_batch_answers_in_the_order_asked_and_fails_whole(house: House) -> None:
    one, two = house.accept("one"), house.accept("two")
    answer = await house.documents.BatchGetDocuments(pb.BatchGetDocumentsRequest(ids=[two, one]))
    assert [document.title for document in answer.documents] == ["two", "one"]
    failure = await failing(house.documents.BatchGetDocuments(pb.BatchGetDocumentsRequest(ids=[one, "99"])))
    assert failure.metadata == {"document_id": "99"}


@pytest.mark.parametrize(
    "order_by",
    [
        "added_time desc",
        "added_time",
        "created_date",
        "title",
        "title desc",
        "id",
        "id desc",
        "page_count",
        "size_bytes desc",
        "archive_serial_number",
        "",
    ],
)
async def test_pages_hold_every_document_once_in_any_order(house: House, order_by: str) -> None:
    for title in ("banana", "Äpfel", "cherry", "date", "elderberry"):
        house.accept(title)
    pages = await every_page(house, page_size=2, order_by=order_by)
    assert [len(page) for page in pages] == [2, 2, 1]
    titles = [title for page in pages for title in page]
    assert sorted(titles) == ["banana", "cherry", "date", "elderberry", "Äpfel"]
    if order_by.startswith("title"):
        ordered = ["Äpfel", "banana", "cherry", "date", "elderberry"]
        assert titles == (ordered[::-1] if order_by.endswith("desc") else ordered)


async def test_an_unknown_order_is_refused_with_the_known_ones(house: House) -> None:
    for order_by in ("size", "title asc", "title  desc", "desc"):
        failure = await failing(house.documents.ListDocuments(pb.ListDocumentsRequest(order_by=order_by)))
        assert failure.code is grpc.StatusCode.INVALID_ARGUMENT
        assert "added_time, created_date, title, id" in failure.violations["order_by"]


async def test_a_list_begins_wherever_its_reader_wants_from_the_beginning_or_a_token(house: House) -> None:
    ids = [house.accept(f"text {number}") for number in range(9)][::-1]

    async def page(**query: object) -> pb.ListDocumentsResponse:
        answer: pb.ListDocumentsResponse = await house.documents.ListDocuments(pb.ListDocumentsRequest(**query))  # type: ignore[arg-type]  # by name
        return answer

    fifth = await page(page_size=2, skip=4)
    assert ([document.id for document in fifth.documents], fifth.total_size) == (ids[4:6], 9)
    assert [document.id for document in (await page(page_size=2, page_token=fifth.next_page_token)).documents] == ids[6:8]
    last = await page(page_size=2, skip=2, page_token=fifth.next_page_token)
    assert ([document.id for document in last.documents], last.next_page_token) == (ids[8:], "")
    beyond = await page(skip=9)
    assert (list(beyond.documents), beyond.next_page_token, beyond.total_size) == ([], "", 9)
    failure = await failing(house.documents.ListDocuments(pb.ListDocumentsRequest(skip=-1)))
    assert list(failure.violations) == ["skip"]


async def test_documents_without_a_number_come_last_in_both_directions(house: House) -> None:
    for title, number in (("none", None), ("30", 30), ("7", 7), ("neither", None)):
        document_id = house.accept(title)
        if number is not None:
            change = pb.Document(id=document_id, archive_serial_number=number)
            mask = FieldMask(paths=["archive_serial_number"])
            await house.documents.UpdateDocument(pb.UpdateDocumentRequest(document=change, update_mask=mask))
    for order_by, titles in (
        ("archive_serial_number", ["7", "30", "none", "neither"]),
        ("archive_serial_number desc", ["30", "7", "neither", "none"]),
    ):
        for size in (1, 2, 50):
            pages = await every_page(house, page_size=size, order_by=order_by)
            assert [title for page in pages for title in page] == titles


async def test_a_page_token_holds_only_for_its_query(house: House) -> None:
    for text in ("one", "two", "three"):
        house.accept(text)
    first = await house.documents.ListDocuments(pb.ListDocumentsRequest(page_size=1))
    assert first.total_size == 3
    token = first.next_page_token
    others: Sequence[pb.ListDocumentsRequest] = (
        pb.ListDocumentsRequest(page_token=token, order_by="title"),
        pb.ListDocumentsRequest(page_token=token, show_deleted=True),
        pb.ListDocumentsRequest(page_token=token, filter="two"),
        pb.ListDocumentsRequest(page_token=token[:-2] + "AA"),
        pb.ListDocumentsRequest(page_token="no token"),
        pb.ListDocumentsRequest(page_token="é"),
    )
    for request in others:
        failure = await failing(house.documents.ListDocuments(request))
        assert (failure.code, failure.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "PAGE_TOKEN_MISMATCH")
        assert "page_token" in failure.violations
    second = await house.documents.ListDocuments(pb.ListDocumentsRequest(page_size=2, page_token=token))
    assert [document.title for document in second.documents] == ["two", "one"]


async def test_an_update_changes_what_the_mask_names_and_nothing_else(house: House) -> None:
    document_id = house.accept("text", title="old", tags=("a",))
    request = update(document_id, "title", "created_date", title="  new ", created_date="2024-02-29", tags=["ignored"])
    changed = (await house.documents.UpdateDocument(request)).document
    assert (changed.title, changed.created_date, list(changed.tags)) == ("new", "2024-02-29", ["a"])
    assert changed == await get(house, document_id)
    assert house.index.applied == 1
    cleared = (await house.documents.UpdateDocument(update(document_id, "created_date", "tags"))).document
    assert (cleared.title, cleared.created_date, list(cleared.tags)) == ("new", "", [])


@pytest.mark.parametrize("path", ["state", "sha256", "no_such_field", "title.x", "*", ""])
async def test_an_unknown_or_read_only_path_is_refused_by_name(house: House, path: str) -> None:
    document_id = house.accept("text", title="old")
    failure = await failing(house.documents.UpdateDocument(update(document_id, "title", path, title="new")))
    assert (failure.code, failure.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "PATH_REFUSED")
    assert failure.metadata == {"path": path, "allowed": ",".join(CHANGEABLE)}
    assert "update_mask" in failure.violations
    assert (await get(house, document_id)).title == "old"


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        (update("1", "title", title="   "), "document.title"),
        (update("1", "title", title="x" * 513), "document.title"),
        (update("1", "tags", tags=["a", ""]), "document.tags"),
        (update("1", "tags", tags=["a"] * 101), "document.tags"),
        (update("1", "created_date", created_date="2023-02-29"), "document.created_date"),
        (update("1", "created_date", created_date="yesterday"), "document.created_date"),
        (update("1", "title", title="x", etag="never given"), "etag"),
        (update("1", title="x"), "update_mask"),
        (pb.UpdateDocumentRequest(update_mask=FieldMask(paths=["title"])), "document"),
    ],
)
async def test_a_value_that_cannot_be_is_refused_with_its_field(house: House, request_: pb.UpdateDocumentRequest, field: str) -> None:
    house.accept("text")
    failure = await failing(house.documents.UpdateDocument(request_))
    assert failure.code is grpc.StatusCode.INVALID_ARGUMENT
    assert list(failure.violations) == [field]


async def test_a_stale_etag_is_refused_and_tells_the_present_one(house: House) -> None:
    document_id = house.accept("text")
    before = (await get(house, document_id)).etag
    present = (await house.documents.UpdateDocument(update(document_id, "title", title="first", etag=before))).document.etag
    failure = await failing(house.documents.UpdateDocument(update(document_id, "title", title="second", etag=before)))
    assert (failure.code, failure.reason, failure.metadata["etag"]) == (grpc.StatusCode.ABORTED, "STALE_ETAG", present)
    failure = await failing(house.documents.DeleteDocument(pb.DeleteDocumentRequest(id=document_id, etag=before)))
    assert failure.reason == "STALE_ETAG"
    assert (await get(house, document_id)).title == "first"


async def test_a_dry_run_checks_and_changes_nothing(house: House) -> None:
    document_id = house.accept("text", title="old")
    before = await get(house, document_id)
    answer = await house.documents.UpdateDocument(update(document_id, "title", title="new", dry=True))
    assert answer.document.title == "new"
    assert await get(house, document_id) == before
    assert house.index.applied == 0


async def test_a_batch_of_updates_is_all_or_none(house: House) -> None:
    one, two = house.accept("one"), house.accept("two")
    both = [update(one, "title", title="eins"), update(two, "title", title="zwei")]
    stale = [update(one, "title", title="uno"), update(two, "title", title="due", etag="1")]
    await house.documents.BatchUpdateDocuments(pb.BatchUpdateDocumentsRequest(requests=both))
    failure = await failing(house.documents.BatchUpdateDocuments(pb.BatchUpdateDocumentsRequest(requests=stale)))
    assert failure.reason == "STALE_ETAG"
    assert [(await get(house, one)).title, (await get(house, two)).title] == ["eins", "zwei"]
    mixed = [update(one, "title", title="a"), update(two, "title", title="b", dry=True)]
    failure = await failing(house.documents.BatchUpdateDocuments(pb.BatchUpdateDocumentsRequest(requests=mixed)))
    assert list(failure.violations) == ["requests.validate_only"]


async def test_the_trash_holds_a_document_until_it_is_purged(house: House) -> None:
    document_id = house.accept("text")
    failure = await failing(house.documents.PurgeDocument(pb.PurgeDocumentRequest(id=document_id)))
    assert (failure.code, failure.reason) == (grpc.StatusCode.FAILED_PRECONDITION, "NOT_IN_TRASH")
    deleted = (await house.documents.DeleteDocument(pb.DeleteDocumentRequest(id=document_id))).document
    assert deleted.HasField("delete_time")
    assert await every_page(house) == [[]]
    assert await every_page(house, show_deleted=True) == [["text"]]
    await house.documents.UndeleteDocument(pb.UndeleteDocumentRequest(id=document_id))
    failure = await failing(house.documents.UndeleteDocument(pb.UndeleteDocumentRequest(id=document_id)))
    assert failure.reason == "NOT_IN_TRASH"
    await house.documents.BatchDeleteDocuments(pb.BatchDeleteDocumentsRequest(ids=[document_id]))
    await house.documents.PurgeDocument(pb.PurgeDocumentRequest(id=document_id))
    failure = await failing(house.documents.GetDocument(pb.GetDocumentRequest(id=document_id)))
    assert failure.code is grpc.StatusCode.NOT_FOUND
    assert house.index.applied == 4


@pytest.mark.parametrize("trouble", ["hangs", "fails"])
async def test_an_index_that_is_away_does_not_lose_an_edit(store: Store, trouble: str) -> None:
    async with open_house(store, waits=Waits(patience_seconds=0.1)) as house:
        setattr(house.index, trouble, True)
        document_id = house.accept("text")
        async with asyncio.timeout(30):
            await house.documents.UpdateDocument(update(document_id, "title", title="kept"))
        assert (await get(house, document_id)).title == "kept"
        assert house.store.outbox.pending(10)


async def test_two_thousand_lists_at_once_are_all_answered(house: House) -> None:
    for number in range(3):
        house.accept(f"text {number}")
    request = pb.ListDocumentsRequest(page_size=3)
    answers = await asyncio.gather(*(house.documents.ListDocuments(request) for _ in range(2_000)))
    assert {len(answer.documents) for answer in answers} == {3}
