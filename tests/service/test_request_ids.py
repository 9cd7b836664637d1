"""An id that somebody gives a request is his own: the same one of another user is another request."""

from typing import Any

import pytest
from google.protobuf.field_mask_pb2 import FieldMask

from actors.store.nouns.access import AccessChange
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.identity import UserId
from actors.store.nouns.jobs import JobKind
from scriba.v1 import bulk_edits_pb2, bulk_edits_pb2_grpc, versions_pb2, versions_pb2_grpc
from scriba.v1.documents_pb2 import Document
from tests.service.house import NOW, House, bearer
from tests.service.people import Person, person

# As long as one may be: with its user's id before it, it fills no column over its edge either.
ID = "a" * 64
TURNED = [versions_pb2.TurnedPage(number=1)]


@pytest.fixture
def people(house: House) -> tuple[Person, Person]:
    return person(house, "Anna"), person(house, "Bert")


def paper(house: House, owner: Person) -> str:
    """Put a PDF of two pages in that is somebody's, and read it."""
    document = house.accept(f"of {owner.id}", suffix=".pdf", mime_type="application/pdf")
    job = house.work(("one", "two"))
    house.store.jobs.succeed(job.id, job.fence, NOW)
    house.store.permissions.change([DocumentId(int(document))], AccessChange(owner=UserId(int(owner.id))), None, NOW)
    return document


def jobs(house: House, kind: JobKind) -> list[str]:
    return sorted(str(job.id) for job in house.store.jobs.list((), None, None, 100) if job.kind is kind)


async def bulk_edit(house: House, document: str, metadata: Any, request_id: str = ID) -> str:
    request = bulk_edits_pb2.StartBulkEditRequest(
        documents=bulk_edits_pb2.DocumentIds(ids=[document]),
        changes=Document(title="All"),
        update_mask=FieldMask(paths=["title"]),
        request_id=request_id,
    )
    answer = await bulk_edits_pb2_grpc.BulkEditServiceStub(house.channel).StartBulkEdit(request, metadata=metadata)
    return str(answer.job_id)


async def page_orders(house: House, document: str, metadata: Any) -> list[str]:
    """Order something of each kind by one id."""
    stub, part = versions_pb2_grpc.VersionServiceStub(house.channel), versions_pb2.SplitDocumentRequest.Part(pages=TURNED)
    source = versions_pb2.MergeDocumentsRequest.Source(document_id=document, pages=TURNED)
    edit = versions_pb2.EditPagesRequest(request_id=ID, document_id=document, pages=TURNED)
    merge = versions_pb2.MergeDocumentsRequest(request_id=ID, sources=[source, source])
    split = versions_pb2.SplitDocumentRequest(request_id=ID, document_id=document, parts=[part, part])
    answers = [
        await stub.EditPages(edit, metadata=metadata),
        await stub.MergeDocuments(merge, metadata=metadata),
        await stub.SplitDocument(split, metadata=metadata),
    ]
    return [answer.job_id for answer in answers]


async def test_bulk_edits_of_one_id_are_each_users_own(house: House, people: tuple[Person, Person]) -> None:
    anna, bert = people
    hers, his = paper(house, anna), paper(house, bert)
    of_all = [await bulk_edit(house, document, metadata) for document, metadata in asking(anna, bert, hers, his)]
    assert sorted(of_all) == jobs(house, JobKind.BULK_EDIT)
    assert [await bulk_edit(house, document, metadata) for document, metadata in asking(anna, bert, hers, his)] == of_all


async def test_page_orders_of_one_id_are_each_users_own(house: House, people: tuple[Person, Person]) -> None:
    anna, bert = people
    hers, his = paper(house, anna), paper(house, bert)
    of_all = [await page_orders(house, document, metadata) for document, metadata in asking(anna, bert, hers, his)]
    assert [len(set(one)) for one in of_all] == [1, 1, 1]
    assert sorted(one[0] for one in of_all) == jobs(house, JobKind.PAGES)


async def test_bulk_edits_without_an_id_are_each_another(house: House, people: tuple[Person, Person]) -> None:
    anna, _ = people
    hers = paper(house, anna)
    assert await bulk_edit(house, hers, bearer(anna.id), "") != await bulk_edit(house, hers, bearer(anna.id), "")


def asking(anna: Person, bert: Person, hers: str, his: str) -> list[tuple[str, Any]]:
    """Give who asks for which paper: two users, and the command line of the machine, which is no user."""
    return [(hers, bearer(anna.id)), (his, bearer(bert.id)), (hers, bearer())]
