"""Small forms: what a visitor sends, within bounds of size and time."""

import asyncio
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

MOST_BYTES = 8 * 1024
MOST_FIELDS = 16
SECONDS = 10.0
_FORM = "application/x-www-form-urlencoded"


class FormRefused(Exception):
    """Wants another form: of another kind, smaller, or sent at once. `status` is what HTTP calls it."""

    def __init__(self, status: int) -> None:
        super().__init__(f"the form is refused: {status}")
        self.status = status


async def small_form(request: Request) -> dict[str, str]:
    """Read the fields of a form without files; nothing at all is a form without fields. Raises FormRefused."""
    try:
        async with asyncio.timeout(SECONDS):
            body = await _body(request)
    except TimeoutError:
        raise FormRefused(408) from None
    except ClientDisconnect:
        raise FormRefused(400) from None
    if not body:
        return {}
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise FormRefused(415)
    try:
        return dict(parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="replace", max_num_fields=MOST_FIELDS))
    except (UnicodeDecodeError, ValueError):
        raise FormRefused(400) from None


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise FormRefused(413)
    return bytes(body)
