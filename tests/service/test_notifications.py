"""Notifications by the contract: each his own, with addresses that fit, and secrets that go in and never out."""

from typing import Any

import grpc
import pytest
from google.protobuf.field_mask_pb2 import FieldMask

from actors.store.nouns.catalog import ViewFacts
from actors.store.nouns.identity import UserId
from actors.store.nouns.notifications import NotificationId
from daemon.service.notices.keeping import MOST_OF_ONE
from scriba.v1 import notifications_pb2 as pb
from scriba.v1.notifications_pb2_grpc import NotificationServiceStub
from tests.errands.servers import web_sink
from tests.service.house import TOKEN, House, bearer, failing
from tests.service.people import Person, person

PHONE: dict[str, Any] = {
    "name": "Phone",
    "events": [pb.NOTIFICATION_EVENT_FAILED, pb.NOTIFICATION_EVENT_DUE],
    "way": pb.NOTIFICATION_WAY_NTFY,
    "url": "https://ntfy.example/papers",
    "due_days": 7,
}


@pytest.fixture
def anna(house: House) -> Person:
    return person(house, "anna")


async def call(house: House, rpc: str, request: Any, who: str = TOKEN) -> Any:
    return await getattr(NotificationServiceStub(house.channel), rpc)(request, metadata=bearer(who))


async def made(house: House, who: str = TOKEN, **said: Any) -> pb.Notification:
    request = pb.CreateNotificationRequest(notification=pb.Notification(**PHONE | said))
    told: pb.Notification = (await call(house, "CreateNotification", request, who)).notification
    return told


async def changed(house: House, told: pb.Notification, *paths: str, who: str = TOKEN) -> pb.Notification:
    request = pb.UpdateNotificationRequest(notification=told, update_mask=FieldMask(paths=paths))
    answer: pb.Notification = (await call(house, "UpdateNotification", request, who)).notification
    return answer


async def test_a_notification_is_told_as_it_was_made_without_its_secret(house: House, anna: Person) -> None:
    told = await made(house, anna.id, secret="tk_canary")
    assert told == pb.Notification(**PHONE, id=told.id, etag="1", has_secret=True, owner_id=anna.id)
    assert list((await call(house, "ListNotifications", pb.ListNotificationsRequest(), anna.id)).notifications) == [told]
    kept = house.store.notifications.get(NotificationId(int(told.id)))
    assert house.seals.unseal(kept.secret) == "tk_canary"
    assert "canary" not in kept.secret


async def test_a_change_names_what_changes_and_another_address_needs_the_secret_anew(house: House) -> None:
    told = await made(house, secret="tk_1")
    off = await changed(house, pb.Notification(id=told.id, disabled=True, name="ignored"), "disabled")
    assert (off.disabled, off.name, off.has_secret, off.etag) == (True, "Phone", True, "2")
    elsewhere = pb.Notification(id=told.id, url="https://ntfy.example/others", secret="tk_2")
    failure = await failing(changed(house, elsewhere, "url"))
    assert failure.violations == {"notification.secret": "must be given anew with another address"}
    assert (await changed(house, elsewhere, "url", "secret")).url == elsewhere.url


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": " "}, "notification.name"),
        ({"events": []}, "notification.events"),
        ({"events": [pb.NOTIFICATION_EVENT_UNSPECIFIED]}, "notification.events"),
        ({"way": pb.NOTIFICATION_WAY_UNSPECIFIED}, "notification.way"),
        ({"way": pb.NOTIFICATION_WAY_EMAIL}, "notification.url"),
        ({"url": "https://ntfy.example"}, "notification.url"),
        ({"way": pb.NOTIFICATION_WAY_MATRIX}, "notification.url"),
        ({"events": [pb.NOTIFICATION_EVENT_VIEW]}, "notification.view_ids"),
    ],
)
async def test_what_could_tell_nobody_anything_is_refused(house: House, said: dict[str, Any], field: str) -> None:
    failure = await failing(made(house, **said))
    assert (failure.code, list(failure.violations)) == (grpc.StatusCode.INVALID_ARGUMENT, [field])


async def test_only_views_that_one_sees_can_be_told_of(house: House, anna: Person) -> None:
    events = [pb.NOTIFICATION_EVENT_VIEW]
    mine = house.store.catalog.views.create(ViewFacts("Mine", "x"), UserId(int(anna.id)))
    other = person(house, "bert")
    hidden = house.store.catalog.views.create(ViewFacts("Hidden", "x"), UserId(int(other.id)))
    assert (await made(house, anna.id, events=events, view_ids=[str(mine.id)])).view_ids == [str(mine.id)]
    failure = await failing(made(house, anna.id, name="Other", events=events, view_ids=[str(hidden.id)]))
    assert (failure.code, failure.reason) == (grpc.StatusCode.NOT_FOUND, "VIEW_NOT_FOUND")


async def test_nobody_has_more_than_so_many(house: House) -> None:
    for number in range(MOST_OF_ONE):
        await made(house, name=f"Phone {number}")
    failure = await failing(made(house, name="One more"))
    assert failure.violations["notification"].startswith("nobody has more than 100")


async def test_a_test_tells_what_is_wrong(house: House) -> None:
    with web_sink() as sink:
        told = await made(house, way=pb.NOTIFICATION_WAY_JSON, url=f"http://127.0.0.1:{sink.port}/x")
        failure = await failing(call(house, "TestNotification", pb.TestNotificationRequest(id=told.id)))
        assert (failure.code, failure.reason) == (grpc.StatusCode.FAILED_PRECONDITION, "NOTICE_REFUSED")
        assert "allowed_internal_hosts" in failure.message
        assert sink.calls == []
