"""Papers that are there more than once, through the real server."""

from collections.abc import Sequence

import grpc
import pytest

from actors.store.nouns.archive import DocumentId
from actors.store.nouns.likeness import Compared, Fingerprint, NearDuplicate
from scriba.v1 import access_pb2
from scriba.v1 import search_pb2 as pb
from tests.service.house import NOW, House, failing


def compare(house: House, document: str, *others: tuple[str, float]) -> None:
    """Keep what a comparison came to."""
    near = tuple(NearDuplicate(DocumentId(int(other)), likeness) for other, likeness in others)
    found = house.store.documents.get(DocumentId(int(document)))
    older = frozenset(DocumentId(other) for other in range(found.id))
    assert house.store.likenesses.keep(found.id, found.revision, Compared(Fingerprint(1, b"signed", (1,)), older, near))


@pytest.fixture
def scans(house: House) -> list[str]:
    """Give three documents, each of which came before the next; the last two are the same paper as the first."""
    house.tokens.role = access_pb2.ROLE_VIEWER
    first, second, third = (house.read(title) for title in ("Bill", "scan0001", "scan0002"))
    compare(house, first)
    compare(house, second, (first, 0.9375))
    compare(house, third, (first, 0.96875), (second, 0.875))
    return [first, second, third]


async def duplicates(house: House, document: str, page_size: int = 0) -> list[tuple[str, float, bool]]:
    answer = await house.search.FindNearDuplicates(pb.FindNearDuplicatesRequest(id=document, page_size=page_size))
    return [(one.document.id, one.likeness, one.came_before) for one in answer.duplicates]


async def listed(house: House, page_size: int = 0, token: str = "") -> tuple[Sequence[tuple[list[str], float]], str]:
    answer = await house.search.ListNearDuplicates(pb.ListNearDuplicatesRequest(page_size=page_size, page_token=token))
    return [([document.id for document in group.documents], group.likeness) for group in answer.groups], answer.next_page_token


async def test_the_same_paper_is_found_likeliest_first_with_where_it_stands_in_time(house: House, scans: list[str]) -> None:
    first, second, third = scans
    assert await duplicates(house, second) == [(first, 0.9375, True), (third, 0.875, False)]
    assert await duplicates(house, third) == [(first, 0.96875, True), (second, 0.875, True)]
    assert await duplicates(house, third, page_size=1) == [(first, 0.96875, True)]


async def test_the_trash_is_left_out(house: House, scans: list[str]) -> None:
    first, second, third = scans
    house.store.documents.delete(DocumentId(int(first)), None, NOW)
    assert (await duplicates(house, third), await duplicates(house, first)) == ([(second, 0.875, True)], [])
    assert await listed(house) == ([([second, third], 0.875)], "")


@pytest.mark.parametrize("document_id", ["77", "no number"])
async def test_a_missing_document_is_not_found(house: House, document_id: str) -> None:
    failure = await failing(house.search.FindNearDuplicates(pb.FindNearDuplicatesRequest(id=document_id)))
    assert (failure.code, failure.reason) == (grpc.StatusCode.NOT_FOUND, "DOCUMENT_NOT_FOUND")


async def test_all_are_listed_page_by_page_newest_first(house: House, scans: list[str]) -> None:
    older, newer = house.read("Letter"), house.read("Letter again")
    compare(house, older)
    compare(house, newer, (older, 1.0))
    groups, token = await listed(house, page_size=1)
    assert groups == [([older, newer], 1.0)]
    assert await listed(house, page_size=1, token=token) == ([(scans, 0.875)], "")
    assert await listed(house) == ([([older, newer], 1.0), (scans, 0.875)], "")


async def test_a_token_of_something_else_is_refused(house: House) -> None:
    failure = await failing(house.search.ListNearDuplicates(pb.ListNearDuplicatesRequest(page_token="damaged")))
    assert (failure.code, failure.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "PAGE_TOKEN_MISMATCH")


@pytest.mark.parametrize("size", [-1, 101])
async def test_a_page_has_a_hundred_at_most(house: House, size: int) -> None:
    for call in (
        house.search.FindNearDuplicates(pb.FindNearDuplicatesRequest(id="1", page_size=size)),
        house.search.ListNearDuplicates(pb.ListNearDuplicatesRequest(page_size=size)),
    ):
        failure = await failing(call)
        assert (failure.code, list(failure.violations)) == (grpc.StatusCode.INVALID_ARGUMENT, ["page_size"])
