"""Rules and extractions are tried on what is there, by the same code that files what comes."""

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta

import pytest
from sqlalchemy import update

from actors.store.nouns.archive import DocumentChanges, DocumentId
from actors.store.nouns.catalog import FieldFacts, FieldKind, LabelFacts, LabelKind, Matching, MatchRule
from actors.store.rows.archive import DocumentRow
from daemon.service.cataloguing.trials import PAGE
from daemon.service.wire.catalog import MATCHINGS, ours
from scriba.v1 import assignments_pb2 as pb
from scriba.v1 import catalog_pb2, permissions_pb2
from tests.service.house import NOW, House, bearer, failing_stream
from tests.service.people import person

TAG = catalog_pb2.LABEL_KIND_TAG
# It tries all ways to part a row of letters.
TOO_SLOW = r"^(a|aa)+$"


async def tried(house: House, **asked: object) -> list[pb.TryRuleResponse]:
    return [answer async for answer in house.assignments.TryRule(pb.TryRuleRequest(**{"kind": TAG, **asked}))]  # type: ignore[arg-type]  # its fields


def outcomes(answers: Sequence[pb.TryRuleResponse]) -> list[tuple[str, bool, bool, str]]:
    return [(one.document_id, one.fits, one.bears, one.reason) for answer in answers for one in answer.outcomes]


def later(house: House, document: str, hours: int) -> None:
    with house.store.database.write() as session:
        session.execute(update(DocumentRow).where(DocumentRow.id == int(document)).values(added_time=NOW + timedelta(hours=hours)))


async def test_a_rule_that_is_not_kept_tells_which_documents_it_fits_and_why_the_newest_first(house: House) -> None:
    first, second = house.read("bill", "the tax bill"), house.read("levy", "tax and levy")
    house.read("letter", "dear all")
    later(house, first, 1)
    answers = await tried(house, matching=catalog_pb2.MATCHING_ANY, pattern="tax levy")
    assert outcomes(answers) == [(first, True, False, "the word 'tax'"), (second, True, False, "the words 'tax' and 'levy'")]
    assert [(answer.documents_done, answer.documents_total) for answer in answers] == [(0, 3), (3, 3)]
    assert [(one.title, list(one.words)) for one in answers[-1].outcomes] == [("bill", ["tax"]), ("levy", ["tax", "levy"])]
    assert house.store.documents.get(DocumentId(int(first))).tags == ()
    assert house.store.catalog.labels.all() == []


async def test_documents_that_bear_the_label_though_its_rule_does_not_fit_them_are_told(house: House) -> None:
    label = house.store.catalog.labels.create(LabelKind.TAG, LabelFacts("Tax")).id
    fits, misses, both = house.read("a", "a tax"), house.read("b", "nothing", tags=("Tax",)), house.read("c", "a tax", tags=("Tax",))
    house.read("d", "nothing")
    answers = await tried(house, kind=0, matching=catalog_pb2.MATCHING_ALL, pattern="tax", label_id=str(label))
    why = "the word 'tax'"
    assert outcomes(answers) == [(both, True, True, why), (misses, False, True, ""), (fits, True, False, why)]


@pytest.mark.parametrize(
    ("matching", "pattern", "case_sensitive"),
    [
        (catalog_pb2.MATCHING_ANY, '"water works" gas', False),
        (catalog_pb2.MATCHING_ALL, "water works", False),
        (catalog_pb2.MATCHING_EXACT, "Water works", True),
        (catalog_pb2.MATCHING_REGEX, r"no\.? (\d+)", False),
        (catalog_pb2.MATCHING_FUZZY, "watr works of Bern", False),
    ],
)
async def test_a_trial_says_what_the_kept_rule_says(house: House, matching: int, pattern: str, case_sensitive: bool) -> None:
    for text in ("Invoice no. 12 of the Water works", "the water works of Bern", "gas, and water", "No 7"):
        house.read(text, text)
    asked = {"matching": matching, "pattern": pattern, "case_sensitive": case_sensitive}
    foreseen = {document: why for document, fits, _, why in outcomes(await tried(house, **asked)) if fits}
    rule = MatchRule(ours(MATCHINGS, matching) or Matching.NONE, pattern, case_sensitive)
    house.store.catalog.labels.create(LabelKind.TAG, LabelFacts("kept", rule))
    dry = [answer async for answer in house.assignments.ApplyRules(pb.ApplyRulesRequest(validate_only=True))]
    given = {change.document_id: one.reason for answer in dry for change in answer.changes for one in change.assignments}
    assert foreseen == given != {}


async def test_what_a_document_is_filed_under_at_present_is_told(house: House) -> None:
    one = house.read("bill", "tax")
    house.store.documents.update(DocumentId(int(one)), DocumentChanges(correspondent="ACME", document_type="Bill"), None, NOW)
    for kind, present in ((catalog_pb2.LABEL_KIND_CORRESPONDENT, "ACME"), (catalog_pb2.LABEL_KIND_DOCUMENT_TYPE, "Bill"), (TAG, "")):
        answers = await tried(house, kind=kind, matching=catalog_pb2.MATCHING_ANY, pattern="tax")
        assert [outcome.present for outcome in answers[-1].outcomes] == [present]


async def test_no_more_documents_are_asked_than_wanted_and_it_is_told_how_far_it_is(house: House) -> None:
    documents = [house.read(f"{number}", f"tax {number}") for number in range(PAGE + 5)]
    answers = await tried(house, matching=catalog_pb2.MATCHING_ANY, pattern="tax", max_documents=PAGE + 3)
    assert [(answer.documents_done, answer.documents_total) for answer in answers] == [(n, PAGE + 3) for n in (0, PAGE, PAGE + 3)]
    assert [outcome[0] for outcome in outcomes(answers)] == documents[:1:-1]


async def test_what_is_not_read_yet_or_in_the_trash_is_not_asked(house: House) -> None:
    house.accept("tax")
    house.work(("tax",))
    house.store.documents.delete(DocumentId(int(house.read("gone", "tax"))), None, NOW)
    answers = await tried(house, matching=catalog_pb2.MATCHING_ANY, pattern="tax")
    assert outcomes(answers) == []
    assert answers[-1].documents_done == 1


async def test_a_rule_that_takes_too_long_three_times_ends_the_trial_with_the_reason(house: House) -> None:
    for number in range(PAGE + 1):
        house.read(f"{number}", f"{'a' * 400}! {number}")
    answers = await tried(house, matching=catalog_pb2.MATCHING_REGEX, pattern=TOO_SLOW)
    told = [outcome for answer in answers for outcome in answer.outcomes]
    assert {(outcome.fits, outcome.notice.partition(":")[0]) for outcome in told[:3]} == {(False, "ran out of time")}
    assert answers[-1].documents_done < answers[-1].documents_total


@pytest.mark.parametrize(
    ("asked", "reason", "violations"),
    [
        ({"matching": catalog_pb2.MATCHING_REGEX, "pattern": "No[. (\\d+)"}, "INVALID_REQUEST", {"pattern": "column "}),
        ({"matching": catalog_pb2.MATCHING_ANY, "pattern": " "}, "INVALID_REQUEST", {"pattern": ""}),
        ({"matching": catalog_pb2.MATCHING_AUTO, "pattern": "tax"}, "INVALID_REQUEST", {"matching": ""}),
        ({"matching": catalog_pb2.MATCHING_NONE, "pattern": "tax"}, "INVALID_REQUEST", {"matching": ""}),
        ({"pattern": "tax"}, "INVALID_REQUEST", {"matching": ""}),
        ({"kind": 0, "matching": catalog_pb2.MATCHING_ANY, "pattern": "tax"}, "INVALID_REQUEST", {"kind": ""}),
        ({"matching": catalog_pb2.MATCHING_ANY, "pattern": "tax", "label_id": "99"}, "LABEL_NOT_FOUND", {}),
        ({"matching": catalog_pb2.MATCHING_ANY, "pattern": "tax", "max_documents": 100_001}, "INVALID_REQUEST", {"max_documents": ""}),
    ],
)
async def test_what_can_find_nothing_is_refused(house: House, asked: dict[str, object], reason: str, violations: dict[str, str]) -> None:
    request = pb.TryRuleRequest(**{"kind": TAG, **asked})  # type: ignore[arg-type]  # its fields
    failure = await failing_stream(house.assignments.TryRule(request))
    assert (failure.reason, set(failure.violations)) == (reason, set(violations))
    assert all(failure.violations[field].startswith(words) for field, words in violations.items())


async def test_a_pattern_is_refused_in_the_words_that_keeping_it_is_refused_in(house: House) -> None:
    trial = pb.TryRuleRequest(kind=TAG, matching=catalog_pb2.MATCHING_REGEX, pattern="(a")
    tried_words = (await failing_stream(house.assignments.TryRule(trial))).violations["pattern"]
    kept = catalog_pb2.Label(kind=TAG, name="x", matching=catalog_pb2.MATCHING_REGEX, pattern="(a")

    async def keeping() -> AsyncIterator[object]:
        yield await house.catalog.CreateLabel(catalog_pb2.CreateLabelRequest(label=kept))

    assert (await failing_stream(keeping())).violations["label.pattern"] == tried_words


async def test_nobody_is_told_of_documents_that_he_may_not_see(house: House) -> None:
    anna, bert = person(house, "anna"), person(house, "bert")
    secret, shown = house.read("secret", "tax"), house.read("shown", "tax")
    await anna.call("UpdatePermissions", permissions_pb2.UpdatePermissionsRequest(document_ids=[secret], owner_id=anna.id))
    request = pb.TryRuleRequest(kind=TAG, matching=catalog_pb2.MATCHING_ANY, pattern="tax")
    told = [answer async for answer in house.assignments.TryRule(request, metadata=bearer(bert.id))]
    assert [(outcome[0]) for outcome in outcomes(told)] == [shown]
    assert {answer.documents_total for answer in told} == {1}


async def extracted(house: House, **field: object) -> list[tuple[str, str, str, str, str]]:
    request = pb.TryExtractionRequest(field=catalog_pb2.Field(**field))  # type: ignore[arg-type]  # its fields
    answers = [answer async for answer in house.assignments.TryExtraction(request)]
    assert answers[-1].documents_done == answers[-1].documents_total
    return [
        (one.document_id, one.value, one.reason, one.present, one.notice.partition(":")[0]) for answer in answers for one in answer.outcomes
    ]


async def test_an_extraction_tells_the_values_that_it_finds_as_people_read_them(house: House) -> None:
    total, due = house.read("bill", "Total: 1,234.50\nDue: 5 March 2026"), house.read("note", "Total: nothing\nStatus: PAID")
    money = {"kind": catalog_pb2.FIELD_KIND_MONEY, "currency": "EUR", "extraction": r"Total: (\S+)"}
    assert await extracted(house, **money) == [(total, "1234.50 EUR", "the text 'Total: 1,234.50'", "", "")]
    date = {"kind": catalog_pb2.FIELD_KIND_DATE, "extraction": "Due: (.+)"}
    assert await extracted(house, **date) == [(total, "2026-03-05", "the text 'Due: 5 March 2026'", "", "")]
    options = [catalog_pb2.Field.Option(name=name) for name in ("Open", "Paid")]
    choice = {"kind": catalog_pb2.FIELD_KIND_CHOICE, "options": options, "extraction": r"Status: (\w+)"}
    assert await extracted(house, **choice) == [(due, "Paid", "the text 'Status: PAID'", "", "")]


async def test_an_extraction_tells_what_is_there_beside_what_it_finds_and_why_something_is_no_value(house: House) -> None:
    field = house.store.catalog.fields.create(FieldKind.URL, FieldFacts("Page"), ()).id
    both, there, wrong = house.read("a", "see http://a.example/"), house.read("b", "nothing"), house.read("c", "see there")
    for document in (both, there):
        changes = DocumentChanges(fields=((field, "https://kept.example/"),))
        house.store.documents.update(DocumentId(int(document)), changes, None, NOW)
    assert await extracted(house, id=str(field), kind=catalog_pb2.FIELD_KIND_URL, extraction=r"see (\S+)") == [
        (wrong, "", "", "", "The pattern of the field '' found nothing fit"),
        (there, "", "", "https://kept.example/", ""),
        (both, "http://a.example/", "the text 'see http://a.example/'", "https://kept.example/", ""),
    ]


@pytest.mark.parametrize(
    ("field", "reason", "violations"),
    [
        ({"kind": catalog_pb2.FIELD_KIND_TEXT, "extraction": "(a"}, "INVALID_REQUEST", ["field.extraction"]),
        ({"kind": catalog_pb2.FIELD_KIND_TEXT}, "INVALID_REQUEST", ["field.extraction"]),
        ({"extraction": "a"}, "INVALID_REQUEST", ["kind"]),
        ({"id": "99", "kind": catalog_pb2.FIELD_KIND_TEXT, "extraction": "a"}, "FIELD_NOT_FOUND", []),
    ],
)
async def test_an_extraction_that_can_find_nothing_is_refused(
    house: House, field: dict[str, object], reason: str, violations: list[str]
) -> None:
    request = pb.TryExtractionRequest(field=catalog_pb2.Field(**field))  # type: ignore[arg-type]  # its fields
    failure = await failing_stream(house.assignments.TryExtraction(request))
    assert (failure.reason, list(failure.violations)) == (reason, violations)
