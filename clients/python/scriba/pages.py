"""Walks over pages of an answer that is too long for one."""

from collections.abc import Callable, Iterator
from typing import Protocol, TypeVar


class PagedRequest(Protocol):
    """A request for one page."""

    page_size: int
    page_token: str


class PagedResponse(Protocol):
    """One page, and the token of the next."""

    @property
    def next_page_token(self) -> str: ...


Request = TypeVar("Request", bound=PagedRequest)
Response = TypeVar("Response", bound=PagedResponse)


def pages(
    call: Callable[[Request], Response], request: Request, count: Callable[[Response], int], limit: int | None = None
) -> Iterator[Response]:
    """Ask for page after page until `limit` items, as `count` counts them, or all are there; no page holds more than is still wanted."""
    size, left = request.page_size, limit
    while left is None or left > 0:
        if left is not None:
            request.page_size = min(size, left) if size else left
        page = call(request)
        yield page
        if not page.next_page_token:
            return
        request.page_token = page.next_page_token
        left = None if left is None else left - count(page)
