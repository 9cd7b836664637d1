"""Forms with files, as they arrive (RFC 7578): never gathered, and bounded in parts, headers, size and time."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect, Request

from daemon.service.threads import completed

KIND = "multipart/form-data"
MOST_PARTS = 128
MOST_HEADERS = 8
MOST_HEADER_BYTES = 4_096
# A visitor may stop for a while, and be slow, and in the end he must have sent so much a second.
PAUSE_SECONDS = 30.0
PATIENCE_SECONDS = 60.0
LEAST_BYTES_A_SECOND = 4_096


class MultipartRefused(Exception):
    """Wants another request: a form, a smaller one, or one that arrives. `status` is what HTTP calls it."""

    def __init__(self, status: int) -> None:
        super().__init__(f"the form is refused: {status}")
        self.status = status


@dataclass(frozen=True, slots=True)
class PartBegins:
    """A field of the form begins; `filename` is None for one that is no file."""

    name: str
    filename: str | None


@dataclass(frozen=True, slots=True)
class PartEnds:
    """It has come whole."""


Event = PartBegins | PartEnds | bytes


async def events_of(request: Request, clock: Callable[[], float]) -> AsyncIterator[Event]:
    """Read a form to its end; raises MultipartRefused. `clock` counts seconds and never jumps."""
    reader = _Reader(_boundary(request))
    began, received = clock(), 0
    async for chunk in _chunks(request):
        received += len(chunk)
        if clock() - began > PATIENCE_SECONDS + received / LEAST_BYTES_A_SECOND:
            raise MultipartRefused(408)
        # In a thread: what a visitor writes decides how long this takes.
        for event in await completed(reader.read, chunk):
            yield event
        if reader.refused:
            raise MultipartRefused(reader.refused)
    if not reader.whole:
        raise MultipartRefused(400)


async def _chunks(request: Request) -> AsyncIterator[bytes]:
    stream = request.stream()
    try:
        while True:
            async with asyncio.timeout(PAUSE_SECONDS):
                yield await anext(stream)
    except StopAsyncIteration:
        return
    except TimeoutError:
        raise MultipartRefused(408) from None
    except ClientDisconnect:
        raise MultipartRefused(400) from None


def _boundary(request: Request) -> bytes:
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind != KIND.encode() or not options.get(b"boundary"):
        raise MultipartRefused(415)
    return options[b"boundary"]


class _Reader:
    """Turns bytes into events, until the form is `whole`, or `refused` with a status; what came before stands."""

    def __init__(self, boundary: bytes) -> None:
        self.whole = False
        self.refused = 0
        self._events = list[Event]()
        self._parts = 0
        self._headers = dict[str, str]()
        self._field, self._value = bytearray(), bytearray()
        try:
            self._parser = MultipartParser(
                boundary,
                {
                    "on_part_begin": self._begin,
                    "on_header_field": lambda data, start, end: self._field.extend(data[start:end]),
                    "on_header_value": lambda data, start, end: self._value.extend(data[start:end]),
                    "on_header_end": self._header,
                    "on_headers_finished": self._headers_end,
                    "on_part_data": lambda data, start, end: self._events.append(data[start:end]),
                    "on_part_end": lambda: self._events.append(PartEnds()),
                    "on_end": self._end,
                },
                max_header_count=MOST_HEADERS,
                max_header_size=MOST_HEADER_BYTES,
            )
        except FormParserError:
            raise MultipartRefused(400) from None

    def read(self, chunk: bytes) -> list[Event]:
        """Read on."""
        self._events = []
        if not self.whole:  # what stands behind the end is nobody's
            try:
                self._parser.write(chunk)
            except FormParserError:
                self.refused = 400
            except MultipartRefused as error:
                self.refused = error.status
        return self._events

    def _begin(self) -> None:
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise MultipartRefused(413)
        self._headers = {}

    def _header(self) -> None:
        name = self._field.decode("latin-1").strip().lower()
        self._headers[name] = self._value.decode("latin-1")
        self._field, self._value = bytearray(), bytearray()

    def _headers_end(self) -> None:
        _, options = parse_options_header(self._headers.get("content-disposition", ""))
        name, filename = options.get(b"name"), options.get(b"filename")
        if name is None:
            raise MultipartRefused(400)
        self._events.append(PartBegins(_text(name), None if filename is None else _text(filename)))

    def _end(self) -> None:
        self.whole = True


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")
