"""Sources: made and kept by editors, each his own; what they let in is bound by what they say."""

from datetime import UTC, timedelta
from typing import Any

import grpc
import pytest
from google.protobuf.field_mask_pb2 import FieldMask
from google.protobuf.timestamp_pb2 import Timestamp

from actors.identity.passwords import verify_password
from actors.identity.tokens import digest
from actors.store.nouns.catalog import LabelFacts, LabelKind
from actors.store.nouns.identity import Role
from daemon.service.receiving.keeping import PATHS
from scriba.v1 import sources_pb2 as pb
from scriba.v1.sources_pb2_grpc import SourceServiceStub
from tests.service.house import NOW, TOKEN, House, bearer, failing
from tests.service.people import Person, person

LOCAL = TOKEN


async def call(house: House, rpc: str, request: Any, who: str = LOCAL) -> Any:
    return await getattr(SourceServiceStub(house.channel), rpc)(request, metadata=bearer(who))


async def created(house: House, who: str = LOCAL, **said: Any) -> pb.CreateSourceResponse:
    request = pb.CreateSourceRequest(source=pb.Source(**{"name": "Receipts"} | said))
    answer: pb.CreateSourceResponse = await call(house, "CreateSource", request, who)
    return answer


async def updated(house: House, source: pb.Source, *paths: str, who: str = LOCAL) -> pb.Source:
    answer = await call(house, "UpdateSource", pb.UpdateSourceRequest(source=source, update_mask=FieldMask(paths=paths)), who)
    told: pb.Source = answer.source
    return told


def labels(house: House) -> None:
    kinds = {LabelKind.TAG: "tax", LabelKind.CORRESPONDENT: "Bank", LabelKind.DOCUMENT_TYPE: "Bill", LabelKind.STORAGE_PATH: "Bills"}
    for kind, name in kinds.items():
        house.store.catalog.labels.create(kind, LabelFacts(name))


async def test_a_source_is_told_as_it_was_made_and_its_secret_once(house: House, anna: Person) -> None:
    labels(house)
    said: dict[str, Any] = {
        "name": "Receipts",
        "tags": ["TAX"],
        "correspondent": "bank",
        "document_type": "Bill",
        "storage_path": "Bills",
        "max_files": 3,
        "max_file_bytes": 10,
        "max_total_bytes": 20,
        "mime_types": ["application/pdf", "image/*"],
        "password": "four words of a password",
    }
    answer = await created(house, anna.id, **said)
    source = answer.source
    told = pb.Source(**said | {"tags": ["tax"], "correspondent": "Bank", "password": ""})
    told.MergeFrom(pb.Source(id=source.id, etag="1", owner_id=anna.id, maker_id=anna.id, has_password=True, create_time=source.create_time))
    assert source == told
    assert (source.owner_id, source.maker_id, source.has_password, source.files) == (anna.id, anna.id, True, 0)
    assert answer.path == f"/u/{answer.secret}"
    opened = house.store.upload_links.find(digest(answer.secret), NOW)
    assert opened is not None
    assert verify_password(opened.password_hash, "four words of a password").right
    got = await call(house, "GetSource", pb.GetSourceRequest(id=source.id), anna.id)
    listed = await call(house, "ListSources", pb.ListSourcesRequest(), anna.id)
    assert (got.source, list(listed.sources)) == (source, [source])
    assert answer.secret not in str(got) + str(listed)


async def test_a_source_changes_by_what_the_mask_names(house: House) -> None:
    source = (await created(house, max_files=3, tags=[])).source
    changed = await updated(house, pb.Source(id=source.id, etag=source.etag, name="Bills", disabled=True), "name")
    assert (changed.name, changed.disabled, changed.max_files) == ("Bills", False, 3)
    failure = await failing(updated(house, pb.Source(id=source.id, etag=source.etag, name="x"), "name"))
    assert failure.code is grpc.StatusCode.ABORTED
    with_password = await updated(house, pb.Source(id=source.id, password="four words of a password"), "password")
    assert with_password.has_password
    assert not (await updated(house, pb.Source(id=source.id), "password")).has_password
    assert (await updated(house, pb.Source(id=source.id), "max_files")).max_files == 0
    assert set(PATHS) < {field.name for field in pb.Source.DESCRIPTOR.fields}
    await call(house, "DeleteSource", pb.DeleteSourceRequest(id=source.id))
    assert (await failing(call(house, "GetSource", pb.GetSourceRequest(id=source.id)))).reason == "SOURCE_NOT_FOUND"


async def test_a_source_is_its_makers_and_administrators(house: House, anna: Person) -> None:
    bert = person(house, "Bert")
    source = (await created(house, anna.id)).source
    for rpc, request in (
        ("GetSource", pb.GetSourceRequest(id=source.id)),
        ("UpdateSource", pb.UpdateSourceRequest(source=pb.Source(id=source.id, name="x"), update_mask=FieldMask(paths=["name"]))),
        ("DeleteSource", pb.DeleteSourceRequest(id=source.id)),
    ):
        assert (await failing(call(house, rpc, request, bert.id))).reason == "SOURCE_NOT_FOUND"
    assert list((await call(house, "ListSources", pb.ListSourcesRequest(), bert.id)).sources) == []
    assert len((await call(house, "ListSources", pb.ListSourcesRequest())).sources) == 1
    assert (await updated(house, pb.Source(id=source.id, name="y"), "name")).owner_id == anna.id


async def test_what_comes_is_its_makers_unless_he_says_otherwise(house: House, anna: Person) -> None:
    bert = person(house, "Bert")
    assert [(await created(house, anna.id, **said)).source.owner_id for said in ({}, {"owner_id": ""}, {"owner_id": anna.id})] == [
        anna.id,
        "",
        anna.id,
    ]
    assert (await failing(created(house, anna.id, owner_id=bert.id))).reason == "NOT_YOURS"
    own = (await created(house, anna.id)).source
    assert (await failing(updated(house, pb.Source(id=own.id, owner_id=bert.id), "owner_id", who=anna.id))).reason == "NOT_YOURS"
    assert (await created(house, owner_id=bert.id)).source.owner_id == bert.id
    assert (await created(house)).source.owner_id == ""


async def test_new_names_make_labels(house: House) -> None:
    source = (await created(house, tags=["tax", "garden"], correspondent="Bank", document_type="Bill")).source
    assert (list(source.tags), source.correspondent, source.document_type) == (["tax", "garden"], "Bank", "Bill")
    again = (await created(house, tags=["GARDEN"])).source
    assert list(again.tags) == ["garden"]
    assert [label.name for label in house.store.catalog.labels.list(LabelKind.TAG, None, 10)] == ["garden", "tax"]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"name": " \n"}, "INVALID_REQUEST"),
        ({"name": "x" * 201}, "INVALID_REQUEST"),
        ({"storage_path": "unknown"}, "LABEL_NOT_FOUND"),
        ({"tags": ["\u202e"]}, "INVALID_REQUEST"),
        ({"owner_id": "999"}, "USER_NOT_FOUND"),
        ({"mime_types": ["pdf"]}, "INVALID_REQUEST"),
        ({"mime_types": ["*/*"]}, "INVALID_REQUEST"),
        ({"mime_types": ["application/pdf\n"]}, "INVALID_REQUEST"),
        ({"expire_time": Timestamp(seconds=250_000_000_000)}, "INVALID_REQUEST"),
        ({"max_files": -1}, "INVALID_REQUEST"),
        ({"password": "short"}, "INVALID_REQUEST"),
    ],
)
async def test_what_cannot_be_is_refused(house: House, said: dict[str, Any], reason: str) -> None:
    assert (await failing(created(house, **said))).reason == reason


@pytest.mark.parametrize(("seconds", "fine"), [(-1, False), (0, False), (1, True)])
async def test_a_source_ends_in_the_future(house: House, seconds: int, fine: bool) -> None:
    source = pb.Source(name="x")
    source.expire_time.FromDatetime((NOW + timedelta(seconds=seconds)).astimezone(UTC).replace(tzinfo=None))
    making = call(house, "CreateSource", pb.CreateSourceRequest(source=source))
    if fine:
        assert (await making).source.expire_time == source.expire_time
    else:
        assert "source.expire_time" in (await failing(making)).violations


async def test_a_list_of_sources_has_pages(house: House) -> None:
    made = [(await created(house)).source.id for _ in range(3)]
    first = await call(house, "ListSources", pb.ListSourcesRequest(page_size=2))
    second = await call(house, "ListSources", pb.ListSourcesRequest(page_size=2, page_token=first.next_page_token))
    assert [[one.id for one in page.sources] for page in (first, second)] == [[made[2], made[1]], [made[0]]]
    assert second.next_page_token == ""
    failure = await failing(call(house, "ListSources", pb.ListSourcesRequest(page_token="forged")))
    assert failure.code is grpc.StatusCode.INVALID_ARGUMENT


async def test_a_viewer_opens_no_door(house: House) -> None:
    viewer = person(house, "Vera", Role.VIEWER)
    assert (await failing(created(house, viewer.id))).reason == "ROLE_TOO_LOW"
