"""Who may not go on is put out of a stream that he has begun."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from actors.identity.tokens import digest
from actors.store.errors import StoreUnavailable
from actors.store.nouns.identity import NewToken, Role, TokenKind, UserFacts, UserId
from actors.store.store import Store
from daemon.service.around.staying import while_allowed
from daemon.service.refusals import NotSignedIn
from scriba.v1 import admin_pb2, admin_pb2_grpc
from tests.service.house import NOW, House, bearer, failing

WAYS: list[tuple[Callable[[Store, UserId], object], str]] = [
    (lambda store, user: store.tokens.revoke(user, store.tokens.list(user, NOW)[0].id), "NOT_SIGNED_IN"),
    (lambda store, user: store.users.update(user, UserFacts("Bert", Role.EDITOR, enabled=False), None), "NOT_SIGNED_IN"),
    (lambda store, user: store.groups.create("Family", [user]), "RIGHTS_CHANGED"),
    (lambda store, user: store.users.update(user, UserFacts("Bert", Role.UPLOADER), None), "ROLE_TOO_LOW"),
]


@pytest.mark.parametrize(("change", "reason"), WAYS)
async def test_a_watch_ends_within_five_seconds_when_its_caller_may_see_something_else(
    house: House, change: Callable[[Store, UserId], object], reason: str
) -> None:
    bert = house.store.users.create(UserFacts("Bert", Role.EDITOR), NOW).id
    house.store.tokens.create(NewToken(bert, TokenKind.SESSION, "laptop", digest("bert's"), expire_time=NOW + timedelta(days=1)), NOW)
    house.accept("letter")
    stream = admin_pb2_grpc.AdminServiceStub(house.channel).WatchJobs(admin_pb2.WatchJobsRequest(), metadata=bearer("bert's"))
    await stream.read()
    await asyncio.to_thread(change, house.store, bert)
    assert (await asyncio.wait_for(failing(stream.read()), 20)).reason == reason


async def test_nobody_is_put_out_while_the_database_is_away() -> None:
    looks = iter([StoreUnavailable("away"), None, NotSignedIn()])

    async def look() -> None:
        if (trouble := next(looks)) is not None:
            raise trouble

    with pytest.raises(NotSignedIn):
        async with while_allowed(look, 0.001):
            await asyncio.Event().wait()
    assert next(looks, "all asked") == "all asked"


async def test_what_ends_by_itself_is_looked_at_no_more() -> None:
    async def look() -> None:
        raise NotSignedIn

    before = asyncio.all_tasks()
    async with while_allowed(look):
        await asyncio.sleep(0)
        (watching,) = asyncio.all_tasks() - before
    await asyncio.wait([watching])
    assert watching.cancelled()
