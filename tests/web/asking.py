"""Asks an ASGI app in this process, as a server would, and can hang up."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.types import ASGIApp, Message


@dataclass
class Answer:
    """What an app has answered. `whole` tells whether it said that this is all."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    whole: bool = False

    def json(self) -> Any:
        return json.loads(self.body)


async def ask(
    app: ASGIApp,
    method: str,
    path: str,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    hang_up_after: int | None = None,
    stall: asyncio.Event | None = None,
) -> Answer:
    """Ask an app and wait for the end of its answer.

    `hang_up_after`: leave after so many bytes of it; `stall`: take the first of them when this is set.
    """
    answer, gone, sent = Answer(), asyncio.Event(), False
    plain, _, query = path.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": plain,
        "raw_path": plain.encode("utf-8", "surrogatepass"),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in (headers or {}).items()],
        "server": ("localhost", 80),
        "client": None,
        "state": {},
    }

    async def receive() -> Message:
        nonlocal sent
        if sent:
            await gone.wait()
            return {"type": "http.disconnect"}
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {name.decode(): value.decode("latin-1") for name, value in message["headers"]}
            return
        if stall is not None:
            await stall.wait()
        answer.body += message.get("body", b"")
        answer.whole = not message.get("more_body", False)
        if hang_up_after is not None and len(answer.body) >= hang_up_after:
            gone.set()
            await asyncio.Event().wait()  # a connection that takes nothing any more

    await app(scope, receive, send)
    return answer
