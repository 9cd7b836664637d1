"""Files on their way to a visitor: read when the last piece has gone, and given up at once when he leaves."""

import asyncio
import os
from collections.abc import AsyncGenerator, Callable, Generator, Mapping
from contextlib import aclosing
from typing import BinaryIO
from urllib.parse import quote

from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from daemon.service.threads import completed
from daemon.web.links.pages import PRIVATE
from daemon.web.sharing.behind import PDF, SharedFile

CHUNK_BYTES = 256 * 1024
ZIP = "application/zip"
# Where it is shown, it runs nothing, loads nothing and knows no page of ours. Browsers refuse to show a PDF in a sandbox (Chrome), and show
# it in a viewer that is none of our pages.
_SHOWN = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; object-src 'self'; base-uri 'none'; form-action 'none'"
_SHOWN_SHUT_IN = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; form-action 'none'; sandbox"


class Sending(Response):
    """Sends pieces one by one. At the end, however that comes, what they are made of is released."""

    def __init__(self, pieces: AsyncGenerator[bytes, None], headers: Mapping[str, str], release: Callable[[], None] = lambda: None) -> None:
        self._pieces, self._release = pieces, release
        self.status_code, self.background = 200, None
        self.init_headers(headers)

    def init_headers(self, headers: Mapping[str, str] | None = None) -> None:
        """Say exactly what is given: no length is known but that."""
        self.raw_headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in (headers or {}).items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002  # ASGI's signature
        sending, leaving = asyncio.ensure_future(self._send(send)), asyncio.ensure_future(_left(receive))
        try:
            await asyncio.wait({sending, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            leaving.cancel()
            if not sending.done():
                sending.cancel()
            await asyncio.wait({sending, leaving})
            self._release()
        if not sending.cancelled():
            sending.result()

    async def _send(self, send: Send) -> None:
        async with aclosing(self._pieces) as pieces:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            async for piece in pieces:
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _left(receive: Receive) -> None:
    message: Message = await receive()
    while message["type"] != "http.disconnect":
        message = await receive()


async def file_pieces(content: BinaryIO) -> AsyncGenerator[bytes, None]:
    """Give an open file piece by piece."""
    while piece := await completed(content.read, CHUNK_BYTES):
        yield piece


async def zip_pieces(pieces: Generator[bytes, None, None]) -> AsyncGenerator[bytes, None]:
    """Give a zip piece by piece, each made in a thread when the last one has gone."""
    while piece := await completed(next, pieces, b""):
        yield piece


async def no_pieces() -> AsyncGenerator[bytes, None]:
    """Give nothing: who asks for the headers alone gets these."""
    pieces: tuple[bytes, ...] = ()
    for piece in pieces:
        yield piece


def file_headers(file: SharedFile, content: BinaryIO, shown: bool) -> dict[str, str]:
    """Say what a file is. `shown`: a browser may open it, where that is safe."""
    size = str(os.fstat(content.fileno()).st_size)
    if not (shown and file.opens):
        return {**_headers("application/octet-stream", "attachment", file.filename), "content-length": size}
    kind = f"{file.mime_type}; charset=utf-8" if file.mime_type == "text/plain" else file.mime_type
    policy = _SHOWN if file.mime_type == PDF else _SHOWN_SHUT_IN
    return {**_headers(kind, "inline", file.filename), "content-length": size, "content-security-policy": policy}


def zip_headers(filename: str) -> dict[str, str]:
    """Say what a zip is."""
    return _headers(ZIP, "attachment", filename)


def disposition(kind: str, filename: str) -> str:
    """Name a file for every browser (RFC 6266): plainly for old ones, in full for the others."""
    plain = "".join(char if char.isascii() and char.isprintable() and char not in '"\\%' else "_" for char in filename)
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(filename, safe='')}"


def _headers(mime_type: str, kind: str, filename: str) -> dict[str, str]:
    return {**PRIVATE, "content-type": mime_type, "content-disposition": disposition(kind, filename), "accept-ranges": "none"}
