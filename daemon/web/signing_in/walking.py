"""What all walks to a provider and back have in common: who begins one, what his browser keeps meanwhile, and threads of their own."""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from daemon.service.around.browsers import FETCH_SITE, cookie_in
from daemon.service.callers import Principal
from daemon.service.identity.door import Door
from daemon.service.refusals import TooManyAtOnce
from daemon.web.signing_in.messages import NEVER_KEPT
from daemon.web.signing_in.pending import PENDING_SECONDS, Pending, Pendings
from daemon.web.signing_in.sessions import all_headers, set_cookie

# A provider that is slow keeps its own threads busy, not those that answer all other calls; who would wait long is told so.
CALLS_AT_ONCE = 2
MOST_WAITING = 20
P = ParamSpec("P")
T = TypeVar("T")


class Walking:
    """Keeps walks of one kind apart from those of others; `kind` is a word for cookies and threads."""

    def __init__(self, door: Door, pendings: Pendings, kind: str) -> None:
        self._door, self._pendings, self._kind = door, pendings, kind
        self._pool = ThreadPoolExecutor(CALLS_AT_ONCE, kind)
        self._waiting = 0

    async def who(self, request: Request) -> Principal:
        """Tell who begins a walk that is for somebody who has signed in. Raises NotSignedIn, CalledFromElsewhere."""
        headers = all_headers(request)
        # Typed into the browser's own bar, or called from a page of ours: no other page can have it done.
        if headers.get(FETCH_SITE) == "none":
            headers = {**headers, FETCH_SITE: "same-origin"}
        return await self._door.proofs.principal(headers)

    def go(self, request: Request, address: str, pending: Pending) -> Response:
        """Send a browser to the provider."""
        answer = RedirectResponse(address, 302, NEVER_KEPT)
        # Lax, since the way back is begun by another site; it proves nothing but that this browser has begun.
        set_cookie(answer, self._cookie(request), self._pendings.keep(pending), PENDING_SECONDS, strict=False)
        return answer

    def come_back(self, request: Request) -> tuple[Pending, Mapping[str, str]]:
        """Give what was begun by a browser that has come back, and the provider's answer. Raises SignInExpired."""
        return self._pendings.take(cookie_in(all_headers(request), self._cookie(request))), dict(request.query_params)

    def forget(self, request: Request, answer: Response) -> None:
        """Have a browser forget what it has begun."""
        set_cookie(answer, self._cookie(request), "", 0, strict=False)

    async def apart(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call something that asks the provider. Raises TooManyAtOnce."""
        if self._waiting >= MOST_WAITING:
            raise TooManyAtOnce
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, lambda: call(*args, **kwargs))
        finally:
            self._waiting -= 1

    def _cookie(self, request: Request) -> str:
        return f"{self._door.browsers.cookie_name(all_headers(request))}-{self._kind}"
