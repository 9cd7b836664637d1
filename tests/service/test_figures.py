"""How an archive has grown, and what in it waits for a person, through the real server."""

from datetime import timedelta

import pytest

from actors.store.nouns.archive import DocumentChanges, DocumentId
from actors.store.nouns.catalog import FieldFacts, FieldKind, LabelFacts, LabelKind
from scriba.v1 import admin_pb2 as pb
from scriba.v1 import permissions_pb2
from tests.service.house import NOW, House, bearer, failing
from tests.service.people import person

TODAY = NOW.date()


def update(house: House, document: str, **changes: object) -> None:
    house.store.documents.update(DocumentId(int(document)), DocumentChanges(**changes), None, NOW)  # type: ignore[arg-type]  # each test names its changes


async def test_two_years_of_months_are_told_when_nothing_else_is_asked(house: House) -> None:
    update(house, house.read("bill", "one", "two"), document_type="Bill")
    update(house, house.read("note", "one"))
    growth = await house.admin.GetGrowth(pb.GetGrowthRequest())
    assert (len(growth.start_dates), growth.start_dates[0], growth.start_dates[-1]) == (24, "2024-12-01", "2026-11-01")
    bills, rest = growth.series
    assert (bills.type, bool(bills.type_id), list(bills.documents), list(bills.pages)) == ("Bill", True, [*[0] * 23, 1], [*[0] * 23, 2])
    assert (rest.type, rest.type_id, rest.others, rest.documents[-1]) == ("", "", False, 1)


async def test_papers_are_counted_by_the_dates_that_they_bear(house: House) -> None:
    for title, days in (("old", 400), ("new", 3), ("to come", -40)):
        update(house, house.read(title, "words"), created_date=TODAY - timedelta(days=days))
    house.read("undated", "words", "more words")
    since = (TODAY - timedelta(days=10)).isoformat()
    request = pb.GetGrowthRequest(period=pb.PERIOD_WEEK, by=pb.COUNTED_BY_CREATED, since_date=since, types=3)
    growth = await house.admin.GetGrowth(request)
    assert list(growth.start_dates) == ["2026-11-09", "2026-11-16", "2026-11-23"]
    assert [list(each.documents) for each in growth.series] == [[0, 1, 0]]
    assert (growth.before.documents, growth.after.documents, growth.undated) == (1, 1, pb.GetGrowthResponse.Amount(documents=1, pages=2))


@pytest.mark.parametrize("since", ["2026-11-26", "2025-10-21", "2024-02-30", "yesterday"])
async def test_days_to_come_too_many_periods_and_what_is_no_day_are_refused(house: House, since: str) -> None:
    failure = await failing(house.admin.GetGrowth(pb.GetGrowthRequest(period=pb.PERIOD_DAY, since_date=since)))
    assert (failure.reason, list(failure.violations)) == ("INVALID_REQUEST", ["since_date"])


async def test_400_days_are_told(house: House) -> None:
    first = (TODAY - timedelta(days=399)).isoformat()
    growth = await house.admin.GetGrowth(pb.GetGrowthRequest(period=pb.PERIOD_DAY, since_date=first))
    assert (len(growth.start_dates), growth.start_dates[0], growth.start_dates[-1]) == (400, first, TODAY.isoformat())


async def test_what_waits_for_a_person_is_told(house: House) -> None:
    house.store.catalog.labels.create(LabelKind.TAG, LabelFacts("inbox", inbox=True))
    field = house.store.catalog.fields.create(FieldKind.DATE, FieldFacts("Pay until", reminder_days=14), ()).id
    bill = house.read("bill", "words")
    update(house, bill, fields=((field, TODAY + timedelta(days=14)),))
    house.accept("queued")
    told = await house.admin.GetAttention(pb.GetAttentionRequest())
    assert (told.documents_in_inbox, told.documents_failed, told.documents_with_warnings, told.jobs_queued) == (2, 0, 0, 1)
    (due,) = told.due
    assert due == pb.GetAttentionResponse.Due(
        field_id=str(field), field="Pay until", first_date="2026-11-11", last_date="2026-12-09", upcoming=1, document_ids=[bill]
    )
    assert 0 < told.free_bytes < told.disk_bytes
    assert not told.HasField("next_retry_time")


async def test_who_does_not_see_everything_is_told_of_what_he_sees_and_of_no_disk(house: House) -> None:
    anna, bert = person(house, "anna"), person(house, "bert")
    house.store.catalog.labels.create(LabelKind.TAG, LabelFacts("inbox", inbox=True))
    document = house.read("secret", "words")
    await anna.call("UpdatePermissions", permissions_pb2.UpdatePermissionsRequest(document_ids=[document], owner_id=anna.id))
    told = {each.id: await house.admin.GetAttention(pb.GetAttentionRequest(), metadata=bearer(each.id)) for each in (anna, bert)}
    assert told[anna.id] == pb.GetAttentionResponse(documents_in_inbox=1)
    assert told[bert.id] == pb.GetAttentionResponse()
    growth = {each.id: await house.admin.GetGrowth(pb.GetGrowthRequest(), metadata=bearer(each.id)) for each in (anna, bert)}
    assert [sum(each.documents) for each in growth[anna.id].series] == [1]
    assert list(growth[bert.id].series) == []
