"""Suggestions for a document, through the real server."""

import grpc
import pytest

from actors.classifier.lessons import Suggestion
from actors.store.catalog_types import LabelFacts, LabelId, LabelKind, Matching, MatchRule
from actors.store.types import DocumentChanges, DocumentId
from scriba.v1 import access_pb2, catalog_pb2
from scriba.v1 import documents_pb2 as pb
from tests.service.house import NOW, House, failing


async def suggested(house: House, document_id: str) -> list[tuple[str, float]]:
    answer: pb.SuggestTagsResponse = await house.documents.SuggestTags(pb.SuggestTagsRequest(id=document_id))
    return [(suggestion.tag, suggestion.probability) for suggestion in answer.suggestions]


async def labels(house: House, document_id: str) -> list[pb.LabelSuggestion]:
    answer: pb.SuggestLabelsResponse = await house.documents.SuggestLabels(pb.SuggestLabelsRequest(id=document_id))
    return list(answer.suggestions)


def made(house: House, kind: LabelKind, name: str, matching: Matching = Matching.AUTO, inbox: bool = False) -> LabelId:
    """Put a label into the catalogue."""
    return house.store.catalog.labels.create(kind, LabelFacts(name, MatchRule(matching), inbox=inbox)).id


def learn_tags(house: House) -> None:
    """Let two tags be proposed."""
    energy, home = made(house, LabelKind.TAG, "energy"), made(house, LabelKind.TAG, "home")
    house.suggester.suggestions = {LabelKind.TAG: (Suggestion(energy, 0.75), Suggestion(home, 0.25))}


async def test_tags_are_suggested_by_the_text(house: House) -> None:
    house.tokens.role = access_pb2.ROLE_VIEWER
    learn_tags(house)
    assert await suggested(house, house.read("A letter", "first page", "second page")) == [("energy", 0.75), ("home", 0.25)]
    assert house.suggester.text == "first page\nsecond page"


async def test_a_tag_that_the_document_bears_is_not_suggested(house: House) -> None:
    learn_tags(house)
    assert await suggested(house, house.read("A letter", tags=("energy",))) == [("home", 0.25)]


async def test_labels_of_all_kinds_are_suggested_with_what_speaks_for_them(house: House) -> None:
    house.tokens.role = access_pb2.ROLE_VIEWER
    sender, kind = made(house, LabelKind.CORRESPONDENT, "Power Ltd"), made(house, LabelKind.DOCUMENT_TYPE, "invoice")
    house.suggester.suggestions = {
        LabelKind.CORRESPONDENT: (Suggestion(sender, 0.75, sure=True, like=(DocumentId(12), DocumentId(5))),),
        LabelKind.DOCUMENT_TYPE: (Suggestion(kind, 0.5),),
    }
    assert await labels(house, house.read("A letter")) == [
        pb.LabelSuggestion(
            kind=catalog_pb2.LABEL_KIND_CORRESPONDENT,
            label_id=str(sender),
            name="Power Ltd",
            probability=0.75,
            sure=True,
            like_document_ids=["12", "5"],
        ),
        pb.LabelSuggestion(kind=catalog_pb2.LABEL_KIND_DOCUMENT_TYPE, label_id=str(kind), name="invoice", probability=0.5),
    ]


async def test_a_label_goes_by_its_new_name_at_once_and_a_removed_one_is_suggested_no_more(house: House) -> None:
    old, gone = made(house, LabelKind.TAG, "old"), made(house, LabelKind.TAG, "gone")
    house.suggester.suggestions = {LabelKind.TAG: (Suggestion(old, 0.75), Suggestion(gone, 0.5))}
    house.store.catalog.labels.update(old, LabelFacts("new"), None, NOW)
    house.store.catalog.labels.delete(gone, None, NOW)
    assert await suggested(house, house.read("A letter")) == [("new", 0.75)]


async def test_only_labels_that_learn_are_sure(house: House) -> None:
    ruled = made(house, LabelKind.TAG, "ruled", Matching.EXACT)
    house.suggester.suggestions = {LabelKind.TAG: (Suggestion(ruled, 0.75, sure=True),)}
    assert [suggestion.sure for suggestion in await labels(house, house.read("A letter"))] == [False]


async def test_what_the_document_has_and_a_tag_of_the_inbox_are_not_suggested(house: House) -> None:
    sender, inbox = made(house, LabelKind.CORRESPONDENT, "Power Ltd"), made(house, LabelKind.TAG, "inbox", inbox=True)
    house.suggester.suggestions = {LabelKind.CORRESPONDENT: (Suggestion(sender, 0.75),), LabelKind.TAG: (Suggestion(inbox, 0.75),)}
    document_id = house.read("A letter")
    house.store.documents.update(DocumentId(int(document_id)), DocumentChanges(correspondent="Power Ltd"), None, NOW)
    assert await labels(house, document_id) == []


async def test_a_suggestion_changes_nothing(house: House) -> None:
    learn_tags(house)
    document_id = house.read("A letter", tags=("home",))
    before = house.store.documents.get(DocumentId(int(document_id)))
    await suggested(house, document_id)
    assert house.store.documents.get(before.id) == before


@pytest.mark.parametrize("document_id", ["77", "no number"])
async def test_a_missing_document_is_not_found(house: House, document_id: str) -> None:
    asked = (pb.SuggestTagsRequest(id=document_id), pb.SuggestLabelsRequest(id=document_id))
    for call, request in zip((house.documents.SuggestTags, house.documents.SuggestLabels), asked, strict=True):
        failure = await failing(call(request))
        assert (failure.code, failure.reason) == (grpc.StatusCode.NOT_FOUND, "DOCUMENT_NOT_FOUND")
