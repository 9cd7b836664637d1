"""Owners say who sees their documents; tags, paths and owners grant them, and nobody else does."""

from collections.abc import Sequence
from typing import Any

import grpc

from actors.store.nouns.access import AccessChange
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.catalog import LabelFacts, LabelKind
from actors.store.nouns.identity import Role
from scriba.v1 import documents_pb2, identity_pb2
from scriba.v1 import permissions_pb2 as pb
from scriba.v1.documents_pb2_grpc import DocumentServiceStub
from tests.service.house import NOW, House, bearer, failing
from tests.service.people import EDIT, VIEW, Person, person, to


def exactly(*grants: pb.Grant) -> pb.UpdatePermissionsRequest.Grants:
    """Say that these are all grants."""
    return pb.UpdatePermissionsRequest.Grants(grants=grants)


def owned(house: House, owner: Person, title: str = "letter", tags: Sequence[str] = ()) -> str:
    """Put a document of somebody into the archive."""
    document = house.accept(title, tags=tuple(tags))
    house.store.permissions.change([DocumentId(int(document))], AccessChange(owner=house.store.users.get(int(owner.id)).id), None, NOW)  # type: ignore[arg-type]  # an id, as text
    return document


async def test_what_is_nobodys_is_everyones(house: House, anna: Person, bert: Person) -> None:
    document = house.accept("letter")
    (told,) = (await anna.call("GetPermissions", pb.GetPermissionsRequest(document_ids=[document]))).permissions
    assert told == pb.Permissions(document_id=document, level=EDIT)
    assert await bert.sees(document)


async def test_an_owner_lets_others_see_and_takes_it_back(house: House, anna: Person, bert: Person) -> None:
    document = owned(house, anna)
    assert not await bert.sees(document)
    (told,) = await anna.give(document, grants=exactly(to(bert)))
    assert (told.owner_name, told.grants[0].subject.name, told.grants[0].level, told.level) == ("Anna", "Bert", VIEW, EDIT)
    assert await bert.sees(document)
    (seen,) = (await bert.call("GetPermissions", pb.GetPermissionsRequest(document_ids=[document]))).permissions
    assert seen.level == VIEW
    await anna.give(document, grants=exactly())
    assert not await bert.sees(document)


async def test_who_may_edit_a_document_of_another_may_not_give_it_away(house: House, anna: Person, bert: Person) -> None:
    document = owned(house, anna)
    await anna.give(document, grants=exactly(to(bert, EDIT)))
    failure = await failing(bert.call("UpdatePermissions", pb.UpdatePermissionsRequest(document_ids=[document], owner_id=bert.id)))
    assert (failure.code, failure.reason) == (grpc.StatusCode.PERMISSION_DENIED, "DOCUMENT_OWNED")
    nothing = await failing(bert.call("UpdatePermissions", pb.UpdatePermissionsRequest(document_ids=["99"], private=True)))
    assert nothing.reason == "DOCUMENT_NOT_FOUND"


async def test_what_is_given_away_has_another_owner(house: House, anna: Person, bert: Person) -> None:
    document = owned(house, anna)
    (told,) = await anna.give(document, owner_id=bert.id, grants=exactly(to(anna)))
    assert (told.owner_name, told.level) == ("Bert", VIEW)
    (back,) = await bert.give(document, owner_id="")
    assert (back.owner_id, back.level) == ("", pb.ACCESS_LEVEL_UNSPECIFIED)  # granted to Anna alone, it is not everyone's
    assert not await bert.sees(document)


async def test_several_are_changed_all_or_none(house: House, anna: Person, bert: Person) -> None:
    own, other = owned(house, anna), owned(house, bert, "other")
    house.store.permissions.change([DocumentId(int(other))], AccessChange(grants=()), None, NOW)
    failure = await failing(anna.call("UpdatePermissions", pb.UpdatePermissionsRequest(document_ids=[own, other], private=True)))
    assert failure.reason == "DOCUMENT_NOT_FOUND"
    (told,) = (await anna.call("GetPermissions", pb.GetPermissionsRequest(document_ids=[own]))).permissions
    assert not told.private


async def test_a_tag_grants_the_documents_that_bear_it_and_only_an_administrator_says_so(house: House, anna: Person, bert: Person) -> None:
    tag = house.store.catalog.labels.create(LabelKind.TAG, LabelFacts("family")).id
    document = owned(house, anna, tags=["family"])
    request = pb.SetGrantsRequest(holder=pb.Holder(label_id=str(tag)), grants=[to(bert)])
    failure = await failing(anna.call("SetGrants", request))
    assert (failure.code, failure.reason) == (grpc.StatusCode.PERMISSION_DENIED, "NOT_YOURS")
    admin = person(house, "Carl", Role.ADMIN)
    assert [grant.subject.name for grant in (await admin.call("SetGrants", request)).grants] == ["Bert"]
    assert await bert.sees(document)
    (told,) = (await anna.call("GetPermissions", pb.GetPermissionsRequest(document_ids=[document]))).permissions
    assert [(one.name, one.label_id, one.grant.subject.name) for one in told.inherited] == [("family", str(tag), "Bert")]
    await anna.give(document, private=True)
    assert not await bert.sees(document)


async def test_an_owner_grants_all_that_is_his_to_a_group(house: House, anna: Person, bert: Person) -> None:
    group = house.store.groups.create("Family", [house.store.users.find("Bert").id])
    document = owned(house, anna)
    family = pb.Grant(subject=pb.Subject(group_id=str(group.id)))
    await anna.call("SetGrants", pb.SetGrantsRequest(holder=pb.Holder(user_id=anna.id), grants=[family]))
    house.tokens.forget()
    assert await bert.sees(document)
    assert (await failing(anna.call("SetGrants", pb.SetGrantsRequest(holder=pb.Holder(user_id=bert.id))))).reason == "NOT_YOURS"
    (told,) = (await anna.call("GetGrants", pb.GetGrantsRequest(holder=pb.Holder(user_id=anna.id)))).grants
    assert (told.subject.name, told.level) == ("Family", VIEW)


async def test_nothing_is_granted_to_who_is_not_there(house: House, anna: Person) -> None:
    document = owned(house, anna)
    for subject, reason in ((pb.Subject(user_id="99"), "USER_NOT_FOUND"), (pb.Subject(group_id="99"), "GROUP_NOT_FOUND")):
        request = pb.UpdatePermissionsRequest(document_ids=[document], grants=exactly(pb.Grant(subject=subject)))
        assert (await failing(anna.call("UpdatePermissions", request))).reason == reason


async def test_who_can_be_granted_something_is_listed_by_name(house: House, anna: Person, bert: Person) -> None:
    house.store.groups.create("Family", [])
    answer = await anna.call("ListSubjects", pb.ListSubjectsRequest())
    assert [subject.name for subject in answer.subjects] == ["Anna", "Bert", "Family"]


async def test_who_goes_leaves_his_documents_to_somebody(house: House, anna: Person, bert: Person) -> None:
    document = owned(house, anna)
    failure = await failing(house.identity.DeleteUser(identity_pb2.DeleteUserRequest(id=anna.id)))
    assert failure.code is grpc.StatusCode.FAILED_PRECONDITION
    await house.identity.DeleteUser(identity_pb2.DeleteUserRequest(id=anna.id, heir_id=bert.id))
    assert await bert.sees(document)


async def upload(user: Person | None, house: House, name: str, **start: Any) -> documents_pb2.UploadDocumentResponse:
    """Upload a small file; as the machine's own command line without a user."""
    data = name.encode()
    first = documents_pb2.UploadDocumentRequest.Start(
        request_id=f"upload-{name.replace(' ', '-')}", filename=f"{name}.txt", size_bytes=len(data), **start
    )
    parts = [documents_pb2.UploadDocumentRequest(start=first), documents_pb2.UploadDocumentRequest(chunk=data)]
    metadata = bearer(user.id) if user else bearer()
    answer: documents_pb2.UploadDocumentResponse = await DocumentServiceStub(house.channel).UploadDocument(iter(parts), metadata=metadata)
    return answer


async def test_what_somebody_uploads_is_his_unless_he_says_otherwise(house: House, anna: Person, bert: Person) -> None:
    hers, everyones = await upload(anna, house, "hers"), await upload(anna, house, "everyones", owner_id="")
    assert (await anna.sees(hers.document.id), await bert.sees(hers.document.id)) == (True, False)
    assert await bert.sees(everyones.document.id)
    assert await bert.sees((await upload(None, house, "local")).document.id)
    await anna.call("SetGrants", pb.SetGrantsRequest(holder=pb.Holder(user_id=anna.id), grants=[to(bert)]))
    assert await bert.sees((await upload(anna, house, "for both")).document.id)


async def test_an_uploader_is_told_what_became_of_his_file_also_where_he_lets_it_go(house: House, anna: Person) -> None:
    scanner = person(house, "scanner", Role.UPLOADER)
    his, everyones = await upload(scanner, house, "his"), await upload(scanner, house, "let go", owner_id="")
    assert (his.document.title, everyones.document.title) == ("his", "let go")
    assert [await anna.sees(one.document.id) for one in (his, everyones)] == [False, True]
    progress = documents_pb2.GetUploadRequest(request_id="upload-his")
    assert (await DocumentServiceStub(house.channel).GetUpload(progress, metadata=bearer(scanner.id))).document_id == his.document.id


async def test_only_an_administrator_brings_a_document_for_somebody_else(house: House, anna: Person, bert: Person) -> None:
    failure = await failing(upload(anna, house, "forged", owner_id=bert.id))
    assert (failure.code, failure.reason) == (grpc.StatusCode.PERMISSION_DENIED, "NOT_YOURS")
    assert (await failing(upload(None, house, "nobody-there", owner_id="999"))).reason == "USER_NOT_FOUND"
    assert house.store.documents.count(deleted=False) == 0
    brought = await upload(None, house, "for-bert", owner_id=bert.id)
    assert (await bert.sees(brought.document.id), await anna.sees(brought.document.id)) == (True, False)
