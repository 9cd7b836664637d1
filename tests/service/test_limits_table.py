"""Each limit of the table takes what is just below it and at it, and refuses what is just above."""

import asyncio
import io
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import date
from pathlib import Path

import grpc
import pikepdf
import pytest
from google.protobuf.message import Message
from starlette.requests import Request

from actors.index.errors import QueryError
from actors.index.grammar import parse
from actors.intake.errors import UploadTooLarge
from actors.ocr.errors import DocumentUnreadable
from actors.ocr.files.bounds import check_page_count, check_pixels
from actors.ocr.files.pdf_files import ACCESS
from actors.ocr.reading.raster import MOST_PIXELS, fitting_scale
from actors.paging.errors import PagesRefused
from actors.paging.plans import Source, Wish, join, split
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.page_orders import Outcome, PageOrder, TurnedPage
from daemon.limits import DEFAULTS, LIMITS, Limit, table
from daemon.service.around.deadlines import allowed
from daemon.service.around.validation import request_check
from daemon.service.documents.parts import Parts
from daemon.service.refusals import InvalidRequest
from daemon.service.server import DEADLINE_SECONDS
from daemon.web.links.forms import FormRefused, small_form
from daemon.web.links.guesses import Guesses, TooManyGuesses
from scriba.v1 import admin_pb2, documents_pb2, search_pb2, shares_pb2
from tests.service.house import House
from tests.service.padding import INFO, padded

PAGE = Path(__file__).parents[2] / "docs" / "operate.md"
ANSWER_SECONDS = 5.0
CHECK = request_check()
Probe = Callable[[House, int], Awaitable[bool]]
Upload = documents_pb2.UploadDocumentRequest


def refused(kind: type[Exception], call: Callable[[], object]) -> bool:
    """Tell whether a call is refused in its own way."""
    try:
        call()
    except kind:
        return True
    return False


def by_contract(make: Callable[[int], Message]) -> Probe:
    """Ask the rules of the contract."""

    async def probe(_house: House, size: int) -> bool:
        return not refused(InvalidRequest, lambda: CHECK(make(size)))

    return probe


def plainly(kind: type[Exception], call: Callable[[int], object]) -> Probe:
    """Ask a function that refuses by an error."""

    async def probe(_house: House, size: int) -> bool:
        return not refused(kind, lambda: call(size))

    return probe


def as_it_is(answer: Callable[[int], bool]) -> Probe:
    """Ask a function that answers."""

    async def probe(_house: House, size: int) -> bool:
        return answer(size)

    return probe


async def message(house: House, size: int) -> bool:
    try:
        await house.channel.unary_unary(INFO)(padded(size))
    except grpc.aio.AioRpcError as error:
        return error.code() is not grpc.StatusCode.RESOURCE_EXHAUSTED
    return True


async def streams(house: House, count: int) -> bool:
    house.accept("a job to be told of")
    calls = [house.admin.WatchJobs(admin_pb2.WatchJobsRequest()) for _ in range(count)]
    reads = [asyncio.ensure_future(call.read()) for call in calls]
    _, waiting = await asyncio.wait(reads, timeout=ANSWER_SECONDS)
    for call in calls:
        call.cancel()
    await asyncio.gather(*reads, return_exceptions=True)
    return not waiting


async def upload(house: House, size: int) -> bool:
    async def nothing() -> AsyncIterator[Upload]:
        if size < 0:
            yield Upload()

    limit = next(limit.most for limit in LIMITS if limit.name == "size of an upload")
    try:
        received = await Parts(house.store.data, limit).fill(Upload.Start(request_id=f"request-{size}", size_bytes=size), nothing())
    except UploadTooLarge:
        return False
    return received == 0


async def guesses(_house: House, count: int) -> bool:
    tried = Guesses(lambda: 0.0)
    try:
        for _ in range(count):
            assert not await tried.right("link", "::1", "", "wrong")
    except TooManyGuesses:
        return False
    return True


async def form(_house: House, size: int) -> bool:
    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"x" * size, "more_body": False}

    headers = [(b"content-type", b"application/x-www-form-urlencoded")]
    try:
        return bool(await small_form(Request({"type": "http", "headers": headers}, receive)))
    except FormRefused:
        return False


def link(**fields: object) -> shares_pb2.ShareLink:
    """Make a link that is fine but for what is to be tried."""
    return shares_pb2.ShareLink(**fields)  # type: ignore[arg-type]  # fields by name


def inflates(size: int) -> None:
    """Read a PDF with a stream that inflates to so many bytes."""
    deflated = zlib.compressobj(1)
    data = b"".join(deflated.compress(bytes(min(1 << 24, size - begin))) for begin in range(0, size, 1 << 24)) + deflated.flush()
    pdf, written = pikepdf.new(), io.BytesIO()
    pdf.Root.Big = pdf.make_stream(b"")
    pdf.Root.Big.write(data, filter=pikepdf.Name.FlateDecode)
    pdf.save(written, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    with pikepdf.open(written, access_mode=ACCESS) as bomb:
        bomb.Root.Big.read_bytes()


def split_up(count: int) -> PageOrder:
    """Ask for so many pages of a long document, some of them twice."""
    pages = [TurnedPage(number) for number in range(1, 3_001)]
    return split(Source(DocumentId(1), 1, 3_000), [pages, pages[: count - 3_000]], discard=False)


def merged(count: int) -> PageOrder:
    """Ask for so many pages of two documents."""
    wishes = [Wish(Source(DocumentId(1), 1, 3_000)), Wish(Source(DocumentId(2), 1, count - 3_000))]
    return join(wishes, DocumentId(1), Outcome.DOCUMENTS, discard=False)


PROBES: Mapping[str, Probe] = {
    "message": message,
    "chunk of an upload": by_contract(lambda size: Upload(chunk=bytes(size))),
    "part of an upload without a stream": by_contract(lambda size: documents_pb2.WriteUploadRequest(start=start(), chunk=bytes(size))),
    "streams of a connection": streams,
    "time of a call without a stream": as_it_is(lambda seconds: allowed(seconds, DEADLINE_SECONDS) == seconds),
    "entries of a page": by_contract(lambda size: documents_pb2.ListDocumentsRequest(page_size=size)),
    "entries passed over": by_contract(lambda count: documents_pb2.ListDocumentsRequest(skip=count)),
    "suggestions": by_contract(lambda size: search_pb2.SuggestQueriesRequest(page_size=size)),
    "tags of an upload": by_contract(lambda count: Upload(start=start(tags=["tag"] * count))),
    "title of an upload": by_contract(lambda size: Upload(start=start(title="t" * size))),
    "size of an upload": upload,
    "query": plainly(QueryError, lambda size: parse("a" * size, date(2026, 1, 1))),
    "words of a query": plainly(QueryError, lambda count: parse("a " * count, date(2026, 1, 1))),
    "groups inside each other": plainly(QueryError, lambda count: parse("(" * count + "a" + ")" * count, date(2026, 1, 1))),
    "documents of a share link": by_contract(lambda count: shares_pb2.CreateShareLinkRequest(link=link(document_ids=["1"] * count))),
    "name of a share link": by_contract(lambda size: shares_pb2.CreateShareLinkRequest(link=link(name="n" * size))),
    "wrong passwords of one address at a link": guesses,
    "form behind a link": form,
    "pages of a document": plainly(DocumentUnreadable, lambda count: check_page_count(count, DEFAULTS.max_pages)),
    "pages of a merge": plainly(PagesRefused, merged),
    "pages of all parts of a split": plainly(PagesRefused, split_up),
    "pixels of an image": plainly(DocumentUnreadable, lambda pixels: check_pixels(pixels, 1, DEFAULTS.max_pixels)),
    "pixels of a page": as_it_is(lambda pixels: fitting_scale(pixels / 6_000, 6_000, MOST_PIXELS) == 1.0),
    "side of a page": as_it_is(lambda side: fitting_scale(side, 10, MOST_PIXELS) == 1.0),
    "stream inside a PDF": plainly(pikepdf.PdfError, inflates),
}


def start(**fields: object) -> documents_pb2.UploadDocumentRequest.Start:
    """Begin an upload that is fine but for what is to be tried."""
    return Upload.Start(request_id="request-1", filename="a.pdf", size_bytes=1, **fields)  # type: ignore[arg-type]  # fields by name


def test_every_limit_has_its_test_and_no_test_is_without_a_limit() -> None:
    assert [limit.name for limit in LIMITS] == list(PROBES)


def test_the_page_shows_the_table() -> None:
    assert f"<!-- limits -->\n{table()}\n<!-- /limits -->" in PAGE.read_text()


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.name)
async def test_a_limit_takes_what_is_below_and_at_it_and_nothing_above(house: House, limit: Limit) -> None:
    assert [await PROBES[limit.name](house, limit.most + more) for more in (-1, 0, 1)] == [True, True, False]
