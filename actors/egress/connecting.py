"""Connects to hosts that may be called."""

import socket
import time
from collections.abc import Callable, Sequence

from actors.egress.errors import Refused, Why
from actors.egress.rules import Rules

# Gives all addresses of a host; raises OSError where there is none.
Resolve = Callable[[str, int], Sequence[str]]


def resolve(host: str, port: int) -> Sequence[str]:
    """Look up all addresses of a host."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def connect(host: str, port: int, rules: Rules, seconds: float, lookup: Resolve = resolve) -> socket.socket:
    """Connect within a time to an address that was looked at: a name that leads elsewhere a moment later is not asked again.

    Raises Refused unless all addresses may be called, OSError where none is reached.
    """
    end = time.monotonic() + seconds
    rules.check_port(port)
    try:
        addresses = lookup(host, port)
    except UnicodeError as error:
        raise Refused(Why.MALFORMED, f"no host has such a name: {host[:80]}") from error
    rules.check_addresses(host, port, addresses)
    failure = OSError(f"{host} has no address")
    for address in addresses:
        try:
            return socket.create_connection((address, port), max(end - time.monotonic(), 0.01))
        except OSError as error:
            failure = error
    raise failure
