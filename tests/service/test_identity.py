"""Administrators keep users, groups and the tokens of programs."""

import grpc
import pytest
from google.protobuf.field_mask_pb2 import FieldMask

from actors.store.nouns.sealed import Sealed
from scriba.v1 import access_pb2, accounts_pb2
from scriba.v1 import identity_pb2 as pb
from scriba.v1.accounts_pb2_grpc import AccountServiceStub
from tests.service.house import House, bearer, failing

PASSWORD = "correct horse battery"


async def added(house: House, name: str, role: access_pb2.Role.ValueType = access_pb2.ROLE_EDITOR, **facts: object) -> pb.User:
    """Add a user."""
    user = pb.User(name=name, role=role, **facts)  # type: ignore[arg-type]  # fields of the message, as they are
    answer: pb.CreateUserResponse = await house.identity.CreateUser(pb.CreateUserRequest(user=user))
    return answer.user


async def test_a_user_is_added_found_changed_and_removed(house: House) -> None:
    bert = await added(house, " Bert ", email="bert@example.org")
    assert (bert.name, bert.kind, bert.role, bert.email, bert.has_password) == (
        "Bert",
        pb.USER_KIND_PERSON,
        access_pb2.ROLE_EDITOR,
        "bert@example.org",
        False,
    )
    assert (await house.identity.GetUser(pb.GetUserRequest(id=bert.id))).user == bert
    wanted = pb.User(id=bert.id, role=access_pb2.ROLE_VIEWER, disabled=True, name="ignored")
    request = pb.UpdateUserRequest(user=wanted, update_mask=FieldMask(paths=["role", "disabled"]))
    changed = (await house.identity.UpdateUser(request)).user
    assert (changed.name, changed.role, changed.disabled) == ("Bert", access_pb2.ROLE_VIEWER, True)
    stale = await failing(house.identity.DeleteUser(pb.DeleteUserRequest(id=bert.id, etag=bert.etag)))
    assert (stale.code, stale.reason) == (grpc.StatusCode.ABORTED, "STALE_ETAG")
    await house.identity.DeleteUser(pb.DeleteUserRequest(id=bert.id, etag=changed.etag))
    gone = await failing(house.identity.GetUser(pb.GetUserRequest(id=bert.id)))
    assert (gone.code, gone.reason, gone.metadata) == (grpc.StatusCode.NOT_FOUND, "USER_NOT_FOUND", {"user": bert.id})


async def test_users_come_page_by_page(house: House) -> None:
    for name in ("carl", "anna", "bert"):
        await added(house, name)
    first = await house.identity.ListUsers(pb.ListUsersRequest(page_size=2))
    second = await house.identity.ListUsers(pb.ListUsersRequest(page_size=2, page_token=first.next_page_token))
    assert [user.name for user in (*first.users, *second.users)] == ["anna", "bert", "carl"]
    assert (first.total_size, second.next_page_token) == (3, "")
    failure = await failing(house.identity.ListUsers(pb.ListUsersRequest(page_token="damaged")))
    assert failure.reason == "PAGE_TOKEN_MISMATCH"


@pytest.mark.parametrize(
    ("user", "field"),
    [
        (pb.User(name="", role=access_pb2.ROLE_EDITOR), "user.name"),
        (pb.User(name="x" * 65, role=access_pb2.ROLE_EDITOR), "user.name"),
        (pb.User(name="LOCAL", role=access_pb2.ROLE_EDITOR), "user.name"),
        (pb.User(name="bert"), "user.role"),
        (pb.User(name="bert", role=access_pb2.ROLE_PUBLIC), "user.role"),
        (pb.User(name="bert", role=access_pb2.ROLE_EDITOR, email="bert"), "user.email"),
        (pb.User(name="bert", role=access_pb2.ROLE_EDITOR, email="be rt@example.org"), "user.email"),
    ],
)
async def test_a_user_that_cannot_be_is_refused(house: House, user: pb.User, field: str) -> None:
    failure = await failing(house.identity.CreateUser(pb.CreateUserRequest(user=user)))
    assert (failure.code, set(failure.violations)) == (grpc.StatusCode.INVALID_ARGUMENT, {field})


async def test_two_users_have_two_names(house: House) -> None:
    await added(house, "bert")
    failure = await failing(house.identity.CreateUser(pb.CreateUserRequest(user=pb.User(name="BERT", role=access_pb2.ROLE_EDITOR))))
    assert (failure.code, failure.reason) == (grpc.StatusCode.ALREADY_EXISTS, "NAME_TAKEN")


async def test_an_invitation_lets_a_person_in_who_then_has_a_password(house: House) -> None:
    bert = await added(house, "bert")
    code = (await house.identity.InviteUser(pb.InviteUserRequest(id=bert.id))).code
    accounts = AccountServiceStub(house.channel)
    assert (await accounts.GetInvitation(accounts_pb2.GetInvitationRequest(code=code))).user_name == "bert"
    answer = await accounts.AcceptInvitation(accounts_pb2.AcceptInvitationRequest(code=code, new_password=PASSWORD))
    assert answer.user.has_password
    assert (await accounts.SignIn(accounts_pb2.SignInRequest(user_name="bert", password=PASSWORD))).user.id == bert.id


async def test_a_program_gets_tokens_and_no_password(house: House) -> None:
    scanner = await added(house, "scanner", access_pb2.ROLE_UPLOADER, kind=pb.USER_KIND_SERVICE)
    refused = await failing(house.identity.InviteUser(pb.InviteUserRequest(id=scanner.id)))
    assert (refused.code, refused.reason) == (grpc.StatusCode.FAILED_PRECONDITION, "NO_PASSWORD")
    made = await house.identity.CreateServiceToken(pb.CreateServiceTokenRequest(user_id=scanner.id, name="hall"))
    account = await AccountServiceStub(house.channel).GetAccount(accounts_pb2.GetAccountRequest(), metadata=bearer(made.secret))
    assert (account.name, account.role) == ("scanner", access_pb2.ROLE_UPLOADER)
    listed = await house.identity.ListUserTokens(pb.ListUserTokensRequest(user_id=scanner.id))
    assert [(token.name, token.kind) for token in listed.tokens] == [("hall", pb.TOKEN_KIND_ACCESS)]
    await house.identity.RevokeUserToken(pb.RevokeUserTokenRequest(user_id=scanner.id, id=made.token.id))
    gone = await failing(AccountServiceStub(house.channel).GetAccount(accounts_pb2.GetAccountRequest(), metadata=bearer(made.secret)))
    assert gone.reason == "NOT_SIGNED_IN"


async def test_a_person_makes_his_own_tokens(house: House) -> None:
    bert = await added(house, "bert")
    failure = await failing(house.identity.CreateServiceToken(pb.CreateServiceTokenRequest(user_id=bert.id, name="mine")))
    assert (failure.code, failure.reason) == (grpc.StatusCode.FAILED_PRECONDITION, "NOT_A_SERVICE")


async def test_who_has_lost_the_device_is_asked_for_the_password_alone(house: House) -> None:
    bert = await added(house, "bert")
    house.store.users.set_second_factor(house.store.users.find("bert").id, Sealed("SECRET"), 0, ["code"])
    answer = await house.identity.RemoveUserSecondFactor(pb.RemoveUserSecondFactorRequest(id=bert.id))
    assert not answer.user.has_second_factor


async def test_groups_are_made_of_users(house: House) -> None:
    anna, bert = await added(house, "anna"), await added(house, "bert")
    made = (await house.identity.CreateGroup(pb.CreateGroupRequest(group=pb.Group(name="Family", user_ids=[bert.id, anna.id])))).group
    assert (made.name, list(made.user_ids)) == ("Family", [anna.id, bert.id])
    request = pb.UpdateGroupRequest(group=pb.Group(id=made.id, user_ids=[bert.id]), update_mask=FieldMask(paths=["user_ids"]))
    assert list((await house.identity.UpdateGroup(request)).group.user_ids) == [bert.id]
    assert list((await house.identity.GetUser(pb.GetUserRequest(id=bert.id))).user.group_ids) == [made.id]
    listed = await house.identity.ListGroups(pb.ListGroupsRequest())
    assert [group.name for group in listed.groups] == ["Family"]
    await house.identity.DeleteGroup(pb.DeleteGroupRequest(id=made.id))
    assert (await failing(house.identity.DeleteGroup(pb.DeleteGroupRequest(id=made.id)))).reason == "GROUP_NOT_FOUND"


async def test_a_group_that_cannot_be_is_refused(house: House) -> None:
    unknown = await failing(house.identity.CreateGroup(pb.CreateGroupRequest(group=pb.Group(name="Family", user_ids=["9"]))))
    nameless = await failing(house.identity.CreateGroup(pb.CreateGroupRequest(group=pb.Group())))
    assert (unknown.reason, nameless.violations) == ("USER_NOT_FOUND", {"group.name": "must have 1 to 64 letters"})
