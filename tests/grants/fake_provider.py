"""A provider of grants on loopback, as RFC 6749 and 7636 have it, with tokens that a mail server could ask it about."""

import base64
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from actors.egress.rules import Listed, Rules
from actors.grants.providers import GrantClient, GrantProvider
from tests.answering import Answer, Asked, answering

CLIENT = "scriba"
SECRET = "a secret / with + signs"
USER = "erika@example.org"
REDIRECT = "https://archive.example/mail/sign-in/callback"


@dataclass
class FakeProvider:
    """Gives a code to who is let in, tokens for codes, and the next for refresh tokens. `answer` stands instead of an honest one."""

    place: str = ""
    answer: tuple[int, bytes] | None = None
    more: dict[str, Any] = field(default_factory=dict)
    turning: bool = False
    codes: dict[str, str] = field(default_factory=dict)
    refreshing: set[str] = field(default_factory=set)
    good: set[str] = field(default_factory=set)
    asked: list[dict[str, str]] = field(default_factory=list)
    _given: int = 0

    @property
    def provider(self) -> GrantProvider:
        """Give it as a provider that can be asked."""
        return GrantProvider("Example", f"{self.place}/auth", f"{self.place}/token", ("mail", "offline"), {"prompt": "consent"})

    @property
    def client(self) -> GrantClient:
        """Give what it knows the archive by."""
        return GrantClient(self.provider, CLIENT, REDIRECT, SECRET)

    @property
    def rules(self) -> Rules:
        """Allow calls to it, which the internet's rules would not."""
        return Rules(("https", "http"), listed=(Listed.parse(urlsplit(self.place).netloc),))

    def let_in(self, address: str) -> dict[str, str]:
        """Let somebody in who was sent to an address, and give what the browser brings back."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert (query["client_id"], query["redirect_uri"], query["response_type"]) == (CLIENT, REDIRECT, "code")
        assert (query["code_challenge_method"], query["scope"], query["prompt"]) == ("S256", "mail offline", "consent")
        code = f"code-{len(self.asked)}-{len(self.codes)}"
        self.codes[code] = query["code_challenge"]
        return {"code": code, "state": query["state"]}

    def take_back(self) -> None:
        """End all grants."""
        self.refreshing.clear()
        self.good.clear()

    def told_of(self, token: str) -> tuple[int, bytes]:
        """Answer a mail server that asks about a token (RFC 7662)."""
        return 200, json.dumps({"active": token in self.good, "username": USER}).encode()

    def token(self, form: dict[str, str]) -> tuple[int, bytes]:
        """Answer at the token endpoint."""
        self.asked.append(form)
        if self.answer is not None:
            return self.answer
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT, SECRET):
            return 401, b'{"error": "invalid_client"}'
        if form.get("grant_type") == "authorization_code":
            challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
            good = self.codes.pop(form["code"], None) == challenge and form["redirect_uri"] == REDIRECT
        else:
            good = form.get("refresh_token") in self.refreshing
        return (200, self._tokens(form.get("refresh_token"))) if good else (400, b'{"error": "invalid_grant"}')

    def _tokens(self, refreshed_by: str | None) -> bytes:
        self._given += 1
        told: dict[str, Any] = {"access_token": f"access-{self._given}", "token_type": "Bearer", "expires_in": 3599}
        self.good.add(told["access_token"])
        if refreshed_by is None or self.turning:
            told["refresh_token"] = f"refresh-{self._given}"
            self.refreshing = (self.refreshing - {refreshed_by or ""}) | {told["refresh_token"]}
        return json.dumps({name: value for name, value in (told | self.more).items() if value is not None}).encode()


@contextmanager
def serving() -> Iterator[FakeProvider]:
    """Serve a provider on a port of this machine."""
    fake = FakeProvider()

    def answer(asked: Asked) -> Answer:
        status, body = fake.told_of(asked.form["token"]) if asked.path == "/introspect" else fake.token(asked.form)
        return status, {}, body

    with answering(answer) as fake.place:
        yield fake
