"""Ways that lead where nobody may go: each is refused, and nobody comes there."""

from collections.abc import Iterator

import pytest

from actors.egress.client import Bounds, told, vetted_client
from actors.egress.connecting import resolve
from actors.egress.errors import NotReached, Refused, Why
from actors.egress.rules import Rules
from tests.egress.hosts import Names, Visited, host


@pytest.fixture
def inside() -> Iterator[Visited]:
    """A host of one's own network."""
    with host() as visited:
        yield visited


def call(url: str, lookup: Names | None = None, rules: Rules | None = None) -> None:
    with told("host"), vetted_client(rules or Rules(), Bounds(seconds=3.0), lookup or resolve) as client:
        client.get(url)


# By the resolver of this system, with the port of a host that listens.
WRITTEN = [
    *("http://127.0.0.1:PORT/", "http://127.1:PORT/", "http://127.0.1:PORT/", "http://2130706433:PORT/", "http://017700000001:PORT/"),
    *("http://0x7f000001:PORT/", "http://0x7f.0x0.0x0.0x1:PORT/", "http://0177.0.0.01:PORT/", "http://127.0.0.1.:PORT/", "http://0:PORT/"),
    *("http://0.0.0.0:PORT/", "http://[::]:PORT/", "http://[::1]:PORT/", "http://[::ffff:127.0.0.1]:PORT/", "http://[::ffff:7f00:1]:PORT/"),
    *("http://[::127.0.0.1]:PORT/", "http://[64:ff9b::7f00:1]:PORT/", "http://[64:ff9b:1::7f00:1]:PORT/", "http://[2002:7f00:1::]:PORT/"),
    *(
        "http://[fec0::1]:PORT/",
        "http://[fe80::1%25lo]:PORT/",
        "http://localhost:PORT/",
        "http://LOCALHOST.:PORT/",
        "http://localhost.localdomain:PORT/",
    ),
    *(
        "http://a.localhost:PORT/",
        "http://ip6-localhost:PORT/",
        "http://①②⑦.⓪.⓪.①:PORT/",
        "http://127。0。0。1:PORT/",
        "http://loc\u00adalhost:PORT/",
    ),
    *("http://127.0.0.1:PORT#@example.org/", "http://example.org@127.0.0.1:PORT/", "http://example.org:80@127.0.0.1:PORT/"),
    *(
        "http://127.0.0.1:PORT\\@example.org/",
        "http:127.0.0.1:PORT/",
        "//127.0.0.1:PORT/",
        "http:///127.0.0.1:PORT/",
        "http://%31%32%37.0.0.1:PORT/",
    ),
    *(
        "http://127.0.0.1%00.example.org:PORT/",
        "http://127.0.0.1\t:PORT/",
        "https://127.0.0.1:PORT/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:PORT/_x",
    ),
    *(
        "ftp://127.0.0.1:PORT/",
        "dict://127.0.0.1:PORT/",
        "unix:///run/docker.sock",
        "data:,x",
        "",
        "http://",
        "http://169.254.169.254/latest/",
    ),
    *("http://100.64.0.1/", "http://198.18.0.1/", "http://192.0.0.1/", "http://224.0.0.1/", "http://255.255.255.255/", "http://[ff02::1]/"),
]


@pytest.mark.parametrize("url", WRITTEN)
def test_however_an_address_is_written_nobody_comes_there(inside: Visited, url: str) -> None:
    with pytest.raises((Refused, NotReached)):
        call(url.replace("PORT", str(inside.port)))
    assert inside.heads == []


@pytest.mark.parametrize(
    ("addresses", "why"),
    [
        (["127.0.0.1"], Why.OWN_NETWORK),
        (["1.1.1.1", "127.0.0.1"], Why.OWN_NETWORK),
        (["2606:4700::1111", "10.0.0.1"], Why.OWN_NETWORK),
        (["1.1.1.1", "::1"], Why.OWN_NETWORK),
        (["1.1.1.1", "64:ff9b::7f00:1"], Why.SPECIAL),
        (["169.254.169.254"], Why.SPECIAL),
        (["fe80::1%lo"], Why.SPECIAL),
        (["2001:0:7f00:1::"], Why.SPECIAL),
        (["evil.example"], Why.SPECIAL),
    ],
)
def test_a_name_is_refused_for_any_of_its_addresses(inside: Visited, addresses: list[str], why: Why) -> None:
    with pytest.raises(Refused) as refused:
        call(f"http://good.example:{inside.port}/", Names([addresses]))
    assert refused.value.why is why
    assert inside.heads == []


@pytest.mark.parametrize("path", ["/a\r\nX-Evil:%201", "/a\nb", "/\0"])
def test_a_line_of_its_own_in_a_path_is_refused(inside: Visited, path: str) -> None:
    with pytest.raises(Refused):
        call(f"http://127.0.0.1:{inside.port}{path}", rules=Rules(internal=True))
    assert inside.heads == []


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\nb", "a\0b"])
def test_a_line_of_its_own_in_a_header_is_refused(inside: Visited, value: str) -> None:
    with pytest.raises(Refused), told("host"), vetted_client(Rules(internal=True), Bounds(seconds=3.0)) as client:
        client.get(f"http://127.0.0.1:{inside.port}/", headers={"X-Told": value})
    assert inside.heads == []
