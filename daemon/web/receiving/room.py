"""Where anybody adds documents by a link: the form, and what it sends."""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import contextmanager

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from actors.identity.tokens import digest
from actors.store.nouns.receiving import OpenUploadLink, UploadLinkId
from daemon.service.around.browsers import headers_of
from daemon.service.around.proxies import AddressOf
from daemon.service.threads import completed
from daemon.web.links.forms import FormRefused, small_form
from daemon.web.links.guesses import Guesses, TooManyGuesses
from daemon.web.links.tickets import Tickets
from daemon.web.receiving.answers import PAGES, full, gone, paused, told, upload_page
from daemon.web.receiving.delivery import Delivery, Reception, Told
from daemon.web.receiving.multipart import KIND, Event, MultipartRefused, PartBegins, PartEnds, events_of

# Who sends at the same time; more would only share the line, and hold the disk.
MOST_SENDING = 32
MOST_SENDING_BY_LINK = 8
_LONGEST_FIELD = 1_024


def receiving_room(reception: Reception, clock: Callable[[], float], address: AddressOf) -> Sequence[BaseRoute]:
    """Give the routes of upload links. `clock` counts seconds and never jumps."""
    room = _Room(reception, clock, address)
    return [Route("/u/{secret}", room.show, methods=["GET"]), Route("/u/{secret}", room.receive, methods=["POST"])]


class _Room:
    """Knows who is sending, and who has guessed."""

    def __init__(self, reception: Reception, clock: Callable[[], float], address: AddressOf) -> None:
        self._address_of = address
        self._reception = reception
        self._clock = clock
        self._guesses, self._tickets = Guesses(clock), Tickets(clock)
        self._sending = Counter[UploadLinkId]()

    async def show(self, request: Request) -> Response:
        """Answer with the form, or ask for the password first."""
        link = await self._link(request)
        if link is None:
            return gone(request)
        if link.password_hash:
            return PAGES.password(request)
        return full(request) if link.full else upload_page(request, link, self._reception.most_bytes)

    async def receive(self, request: Request) -> Response:
        """Hear a password, or take files in."""
        link = await self._link(request)
        if link is None:
            return gone(request)
        try:
            if not request.headers.get("content-type", "").lower().startswith(KIND):
                return await self._hear_password(request, link)
            with self._turn(link):
                return await self._receive(request, link)
        except TooManyGuesses as error:
            return paused(request, error.seconds)
        except (FormRefused, MultipartRefused) as error:
            return told(request, [], error.status)

    async def _link(self, request: Request) -> OpenUploadLink | None:
        links = self._reception.whole.upload_links
        return await completed(links.find, digest(request.path_params["secret"]), self._reception.now())

    @contextmanager
    def _turn(self, link: OpenUploadLink) -> Iterator[None]:
        if self._sending.total() >= MOST_SENDING or self._sending[link.id] >= MOST_SENDING_BY_LINK:
            raise MultipartRefused(503)
        self._sending[link.id] += 1
        try:
            yield
        finally:
            self._sending[link.id] -= 1
            if not self._sending[link.id]:
                del self._sending[link.id]

    async def _hear_password(self, request: Request, link: OpenUploadLink) -> Response:
        if not link.password_hash:
            raise MultipartRefused(415)
        form = await small_form(request)
        if not await self._right(request, link, form.get("password", "")):
            return PAGES.password(request, 403, wrong=True)
        if link.full:
            return full(request)
        return upload_page(request, link, self._reception.most_bytes, self._tickets.give(_subject(link)))

    async def _right(self, request: Request, link: OpenUploadLink, typed: str) -> bool:
        return await self._guesses.right(str(link.id), self._address(request), link.password_hash, typed)

    async def _receive(self, request: Request, link: OpenUploadLink) -> Response:
        events, fields = events_of(request, self._clock), dict[str, str]()
        delivery, files, let_in = Delivery(self._reception, link, self._address(request)), list[Told](), False
        try:
            async for event in events:
                if not isinstance(event, PartBegins):
                    continue  # of a file without a name: so browsers say that none was chosen
                if event.filename is None:
                    fields[event.name] = await _field(events)
                    continue
                if not let_in:
                    await self._let_in(request, link, fields)
                    let_in = True
                if event.filename:
                    files.append(await delivery.take(event.filename, _file(events)))
        except MultipartRefused as error:
            return told(request, files, error.status)
        if not let_in:
            await self._let_in(request, link, fields)
        return full(request) if link.full and not files else told(request, files)

    async def _let_in(self, request: Request, link: OpenUploadLink, fields: dict[str, str]) -> None:
        """Ask for the password, which must stand before the files. Raises MultipartRefused, TooManyGuesses."""
        if not link.password_hash or self._tickets.holds(fields.get("ticket", ""), _subject(link)):
            return
        if not fields.get("password") or not await self._right(request, link, fields["password"]):
            raise MultipartRefused(403)

    def _address(self, request: Request) -> str:
        return self._address_of(headers_of(request.headers.items()))


def _subject(link: OpenUploadLink) -> str:
    return f"{link.id} {link.password_hash}"


async def _file(events: AsyncIterator[Event]) -> AsyncIterator[bytes]:
    async for event in events:
        if isinstance(event, PartEnds):
            return
        if isinstance(event, bytes):
            yield event


async def _field(events: AsyncIterator[Event]) -> str:
    value = bytearray()
    async for chunk in _file(events):
        value += chunk
        if len(value) > _LONGEST_FIELD:
            raise MultipartRefused(413)
    return value.decode("utf-8", "replace")
