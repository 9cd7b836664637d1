"""Calls go to the address that was looked at, by the name that was meant, and end in time."""

import ssl
from collections.abc import Iterator

import pytest
import trustme

from actors.egress.client import Bounds, told, vetted_client
from actors.egress.errors import NotReached, Refused, Why
from actors.egress.rules import Rules, read_listed
from tests.egress.hosts import Names, Visited, host

BOUNDS = Bounds(seconds=5.0, answer_bytes=1_000)
# 127.0.0.2 stands for the internet, 127.0.0.1 for one's own network.
RULES = Rules(listed=read_listed(("127.0.0.2",)))


@pytest.fixture
def outside() -> Iterator[Visited]:
    with host("127.0.0.2") as visited:
        yield visited


def test_a_name_that_leads_elsewhere_a_moment_later_is_asked_once(outside: Visited) -> None:
    names = Names([["127.0.0.2"], ["127.0.0.1"]])
    with host("127.0.0.1", outside.port) as inside, told("host"), vetted_client(RULES, BOUNDS, names) as client:
        assert client.get(f"http://good.example:{outside.port}/a?b=c").status_code == 204
    assert names.asked == ["good.example"]
    assert (len(outside.heads), inside.heads) == (1, [])
    assert outside.heads[0].startswith("GET /a?b=c HTTP/1.1\r\n")
    assert f"Host: good.example:{outside.port}\r\n" in outside.heads[0]


def test_each_request_looks_anew_and_one_that_leads_inside_is_refused(outside: Visited) -> None:
    names = Names([["127.0.0.2"], ["127.0.0.1"]])
    with host("127.0.0.1", outside.port) as inside, told("host"), vetted_client(RULES, BOUNDS, names) as client:
        client.get(f"http://good.example:{outside.port}/")
        with pytest.raises(Refused):
            client.get(f"http://good.example:{outside.port}/")
        assert inside.heads == []


def test_a_redirect_is_not_followed_by_itself(outside: Visited) -> None:
    outside.answer = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n"
    with told("host"), vetted_client(RULES, BOUNDS, Names([["127.0.0.2"]])) as client:
        assert client.get(f"http://good.example:{outside.port}/").status_code == 302


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("http://127.0.0.1:PORT/", Why.OWN_NETWORK),
        ("//127.0.0.1:PORT/", Why.OWN_NETWORK),
        ("http://[::ffff:127.0.0.1]:PORT/", Why.OWN_NETWORK),
        ("http://0.0.0.0:PORT/", Why.SPECIAL),
        ("file:///etc/passwd", Why.SCHEME),
        ("http://user:word@127.0.0.1:PORT/", Why.MALFORMED),
    ],
)
def test_a_redirect_that_is_followed_is_looked_at_anew(outside: Visited, target: str, why: Why) -> None:
    outside.answer = f"HTTP/1.1 302 Found\r\nLocation: {target.replace('PORT', str(outside.port))}\r\nContent-Length: 0\r\n\r\n".encode()
    with host("127.0.0.1", outside.port) as inside, told("host"), vetted_client(RULES, BOUNDS) as client:
        with pytest.raises(Refused) as refused:
            client.get(f"http://127.0.0.2:{outside.port}/", follow_redirects=True)
        assert (refused.value.why, inside.heads) == (why, [])


def test_no_proxy_of_the_environment_is_used(outside: Visited, monkeypatch: pytest.MonkeyPatch) -> None:
    with host("127.0.0.1") as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        with told("host"), vetted_client(RULES, BOUNDS) as client:
            client.get(f"http://127.0.0.2:{outside.port}/")
        assert (len(outside.heads), proxy.heads) == (1, [])


def test_the_certificate_must_be_of_the_name_and_not_of_the_address() -> None:
    authority = trustme.CA()
    trust, tls = ssl.create_default_context(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.configure_trust(trust)
    authority.issue_cert("good.example").configure_cert(tls)
    with host("127.0.0.2", tls=tls) as visited, vetted_client(RULES, BOUNDS, Names([["127.0.0.2"]]), trust) as client:
        with told("host"):
            assert client.get(f"https://good.example:{visited.port}/").status_code == 204
        assert visited.names == ["good.example"]
        with pytest.raises(NotReached, match="CERTIFICATE_VERIFY_FAILED"), told("other.example"):
            client.get(f"https://other.example:{visited.port}/")
        assert len(visited.heads) == 1


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n" + b"x" * 2_000, "longer than 1,000 bytes"),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx", "packed bytes"),
        (b"SSH-2.0-OpenSSH\r\n\r\n", "RemoteProtocolError"),
        (b"", "RemoteProtocolError"),
    ],
)
def test_an_answer_that_is_none_is_not_taken(outside: Visited, answer: bytes, words: str) -> None:
    outside.answer = answer
    with pytest.raises(NotReached, match=words), told("host"), vetted_client(RULES, BOUNDS) as client:
        client.get(f"http://127.0.0.2:{outside.port}/")


def test_the_next_address_is_tried_when_one_does_not_answer(outside: Visited) -> None:
    rules = Rules(listed=read_listed(("127.0.0.0/8",)))
    with told("host"), vetted_client(rules, BOUNDS, Names([["127.0.0.3", "127.0.0.2"]])) as client:
        assert client.get(f"http://good.example:{outside.port}/").status_code == 204


def test_a_request_that_has_no_time_left_is_broken_off(outside: Visited) -> None:
    with pytest.raises(NotReached, match="TimeoutError"), told("host"), vetted_client(RULES, Bounds(seconds=0.0)) as client:
        client.get(f"http://127.0.0.2:{outside.port}/")
    assert outside.heads == []


def test_a_port_that_is_not_allowed_is_not_asked_for(outside: Visited) -> None:
    names = Names([["127.0.0.2"]])
    with pytest.raises(Refused) as refused, told("host"), vetted_client(Rules(ports=(443,)), BOUNDS, names) as client:
        client.get(f"http://good.example:{outside.port}/")
    assert (refused.value.why, names.asked) == (Why.PORT, [])
