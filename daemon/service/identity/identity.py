"""The servicer of users and groups."""

# ruff: noqa: N802, ARG002  # gRPC names the methods and gives each its context; access, limits and errors stand around them

import asyncio

from actors.identity.tokens import digest, new_code, new_token
from actors.store.nouns.identity import Bequest, NewInvitation, NewToken, TokenKind, UserKind, Vouched
from daemon.service.callers import caller
from daemon.service.identity.keeping import INVITATION, People
from daemon.service.identity.tokens import expiry, scopes_within
from daemon.service.ports import Archive, Tokens
from daemon.service.refusals import NotAService
from daemon.service.wire.identity import group_id, group_message, scopes, token_id, token_message, user_id, user_message
from daemon.service.wire.values import expected_revision, timestamp
from scriba.v1 import identity_pb2 as pb
from scriba.v1 import identity_pb2_grpc


class IdentityServicer(identity_pb2_grpc.IdentityServiceServicer):
    """Unpacks, calls, packs. `known` is told when a token is revoked, or somebody may do something else."""

    def __init__(self, archive: Archive, known: Tokens) -> None:
        self._archive, self._now = archive, archive.now
        self._people = People(archive)
        self._known = known

    async def ListUsers(self, request: pb.ListUsersRequest, context: object) -> pb.ListUsersResponse:
        return await asyncio.to_thread(self._people.users, request)

    async def GetUser(self, request: pb.GetUserRequest, context: object) -> pb.GetUserResponse:
        return pb.GetUserResponse(user=user_message(await asyncio.to_thread(self._archive.signed.users.get, user_id(request.id))))

    async def CreateUser(self, request: pb.CreateUserRequest, context: object) -> pb.CreateUserResponse:
        return pb.CreateUserResponse(user=user_message(await asyncio.to_thread(self._people.create_user, request.user)))

    async def UpdateUser(self, request: pb.UpdateUserRequest, context: object) -> pb.UpdateUserResponse:
        user = await asyncio.to_thread(self._people.update_user, request)
        self._known.forget()
        return pb.UpdateUserResponse(user=user_message(user))

    async def DeleteUser(self, request: pb.DeleteUserRequest, context: object) -> pb.DeleteUserResponse:
        bequest = Bequest(user_id(request.heir_id), self._now()) if request.heir_id else None
        await asyncio.to_thread(self._archive.signed.users.delete, user_id(request.id), expected_revision(request.etag), bequest)
        self._known.forget()
        return pb.DeleteUserResponse()

    async def InviteUser(self, request: pb.InviteUserRequest, context: object) -> pb.InviteUserResponse:
        code, expire_time = new_code(), self._now() + INVITATION
        invitation = NewInvitation(digest(code), user_id(request.id), expire_time)
        await asyncio.to_thread(self._archive.signed.invitations.create, invitation)
        return pb.InviteUserResponse(code=code, expire_time=timestamp(expire_time))

    async def RemoveUserSecondFactor(self, request: pb.RemoveUserSecondFactorRequest, context: object) -> pb.RemoveUserSecondFactorResponse:
        user = await asyncio.to_thread(self._archive.signed.users.remove_second_factor, user_id(request.id))
        return pb.RemoveUserSecondFactorResponse(user=user_message(user))

    async def RemoveUserIdentity(self, request: pb.RemoveUserIdentityRequest, context: object) -> pb.RemoveUserIdentityResponse:
        vouched = Vouched(request.identity.issuer, request.identity.subject)
        user = await asyncio.to_thread(self._archive.signed.identities.unlink, user_id(request.user_id), vouched)
        return pb.RemoveUserIdentityResponse(user=user_message(user))

    async def ListUserTokens(self, request: pb.ListUserTokensRequest, context: object) -> pb.ListUserTokensResponse:
        tokens = await asyncio.to_thread(self._archive.signed.tokens.list, user_id(request.user_id), self._now())
        return pb.ListUserTokensResponse(tokens=[token_message(token, caller().token) for token in tokens])

    async def CreateServiceToken(self, request: pb.CreateServiceTokenRequest, context: object) -> pb.CreateServiceTokenResponse:
        user = await asyncio.to_thread(self._archive.signed.users.get, user_id(request.user_id))
        if user.facts.kind is not UserKind.SERVICE:
            raise NotAService(user.facts.name)
        secret, now = new_token(), self._now()
        bound = scopes_within(caller().scopes, scopes(request.scopes))
        new = NewToken(user.id, TokenKind.ACCESS, request.name, digest(secret), bound, expiry(request, now))
        return pb.CreateServiceTokenResponse(
            secret=secret, token=token_message(await asyncio.to_thread(self._archive.signed.tokens.create, new, now))
        )

    async def RevokeUserToken(self, request: pb.RevokeUserTokenRequest, context: object) -> pb.RevokeUserTokenResponse:
        await asyncio.to_thread(self._archive.signed.tokens.revoke, user_id(request.user_id), token_id(request.id))
        self._known.forget()
        return pb.RevokeUserTokenResponse()

    async def ListGroups(self, request: pb.ListGroupsRequest, context: object) -> pb.ListGroupsResponse:
        return pb.ListGroupsResponse(groups=map(group_message, await asyncio.to_thread(self._archive.signed.groups.list)))

    async def CreateGroup(self, request: pb.CreateGroupRequest, context: object) -> pb.CreateGroupResponse:
        group = await asyncio.to_thread(self._people.create_group, request.group)
        self._known.forget()
        return pb.CreateGroupResponse(group=group_message(group))

    async def UpdateGroup(self, request: pb.UpdateGroupRequest, context: object) -> pb.UpdateGroupResponse:
        group = await asyncio.to_thread(self._people.update_group, request)
        self._known.forget()
        return pb.UpdateGroupResponse(group=group_message(group))

    async def DeleteGroup(self, request: pb.DeleteGroupRequest, context: object) -> pb.DeleteGroupResponse:
        await asyncio.to_thread(self._archive.signed.groups.delete, group_id(request.id), expected_revision(request.etag))
        self._known.forget()
        return pb.DeleteGroupResponse()
