"""Signing in and out of browsers: what AccountService does, with the secret in a cookie instead of the answer."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict

from google.protobuf.message import Message
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from actors.store.nouns.identity import Token, User
from daemon.service.around.browsers import ENCRYPTED_COOKIE, FETCH_SITE, ORIGIN, PLAIN_COOKIE, headers_of
from daemon.service.around.validation import request_check
from daemon.service.callers import Principal, called_by, called_from
from daemon.service.identity.door import Door
from daemon.service.identity.signing_in import SESSION
from daemon.service.refusals import CalledFromElsewhere, NotSignedIn
from daemon.service.wire.identity import token_message, user_message
from daemon.web.signing_in.messages import NEVER_KEPT, as_json, read_message, telling
from daemon.web.signing_in.user_agents import session_name
from daemon.web.signing_in.ways import PASSWORDS_ALONE, Ways
from scriba.v1 import access_pb2
from scriba.v1 import accounts_pb2 as pb


def session_routes(door: Door, ways: Ways = PASSWORDS_ALONE) -> list[Route]:
    """Give the routes by which browsers sign in and out."""
    sessions = Sessions(door, ways, request_check())
    return [
        Route("/session", telling(sessions.tell), methods=["GET"]),
        Route("/session", telling(sessions.sign_in), methods=["POST"]),
        Route("/session", telling(sessions.sign_out), methods=["DELETE"]),
        Route("/session/invitation", telling(sessions.accept), methods=["POST"]),
    ]


class Sessions:
    """Begins and ends sessions, for pages of our own alone: another site could sign somebody in as whom it likes."""

    def __init__(self, door: Door, ways: Ways, check: Callable[[Message], None]) -> None:
        self._door, self._ways, self._check = door, ways, check

    async def tell(self, request: Request) -> Response:
        """Tell who is signed in, nobody being no error, and which ways to sign in there are."""
        headers = all_headers(request)
        called_from(self._address(request))
        if self._door.browsers.is_from_another_page(headers):
            raise CalledFromElsewhere
        if FETCH_SITE not in headers and ORIGIN not in headers:
            # On plain HTTP a browser says nothing of the page that reads. No other page can see what is answered, and nothing is done here.
            headers = {**headers, FETCH_SITE: "same-origin"}
        who: Principal | None = None
        with suppress(NotSignedIn):
            who = await self._door.proofs.principal(headers)
        first_run = not await asyncio.to_thread(self._door.sign_ins.has_administrator)
        user = None if who is None else _told_of(who)
        return JSONResponse({"user": user, **asdict(self._ways), "first_run": first_run}, headers=NEVER_KEPT)

    async def sign_in(self, request: Request) -> Response:
        """Do as AccountService.SignIn."""
        self._hear(request)
        asked = await read_message(request, pb.SignInRequest(), self._check)
        proof = (asked.user_name, asked.password, asked.one_time_code)
        begun = await asyncio.to_thread(self._door.sign_ins.sign_in, *proof, self._client(request, asked.client), self._address(request))
        return await self._begun(request, *begun)

    async def accept(self, request: Request) -> Response:
        """Do as AccountService.AcceptInvitation."""
        self._hear(request)
        asked = await read_message(request, pb.AcceptInvitationRequest(), self._check)
        chosen = (asked.code, asked.user_name, asked.new_password)
        begun = await asyncio.to_thread(self._door.sign_ins.accept, *chosen, self._client(request, asked.client), self._address(request))
        self._door.known.forget()
        return await self._begun(request, *begun)

    async def sign_out(self, request: Request) -> Response:
        """End the session, and have the browser forget it; who has none is out already."""
        self._hear(request)
        await self._end_former(request)
        answer = Response(status_code=204, headers=NEVER_KEPT)
        for name in (ENCRYPTED_COOKIE, PLAIN_COOKIE):
            set_cookie(answer, name, "", 0)
        return answer

    async def _begun(self, request: Request, secret: str, token: Token, user: User) -> Response:
        await self._end_former(request)
        answer = as_json(pb.SignInResponse(token=token_message(token, token.id), user=user_message(user)))
        set_cookie(answer, self._door.browsers.cookie_name(all_headers(request)), secret, int(SESSION.total_seconds()))
        return answer

    async def _end_former(self, request: Request) -> None:
        """End the session that the browser had until now: nobody would know of it any more."""
        headers = {name: value for name, value in all_headers(request).items() if name != "authorization"}
        if not self._door.browsers.session_in(headers):
            return
        with suppress(NotSignedIn):
            former = await self._door.proofs.principal(headers)
            if former.user is not None and former.token is not None:
                called_by(former)
                await asyncio.to_thread(self._door.sign_ins.end, former.user, former.token)
                self._door.known.forget()

    def _hear(self, request: Request) -> None:
        """Note from where a call comes, and refuse one that another site's page makes."""
        called_from(self._address(request))
        if not self._door.browsers.is_from_our_page(all_headers(request)):
            raise CalledFromElsewhere

    def _address(self, request: Request) -> str:
        return self._door.proofs.address(all_headers(request))

    def _client(self, request: Request, told: str) -> str:
        return told or session_name(request.headers.get("user-agent", ""))


def _told_of(who: Principal) -> dict[str, str | None]:
    """Say who it is; the machine's own command line has no id."""
    return {
        "id": None if who.user is None else str(who.user),
        "name": who.name,
        "role": access_pb2.Role.Name(access_pb2.Role.ValueType(who.role)),
    }


def all_headers(request: Request) -> dict[str, str]:
    """Give a call's headers, those that came twice whole."""
    return headers_of(request.headers.items())


def set_cookie(answer: Response, name: str, value: str, seconds: int, strict: bool = True) -> None:
    """Have the browser keep a cookie that no script reads, for this host alone; of 0 seconds it forgets it."""
    answer.set_cookie(
        name, value, max_age=seconds, path="/", httponly=True, secure=name.startswith("__Host-"), samesite="strict" if strict else "lax"
    )
