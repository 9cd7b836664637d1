"""The web client's files, and its one page under every address that is none of a file.

Addresses of pages are made and read by the client alone (its router.tsx). What changes has its content's hash in its name, in `assets/`;
all else is asked for anew each time, so that a page open during an update finds the next one.
"""

import hashlib
import re
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path, PurePosixPath

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from daemon.web.client.encodings import ENCODINGS, encodings_taken
from daemon.web.headers import CLIENT_SECURITY_POLICY

ASSETS = "assets"
PAGE = "index.html"
KEPT_FOR_EVER = "public, max-age=31536000, immutable"
ASKED_ANEW = "no-cache"
# By name, since what the system knows of endings differs from machine to machine, and browsers run no module of another type.
TYPES: Mapping[str, str] = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
# A file's name begins with no dot, so that no address leads out of its folder.
_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*")
_COMPRESSED = tuple(each.ending for each in ENCODINGS)


class ClientFiles:
    """Serves what lies in `client`; what it lacks comes from `ours`, and so does the page where no client was built.

    Looks at the disk for each file, since the client may be built while the daemon runs.
    """

    def __init__(self, client: Path, ours: Path) -> None:
        self._client = client
        self._ours = ours

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = await run_in_threadpool(self._answer, str(scope["method"]), str(scope["path"]), Headers(scope=scope))
        await answer(scope, receive, send)

    def _answer(self, method: str, path: str, asked: Headers) -> ASGIApp:
        if method not in ("GET", "HEAD"):
            return PlainTextResponse("this is read only\n", 405, {"allow": "GET, HEAD"})
        with suppress(FileNotFoundError):  # gone since the look, while the client is built anew
            if file := self._file(path):
                return self._sent(file, asked)
            if is_page(path) and (page := self._file(PAGE)):
                return self._sent(page, asked)
        return PlainTextResponse("there is nothing here\n", 404, {"cache-control": ASKED_ANEW})

    def _file(self, path: str) -> Path | None:
        names = path.strip("/").split("/")
        if path.endswith(_COMPRESSED) or not all(_NAME.fullmatch(name) for name in names):
            return None
        return next((file for folder in (self._client, self._ours) if (file := folder.joinpath(*names)).is_file()), None)

    def _sent(self, file: Path, asked: Headers) -> Response:
        mine = file.is_relative_to(self._client)
        headers = {
            "cache-control": KEPT_FOR_EVER if mine and file.parent.name == ASSETS else ASKED_ANEW,
            "vary": "accept-encoding",
            # Workers go by the policy that came with their script, not by their page's.
            **({"content-security-policy": CLIENT_SECURITY_POLICY} if mine else {}),
        }
        copy = file
        for encoding in encodings_taken(asked.get("accept-encoding", "")):
            if (smaller := file.with_name(file.name + encoding.ending)).is_file():
                copy, headers["content-encoding"] = smaller, encoding.name
                break
        stat = copy.stat()
        headers["etag"] = f'"{_digest(copy, stat.st_mtime_ns, stat.st_size)}"'
        if is_known(headers["etag"], asked.get("if-none-match", "")):
            return Response(status_code=304, headers=headers)
        return FileResponse(copy, headers=headers, media_type=TYPES.get(file.suffix, "application/octet-stream"), stat_result=stat)


def is_page(path: str) -> bool:
    """Tell whether an address may be one of a page: no asset's, and without a dot in its last name."""
    names = PurePosixPath(path).parts[1:]
    return not names or (names[0] != ASSETS and "." not in names[-1])


def is_known(tag: str, none_of: str) -> bool:
    """Tell by an If-None-Match header whether its sender has what bears this tag."""
    return none_of.strip() == "*" or tag in [each.strip().removeprefix("W/") for each in none_of.split(",")]


# Not by time and size, as servers mostly do: wheels may bear one time for all files, and two builds of the page have the same size.
@lru_cache(maxsize=512)
def _digest(file: Path, _changed_ns: int, _size: int) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()[:32]
