"""What a provider says of itself: where its parts are, and the keys that it signs with. Both are kept for an hour."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from authlib.oidc.discovery import get_well_known_url  # type: ignore[import-untyped]  # the package has no py.typed
from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, KeySet

from actors.openid.calling import Calling
from actors.openid.errors import ProviderWrong

KEPT_SECONDS = 3_600.0
# A token signed by a key that we don't know has us ask for the keys again, but not more often than this: anybody can send such tokens.
PAUSE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Places:
    """Where the parts of a provider are. `names_itself` is whether it says with each answer who gives it (RFC 9207)."""

    authorization: str
    token: str
    keys: str
    userinfo: str
    secret_in_form: bool
    names_itself: bool


class Provider:
    """Remembers what the provider has said. Threads may share it; `clock` counts seconds and never jumps."""

    def __init__(self, issuer: str, calling: Calling, clock: Callable[[], float]) -> None:
        self._issuer, self._calling, self._clock = issuer, calling, clock
        self._lock = threading.Lock()
        self._places: tuple[Places, float] | None = None
        self._keys: tuple[KeySet, float] | None = None

    def places(self) -> Places:
        """Tell where its parts are. Raises ProviderUnreachable, ProviderWrong."""
        with self._lock:
            now = self._clock()
            if self._places is None or now - self._places[1] >= KEPT_SECONDS:
                told = self._calling.get(get_well_known_url(self._issuer, external=True))
                self._places = places_of(told, self._issuer), now
            return self._places[0]

    def keys(self, unknown: bool = False) -> KeySet:
        """Give the keys that it signs with; ask anew where one was `unknown`. Raises ProviderUnreachable, ProviderWrong."""
        where = self.places().keys
        with self._lock:
            now, least = self._clock(), PAUSE_SECONDS if unknown else KEPT_SECONDS
            if self._keys is None or now - self._keys[1] >= least:
                self._keys = keys_of(self._calling.get(where)), now
            return self._keys[0]


def places_of(told: dict[str, Any], issuer: str) -> Places:
    """Read what a provider says of itself; raises ProviderWrong."""
    if told.get("issuer") != issuer:
        named = str(told.get("issuer"))[:200]
        raise ProviderWrong(f"the provider calls itself {named!r}, and oidc_issuer is {issuer!r}: they must be the same")
    needed = {name: told.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
    for name, url in needed.items():
        if not isinstance(url, str) or not url.startswith(("https://", "http://") if issuer.startswith("http://") else "https://"):
            raise ProviderWrong(f"the provider names no {name} that can be called")
    ways, userinfo = told.get("token_endpoint_auth_methods_supported"), told.get("userinfo_endpoint")
    return Places(
        authorization=str(needed["authorization_endpoint"]),
        token=str(needed["token_endpoint"]),
        keys=str(needed["jwks_uri"]),
        userinfo=userinfo if isinstance(userinfo, str) else "",
        secret_in_form=isinstance(ways, list) and "client_secret_basic" not in ways and "client_secret_post" in ways,
        names_itself=told.get("authorization_response_iss_parameter_supported") is True,
    )


def keys_of(told: dict[str, Any]) -> KeySet:
    """Read public keys, without those that can't be; raises ProviderWrong."""
    listed, keys = told.get("keys"), []
    for data in listed if isinstance(listed, list) else ():
        # A key that both sides know is no proof of who has signed.
        if not isinstance(data, dict) or data.get("kty") == "oct" or data.get("use") == "enc":
            continue
        try:
            keys.append(JWKRegistry.import_key(data))
        except (JoseError, ValueError, TypeError, KeyError):
            continue
    if not keys:
        raise ProviderWrong("the provider names no keys that it signs with")
    return KeySet(keys)
