"""By what a call shows whose it is: a token, or a session that a browser keeps in a cookie."""

from collections.abc import Mapping
from typing import Protocol

from daemon.edge.envoy_config import PEER_HEADER
from daemon.service.around.browsers import Browsers
from daemon.service.callers import Principal
from daemon.service.ports import Tokens
from daemon.service.refusals import CalledFromElsewhere, NotSignedIn

_BEARER = "bearer "


class TokenCheck(Tokens, Protocol):
    """Knows whose a token is."""

    async def principal(self, token: str, address: str) -> Principal | None:
        """Return who holds the token, which is used from an address; None when nobody does."""


class Proofs:
    """Tells by a call's headers who makes it. A token that a program shows counts before what a browser adds by itself."""

    def __init__(self, tokens: TokenCheck, browsers: Browsers) -> None:
        self._tokens = tokens
        self._browsers = browsers

    async def principal(self, headers: Mapping[str, str]) -> Principal:
        """Tell who calls; raises NotSignedIn."""
        shown = bearer_in(headers)
        if not shown and (shown := self._browsers.session_in(headers)) and not self._browsers.is_from_our_page(headers):
            raise CalledFromElsewhere
        principal = await self._tokens.principal(shown, self.address(headers)) if shown else None
        if principal is None:
            raise NotSignedIn
        return principal

    def address(self, headers: Mapping[str, str]) -> str:
        """Tell from where a call comes, '' where nobody has said."""
        return headers.get(PEER_HEADER, "")


def bearer_in(headers: Mapping[str, str]) -> str:
    """Find the token that a program shows, '' where it shows none."""
    shown = headers.get("authorization", "")
    return shown[len(_BEARER) :].strip() if shown[: len(_BEARER)].lower() == _BEARER else ""
