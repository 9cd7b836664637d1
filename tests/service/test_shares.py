"""Share links as their makers keep them: made, listed, changed and taken back, and what is refused."""

from datetime import UTC, timedelta
from typing import Any

import grpc
import pytest
from google.protobuf.field_mask_pb2 import FieldMask
from google.protobuf.timestamp_pb2 import Timestamp

from actors.identity.passwords import verify_password
from actors.identity.tokens import digest
from actors.store.nouns.access import AccessChange
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.identity import NewToken, Role, TokenKind, UserFacts, UserId
from actors.store.nouns.sharing import ShareContent
from actors.store.store import Store
from scriba.v1 import shares_pb2 as pb
from scriba.v1.shares_pb2_grpc import ShareServiceStub
from tests.service.house import NOW, House, bearer, failing, open_house

PASSWORD = "four words of a password"


class Maker:
    """Somebody who shares; without a name the machine's own command line."""

    def __init__(self, house: House, name: str = "", role: Role = Role.EDITOR) -> None:
        self._metadata, self.id = bearer(), UserId(0)
        if name:
            self.id = house.store.users.create(UserFacts(name, role), NOW).id
            until = NOW + timedelta(days=1)
            house.store.tokens.create(NewToken(self.id, TokenKind.SESSION, "", digest(name), expire_time=until), NOW)
            self._metadata = bearer(name)
        self._stub = ShareServiceStub(house.channel)

    async def call(self, rpc: str, request: Any) -> Any:
        return await getattr(self._stub, rpc)(request, metadata=self._metadata)

    async def share(self, *documents: str, **fields: Any) -> pb.CreateShareLinkResponse:
        link = pb.ShareLink(document_ids=documents, **fields)
        answer: pb.CreateShareLinkResponse = await self.call("CreateShareLink", pb.CreateShareLinkRequest(link=link))
        return answer

    async def change(self, link_id: str, paths: list[str], **fields: Any) -> pb.ShareLink:
        request = pb.UpdateShareLinkRequest(link=pb.ShareLink(id=link_id, **fields), update_mask=FieldMask(paths=paths))
        link: pb.ShareLink = (await self.call("UpdateShareLink", request)).link
        return link


@pytest.fixture
def local(house: House) -> Maker:
    return Maker(house)


def in_seconds(seconds: float) -> Timestamp:
    """Give a moment of the test's clock."""
    moment = Timestamp()
    moment.FromDatetime(NOW.astimezone(UTC) + timedelta(seconds=seconds))
    return moment


async def test_a_link_is_made_and_its_secret_told_once(house: House) -> None:
    anna = Maker(house, "Anna")
    document = house.accept("letter")
    made = await anna.share(document, name="for you", max_downloads=3, expire_time=in_seconds(60), password=PASSWORD)
    assert (made.path, made.url, made.link.password) == (f"/s/{made.secret}", "", "")
    assert (made.link.maker_name, made.link.has_password, list(made.link.document_ids)) == ("Anna", True, [document])
    assert made.link == (await anna.call("GetShareLink", pb.GetShareLinkRequest(id=made.link.id))).link
    found = house.store.share_links.find(digest(made.secret), NOW)
    assert found is not None
    assert (found.name, found.content, verify_password(found.password_hash, PASSWORD).right) == ("for you", ShareContent.ORIGINALS, True)


async def test_a_link_begins_as_people_reach_the_archive(store: Store) -> None:
    async with open_house(store, public_url="https://papers.example.org") as house:
        made = await Maker(house).share(house.accept("letter"))
    assert made.url == f"https://papers.example.org/s/{made.secret}"


async def test_a_link_of_archives_is_one(house: House, local: Maker) -> None:
    made = await local.share(house.accept("letter"), content=pb.SHARE_CONTENT_ARCHIVES)
    assert (made.link.content, made.link.maker_id) == (pb.SHARE_CONTENT_ARCHIVES, "")


@pytest.mark.parametrize(("documents", "made"), [(0, False), (1, True), (99, True), (100, True), (101, False)])
async def test_a_link_gives_one_to_a_hundred_documents(house: House, local: Maker, documents: int, made: bool) -> None:
    ids = [house.accept(f"letter {number}") for number in range(documents)]
    if made:
        assert list((await local.share(*ids)).link.document_ids) == ids
    else:
        assert list((await failing(local.share(*ids))).violations) == ["link.document_ids"]


@pytest.mark.parametrize(("letters", "made"), [(199, True), (200, True), (201, False)])
async def test_a_name_has_two_hundred_letters_at_most(house: House, local: Maker, letters: int, made: bool) -> None:
    document, name = house.accept("letter"), "ä" * letters
    if made:
        assert (await local.share(document, name=name)).link.name == name
    else:
        assert list((await failing(local.share(document, name=name))).violations) == ["link.name"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"expire_time": in_seconds(0)}, "link.expire_time"),
        ({"expire_time": Timestamp(seconds=250_000_000_000)}, "link.expire_time"),
        ({"expire_time": Timestamp(seconds=10**15)}, "link.expire_time"),
        ({"expire_time": Timestamp(seconds=5_000_000_000, nanos=-1)}, "link.expire_time"),
        ({"password": "short"}, "link.password"),
        ({"max_downloads": -1}, "link.max_downloads"),
        ({"max_downloads": 1_000_001}, "link.max_downloads"),
    ],
)
async def test_what_makes_no_sense_is_refused(house: House, local: Maker, fields: dict[str, Any], field: str) -> None:
    failure = await failing(local.share(house.accept("letter"), **fields))
    assert (failure.code, list(failure.violations)) == (grpc.StatusCode.INVALID_ARGUMENT, [field])


async def test_what_is_hidden_or_not_there_or_in_the_trash_is_not_shared(house: House) -> None:
    anna, bert = Maker(house, "Anna"), Maker(house, "Bert")
    hidden, thrown = house.accept("canary"), house.accept("thrown away")
    house.store.permissions.change([DocumentId(int(hidden))], AccessChange(owner=anna.id), None, NOW)
    house.store.documents.delete(DocumentId(int(thrown)), None, NOW)
    seen = [(await failing(bert.share(document))).reason for document in (hidden, "99", "x", thrown)]
    assert seen == ["DOCUMENT_NOT_FOUND"] * 3 + ["IN_TRASH"]


@pytest.mark.parametrize("role", [Role.VIEWER, Role.UPLOADER])
async def test_who_may_change_nothing_shares_nothing(house: House, role: Role) -> None:
    failure = await failing(Maker(house, "Vera", role).share(house.accept("letter")))
    assert failure.reason == "ROLE_TOO_LOW"


async def test_links_of_others_are_not_there_but_for_administrators(house: House) -> None:
    anna, bert, carl = Maker(house, "Anna"), Maker(house, "Bert"), Maker(house, "Carl", Role.ADMIN)
    link = (await anna.share(house.accept("letter"))).link
    listed = [list((await who.call("ListShareLinks", pb.ListShareLinksRequest())).links) for who in (anna, bert, carl)]
    assert listed == [[link], [], [link]]
    calls: list[tuple[str, Any]] = [
        ("GetShareLink", pb.GetShareLinkRequest(id=link.id)),
        ("UpdateShareLink", pb.UpdateShareLinkRequest(link=pb.ShareLink(id=link.id), update_mask=FieldMask(paths=["disabled"]))),
        ("DeleteShareLink", pb.DeleteShareLinkRequest(id=link.id)),
    ]
    for rpc, request in calls:
        assert (await failing(bert.call(rpc, request))).reason == "SHARE_LINK_NOT_FOUND"
    for rpc, request in calls:
        await carl.call(rpc, request)


async def test_links_are_listed_page_by_page(house: House, local: Maker) -> None:
    documents = [house.accept(f"letter {number}") for number in range(3)]
    made = [(await local.share(document)).link.id for document in documents]
    first = await local.call("ListShareLinks", pb.ListShareLinksRequest(page_size=2))
    rest = await local.call("ListShareLinks", pb.ListShareLinksRequest(page_size=2, page_token=first.next_page_token))
    assert ([link.id for page in (first, rest) for link in page.links], rest.next_page_token) == (made[::-1], "")
    of_one = pb.ListShareLinksRequest(document_id=documents[1])
    assert [link.id for link in (await local.call("ListShareLinks", of_one)).links] == [made[1]]
    other = pb.ListShareLinksRequest(document_id=documents[1], page_token=first.next_page_token)
    assert (await failing(local.call("ListShareLinks", other))).reason == "PAGE_TOKEN_MISMATCH"


async def test_only_what_is_named_is_changed(house: House, local: Maker) -> None:
    made = (await local.share(house.accept("letter"), name="one", password=PASSWORD, expire_time=in_seconds(60))).link
    renamed = await local.change(made.id, ["name"], name="two", max_downloads=9)
    assert (renamed.name, renamed.has_password, renamed.expire_time, renamed.max_downloads) == ("two", True, in_seconds(60), 0)
    changed = await local.change(made.id, ["expire_time", "password", "max_downloads", "disabled"], max_downloads=9, disabled=True)
    assert (changed.name, changed.has_password, changed.HasField("expire_time"), changed.max_downloads) == ("two", False, False, 9)
    assert changed.disabled
    assert (await local.change(made.id, ["password"], password=PASSWORD)).has_password


async def test_a_change_of_what_was_not_seen_is_refused(house: House, local: Maker) -> None:
    link = (await local.share(house.accept("letter"))).link
    await local.change(link.id, ["name"], name="two", etag=link.etag)
    assert (await failing(local.change(link.id, ["name"], name="three", etag=link.etag))).reason == "STALE_ETAG"
    assert (await failing(local.change(link.id, ["document_ids"]))).reason == "PATH_REFUSED"
    assert (await failing(local.change(link.id, ["expire_time"], expire_time=in_seconds(-1)))).reason == "INVALID_REQUEST"
    stale = pb.DeleteShareLinkRequest(id=link.id, etag=link.etag)
    assert (await failing(local.call("DeleteShareLink", stale))).reason == "STALE_ETAG"
    await local.call("DeleteShareLink", pb.DeleteShareLinkRequest(id=link.id))
    assert (await failing(local.call("DeleteShareLink", pb.DeleteShareLinkRequest(id="x")))).reason == "SHARE_LINK_NOT_FOUND"
