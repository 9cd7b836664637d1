"""Rules and learning once more, through the real server."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from functools import partial

import grpc
import pytest

from actors.classifier.lessons import Suggestion
from actors.index.errors import QueryError
from actors.index.messages import Hit, SearchAnswer, SearchRequest, SuggestAnswer
from actors.index.sight import Sight
from actors.store.nouns.archive import DocumentChanges, DocumentId, JobId
from actors.store.nouns.assignments import Aspect, Giver, Proposal, Reason
from actors.store.nouns.catalog import LabelFacts, LabelId, LabelKind, Matching, MatchRule
from actors.store.store import Store
from daemon.service.cataloguing.reruns import PAGE
from scriba.v1 import access_pb2, bulk_edits_pb2, catalog_pb2
from scriba.v1 import assignments_pb2 as pb
from tests.service.carrying import carry_out
from tests.service.house import NOW, House, failing, failing_stream, open_house


async def applied(house: House, **asked: object) -> list[pb.ApplyRulesResponse]:
    """Ask for it, with somebody who carries the job out."""
    house.pipeline.work = partial(carry_out, house)
    return [answer async for answer in house.assignments.ApplyRules(pb.ApplyRulesRequest(**asked))]  # type: ignore[arg-type]  # its fields


def given(answers: Sequence[pb.ApplyRulesResponse]) -> list[tuple[str, str, int, str]]:
    changes = [change for answer in answers for change in answer.changes]
    return [(change.document_id, one.value, one.giver, one.reason) for change in changes for one in change.assignments]


def rule(house: House, kind: LabelKind, name: str, word: str) -> LabelId:
    return house.store.catalog.labels.create(kind, LabelFacts(name, MatchRule(Matching.ANY, word))).id


def document(house: House, document_id: str) -> tuple[str, tuple[str, ...]]:
    found = house.store.documents.get(DocumentId(int(document_id)))
    return (found.correspondent.name if found.correspondent else "", found.tags)


def file(house: House, document_id: str, correspondent: str, giver: Giver) -> None:
    proposal = Proposal(Aspect.CORRESPONDENT, correspondent, Reason(giver))
    house.store.assignments.propose(DocumentId(int(document_id)), [proposal], NOW)


async def test_a_new_rule_files_what_is_there_with_its_reason(house: House) -> None:
    bill, letter = house.read("bill", "the tax bill"), house.read("letter", "dear all")
    rule(house, LabelKind.TAG, "Tax", "tax")
    learned = house.store.catalog.labels.create(LabelKind.CORRESPONDENT, LabelFacts("Ada")).id
    house.suggester.suggestions = {LabelKind.CORRESPONDENT: (Suggestion(learned, 0.97, sure=True),)}
    house.tokens.role = access_pb2.ROLE_EDITOR
    answers = await applied(house)
    assert [(answer.documents_done, answer.documents_total, answer.job_id) for answer in answers] == [(2, 2, "3")]
    assert given(answers) == [
        (bill, "Tax", pb.GIVER_RULE, "the word 'tax'"),
        (bill, "Ada", pb.GIVER_CLASSIFIER, "like other documents"),
        (letter, "Ada", pb.GIVER_CLASSIFIER, "like other documents"),
    ]
    assert (document(house, bill), document(house, letter)) == (("Ada", ("Tax",)), ("Ada", ()))
    first = answers[0].changes[0].assignments[0]
    kept = house.store.assignments.list(DocumentId(int(bill)))
    assert (str(kept[0].id), kept[0].reason.words) == (first.id, first.reason)
    assert given(await applied(house)) == []


@pytest.mark.parametrize("giver", [Giver.USER, Giver.DELIVERY, Giver.BARCODE, Giver.INVOICE, Giver.WORKFLOW, Giver.MAIL_RULE])
async def test_what_others_gave_stays(house: House, giver: Giver) -> None:
    bill = house.read("bill", "the tax bill")
    file(house, bill, "Ada", giver)
    rule(house, LabelKind.CORRESPONDENT, "Tax office", "tax")
    assert given(await applied(house)) == []
    assert document(house, bill)[0] == "Ada"


async def test_what_a_person_took_away_stays_away(house: House) -> None:
    bill = house.read("bill", "the tax bill", tags=("Tax",))
    house.store.documents.update(DocumentId(int(bill)), DocumentChanges(tags=()), None, NOW)
    tag = house.store.catalog.labels.find(LabelKind.TAG, "Tax")
    house.store.catalog.labels.update(tag.id, LabelFacts("Tax", MatchRule(Matching.ANY, "tax")), None, NOW)
    assert given(await applied(house)) == []


async def test_what_a_rule_gave_follows_another_rule_unless_only_empty_places_are_meant(house: House) -> None:
    bill = house.read("bill", "the tax bill")
    file(house, bill, "Ada", Giver.RULE)
    rule(house, LabelKind.CORRESPONDENT, "Tax office", "tax")
    assert given(await applied(house, only_empty=True)) == []
    (answer,) = (answer for answer in await applied(house) if answer.changes)
    assert [(one.value, one.before) for one in answer.changes[0].assignments] == [("Tax office", "Ada")]


async def test_a_dry_run_tells_the_same_and_changes_nothing(house: House) -> None:
    bill = house.read("bill", "the tax bill")
    rule(house, LabelKind.TAG, "Tax", "tax")
    before = house.store.documents.get(DocumentId(int(bill)))
    answers = await applied(house, validate_only=True)
    assert given(answers) == [(bill, "Tax", pb.GIVER_RULE, "the word 'tax'")]
    assert answers[1].changes[0].assignments[0].id == ""
    assert house.store.documents.get(before.id) == before
    assert (house.store.assignments.list(before.id), house.index.applied) == ([], 0)


async def test_only_the_kinds_and_documents_that_are_named_are_filed(house: House) -> None:
    bill, other = house.read("bill", "the tax bill"), house.read("other", "tax again")
    rule(house, LabelKind.TAG, "Tax", "tax")
    rule(house, LabelKind.CORRESPONDENT, "Tax office", "tax")
    answers = await applied(house, document_ids=[bill, bill], kinds=[catalog_pb2.LABEL_KIND_CORRESPONDENT])
    assert [(answer.documents_done, answer.documents_total) for answer in answers] == [(1, 1)]
    assert (document(house, bill), document(house, other)) == (("Tax office", ()), ("", ()))


async def test_documents_in_the_trash_or_not_ready_are_left_alone(house: House) -> None:
    rule(house, LabelKind.TAG, "Tax", "t")
    thrown = house.read("thrown", "t")
    house.store.documents.delete(DocumentId(int(thrown)), None, NOW)
    waiting = house.accept("waiting t")
    assert given(await applied(house, document_ids=[thrown, waiting])) == []


@dataclass
class Finds:
    """Finds documents in pages of two, and no more of them the second time."""

    ids: list[DocumentId] = field(default_factory=list)

    def search(self, request: SearchRequest) -> SearchAnswer:
        if request.query == "(":
            raise QueryError(2, "a word", "a parenthesis is open")
        start = int(request.after or 0)
        after = str(start + 2) if start + 2 < len(self.ids) else ""
        return SearchAnswer(tuple(Hit(one, 1.0) for one in self.ids[start : start + 2]), len(self.ids), after)

    def suggest(self, text: str, cursor: int, limit: int, sight: Sight = None) -> SuggestAnswer:
        return SuggestAnswer((), cursor)

    def similar(self, document_id: DocumentId, limit: int, sight: Sight = None) -> Sequence[Hit]:
        return []


@pytest.fixture
async def finding(store: Store) -> AsyncIterator[tuple[House, Finds]]:
    """Give a house that finds what a test says."""
    finds = Finds()
    async with open_house(store, searcher=finds) as house:
        yield house, finds


async def test_a_query_says_which_documents_are_meant(finding: tuple[House, Finds]) -> None:
    house, finds = finding
    ids = [house.read(f"bill {number}", "the tax bill") for number in range(6)]
    rule(house, LabelKind.TAG, "Tax", "tax")
    finds.ids = [DocumentId(int(one)) for one in ids[:5]] + [DocumentId(4711)]
    answers = await applied(house, query="bill")
    assert [(answer.documents_done, answer.documents_total) for answer in answers] == [(6, 6)]
    assert [one for one, *_ in given(answers)] == ids[:5]


async def test_a_query_that_is_not_understood_is_refused_with_the_place(finding: tuple[House, Finds]) -> None:
    failure = await failing_stream(finding[0].assignments.ApplyRules(pb.ApplyRulesRequest(query="(")))
    assert (failure.code, failure.reason, list(failure.violations)) == (grpc.StatusCode.INVALID_ARGUMENT, "QUERY_INVALID", ["query"])


async def test_many_documents_are_gone_over_in_pages(house: House) -> None:
    ids = [house.read(f"bill {number}", "tax") for number in range(PAGE + 3)]
    rule(house, LabelKind.TAG, "Tax", "tax")
    answers = await applied(house, validate_only=True)
    assert [(answer.documents_done, len(answer.changes)) for answer in answers] == [(0, 0), (PAGE, PAGE), (PAGE + 3, 3)]
    assert [one for one, *_ in given(answers)] == ids
    assert [one for one, *_ in given(await applied(house))] == ids


async def test_what_is_more_than_one_answer_holds_comes_in_several(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("daemon.service.cataloguing.reruns.MOST_VALUES", 2)
    ids = [house.read(f"bill {number}", "tax") for number in range(4)]
    rule(house, LabelKind.TAG, "Tax", "tax")
    answers = await applied(house)
    assert [(answer.documents_done, len(answer.changes)) for answer in answers] == [(0, 2), (0, 2), (4, 0)]
    assert [one for one, *_ in given(answers)] == ids


async def test_a_job_that_was_cancelled_ends_the_answers_before_the_total(house: House) -> None:
    house.read("bill", "the tax bill")
    rule(house, LabelKind.TAG, "Tax", "tax")

    def cancel() -> None:
        house.store.jobs.cancel(JobId(2), NOW)

    house.pipeline.work = cancel
    answers = [answer async for answer in house.assignments.ApplyRules(pb.ApplyRulesRequest())]
    assert [(answer.documents_done, answer.documents_total, answer.job_id) for answer in answers] == [(0, 1, "2")]


async def test_all_of_it_is_taken_back_but_for_what_was_changed_since(house: House) -> None:
    bill, other = house.read("bill", "the tax bill"), house.read("other", "tax again")
    rule(house, LabelKind.CORRESPONDENT, "Tax office", "tax")
    (answer, *_) = await applied(house)
    house.store.documents.update(DocumentId(int(other)), DocumentChanges(correspondent="Ada"), None, NOW)
    await house.bulk_edits.UndoBulkEdit(bulk_edits_pb2.UndoBulkEditRequest(job_id=answer.job_id))
    assert (document(house, bill)[0], document(house, other)[0]) == ("", "Ada")
    assert given(await applied(house)) == []


async def test_it_can_be_asked_for_as_a_bulk_edit(house: House) -> None:
    bill = house.read("bill", "the tax bill")
    file(house, bill, "Ada", Giver.RULE)
    rule(house, LabelKind.CORRESPONDENT, "Tax office", "tax")
    rule(house, LabelKind.TAG, "Tax", "tax")
    house.pipeline.work = partial(carry_out, house)
    chosen = bulk_edits_pb2.DocumentIds(ids=[bill])
    request = bulk_edits_pb2.StartBulkEditRequest(
        documents=chosen,
        action=bulk_edits_pb2.BULK_ACTION_APPLY_RULES,
        kinds=[catalog_pb2.LABEL_KIND_CORRESPONDENT],
        only_empty=True,
    )
    await house.bulk_edits.StartBulkEdit(request)
    assert document(house, bill) == ("Ada", ())
    request.only_empty = False
    await house.bulk_edits.StartBulkEdit(request)
    assert document(house, bill) == ("Tax office", ())
    request.action = bulk_edits_pb2.BULK_ACTION_DELETE
    assert list((await failing(house.bulk_edits.StartBulkEdit(request))).violations) == ["action"]


async def test_ids_and_a_query_or_a_document_that_is_missing_are_refused(house: House) -> None:
    both = await failing_stream(house.assignments.ApplyRules(pb.ApplyRulesRequest(document_ids=["1"], query="x")))
    assert (both.code, list(both.violations)) == (grpc.StatusCode.INVALID_ARGUMENT, ["query"])
    missing = await failing_stream(house.assignments.ApplyRules(pb.ApplyRulesRequest(document_ids=["4711"])))
    assert (missing.code, missing.reason) == (grpc.StatusCode.NOT_FOUND, "DOCUMENT_NOT_FOUND")


async def test_a_viewer_files_nothing(house: House) -> None:
    house.tokens.role = access_pb2.ROLE_VIEWER
    failure = await failing_stream(house.assignments.ApplyRules(pb.ApplyRulesRequest()))
    assert failure.code is grpc.StatusCode.PERMISSION_DENIED
