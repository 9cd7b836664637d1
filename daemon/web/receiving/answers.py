"""What a visitor of an upload link is answered: a page, or JSON for programs."""

from collections.abc import Sequence
from http import HTTPStatus
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from actors.store.nouns.receiving import OpenUploadLink
from daemon.web.links.pages import PRIVATE, Pages
from daemon.web.links.words import FRAMES, language_of
from daemon.web.receiving.delivery import Outcome, Told
from daemon.web.receiving.words import WORDS, ReceivingWords

PAGES = Pages(Path(__file__).with_name("templates"), WORDS)
# Of a request whose first file that was not received is not for this reason; curl --fail tells by them.
_STATUS = {
    Outcome.EMPTY: HTTPStatus.BAD_REQUEST,
    Outcome.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Outcome.WRONG_TYPE: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    Outcome.FULL: HTTPStatus.NOT_FOUND,
    Outcome.NO_ROOM: HTTPStatus.INSUFFICIENT_STORAGE,
    Outcome.TRY_AGAIN: HTTPStatus.SERVICE_UNAVAILABLE,
}
_RETRY = {"retry-after": "60"}


def gone(request: Request) -> Response:
    """Answer for a link that is not there, by the words that all rooms of links use."""
    return JSONResponse({"files": [], "error": "gone"}, 404, PRIVATE) if _wants_json(request) else PAGES.gone(request)


def full(request: Request) -> Response:
    """Answer for a link by which nothing more may come."""
    return JSONResponse({"files": [], "error": "full"}, 404, PRIVATE) if _wants_json(request) else PAGES.answer(request, "full.html", 404)


def paused(request: Request, seconds: float) -> Response:
    """Answer for too many guesses at a password."""
    answer = PAGES.pause(request, seconds)
    if _wants_json(request):
        return JSONResponse({"files": [], "error": "paused"}, 429, {**PRIVATE, "retry-after": answer.headers["retry-after"]})
    return answer


def upload_page(request: Request, link: OpenUploadLink, most_bytes: int, ticket: str = "") -> Response:
    """Answer with the form. `ticket` shows that the password was said."""
    types = link.facts.bounds.mime_types
    photo = not types or any(one.startswith("image/") for one in types)
    limits = _limits(request, link, most_bytes)
    name, accept = link.facts.name, ",".join(types)
    return PAGES.answer(request, "upload.html", name=name, ticket=ticket, limits=limits, accept=accept, photo=photo)


def told(request: Request, files: Sequence[Told], refusal: int = 0) -> Response:
    """Answer what became of each file; `refusal` is the status of a request that was not heard to its end, 0 for one that was."""
    words = _words(request)
    failed = next((one.outcome for one in files if one.outcome is not Outcome.RECEIVED), None)
    status = refusal or (_STATUS[failed] if failed else HTTPStatus.OK if files else HTTPStatus.BAD_REQUEST)
    headers = _RETRY if status in (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.INSUFFICIENT_STORAGE) else {}
    if not _wants_json(request):
        text = words.refusals[refusal] if refusal else ""
        answer = PAGES.answer(request, "told.html", status, files=files, refusal=text, path=request.url.path)
        answer.headers.update(headers)
        return answer
    listed = [{"name": one.name, "received": one.outcome is Outcome.RECEIVED, "outcome": one.outcome} for one in files]
    error = HTTPStatus(refusal).phrase.lower() if refusal else "" if files else "no file"
    return JSONResponse({"files": listed, "error": error}, status, {**PRIVATE, **headers})


def _limits(request: Request, link: OpenUploadLink, most_bytes: int) -> list[str]:
    words, bounds = _words(request), link.facts.bounds
    size = FRAMES[_language(request)].size(min(most_bytes, link.most_bytes or most_bytes))
    limits = [words.most_files.format(count=bounds.files - link.received.files)] if bounds.files else []
    limits.append(words.most_bytes.format(size=size))
    return [*limits, *([words.types.format(types=", ".join(bounds.mime_types))] if bounds.mime_types else [])]


def _wants_json(request: Request) -> bool:
    """Programs say what they want, or anything; browsers say that they want a page."""
    return "text/html" not in request.headers.get("accept", "")


def _words(request: Request) -> ReceivingWords:
    return WORDS[_language(request)]


def _language(request: Request) -> str:
    return language_of(request.headers.get("accept-language", ""))
