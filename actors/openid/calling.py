"""Calls to the provider, by the way out: within bounds, and without following whither it would send us."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from actors.egress.client import Bounds, told, vetted_client
from actors.egress.errors import NotReached, Refused
from actors.egress.rules import Rules
from actors.openid.errors import ProviderUnreachable, ProviderWrong

BOUNDS = Bounds(seconds=10.0, answer_bytes=256 * 1024)
_MOST_SHOWN = 80


class Calling:
    """Asks the provider for JSON. Blocks, so it is for threads."""

    def __init__(self, rules: Rules, bounds: Bounds = BOUNDS) -> None:
        self._rules, self._bounds = rules, bounds

    def get(self, url: str, bearer: str = "") -> dict[str, Any]:
        """Get an object. Raises ProviderUnreachable, ProviderWrong."""
        status, answer = self._ask("GET", url, {"authorization": f"Bearer {bearer}"} if bearer else {})
        if status != 200:
            raise ProviderWrong(f"{_place(url)} answered with status {status}")
        return answer

    def post(self, url: str, body: str, headers: Mapping[str, str]) -> dict[str, Any]:
        """Send a form; what is refused comes as `error`. Raises ProviderUnreachable, ProviderWrong."""
        form = {"content-type": "application/x-www-form-urlencoded", **headers}
        status, answer = self._ask("POST", url, form, body.encode("ascii"))
        if status != 200 and "error" not in answer:
            raise ProviderWrong(f"{_place(url)} answered with status {status}")
        return answer

    def _ask(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None = None) -> tuple[int, dict[str, Any]]:
        try:
            with told(_place(url)), vetted_client(self._rules, self._bounds) as client:
                answer = client.request(method, url, headers={"accept": "application/json", **headers}, content=body)
        except (Refused, NotReached) as error:
            raise ProviderUnreachable(str(error)) from error
        try:
            read = json.loads(answer.content)
        except (ValueError, RecursionError):
            read = None
        if not isinstance(read, dict):
            raise ProviderWrong(f"{_place(url)} answered with status {answer.status_code} and no JSON")
        return answer.status_code, read


def _place(url: str) -> str:
    """Name what was called, without what may be secret in its query."""
    parts = urlsplit(url)
    return f"{parts.hostname}{parts.path}"[:_MOST_SHOWN]
