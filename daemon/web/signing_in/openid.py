"""Signing in by a provider's word, as a browser walks through it: there, back, and on."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from actors.openid.flow import SignInFlow, make_asked
from actors.store.nouns.identity import UserId
from daemon.service.callers import called_from
from daemon.service.identity.door import Door
from daemon.service.identity.signing_in import SESSION
from daemon.service.identity.vouching import Vouching
from daemon.service.refusals import NoAccount
from daemon.web.signing_in.messages import Answering
from daemon.web.signing_in.pages import failed, going_on, linked
from daemon.web.signing_in.pending import Pending, Pendings, page_of_ours
from daemon.web.signing_in.sessions import all_headers, set_cookie
from daemon.web.signing_in.troubles import TOLD, told_as
from daemon.web.signing_in.user_agents import session_name
from daemon.web.signing_in.walking import Walking

START = "/sign-in/oidc"
BACK = f"{START}/callback"
LINK = f"{START}?link=1"


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
        self._walking = Walking(door, parts.pendings, "oidc")

    async def begin(self, request: Request) -> Response:
        """Send somebody to the provider, to sign in or, with `link`, to link himself."""
        link = await self._who_links(request) if request.query_params.get("link") else None
        pending = Pending(make_asked(), page_of_ours(request.query_params.get("next", "/")), link)
        return self._walking.go(request, await self._walking.apart(self._parts.flow.address, pending.asked), pending)

    async def come_back(self, request: Request) -> Response:
        """Take the provider's answer, and begin a session."""
        parts = self._parts
        pending, told = self._walking.come_back(request)
        request.state.again = START if pending.user is None else LINK
        claims = await self._walking.apart(parts.flow.claims, pending.asked, told, parts.now(), parts.wanted)
        if pending.user is not None:
            user = await asyncio.to_thread(parts.vouching.link, pending.user, claims, parts.now())
            answer = linked(request, pending.to, user.facts.name)
        else:
            headers = all_headers(request)
            user = await asyncio.to_thread(parts.vouching.user_of, claims, parts.now())
            secret, _, _ = await asyncio.to_thread(self._door.sign_ins.begin, user, session_name(headers.get("user-agent", "")))
            answer = going_on(request, pending.to)
            set_cookie(answer, self._door.browsers.cookie_name(headers), secret, int(SESSION.total_seconds()))
        self._door.known.forget()
        self._walking.forget(request, answer)
        return answer

    def telling(self, answering: Answering) -> Answering:
        """Say in a page what went wrong; of what is wrong with the provider the log says more than the page."""

        async def answer(request: Request) -> Response:
            called_from(self._door.proofs.address(all_headers(request)))
            request.state.again = LINK if request.query_params.get("link") else START
            try:
                return await answering(request)
            except TOLD as error:
                page = failed(request, error, told_as(error), request.state.again)
            if request.url.path == BACK:
                self._walking.forget(request, page)
            return page

        return answer

    async def _who_links(self, request: Request) -> UserId:
        who = await self._walking.who(request)
        if who.user is None:
            raise NoAccount
        return who.user
