"""Calls that browsers make: the cookie that holds a session, and whether another site had the browser send it along.

A browser sends cookies by itself, so one proves who calls only where it is also shown that the call comes from a page of our own: SameSite
alone calls every port of a host, and every host of a domain, the same site (decision 35).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from daemon.edge.envoy_config import HOST_HEADER

# Names which page a call comes from: `https://archive.example:8440`. Browsers send it with whatever is no plain reading.
ORIGIN = "origin"
# Where a browser says by itself how that page and we belong together; on plain HTTP to other machines it does not.
FETCH_SITE = "sec-fetch-site"
# What browsers keep a cookie of this name by: it is Secure, for this very host, and was set by it, not by a neighbour in its domain.
ENCRYPTED_COOKIE = "__Host-scriba"
PLAIN_COOKIE = "scriba"


def headers_of(metadata: Iterable[tuple[str, str | bytes]] | None) -> dict[str, str]:
    """Give headers by name; parts of one that came apart are joined, as HTTP/2 takes cookies apart."""
    found: dict[str, str] = {}
    for name, value in metadata or ():
        if isinstance(value, str):
            found[name] = f"{found[name]}{'; ' if name == 'cookie' else ', '}{value}" if name in found else value
    return found


def cookie_in(headers: Mapping[str, str], name: str) -> str:
    """Find a cookie, '' where there is none; of two by the same name neither counts, since one of them is somebody else's."""
    pairs = [pair.strip().partition("=") for pair in headers.get("cookie", "").split(";")]
    values = [value for key, _, value in pairs if key == name]
    return values[0] if len(values) == 1 else ""


@dataclass(frozen=True, slots=True)
class Browsers:
    """How browsers reach the port: `encrypted` by us, or by a proxy that makes `url` of it, '' where that is not told."""

    encrypted: bool
    url: str = ""

    def sees_tls(self, headers: Mapping[str, str]) -> bool:
        """Tell whether a browser made this call over TLS, whoever ended it."""
        page = headers.get(ORIGIN, self.url)
        return self.encrypted or page.startswith("https:")

    def cookie_name(self, headers: Mapping[str, str]) -> str:
        """Name the cookie that holds the session; where there is TLS, none but the one that no neighbour can set."""
        return ENCRYPTED_COOKIE if self.sees_tls(headers) else PLAIN_COOKIE

    def session_in(self, headers: Mapping[str, str]) -> str:
        """Give the token of the session, '' where there is none."""
        # Nobody but this host can have set the first, so it counts also where a plain reading does not say that there is TLS.
        return cookie_in(headers, ENCRYPTED_COOKIE) or cookie_in(headers, self.cookie_name(headers))

    def is_from_our_page(self, headers: Mapping[str, str]) -> bool:
        """Tell whether a page of ours made a call; what says nothing of that is not from one."""
        return self._is_said_to_be_ours(headers, unsaid=False)

    def is_from_another_page(self, headers: Mapping[str, str]) -> bool:
        """Tell whether a page of another site made a call; programs, which say nothing of pages, are none."""
        return not self._is_said_to_be_ours(headers, unsaid=True)

    def _is_said_to_be_ours(self, headers: Mapping[str, str], unsaid: bool) -> bool:
        if site := headers.get(FETCH_SITE):
            return site == "same-origin"
        if (page := headers.get(ORIGIN)) is None:
            return unsaid
        host = headers.get(HOST_HEADER, "")
        ours = [self.url, *(f"{scheme}://{host}" for scheme in self._schemes() if host)]
        return page != "" and page in ours

    def _schemes(self) -> tuple[str, ...]:
        # On TLS of ours a page of plain HTTP is another's; behind a proxy we can't know which of the two is.
        return ("https",) if self.encrypted else ("https", "http")
