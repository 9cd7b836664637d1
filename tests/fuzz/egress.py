"""Whom the archive may call, as persons write it."""

import re
from collections.abc import Sequence

from actors.egress.client import Bounds, told, vetted_client
from actors.egress.errors import NotReached, Refused
from actors.egress.rules import Listed, Rules
from tests.fuzz.target import Target, text

NO_TIME = Bounds(seconds=0.0)


def fuzz_called_url(data: bytes) -> None:
    """Any text is refused in words, or asks for one host by its plain name and then goes no further than its addresses allow."""
    asked: list[str] = []

    def inside(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        assert re.fullmatch(r"[!-~]+", host), host
        assert 0 < port < 65_536
        return ["127.0.0.1"]

    try:
        with told("host"), vetted_client(Rules(), NO_TIME, inside) as client:
            client.get(text(data), headers={"X-Told": text(data)[:20]})
    except (Refused, NotReached) as error:
        assert str(error)
    else:
        raise AssertionError("an address of one's own network was called")
    assert len(asked) <= 1


def fuzz_listed_host(data: bytes) -> None:
    """Any text is an entry of the list, the same when written and read again, or refused in words."""
    try:
        listed = Listed.parse(text(data))
    except ValueError as error:
        assert re.match("no port|neither a host's name", str(error))
        return
    assert Listed.parse(str(listed)) == listed


TARGETS = (
    Target(
        fuzz_called_url,
        (
            b"http://example.org/a?b=c",
            b"https://[::1]:443/",
            b"http://a:b@127.1#@c",
            "http://①②⑦.⓪.⓪.①/".encode(),
            b"http://a\r\nb: c/",
            b"file:///etc",
        ),
    ),
    Target(fuzz_listed_host, (b"nas.lan:8123", b"10.0.0.0/8", b"[fd00::1]:80", b"fd00::/8", b"127.1", b"a..b")),
)
