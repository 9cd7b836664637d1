"""The pages of links: made here whole, without a script, in the visitor's language, kept by nobody."""

import math
from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from daemon.web.headers import CONTENT_SECURITY_POLICY
from daemon.web.links.words import FRAMES, language_of

FRAME = Path(__file__).with_name("templates")
AWAY_SECONDS = 60
# On all that stands behind a link: no copy of it stays at a proxy, in a browser's cache or in a search engine.
PRIVATE = {"cache-control": "no-store", "x-robots-tag": "noindex, nofollow, noarchive"}
# Addresses are never sent on, by SECURITY_HEADERS; forms go nowhere but here.
_PAGE = {**PRIVATE, "content-security-policy": CONTENT_SECURITY_POLICY.replace("form-action 'none'", "form-action 'self'")}


class Pages:
    """Fills the templates of one room, which stand in the frame of all (templates/frame.html). `words` are the room's, by language."""

    def __init__(self, templates: Path, words: Mapping[str, object]) -> None:
        loader = FileSystemLoader([templates, FRAME])
        self._templates = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
        self._words = words

    def answer(self, request: Request, template: str, status: int = 200, **values: object) -> Response:
        """Answer with a page; in templates `frame` and `words` are the texts, `language` is their language."""
        language = language_of(request.headers.get("accept-language", ""))
        filled = self._templates.get_template(template).render(
            language=language, frame=FRAMES[language], words=self._words[language], **values
        )
        return HTMLResponse(filled, status, {**_PAGE, "content-language": language, "vary": "accept-language"})

    def gone(self, request: Request) -> Response:
        """Answer the same, to the letter, for a link that never was, has ended or was taken back: which of them is nobody's business."""
        return self.answer(request, "gone.html", 404)

    def password(self, request: Request, status: int = 200, wrong: bool = False) -> Response:
        """Ask for the password of a link, which the form sends to the address that was called."""
        return self.answer(request, "password.html", status, wrong=wrong)

    def away(self, request: Request) -> Response:
        """Say that the archive cannot answer now."""
        answer = self.answer(request, "away.html", 503)
        answer.headers["retry-after"] = str(AWAY_SECONDS)
        return answer

    def pause(self, request: Request, seconds: float) -> Response:
        """Ask for patience."""
        answer = self.answer(request, "pause.html", 429, minutes=math.ceil(seconds / 60))
        answer.headers["retry-after"] = str(math.ceil(seconds))
        return answer
