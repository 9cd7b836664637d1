"""A browser as far as signing in goes: it keeps cookies, sends them along, and says which page a call comes from."""

from http.cookies import Morsel, SimpleCookie
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.types import ASGIApp

from actors.identity.passwords import hash_password
from actors.store.nouns.identity import Role, User, UserFacts
from daemon.web.headers import SecurityHeaders
from daemon.web.signing_in.sessions import session_routes
from daemon.web.signing_in.ways import PASSWORDS_ALONE, Ways
from tests.service.house import NOW, House

HOST = "archive.example"
PAGE = f"https://{HOST}"
PASSWORD = "correct horse battery"
HASH = hash_password(PASSWORD)
ADDRESS = "192.0.2.7"
FROM_OUR_PAGE = {"origin": PAGE, "sec-fetch-site": "same-origin"}
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:148.0) Gecko/20100101 Firefox/148.0"


class Clock:
    """The time of day in seconds, moved by a test."""

    seconds = NOW.timestamp()

    def __call__(self) -> float:
        return self.seconds


def add(house: House, name: str = "Anna", role: Role = Role.EDITOR) -> User:
    """Add somebody who can sign in."""
    return house.store.users.set_password(house.store.users.create(UserFacts(name, role), NOW).id, HASH)


def app_of(house: House, ways: Ways = PASSWORDS_ALONE) -> ASGIApp:
    """Give the part of the web app by which browsers sign in."""
    return SecurityHeaders(Starlette(routes=session_routes(house.door, ways)))


class Browser:
    """Calls as from a page of ours, unless it is told other headers; `jar` holds its cookies with all that was said of them."""

    def __init__(self, app: ASGIApp) -> None:
        self._client = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=PAGE)
        self.jar: dict[str, Morsel[str]] = {}

    async def ask(self, method: str, path: str, content: Any = None, **headers: str) -> httpx.Response:
        """Call; a header of '' is left out."""
        told = {"x-scriba-peer": ADDRESS, "x-scriba-host": HOST, "user-agent": FIREFOX, **FROM_OUR_PAGE}
        # Whatever another site has begun goes without the strict ones.
        strict = headers.get("sec_fetch_site") not in ("cross-site",)
        sent_cookies = "; ".join(f"{name}={one.coded_value}" for name, one in self.jar.items() if strict or one["samesite"] != "strict")
        told |= {"cookie": sent_cookies} if sent_cookies else {}
        told |= {name.replace("_", "-"): value for name, value in headers.items()}
        self._client.cookies.clear()
        sent: dict[str, Any] = {"content": content} if isinstance(content, bytes) else {"json": content} if content is not None else {}
        answer = await self._client.request(method, path, headers={name: value for name, value in told.items() if value}, **sent)
        for line in answer.headers.get_list("set-cookie"):
            for name, morsel in SimpleCookie(line).items():
                self.jar.pop(name, None)
                if morsel["max-age"] != "0":
                    self.jar[name] = morsel
        return answer

    async def sign_in(self, name: str = "anna", password: str = PASSWORD, **headers: str) -> httpx.Response:
        """Sign in as a page of ours does."""
        return await self.ask("POST", "/session", {"user_name": name, "password": password}, **headers)

    @property
    def cookies(self) -> str:
        """Give what it sends of cookies."""
        return "; ".join(f"{name}={morsel.coded_value}" for name, morsel in self.jar.items())


def reason(answer: httpx.Response) -> str:
    """Read why a call was refused, for programs."""
    return next((str(detail["reason"]) for detail in answer.json()["details"] if "reason" in detail), "")
