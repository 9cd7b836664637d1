"""Signing in and out, and what users change of themselves."""

from datetime import timedelta
from typing import Any

import grpc
import pyotp
import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from actors.identity.passwords import hash_password
from actors.identity.tokens import digest, new_code
from actors.sealing.seals import Seals, new_key
from actors.store.nouns.identity import NewInvitation, Role, TokenId, User, UserFacts
from scriba.v1 import access_pb2, documents_pb2, identity_pb2, notes_pb2
from scriba.v1 import accounts_pb2 as pb
from scriba.v1.accounts_pb2_grpc import AccountServiceStub
from scriba.v1.documents_pb2_grpc import DocumentServiceStub
from scriba.v1.notes_pb2_grpc import NoteServiceStub
from tests.service.house import NOW, Failure, House, bearer, failing

PASSWORD = "correct horse battery"
OTHER = "staple and paper clip"
HASH = hash_password(PASSWORD)
WRONG = "the name, the password or the one-time code is wrong, or the user is disabled"


def add(house: House, name: str = "Anna", role: Role = Role.EDITOR) -> User:
    """Add somebody who can sign in."""
    return house.store.users.set_password(house.store.users.create(UserFacts(name, role), NOW).id, HASH)


async def sign_in(house: House, name: str = "anna", password: str = PASSWORD, code: str = "", address: str = "") -> pb.SignInResponse:
    """Sign in, as from an address."""
    request = pb.SignInRequest(user_name=name, password=password, one_time_code=code, client="firefox")
    answer: pb.SignInResponse = await AccountServiceStub(house.channel).SignIn(request, metadata=(("x-scriba-peer", address),))
    return answer


class As:
    """Calls accounts with a token."""

    def __init__(self, house: House, secret: str) -> None:
        self._stub: Any = AccountServiceStub(house.channel)
        self._metadata = bearer(secret)

    async def call(self, rpc: str, request: Any) -> Any:
        return await getattr(self._stub, rpc)(request, metadata=self._metadata)


async def refused(house: House, **how: str) -> Failure:
    """Try to sign in, in vain."""
    return await failing(sign_in(house, **how))


async def test_who_knows_the_password_gets_a_token_that_is_he(house: House) -> None:
    anna = add(house)
    answer = await sign_in(house)
    assert (answer.user.id, answer.user.name, answer.user.role) == (str(anna.id), "Anna", access_pb2.ROLE_EDITOR)
    assert (answer.token.kind, answer.token.name, answer.token.current) == (identity_pb2.TOKEN_KIND_SESSION, "firefox", True)
    assert answer.token.expire_time.ToDatetime(NOW.tzinfo) == NOW + timedelta(days=30)
    document = house.accept("a letter")
    note = await NoteServiceStub(house.channel).CreateNote(
        notes_pb2.CreateNoteRequest(document_id=document, text="paid"), metadata=bearer(answer.secret)
    )
    assert note.note.author == "Anna"
    account = await As(house, answer.secret).call("GetAccount", pb.GetAccountRequest())
    assert (account.name, account.role, account.user.id, account.token.id) == (
        "Anna",
        access_pb2.ROLE_EDITOR,
        str(anna.id),
        answer.token.id,
    )


@pytest.mark.parametrize(("name", "password"), [("anna", "wrong horse battery"), ("nobody", PASSWORD), ("bert", PASSWORD), ("anna", "")])
async def test_it_is_not_told_what_is_wrong(house: House, name: str, password: str) -> None:
    add(house)
    bert = add(house, "bert")
    house.store.users.update(bert.id, UserFacts("bert", Role.EDITOR, enabled=False), None)
    failure = await refused(house, name=name, password=password)
    assert (failure.code, failure.reason, failure.message) == (grpc.StatusCode.UNAUTHENTICATED, "SIGN_IN_REFUSED", WRONG)


async def test_after_five_failures_there_is_a_pause_for_who_guesses_and_for_nobody_else(house: House) -> None:
    add(house)
    add(house, "bert")
    failures = [await refused(house, password="guess", address="10.0.0.9") for _ in range(6)]
    assert [failure.reason for failure in failures] == ["SIGN_IN_REFUSED"] * 5 + ["TOO_MANY_FAILURES"]
    assert failures[-1].code is grpc.StatusCode.RESOURCE_EXHAUSTED
    counted = [house.registry.get_sample_value("scriba_sign_ins_refused_total", {"reason": reason}) for reason in ("wrong", "must_wait")]
    assert counted == [5, 1]
    assert 0 < failures[-1].retry_seconds <= 30
    assert (await refused(house, address="10.0.0.9")).reason == "TOO_MANY_FAILURES"
    assert (await sign_in(house, address="10.0.0.8")).secret
    assert (await sign_in(house, name="bert", address="10.0.0.9")).secret


async def test_one_address_cannot_try_one_password_on_many_names(house: House) -> None:
    failures = [await refused(house, name=f"name {number}", address="10.0.0.9") for number in range(31)]
    assert [failure.reason for failure in failures] == ["SIGN_IN_REFUSED"] * 30 + ["TOO_MANY_FAILURES"]


async def test_many_addresses_cannot_try_many_passwords_on_one_name(house: House) -> None:
    failures = [await refused(house, name="nobody", address=f"10.0.0.{number}") for number in range(31)]
    assert [failure.reason for failure in failures] == ["SIGN_IN_REFUSED"] * 30 + ["TOO_MANY_FAILURES"]


async def test_who_signs_out_is_out(house: House) -> None:
    add(house)
    secret = (await sign_in(house)).secret
    await As(house, secret).call("SignOut", pb.SignOutRequest())
    assert (await failing(As(house, secret).call("GetAccount", pb.GetAccountRequest()))).reason == "NOT_SIGNED_IN"


async def test_another_password_ends_all_other_sessions(house: House) -> None:
    add(house)
    here, there = (await sign_in(house)).secret, (await sign_in(house)).secret
    await As(house, here).call("ChangePassword", pb.ChangePasswordRequest(password=PASSWORD, new_password=OTHER))
    await As(house, here).call("GetAccount", pb.GetAccountRequest())
    assert (await failing(As(house, there).call("GetAccount", pb.GetAccountRequest()))).reason == "NOT_SIGNED_IN"
    assert (await refused(house)).reason == "SIGN_IN_REFUSED"
    assert (await sign_in(house, password=OTHER)).secret


async def test_a_password_is_changed_by_who_knows_it_for_a_good_one(house: House) -> None:
    add(house)
    anna = As(house, (await sign_in(house)).secret)
    wrong = await failing(anna.call("ChangePassword", pb.ChangePasswordRequest(password="guess", new_password=OTHER)))
    weak = await failing(anna.call("ChangePassword", pb.ChangePasswordRequest(password=PASSWORD, new_password="short")))
    assert (wrong.reason, weak.reason) == ("SIGN_IN_REFUSED", "INVALID_REQUEST")
    assert weak.violations == {"new_password": "a password has 10 to 256 letters; several words make a good one"}


async def with_second_factor(house: House) -> tuple[As, str, list[str]]:
    """Let Anna have a second factor; give her session, the secret and the recovery codes."""
    anna = As(house, (await sign_in(house)).secret)
    proposed = await anna.call("ProposeSecondFactor", pb.ProposeSecondFactorRequest())
    request = pb.ConfirmSecondFactorRequest(
        password=PASSWORD, secret=proposed.secret, one_time_code=pyotp.TOTP(proposed.secret).at(NOW - timedelta(seconds=30))
    )
    return anna, proposed.secret, list((await anna.call("ConfirmSecondFactor", request)).recovery_codes)


async def test_with_a_second_factor_the_password_is_not_enough(house: House) -> None:
    add(house)
    anna, secret, codes = await with_second_factor(house)
    assert (await refused(house)).reason == "SECOND_FACTOR_NEEDED"
    assert (await refused(house, code="000000")).reason == "SIGN_IN_REFUSED"
    code = pyotp.TOTP(secret).at(NOW)
    assert (await sign_in(house, code=code)).user.has_second_factor
    assert (await refused(house, code=code)).reason == "SIGN_IN_REFUSED"
    assert (await sign_in(house, code=codes[0].lower())).secret
    assert (await refused(house, code=codes[0])).reason == "SIGN_IN_REFUSED"
    assert (await anna.call("GetAccount", pb.GetAccountRequest())).recovery_codes_left == 9


async def test_a_second_factor_is_kept_sealed_and_without_its_key_only_recovery_codes_help(house: House) -> None:
    anna = add(house)
    _, secret, codes = await with_second_factor(house)
    kept = house.store.users.credentials(anna.id).secret
    assert (secret in kept, house.seals.unseal(kept)) == (False, secret)
    house.store.secrets.change_all(lambda _: Seals([new_key()]).seal(secret))
    lost = await refused(house, code=pyotp.TOTP(secret).at(NOW))
    assert (lost.reason, lost.message[:34]) == ("SIGN_IN_REFUSED", "one-time codes can't be checked, s")
    assert (await sign_in(house, code=codes[0])).secret


async def test_a_second_factor_comes_and_goes_with_the_password(house: House) -> None:
    add(house)
    anna = As(house, (await sign_in(house)).secret)
    proposed = await anna.call("ProposeSecondFactor", pb.ProposeSecondFactorRequest())
    assert proposed.uri.startswith("otpauth://totp/Scriba:Anna?")
    code = pyotp.TOTP(proposed.secret).at(NOW)
    for password, shown, reason in (("guess", code, "SIGN_IN_REFUSED"), (PASSWORD, "000000", "INVALID_REQUEST")):
        request = pb.ConfirmSecondFactorRequest(password=password, secret=proposed.secret, one_time_code=shown)
        assert (await failing(anna.call("ConfirmSecondFactor", request))).reason == reason
    await anna.call("ConfirmSecondFactor", pb.ConfirmSecondFactorRequest(password=PASSWORD, secret=proposed.secret, one_time_code=code))
    assert (await failing(anna.call("RemoveSecondFactor", pb.RemoveSecondFactorRequest(password="guess")))).reason == "SIGN_IN_REFUSED"
    await anna.call("RemoveSecondFactor", pb.RemoveSecondFactorRequest(password=PASSWORD))
    assert (await sign_in(house)).secret


async def test_a_user_makes_tokens_for_programs_and_revokes_them(house: House) -> None:
    add(house)
    anna = As(house, (await sign_in(house)).secret)
    until = Timestamp()
    until.FromDatetime(NOW + timedelta(days=1))
    made = await anna.call("CreateToken", pb.CreateTokenRequest(name="scanner", scopes=[access_pb2.SCOPE_ADD], expire_time=until))
    assert (list(made.token.scopes), made.token.expire_time) == ([access_pb2.SCOPE_ADD], until)
    documents = DocumentServiceStub(house.channel)
    failure = await failing(documents.ListDocuments(documents_pb2.ListDocumentsRequest(), metadata=bearer(made.secret)))
    assert (failure.code, failure.reason, failure.metadata) == (
        grpc.StatusCode.PERMISSION_DENIED,
        "SCOPE_MISSING",
        {"scope": "SCOPE_READ"},
    )
    listed = await anna.call("ListTokens", pb.ListTokensRequest())
    assert [(token.name, token.current) for token in listed.tokens] == [("scanner", False), ("firefox", True)]
    assert made.secret not in str(listed)
    await anna.call("RevokeToken", pb.RevokeTokenRequest(id=made.token.id))
    failure = await failing(documents.GetUpload(documents_pb2.GetUploadRequest(request_id="x" * 8), metadata=bearer(made.secret)))
    assert failure.reason == "NOT_SIGNED_IN"
    assert (await failing(anna.call("RevokeToken", pb.RevokeTokenRequest(id=made.token.id)))).reason == "TOKEN_NOT_FOUND"
    assert (await failing(anna.call("RevokeToken", pb.RevokeTokenRequest(id="x")))).reason == "TOKEN_NOT_FOUND"


async def test_a_token_makes_none_that_may_more(house: House) -> None:
    add(house)
    anna = As(house, (await sign_in(house)).secret)
    bound = await anna.call("CreateToken", pb.CreateTokenRequest(name="app", scopes=[access_pb2.SCOPE_ACCOUNT, access_pb2.SCOPE_READ]))
    app = As(house, bound.secret)
    failure = await failing(app.call("CreateToken", pb.CreateTokenRequest(name="more", scopes=[access_pb2.SCOPE_EDIT])))
    assert failure.reason == "SCOPE_MISSING"
    same = await app.call("CreateToken", pb.CreateTokenRequest(name="same"))
    assert list(same.token.scopes) == [access_pb2.SCOPE_READ, access_pb2.SCOPE_ACCOUNT]


async def test_a_token_that_would_be_too_old_at_once_is_not_made(house: House) -> None:
    add(house)
    anna, passed = As(house, (await sign_in(house)).secret), Timestamp()
    passed.FromDatetime(NOW)
    failure = await failing(anna.call("CreateToken", pb.CreateTokenRequest(name="late", expire_time=passed)))
    assert failure.violations == {"expire_time": "has passed already"}


async def test_what_a_user_may_is_asked_anew_when_it_changes(house: House) -> None:
    anna = add(house)
    secret = (await sign_in(house)).secret
    await As(house, secret).call("GetAccount", pb.GetAccountRequest())
    demoted = identity_pb2.User(id=str(anna.id), role=access_pb2.ROLE_UPLOADER)
    request = identity_pb2.UpdateUserRequest(user=demoted)
    request.update_mask.paths.append("role")
    await house.identity.UpdateUser(request)
    assert (await As(house, secret).call("GetAccount", pb.GetAccountRequest())).role == access_pb2.ROLE_UPLOADER
    await house.identity.DeleteUser(identity_pb2.DeleteUserRequest(id=str(anna.id)))
    assert (await failing(As(house, secret).call("GetAccount", pb.GetAccountRequest()))).reason == "NOT_SIGNED_IN"


async def test_a_token_revoked_behind_the_servers_back_tells_of_nobody(house: House) -> None:
    anna = add(house)
    answer = await sign_in(house)
    await As(house, answer.secret).call("GetAccount", pb.GetAccountRequest())
    house.store.tokens.revoke(anna.id, TokenId(int(answer.token.id)))
    assert (await failing(As(house, answer.secret).call("GetAccount", pb.GetAccountRequest()))).reason == "NOT_SIGNED_IN"


async def test_the_machines_own_token_is_no_users(house: House) -> None:
    account = await house.accounts.GetAccount(pb.GetAccountRequest())
    assert account == pb.GetAccountResponse(name="local", role=access_pb2.ROLE_ADMIN)
    for call in (
        house.accounts.SignOut(pb.SignOutRequest()),
        house.accounts.ListTokens(pb.ListTokensRequest()),
        house.accounts.ProposeSecondFactor(pb.ProposeSecondFactorRequest()),
    ):
        failure = await failing(call)
        assert (failure.code, failure.reason) == (grpc.StatusCode.FAILED_PRECONDITION, "NO_ACCOUNT")


async def test_the_first_administrator_chooses_name_and_password_by_a_code(house: House) -> None:
    code = new_code()
    house.store.invitations.create(NewInvitation(digest(code), None, NOW + timedelta(days=1)))
    stub = AccountServiceStub(house.channel)
    assert (await stub.GetInvitation(pb.GetInvitationRequest(code=code.lower()))).user_name == ""
    nameless = await failing(stub.AcceptInvitation(pb.AcceptInvitationRequest(code=code, new_password=PASSWORD)))
    assert nameless.violations == {"user_name": "must have 1 to 64 letters"}
    local = await failing(stub.AcceptInvitation(pb.AcceptInvitationRequest(code=code, user_name="Local", new_password=PASSWORD)))
    assert "user_name" in local.violations
    answer = await stub.AcceptInvitation(pb.AcceptInvitationRequest(code=code, user_name="Anna", new_password=PASSWORD))
    assert (answer.user.name, answer.user.role) == ("Anna", access_pb2.ROLE_ADMIN)
    users = await house.identity.ListUsers(identity_pb2.ListUsersRequest())
    assert [user.name for user in users.users] == ["Anna"]
    again = await failing(stub.GetInvitation(pb.GetInvitationRequest(code=code)))
    assert (again.code, again.reason) == (grpc.StatusCode.NOT_FOUND, "INVITATION_USED_UP")


async def test_codes_cannot_be_guessed_for_long(house: House) -> None:
    stub = AccountServiceStub(house.channel)
    failures = [await failing(stub.GetInvitation(pb.GetInvitationRequest(code=new_code()))) for _ in range(6)]
    assert [failure.reason for failure in failures] == ["INVITATION_USED_UP"] * 5 + ["TOO_MANY_FAILURES"]
