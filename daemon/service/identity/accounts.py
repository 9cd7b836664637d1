"""The servicer of accounts."""

# ruff: noqa: N802, ARG002  # gRPC names the methods and gives each its context; access, limits and errors stand around them

import asyncio

from actors.identity.one_time_codes import new_secret, provisioning_uri
from actors.identity.tokens import digest, new_token
from actors.store.nouns.identity import NewToken, TokenId, TokenKind, UserId
from daemon.service.around.calls import Context
from daemon.service.callers import Principal, caller, caller_address
from daemon.service.identity.signing_in import SignIns
from daemon.service.identity.tokens import expiry, scopes_within
from daemon.service.ports import Archive, Tokens
from daemon.service.refusals import NoAccount, NoSession, NotSignedIn
from daemon.service.wire.identity import scopes, token_id, token_message, user_message
from daemon.service.wire.values import timestamp
from scriba.v1 import access_pb2, accounts_pb2_grpc
from scriba.v1 import accounts_pb2 as pb

ARCHIVE_NAME = "Scriba"


class AccountServicer(accounts_pb2_grpc.AccountServiceServicer):
    """Unpacks, calls, packs. `known` is told when a token is revoked, or somebody may do something else."""

    def __init__(self, archive: Archive, known: Tokens, sign_ins: SignIns) -> None:
        self._archive, self._now = archive, archive.now
        self._known = known
        self._sign_ins = sign_ins

    async def SignIn(self, request: pb.SignInRequest, context: Context) -> pb.SignInResponse:
        proof = (request.user_name, request.password, request.one_time_code)
        secret, token, user = await asyncio.to_thread(self._sign_ins.sign_in, *proof, request.client, caller_address())
        return pb.SignInResponse(secret=secret, token=token_message(token, token.id), user=user_message(user))

    async def GetInvitation(self, request: pb.GetInvitationRequest, context: Context) -> pb.GetInvitationResponse:
        name, expire_time = await asyncio.to_thread(self._sign_ins.invited, request.code, caller_address())
        return pb.GetInvitationResponse(user_name=name, expire_time=timestamp(expire_time))

    async def AcceptInvitation(self, request: pb.AcceptInvitationRequest, context: Context) -> pb.AcceptInvitationResponse:
        chosen = (request.code, request.user_name, request.new_password)
        secret, token, user = await asyncio.to_thread(self._sign_ins.accept, *chosen, request.client, caller_address())
        self._known.forget()
        return pb.AcceptInvitationResponse(secret=secret, token=token_message(token, token.id), user=user_message(user))

    async def SignOut(self, request: pb.SignOutRequest, context: Context) -> pb.SignOutResponse:
        user, token = _account()
        if token is None:
            raise NoSession
        await asyncio.to_thread(self._archive.signed.tokens.revoke, user, token)
        self._known.forget()
        return pb.SignOutResponse()

    async def GetAccount(self, request: pb.GetAccountRequest, context: Context) -> pb.GetAccountResponse:
        return await asyncio.to_thread(self._told, caller())

    async def ChangePassword(self, request: pb.ChangePasswordRequest, context: Context) -> pb.ChangePasswordResponse:
        user, token = _account()
        passwords = (request.password, request.new_password)
        await asyncio.to_thread(self._sign_ins.change_password, user, *passwords, caller_address(), token)
        self._known.forget()
        return pb.ChangePasswordResponse()

    async def ProposeSecondFactor(self, request: pb.ProposeSecondFactorRequest, context: Context) -> pb.ProposeSecondFactorResponse:
        _account()
        secret = new_secret()
        return pb.ProposeSecondFactorResponse(secret=secret, uri=provisioning_uri(secret, caller().name, ARCHIVE_NAME))

    async def ConfirmSecondFactor(self, request: pb.ConfirmSecondFactorRequest, context: Context) -> pb.ConfirmSecondFactorResponse:
        user_id, _ = _account()
        user = await asyncio.to_thread(self._sign_ins.confirm, user_id, request.password, caller_address())
        codes = await asyncio.to_thread(self._sign_ins.set_second_factor, user, request.secret, request.one_time_code)
        return pb.ConfirmSecondFactorResponse(recovery_codes=codes)

    async def RemoveSecondFactor(self, request: pb.RemoveSecondFactorRequest, context: Context) -> pb.RemoveSecondFactorResponse:
        user, _ = _account()
        await asyncio.to_thread(self._sign_ins.confirm, user, request.password, caller_address())
        await asyncio.to_thread(self._archive.signed.users.remove_second_factor, user)
        return pb.RemoveSecondFactorResponse()

    async def ListTokens(self, request: pb.ListTokensRequest, context: Context) -> pb.ListTokensResponse:
        user, current = _account()
        tokens = await asyncio.to_thread(self._archive.signed.tokens.list, user, self._now())
        return pb.ListTokensResponse(tokens=[token_message(token, current) for token in tokens])

    async def CreateToken(self, request: pb.CreateTokenRequest, context: Context) -> pb.CreateTokenResponse:
        user, _ = _account()
        secret, now = new_token(), self._now()
        bound = scopes_within(caller().scopes, scopes(request.scopes))
        new = NewToken(user, TokenKind.ACCESS, request.name, digest(secret), bound, expiry(request, now))
        token = await asyncio.to_thread(self._archive.signed.tokens.create, new, now)
        return pb.CreateTokenResponse(secret=secret, token=token_message(token))

    async def RevokeToken(self, request: pb.RevokeTokenRequest, context: Context) -> pb.RevokeTokenResponse:
        user, _ = _account()
        await asyncio.to_thread(self._archive.signed.tokens.revoke, user, token_id(request.id))
        self._known.forget()
        return pb.RevokeTokenResponse()

    def _told(self, who: Principal) -> pb.GetAccountResponse:
        answer = pb.GetAccountResponse(name=who.name, role=access_pb2.Role.ValueType(who.role))
        if who.user is None:
            return answer
        if who.token is not None:
            tokens = self._archive.signed.tokens.list(who.user, self._now())
            if (token := next((one for one in tokens if one.id == who.token), None)) is None:
                raise NotSignedIn  # revoked by another process since the call was let in
            answer.token.CopyFrom(token_message(token, who.token))
        answer.user.CopyFrom(user_message(self._archive.signed.users.get(who.user)))
        answer.recovery_codes_left = self._archive.signed.users.recovery_codes_left(who.user)
        return answer


def _account() -> tuple[UserId, TokenId | None]:
    """Tell which user calls, and by which token, None where a proxy says so; raises NoAccount for the machine's own."""
    who = caller()
    if who.user is None:
        raise NoAccount
    return who.user, who.token
