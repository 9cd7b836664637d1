"""The small pages between the provider and the archive: where to go on, or what went wrong."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from daemon.web.links.pages import Pages
from daemon.web.signing_in.words import SIGN_IN_WORDS

TEMPLATES = Path(__file__).with_name("templates")
_PAGES = Pages(TEMPLATES, SIGN_IN_WORDS)


def going_on(request: Request, to: str) -> Response:
    """Go on to a page of ours by a navigation that begins here.

    A browser sends no SameSite=Strict cookie along with a chain of redirects that another site has begun, so a redirect from the provider
    would arrive there signed out.
    """
    return _PAGES.answer(request, "going_on.html", to=to)


def linked(request: Request, to: str, name: str) -> Response:
    """Say that a provider's sign-in is a user's from now on."""
    return _PAGES.answer(request, "linked.html", to=to, name=name)


def failed(request: Request, error: Exception, status: int, again: str) -> Response:
    """Say what went wrong, and let it be tried again."""
    return _PAGES.answer(request, "failed.html", status, error=error, again=again)
