"""The two halves of a sign-in: sending somebody to the provider, and believing what he comes back with."""

import base64
import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote_plus

from authlib.oauth2.rfc6749.parameters import (  # type: ignore[import-untyped]  # the package has no py.typed
    prepare_grant_uri,
    prepare_token_request,
)
from authlib.oauth2.rfc7636 import create_s256_code_challenge  # type: ignore[import-untyped]  # likewise

from actors.openid.calling import Calling
from actors.openid.errors import ProviderWrong, SignInDenied
from actors.openid.id_tokens import Expected, read_id_token
from actors.openid.provider import Places, Provider
from actors.openid.settings import ProviderSettings

_RANDOM_BYTES = 32
_MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """What we have made up for one sign-in, and must meet again: in the address, in the token, and in proof of who began it."""

    state: str
    nonce: str
    verifier: str


def make_asked() -> Asked:
    """Make up secrets for a sign-in."""
    return Asked(*(secrets.token_urlsafe(_RANDOM_BYTES) for _ in range(3)))


class SignInFlow:
    """Leads a sign-in. Blocks, so it is for threads, which may share it."""

    def __init__(self, settings: ProviderSettings, calling: Calling, clock: Callable[[], float]) -> None:
        self._settings, self._calling = settings, calling
        self._provider = Provider(settings.issuer, calling, clock)

    def address(self, asked: Asked) -> str:
        """Tell where to send who wants to sign in. Raises ProviderUnreachable, ProviderWrong."""
        return str(
            prepare_grant_uri(
                self._provider.places().authorization,
                self._settings.client_id,
                "code",
                self._settings.redirect_uri,
                " ".join(dict.fromkeys(("openid", *self._settings.scopes))),
                asked.state,
                nonce=asked.nonce,
                code_challenge=create_s256_code_challenge(asked.verifier),
                code_challenge_method="S256",
            )
        )

    def claims(self, asked: Asked, answer: Mapping[str, str], now: datetime, wanted: tuple[str, ...] = ()) -> dict[str, Any]:
        """Tell what the provider says of who has come back, with `wanted` from its userinfo where the token lacks them.

        Raises SignInDenied, ProviderUnreachable, ProviderWrong.
        """
        if not hmac.compare_digest(answer.get("state", "").encode("utf-8", "replace"), asked.state.encode()):
            raise ProviderWrong("this is no answer to the sign-in that was begun here")
        places = self._provider.places()
        named = answer.get("iss", "" if places.names_itself else self._settings.issuer)
        if named != self._settings.issuer:
            raise ProviderWrong("the answer comes from another provider")
        if error := answer.get("error", ""):
            raise SignInDenied(error[:_MOST_SHOWN])
        if not (code := answer.get("code", "")):
            raise ProviderWrong("the provider sent no code")
        told = self._exchanged(code, asked, places)
        access_token = told.get("access_token") if isinstance(told.get("access_token"), str) else ""
        expected = Expected(self._settings.issuer, self._settings.client_id, asked.nonce, access_token or "")
        claims = read_id_token(str(told.get("id_token", "")), self._provider.keys, expected, now)
        if places.userinfo and access_token and any(name not in claims for name in wanted):
            claims = self._userinfo(places.userinfo, access_token, claims["sub"]) | claims
        return claims

    def _exchanged(self, code: str, asked: Asked, places: Places) -> dict[str, Any]:
        settings, headers, more = self._settings, dict[str, str](), dict[str, str]()
        if not settings.client_secret:
            more = {"client_id": settings.client_id}
        elif places.secret_in_form:
            more = {"client_id": settings.client_id, "client_secret": settings.client_secret}
        else:
            pair = f"{quote_plus(settings.client_id)}:{quote_plus(settings.client_secret)}"
            headers = {"authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
        sent = {"code": code, "code_verifier": asked.verifier, **more}
        body = str(prepare_token_request("authorization_code", redirect_uri=settings.redirect_uri, **sent))
        told = self._calling.post(places.token, body, headers)
        if "error" in told:
            raise ProviderWrong(f"the provider gave no token for the code: {str(told['error'])[:_MOST_SHOWN]!r}")
        return told

    def _userinfo(self, place: str, access_token: str, subject: str) -> dict[str, Any]:
        told = self._calling.get(place, access_token)
        if told.get("sub") != subject:
            raise ProviderWrong("the provider's userinfo is about somebody else")
        return told
