"""Asking a provider for a grant, and for the next token. Blocks, so it is for threads, which may share it."""

import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from authlib.oauth2.rfc6749.parameters import (  # type: ignore[import-untyped]  # the package has no py.typed
    prepare_grant_uri,
    prepare_token_request,
)
from authlib.oauth2.rfc7636 import create_s256_code_challenge  # type: ignore[import-untyped]  # likewise

from actors.grants.errors import GrantGone, GrantRefused
from actors.grants.grant import Grant
from actors.grants.providers import GrantClient
from actors.openid.calling import Calling
from actors.openid.errors import ProviderWrong
from actors.openid.flow import Asked
from actors.store.nouns.mail import Proof

_MOST_SHOWN = 200
# What is said where a grant itself is no good (RFC 6749, 5.2); all else may be mended by who runs the archive.
_GONE = "invalid_grant"
_USUAL_SECONDS = 3_600
_MOST_SECONDS = 86_400.0


class GrantFlow:
    """Leads whoever owns a mailbox to its provider, and keeps what he grants alive."""

    def __init__(self, client: GrantClient, calling: Calling) -> None:
        self._client, self._calling = client, calling

    def address(self, asked: Asked, user: str) -> str:
        """Tell where to send who owns a mailbox; `user` is its address, so that he need not choose it again."""
        provider = self._client.provider
        return str(
            prepare_grant_uri(
                provider.authorization,
                self._client.client_id,
                "code",
                self._client.redirect_uri,
                " ".join(provider.scopes),
                asked.state,
                code_challenge=create_s256_code_challenge(asked.verifier),
                code_challenge_method="S256",
                login_hint=user,
                **provider.more,
            )
        )

    def granted(self, asked: Asked, answer: Mapping[str, str], now: datetime) -> Grant:
        """Have a grant for what he came back with. Raises GrantRefused, ProviderUnreachable, ProviderWrong."""
        if not hmac.compare_digest(answer.get("state", "").encode("utf-8", "replace"), asked.state.encode()):
            raise ProviderWrong("this is no answer to what was begun here")
        if error := answer.get("error", ""):
            raise GrantRefused(self._client.provider.name, error[:_MOST_SHOWN])
        if not (code := answer.get("code", "")):
            raise ProviderWrong("the provider sent no code")
        told = self._ask("authorization_code", redirect_uri=self._client.redirect_uri, code=code, code_verifier=asked.verifier)
        if "error" in told:
            raise ProviderWrong(f"the provider gave no token for the code: {_said(told)}")
        grant = _grant_of(told, now, "")
        if not grant.refresh_token:
            raise ProviderWrong("the provider gave a token, and none to renew it by: the mailbox would be shut again within the hour")
        return grant

    def renewed(self, grant: Grant, now: datetime) -> Grant:
        """Have the next token. Raises GrantGone, ProviderUnreachable, ProviderWrong."""
        told = self._ask("refresh_token", refresh_token=grant.refresh_token)
        if told.get("error") == _GONE:
            raise GrantGone(self._client.provider.name)
        if "error" in told:
            raise ProviderWrong(f"the provider gave no new token: {_said(told)}")
        return _grant_of(told, now, grant.refresh_token)

    def _ask(self, kind: str, **sent: str) -> dict[str, Any]:
        client = self._client
        named = {"client_id": client.client_id} | ({"client_secret": client.client_secret} if client.client_secret else {})
        return self._calling.post(client.provider.token, str(prepare_token_request(kind, **sent, **named)), {})


def grant_flows(clients: Mapping[Proof, GrantClient]) -> Mapping[Proof, GrantFlow]:
    """Make a flow for each provider that knows this archive."""
    return {proof: GrantFlow(client, Calling(client.provider.rules())) for proof, client in clients.items()}


def _grant_of(told: Mapping[str, Any], now: datetime, refresh_token: str) -> Grant:
    access, refresh, seconds = told.get("access_token"), told.get("refresh_token", refresh_token), told.get("expires_in", _USUAL_SECONDS)
    if not isinstance(access, str) or not access or not isinstance(refresh, str):
        raise ProviderWrong("the provider answered without a token")
    try:
        # Microsoft writes the number as a text at times.
        lasts = timedelta(seconds=min(float(seconds), _MOST_SECONDS))
    except (TypeError, ValueError, OverflowError):
        raise ProviderWrong("the provider does not say how long its token is good") from None
    return Grant(access, refresh, now + lasts)


def _said(told: Mapping[str, Any]) -> str:
    return repr(str(told["error"])[:_MOST_SHOWN])
