"""A provider of sign-ins on loopback that does what is asked of it, also what no honest one does."""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.message import Message
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import Key, OctKey, RSAKey

from tests.answering import Answer, Asked, answering

CLIENT = "scriba"
SECRET = "a secret / with + signs"
REDIRECT = "https://archive.example/sign-in/oidc/callback"


@dataclass
class FakeProvider:
    """What it says. `meta`, `claims` and `header` stand instead of what an honest one would say; None leaves a thing out.

    `answers` stands instead of a whole answer, by its path: a status, headers and a body.
    """

    now: Callable[[], datetime]
    issuer: str = ""
    key: Key = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    shown: list[dict[str, Any]] | None = None
    alg: str = "RS256"
    meta: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    held: threading.Event | None = None
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    forge: Callable[[str], str] = lambda token: token

    def sign_in(self, address: str, subject: str = "248289761001") -> dict[str, str]:
        """Let somebody in who was sent to an address, and give what the browser brings back."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert (query["client_id"], query["redirect_uri"], query["response_type"]) == (CLIENT, REDIRECT, "code")
        assert query["code_challenge_method"] == "S256"
        code = f"code-{len(self.codes)}"
        self.codes[code] = {**query, "sub": subject}
        return {"code": code, "state": query["state"]}

    def answer(self, asked: Asked) -> Answer:
        """Answer one call."""
        path = asked.path
        self.asked.append(path)
        if self.held is not None:
            self.held.wait(20)
        if path in self.answers:
            return self.answers[path]
        match path:
            case "/.well-known/openid-configuration":
                status, told = self._meta()
            case "/token":
                status, told = self._token(asked.form, asked.headers)
            case "/keys":
                status, told = 200, {"keys": self.shown if self.shown is not None else [self.key.as_dict(private=False)]}
            case "/userinfo":
                status, told = 200, {"sub": self.claims.get("sub", "248289761001")} | self.userinfo
            case _:
                status, told = 404, {}
        return status, {"content-type": "application/json"}, json.dumps(told).encode()

    def _meta(self) -> tuple[int, dict[str, Any]]:
        honest = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/auth",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
        }
        return 200, {name: value for name, value in (honest | self.meta).items() if value is not None}

    def _token(self, form: dict[str, str], headers: Message) -> tuple[int, dict[str, Any]]:
        asked = self.codes.pop(form.get("code", ""), None)
        challenge = _plain(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if asked is None or asked["code_challenge"] != challenge or form.get("redirect_uri") != REDIRECT:
            return 400, {"error": "invalid_grant"}
        basic = base64.b64decode(headers.get("authorization", "").removeprefix("Basic ")).decode()
        if basic != "scriba:a+secret+%2F+with+%2B+signs" and form.get("client_secret") != SECRET:
            return 401, {"error": "invalid_client"}
        moment = int(self.now().timestamp())
        honest = {"iss": self.issuer, "aud": CLIENT, "sub": asked["sub"], "nonce": asked["nonce"], "iat": moment, "exp": moment + 300}
        claims = {name: value for name, value in (honest | self.claims).items() if value is not None}
        header = {name: value for name, value in ({"alg": self.alg, "kid": self.key.kid} | self.header).items() if value is not None}
        return 200, {"access_token": "access", "token_type": "Bearer", "id_token": self.forge(self._signed(header, claims))}

    def _signed(self, header: dict[str, Any], claims: dict[str, Any]) -> str:
        if header["alg"] not in ("none", "HS256"):
            return jwt.encode(header, claims, self.key, [header["alg"]])
        signed = ".".join(_plain(json.dumps(part).encode()) for part in (header, claims))
        # What everybody knows of the key, taken for a secret.
        known = self.key.raw_value if isinstance(self.key, OctKey) else self.key.as_pem(private=False)
        return f"{signed}." + ("" if header["alg"] == "none" else _plain(hmac.digest(known, signed.encode(), "sha256")))


def _plain(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@contextmanager
def serving(now: Callable[[], datetime]) -> Iterator[FakeProvider]:
    """Serve a provider on a port of this machine."""
    provider = FakeProvider(now)
    with answering(provider.answer) as provider.issuer:
        try:
            yield provider
        finally:
            if provider.held is not None:
                provider.held.set()
