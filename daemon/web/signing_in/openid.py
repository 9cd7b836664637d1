"""Signing in by a provider's word, as a browser walks through it: there, back, and on."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import ParamSpec, TypeVar

import structlog
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from actors.openid.errors import ProviderUnreachable, ProviderWrong, SignInDenied
from actors.openid.flow import SignInFlow, make_asked
from actors.store.errors import StoreError, StoreFailed, StoreUnavailable
from actors.store.nouns.identity import UserId
from daemon.service.around.browsers import FETCH_SITE, cookie_in
from daemon.service.callers import called_from
from daemon.service.identity.door import Door
from daemon.service.identity.signing_in import SESSION
from daemon.service.identity.vouching import Vouching
from daemon.service.refusals import NoAccount, Refusal, TooManyAtOnce
from daemon.web.signing_in.messages import NEVER_KEPT, Answering
from daemon.web.signing_in.pages import failed, going_on, linked
from daemon.web.signing_in.pending import PENDING_SECONDS, Pending, Pendings, page_of_ours
from daemon.web.signing_in.sessions import all_headers, set_cookie
from daemon.web.signing_in.user_agents import session_name

log = structlog.get_logger()

START = "/sign-in/oidc"
BACK = f"{START}/callback"
LINK = f"{START}?link=1"
# A provider that is slow keeps its own threads busy, not those that answer all other calls; who would wait long is told so.
CALLS_AT_ONCE = 2
MOST_WAITING = 20
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class OpenIdParts:
    """What the sign-in by a provider works with."""

    flow: SignInFlow
    vouching: Vouching
    pendings: Pendings
    now: Callable[[], datetime]
    wanted: tuple[str, ...] = ()


def openid_routes(door: Door, parts: OpenIdParts) -> list[Route]:
    """Give the routes of a browser that goes to the provider, and of one that comes back."""
    walk = OpenIdWalk(door, parts)
    return [Route(START, walk.telling(walk.begin)), Route(BACK, walk.telling(walk.come_back))]


class OpenIdWalk:
    """Leads browsers to the provider and back."""

    def __init__(self, door: Door, parts: OpenIdParts) -> None:
        self._door, self._parts = door, parts
        self._pool = ThreadPoolExecutor(CALLS_AT_ONCE, "openid")
        self._waiting = 0

    async def begin(self, request: Request) -> Response:
        """Send somebody to the provider, to sign in or, with `link`, to link himself."""
        link = await self._who_links(request) if request.query_params.get("link") else None
        pending = Pending(make_asked(), page_of_ours(request.query_params.get("next", "/")), link)
        address = await self._apart(self._parts.flow.address, pending.asked)
        answer = RedirectResponse(address, 302, NEVER_KEPT)
        # Lax, since the way back is begun by another site; it proves nothing but that this browser has begun.
        set_cookie(answer, self._cookie(request), self._parts.pendings.keep(pending), PENDING_SECONDS, strict=False)
        return answer

    async def come_back(self, request: Request) -> Response:
        """Take the provider's answer, and begin a session."""
        headers, parts = all_headers(request), self._parts
        pending = parts.pendings.take(cookie_in(headers, self._cookie(request)))
        request.state.again = START if pending.link is None else LINK
        claims = await self._apart(parts.flow.claims, pending.asked, dict(request.query_params), parts.now(), parts.wanted)
        if pending.link is not None:
            user = await asyncio.to_thread(parts.vouching.link, pending.link, claims, parts.now())
            answer = linked(request, pending.to, user.facts.name)
        else:
            user = await asyncio.to_thread(parts.vouching.user_of, claims, parts.now())
            secret, _, _ = await asyncio.to_thread(self._door.sign_ins.begin, user, session_name(headers.get("user-agent", "")))
            answer = going_on(request, pending.to)
            set_cookie(answer, self._door.browsers.cookie_name(headers), secret, int(SESSION.total_seconds()))
        self._door.known.forget()
        self._forget(request, answer)
        return answer

    def telling(self, answering: Answering) -> Answering:
        """Say in a page what went wrong; of what is wrong with the provider the log says more than the page."""

        async def answer(request: Request) -> Response:
            called_from(self._door.proofs.address(all_headers(request)))
            request.state.again = LINK if request.query_params.get("link") else START
            why: Exception
            try:
                return await answering(request)
            except (StoreUnavailable, StoreFailed) as error:
                why, status = error, 503
            except (Refusal, StoreError, SignInDenied) as error:
                why, status = error, 403
            except ProviderUnreachable as error:
                log.warning("provider not reached", reason=str(error))
                why, status = error, 502
            except ProviderWrong as error:
                log.warning("provider not believed", reason=str(error))
                why, status = error, 502
            page = failed(request, why, status, request.state.again)
            if request.url.path == BACK:
                self._forget(request, page)
            return page

        return answer

    async def _who_links(self, request: Request) -> UserId:
        headers = all_headers(request)
        # Typed into the browser's own bar, or called from a page of ours: no other page can have it done.
        if headers.get(FETCH_SITE) == "none":
            headers = {**headers, FETCH_SITE: "same-origin"}
        who = await self._door.proofs.principal(headers)
        if who.user is None:
            raise NoAccount
        return who.user

    async def _apart(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        if self._waiting >= MOST_WAITING:
            raise TooManyAtOnce
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, lambda: call(*args, **kwargs))
        finally:
            self._waiting -= 1

    def _cookie(self, request: Request) -> str:
        return f"{self._door.browsers.cookie_name(all_headers(request))}-oidc"

    def _forget(self, request: Request, answer: Response) -> None:
        set_cookie(answer, self._cookie(request), "", 0, strict=False)
