"""Sends forms with files to an ASGI app, in pieces, and may hang up in their middle."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from urllib.parse import quote

from starlette.types import ASGIApp, Message

from tests.web.asking import Answer

BOUNDARY = "----a-boundary"
KIND = f"multipart/form-data; boundary={BOUNDARY}"


def part(name: str, data: bytes, filename: str | None = None) -> bytes:
    """Write one part of a form, as browsers do."""
    shown = "" if filename is None else f'; filename="{filename}"'
    return f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{shown}\r\n\r\n'.encode() + data + b"\r\n"


def form(*parts: bytes) -> bytes:
    """Write a form."""
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def files(*named: tuple[str, bytes]) -> bytes:
    """Write a form with files."""
    return form(*(part("file", data, name) for name, data in named))


def pieces(body: bytes, size: int = 65_536) -> Sequence[bytes]:
    """Cut a body as a connection does."""
    return [body[at : at + size] for at in range(0, len(body), size)]


async def send(
    app: ASGIApp,
    path: str,
    body: Iterable[bytes] | AsyncIterator[bytes],
    hang_up: bool = False,
    kind: str = KIND,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Post a body in pieces and wait for the answer; `hang_up` where the next would come."""
    answer, left = Answer(), body if isinstance(body, AsyncIterator) else _one_by_one(body)
    given = {"content-type": kind, **(headers or {})}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": quote(path).encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in given.items()],
        "server": ("localhost", 80),
        "client": None,
        "state": {},
    }

    async def receive() -> Message:
        piece = await anext(left, None)
        if piece is not None:
            return {"type": "http.request", "body": piece, "more_body": True}
        return {"type": "http.disconnect"} if hang_up else {"type": "http.request", "body": b"", "more_body": False}

    async def take(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {name.decode(): value.decode("latin-1") for name, value in message["headers"]}
            return
        answer.body += message.get("body", b"")
        answer.whole = not message.get("more_body", False)

    await app(scope, receive, take)
    return answer


async def _one_by_one(body: Iterable[bytes]) -> AsyncIterator[bytes]:
    for piece in body:
        yield piece
