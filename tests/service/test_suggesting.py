"""Suggestions for a document, through the real server."""

import hashlib

import grpc
import pytest

from actors.classifier.lessons import Suggestion
from actors.store.nouns.archive import DocumentChanges, DocumentId, NewDocument, SourceKey, SourceKind
from actors.store.nouns.catalog import LabelFacts, LabelId, LabelKind, Matching, MatchRule
from scriba.v1 import access_pb2, assignments_pb2, catalog_pb2
from scriba.v1 import documents_pb2 as pb
from tests.service.house import NOW, House, failing


async def suggested(house: House, document_id: str) -> list[tuple[str, float]]:
    answer: pb.SuggestTagsResponse = await house.documents.SuggestTags(pb.SuggestTagsRequest(id=document_id))
    return [(suggestion.tag, suggestion.probability) for suggestion in answer.suggestions]


async def values(house: House, document_id: str) -> pb.SuggestValuesResponse:
    answer: pb.SuggestValuesResponse = await house.documents.SuggestValues(pb.SuggestValuesRequest(id=document_id))
    return answer


async def labels(house: House, document_id: str) -> list[pb.LabelSuggestion]:
    return list((await values(house, document_id)).labels)


def made(house: House, kind: LabelKind, name: str, matching: Matching = Matching.AUTO, pattern: str = "", inbox: bool = False) -> LabelId:
    """Put a label into the catalogue."""
    return house.store.catalog.labels.create(kind, LabelFacts(name, MatchRule(matching, pattern), inbox=inbox)).id


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
            giver=assignments_pb2.GIVER_CLASSIFIER,
            reason="like documents 12, 5",
        ),
        pb.LabelSuggestion(
            kind=catalog_pb2.LABEL_KIND_DOCUMENT_TYPE,
            label_id=str(kind),
            name="invoice",
            probability=0.5,
            giver=assignments_pb2.GIVER_CLASSIFIER,
            reason="like other documents",
        ),
    ]


async def test_a_label_goes_by_its_new_name_at_once_and_a_removed_one_is_suggested_no_more(house: House) -> None:
    old, gone = made(house, LabelKind.TAG, "old"), made(house, LabelKind.TAG, "gone")
    house.suggester.suggestions = {LabelKind.TAG: (Suggestion(old, 0.75), Suggestion(gone, 0.5))}
    house.store.catalog.labels.update(old, LabelFacts("new"), None, NOW)
    house.store.catalog.labels.delete(gone, None, NOW)
    assert await suggested(house, house.read("A letter")) == [("new", 0.75)]


async def test_only_labels_that_learn_are_sure(house: House) -> None:
    ruled = made(house, LabelKind.TAG, "ruled", Matching.NONE)
    house.suggester.suggestions = {LabelKind.TAG: (Suggestion(ruled, 0.75, sure=True),)}
    assert [suggestion.sure for suggestion in await labels(house, house.read("A letter"))] == [False]


async def test_what_the_document_has_and_a_tag_of_the_inbox_are_not_suggested(house: House) -> None:
    sender, inbox = made(house, LabelKind.CORRESPONDENT, "Power Ltd"), made(house, LabelKind.TAG, "inbox", inbox=True)
    house.suggester.suggestions = {LabelKind.CORRESPONDENT: (Suggestion(sender, 0.75),), LabelKind.TAG: (Suggestion(inbox, 0.75),)}
    document_id = house.read("A letter")
    house.store.documents.update(DocumentId(int(document_id)), DocumentChanges(correspondent="Power Ltd"), None, NOW)
    assert await labels(house, document_id) == []


async def test_labels_are_suggested_by_their_rules_before_what_was_learned(house: House) -> None:
    bank = made(house, LabelKind.CORRESPONDENT, "Bank", Matching.ANY, "bank")
    good = made(house, LabelKind.CORRESPONDENT, "Good Bank", Matching.ALL, "good bank")
    money = made(house, LabelKind.TAG, "money", Matching.EXACT, "your account")
    other = made(house, LabelKind.CORRESPONDENT, "Other")
    house.suggester.suggestions = {
        LabelKind.CORRESPONDENT: (Suggestion(other, 0.9, sure=True), Suggestion(bank, 0.8)),
        LabelKind.TAG: (Suggestion(money, 0.75),),
    }
    found = await labels(house, house.read("A letter", "Good bank", "of your account"))
    assert [(one.label_id, one.probability, one.sure) for one in found if one.giver == assignments_pb2.GIVER_RULE] == [
        (str(good), 1.0, True),
        (str(bank), 1.0, False),
        (str(money), 1.0, True),
    ]
    assert [(one.name, one.sure) for one in found if one.giver == assignments_pb2.GIVER_CLASSIFIER] == [("Other", False)]
    assert found[1].reason == "the word 'bank'"


async def test_days_are_suggested_with_where_they_stand_and_the_dropped_files_day(house: House) -> None:
    text, key = b"letter", f"hash 6 {1_700_000_000_000_000_000} 7 /in/a letter.txt"
    accepted = house.store.documents.accept(stored(house, text), SourceKey(SourceKind.FOLDER, key), NOW)
    job = house.work(("a page", "Invoice date: 5 March 2024. Payable until 19 March 2024"))
    house.store.jobs.succeed(job.id, job.fence, NOW)
    first, *others = (await values(house, str(accepted.document_id))).dates
    assert (first.date, first.source, first.page, first.text) == ("2024-03-05", pb.DATE_SOURCE_TEXT, 2, "5 March 2024")
    assert first.score > 0.5
    assert first.reason.startswith("'Invoice date' before it")
    assert ("2023-11-14", pb.DATE_SOURCE_FILE, 0) in [(one.date, one.source, one.page) for one in others]


def stored(house: House, text: bytes) -> NewDocument:
    """Store an original, for a document that came by another way than the house's own."""
    staged, sha256 = house.store.data.incoming / "a.txt", hashlib.sha256(text).hexdigest()
    staged.write_bytes(text)
    house.store.originals.put(staged, sha256, ".txt")
    return NewDocument(sha256, len(text), "text/plain", "a letter.txt", "a letter", DocumentChanges())


async def test_a_suggestion_changes_nothing(house: House) -> None:
    learn_tags(house)
    document_id = house.read("A letter", tags=("home",))
    before = house.store.documents.get(DocumentId(int(document_id)))
    made(house, LabelKind.CORRESPONDENT, "All", Matching.REGEX, ".")
    assert await suggested(house, document_id) + [(one.name, 1.0) for one in await labels(house, document_id)]
    assert house.store.documents.get(before.id) == before


@pytest.mark.parametrize("document_id", ["77", "no number"])
async def test_a_missing_document_is_not_found(house: House, document_id: str) -> None:
    asked = (pb.SuggestTagsRequest(id=document_id), pb.SuggestValuesRequest(id=document_id))
    for call, request in zip((house.documents.SuggestTags, house.documents.SuggestValues), asked, strict=True):
        failure = await failing(call(request))
        assert (failure.code, failure.reason) == (grpc.StatusCode.NOT_FOUND, "DOCUMENT_NOT_FOUND")
