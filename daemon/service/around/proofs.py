"""By what a call shows whose it is: a token, a trusted proxy's word, or a session that a browser keeps in a cookie."""

from collections.abc import Mapping
from typing import Protocol

from daemon.service.around.browsers import Browsers
from daemon.service.around.proxies import Proxies
from daemon.service.callers import Principal
from daemon.service.ports import Tokens
from daemon.service.refusals import CalledFromElsewhere, NotSignedIn, UnknownToProxy

_BEARER = "bearer "
NO_PROXIES = Proxies()


class TokenCheck(Tokens, Protocol):
    """Knows whose a token is, or whose a name is."""

    async def principal(self, token: str, address: str) -> Principal | None:
        """Return who holds the token, which is used from an address; None when nobody does."""


class Proofs:
    """Tells by a call's headers who makes it. A token that a program shows counts before what others add by themselves.

    `remote` knows users by the names that trusted proxies tell.
    """

    def __init__(self, tokens: TokenCheck, browsers: Browsers, proxies: Proxies = NO_PROXIES, remote: TokenCheck | None = None) -> None:
        self._tokens, self._browsers = tokens, browsers
        self._proxies, self._remote = proxies, remote

    async def principal(self, headers: Mapping[str, str]) -> Principal:
        """Tell who calls; raises NotSignedIn."""
        shown = bearer_in(headers)
        if not shown and self._remote is not None and (name := self._proxies.user(headers)):
            # A browser sends along what signs it in at the proxy, as it does cookies. Programs say nothing of pages.
            if self._browsers.is_from_another_page(headers):
                raise CalledFromElsewhere
            principal = await self._remote.principal(name, self.address(headers))
            if principal is None:
                raise UnknownToProxy(name)
            return principal
        if not shown and (shown := self._browsers.session_in(headers)) and not self._browsers.is_from_our_page(headers):
            raise CalledFromElsewhere
        found = await self._tokens.principal(shown, self.address(headers)) if shown else None
        if found is None:
            raise NotSignedIn
        return found

    def address(self, headers: Mapping[str, str]) -> str:
        """Tell from where a call comes, '' where nobody has said."""
        return self._proxies.address(headers)

    def forget(self) -> None:
        """Ask again about everyone: a token was revoked, or somebody may do something else by now."""
        self._tokens.forget()
        if self._remote is not None:
            self._remote.forget()


def bearer_in(headers: Mapping[str, str]) -> str:
    """Find the token that a program shows, '' where it shows none."""
    shown = headers.get("authorization", "")
    return shown[len(_BEARER) :].strip() if shown[: len(_BEARER)].lower() == _BEARER else ""
