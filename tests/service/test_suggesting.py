"""Suggestions for a document, through the real server."""

import grpc
import pytest

from actors.classifier.lessons import Suggestion
from actors.store.types import DocumentId
from scriba.v1 import access_pb2
from scriba.v1 import documents_pb2 as pb
from tests.service.house import House, failing


async def suggested(house: House, document_id: str) -> list[tuple[str, float]]:
    answer: pb.SuggestTagsResponse = await house.documents.SuggestTags(pb.SuggestTagsRequest(id=document_id))
    return [(suggestion.tag, suggestion.probability) for suggestion in answer.suggestions]


async def test_tags_are_suggested_by_title_and_text(house: House) -> None:
    house.tokens.role = access_pb2.ROLE_VIEWER
    house.suggester.suggestions = (Suggestion("energy", 0.75), Suggestion("home", 0.25))
    assert await suggested(house, house.read("A letter", "first page", "second page")) == [("energy", 0.75), ("home", 0.25)]
    assert house.suggester.text == "A letter\nfirst page\nsecond page"


async def test_a_tag_that_the_document_bears_is_not_suggested(house: House) -> None:
    house.suggester.suggestions = (Suggestion("energy", 0.75), Suggestion("home", 0.25))
    assert await suggested(house, house.read("A letter", tags=("energy",))) == [("home", 0.25)]


async def test_a_suggestion_changes_nothing(house: House) -> None:
    house.suggester.suggestions = (Suggestion("energy", 1.0),)
    document_id = house.read("A letter", tags=("home",))
    before = house.store.documents.get(DocumentId(int(document_id)))
    await suggested(house, document_id)
    assert house.store.documents.get(before.id) == before


@pytest.mark.parametrize("document_id", ["77", "no number"])
async def test_a_missing_document_is_not_found(house: House, document_id: str) -> None:
    failure = await failing(house.documents.SuggestTags(pb.SuggestTagsRequest(id=document_id)))
    assert (failure.code, failure.reason) == (grpc.StatusCode.NOT_FOUND, "DOCUMENT_NOT_FOUND")
