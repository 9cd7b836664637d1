"""Visitors of links: what they are shown, what they are asked for, and what they get."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog
from starlette.requests import Request
from starlette.responses import Response

from actors.store.errors import StoreError
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.sharing import OpenLink, ShareContent
from actors.store.store import Store
from daemon.service.around.browsers import headers_of
from daemon.service.around.proxies import AddressOf
from daemon.service.documents.zip_names import safe_stem
from daemon.service.documents.zipping import zipped
from daemon.web.links.forms import FormRefused, small_form
from daemon.web.links.guesses import Guesses, TooManyGuesses
from daemon.web.links.pages import Pages
from daemon.web.links.tickets import Tickets
from daemon.web.sharing.behind import Behind, behind
from daemon.web.sharing.reads import Reads
from daemon.web.sharing.sending import Sending, file_headers, file_pieces, no_pieces, zip_headers, zip_pieces
from daemon.web.sharing.words import SHARE_WORDS
from scriba.v1 import documents_pb2

TEMPLATES = Path(__file__).with_name("templates")
# Sent at once, to all visitors; each holds a file open, and a thread now and then. Who comes then is asked to come again.
MOST_SENT = 100
ZIPPED = {
    ShareContent.ORIGINALS: documents_pb2.ZIP_CONTENT_UNSPECIFIED,
    ShareContent.ARCHIVES: documents_pb2.ZIP_CONTENT_ARCHIVES,
}

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody at a link that holds, the form that he sent, if any, and from where he comes."""

    request: Request
    found: Behind
    form: Mapping[str, str]
    address: str


@dataclass(frozen=True, slots=True)
class Download:
    """What a visitor asks for: of which documents, what it is, and its bytes."""

    documents: Sequence[DocumentId]
    headers: Mapping[str, str]
    pieces: AsyncGenerator[bytes, None]


Give = Callable[[Visit], Awaitable[Response]]


class Visits:
    """Answers visitors of share links.

    `now` is the time of day; `clock` counts seconds and never jumps; `address` tells whence a call comes.
    """

    def __init__(self, whole: Store, now: Callable[[], datetime], clock: Callable[[], float], address: AddressOf) -> None:
        self._whole, self._now, self._address = whole, now, address
        self._pages = Pages(TEMPLATES, SHARE_WORDS)
        self._guesses, self._tickets = Guesses(clock), Tickets(clock)
        self._reads = Reads(whole, now, clock)
        self._sent = 0

    async def page(self, request: Request) -> Response:
        """Show what stands behind a link."""
        return await self._let_in(request, self._show)

    async def file(self, request: Request) -> Response:
        """Send one file."""
        return await self._let_in(request, self._give_file)

    async def bundle(self, request: Request) -> Response:
        """Send all files as one zip."""
        return await self._let_in(request, self._give_zip)

    async def _let_in(self, request: Request, give: Give) -> Response:
        try:
            found = await asyncio.to_thread(behind, self._whole, request.path_params["secret"], self._now)
            if found is None:
                return self._pages.gone(request)
            form = await small_form(request) if request.method == "POST" else {}
            visit = Visit(request, found, form, self._address(headers_of(request.headers.items())))
            if not await self._admitted(visit):
                return await self._ask(visit)
            return await give(visit)
        except TooManyGuesses as error:
            return self._pages.pause(request, error.seconds)
        except FormRefused as error:
            return Response(status_code=error.status)
        except StoreError as error:
            log.warning("a share link was not answered", reason=str(error))
            return self._pages.away(request)

    async def _ask(self, visit: Visit) -> Response:
        wrong = "password" in visit.form
        if wrong:
            await asyncio.to_thread(self._reads.refused, visit.found.link, visit.address)
        return self._pages.password(visit.request, 403 if wrong else 200, wrong)

    async def _admitted(self, visit: Visit) -> bool:
        """Tell whether a visitor needs no password, has said it lately, or says it now. Raises TooManyGuesses."""
        link, form = visit.found.link, visit.form
        if not link.password_hash or self._tickets.holds(form.get("ticket", ""), _subject(link)):
            return True
        if "password" not in form:
            return False
        return await self._guesses.right(str(link.id), visit.address, link.password_hash, form["password"])

    async def _show(self, visit: Visit) -> Response:
        link, until = visit.found.link, visit.found.link.expire_time
        if visit.request.method != "HEAD":
            await asyncio.to_thread(self._reads.looked, link, visit.address)
        return self._pages.answer(
            visit.request,
            "documents.html",
            name=link.name,
            files=visit.found.files,
            path=f"/s/{visit.request.path_params['secret']}",
            until=until and f"{until.astimezone(self._now().tzinfo):%Y-%m-%d %H:%M %Z}",
            ticket=self._tickets.give(_subject(link)) if link.password_hash else "",
        )

    async def _give_file(self, visit: Visit) -> Response:
        file = visit.found.file(visit.request.path_params["place"])
        if file is None:
            return self._pages.gone(visit.request)
        with ExitStack() as held:
            content = held.enter_context(await asyncio.to_thread(visit.found.open, file))
            shown = "open" in visit.form or "open" in visit.request.query_params
            download = Download([file.document.id], file_headers(file, content, shown), file_pieces(content))
            return await self._sending(visit, download, held)

    async def _give_zip(self, visit: Visit) -> Response:
        link, ids = visit.found.link, [file.document.id for file in visit.found.files]
        await asyncio.to_thread(visit.found.require)
        with ExitStack() as held:
            pieces = held.enter_context(closing(zipped(visit.found.store, ids, ZIPPED[link.content])))
            headers = zip_headers(f"{safe_stem(link.name) or 'documents'}.zip")
            return await self._sending(visit, Download(ids, headers, zip_pieces(pieces)), held)

    async def _sending(self, visit: Visit, download: Download, held: ExitStack) -> Response:
        """Count a download, then begin it; what is `held` goes with it, and stays with the caller where it does not begin."""
        if visit.request.method == "HEAD":
            return Sending(no_pieces(), download.headers)
        if self._sent >= MOST_SENT:
            return self._pages.away(visit.request)
        if not await asyncio.to_thread(self._reads.take, visit.found.link, visit.address, download.documents):
            return self._pages.gone(visit.request)
        self._sent += 1
        held.callback(self._has_ended)
        return Sending(download.pieces, download.headers, held.pop_all().close)

    def _has_ended(self) -> None:
        self._sent -= 1


def _subject(link: OpenLink) -> str:
    """Say what a ticket is for; another password makes it void."""
    return f"{link.id} {link.password_hash}"
