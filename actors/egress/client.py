"""Calls by HTTP: a transport for httpx that reaches only whom the rules allow, at each redirect anew, within bounds."""

import ssl
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import httpcore
import httpx

from actors.egress.connecting import Resolve, connect, resolve
from actors.egress.errors import NotReached, Refused, Why
from actors.egress.rules import Rules
from actors.egress.streams import BoundedStream


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one request may take: seconds from the first byte to the last, more of them to send what is big, and bytes of an answer."""

    seconds: float = 5.0
    sending_seconds: float = 0.0
    answer_bytes: int = 1 << 20


def vetted_client(rules: Rules, bounds: Bounds, lookup: Resolve = resolve, trust: ssl.SSLContext | None = None) -> httpx.Client:
    """Make a client that knows no proxy, cookie or redirect of its own; `trust` instead of the usual certificates."""
    return httpx.Client(transport=VettedTransport(rules, bounds, lookup, trust), trust_env=False, timeout=bounds.seconds)


@contextmanager
def told(host: str) -> Iterator[None]:
    """Say what goes wrong in a call as Refused or NotReached."""
    try:
        yield
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpcore.UnsupportedProtocol) as error:
        raise Refused(Why.MALFORMED, f"it can't be called: {error}") from error
    except (httpcore.LocalProtocolError, UnicodeError):
        # Their own words, and those of what caused them, would tell the header's value, which may be a secret.
        raise Refused(Why.MALFORMED, "its headers can't be sent: HTTP allows no such characters") from None
    except (httpx.HTTPError, httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, OSError) as error:
        raise NotReached(f"{host} was not reached: {type(error).__name__} {error}") from error


class VettedTransport(httpx.BaseTransport):
    """Carries requests. No connection is used twice, so that each is looked at, and its time is that of its request."""

    def __init__(self, rules: Rules, bounds: Bounds, lookup: Resolve, trust: ssl.SSLContext | None) -> None:
        self._rules = rules
        self._bounds = bounds
        self._pool = httpcore.ConnectionPool(
            ssl_context=trust or _usual_trust(),
            max_keepalive_connections=0,
            network_backend=_Connecting(rules, bounds, lookup),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Carry one request; raises Refused, and what httpcore and sockets raise."""
        url = request.url
        self._rules.check_url(url.scheme, url.userinfo.decode("ascii", "replace"))
        # The host that was looked at is the one that is spoken to. What is packed could be small on its way and huge here.
        request.headers["Host"] = url.netloc.decode("ascii")
        request.headers["Accept-Encoding"] = "identity"
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        asked = httpcore.Request(request.method, target, headers=request.headers.raw, content=request.stream, extensions=request.extensions)
        answer = self._pool.handle_request(asked)
        body = _BoundedBody(answer.stream, self._bounds.answer_bytes)
        if any(name.lower() == b"content-encoding" and value.lower() != b"identity" for name, value in answer.headers):
            body.close()
            raise NotReached(f"{url.host} answered with packed bytes, which nobody asked for")
        return httpx.Response(answer.status, headers=answer.headers, stream=body, extensions=answer.extensions)

    def close(self) -> None:
        """Shut what is open."""
        self._pool.close()


@lru_cache(1)
def _usual_trust() -> ssl.SSLContext:
    """Read the certificates of the usual authorities, or those that SSL_CERT_FILE names; it takes a tenth of a second."""
    return httpx.create_ssl_context()


class _Connecting(httpcore.NetworkBackend):
    def __init__(self, rules: Rules, bounds: Bounds, lookup: Resolve) -> None:
        self._rules = rules
        self._bounds = bounds
        self._lookup = lookup

    def connect_tcp(self, host: str, port: int, *_: Any, **__: Any) -> httpcore.NetworkStream:
        end = time.monotonic() + self._bounds.seconds + self._bounds.sending_seconds
        return BoundedStream(connect(host, port, self._rules, self._bounds.seconds, self._lookup), end)


class _BoundedBody(httpx.SyncByteStream):
    def __init__(self, stream: Any, most: int) -> None:
        self._stream = stream
        self._most = most

    def __iter__(self) -> Iterator[bytes]:
        left = self._most
        parts: Iterable[bytes] = self._stream
        for part in parts:
            left -= len(part)
            if left < 0:
                raise NotReached(f"the answer is longer than {self._most:,} bytes")
            yield part

    def close(self) -> None:
        self._stream.close()
