"""Ports that tests listen on, and come back to after a while: of those that no connection is given as its own."""

import itertools
import os
import random
import socket

# Above those of Ray's workers (10002 to 19999) and below those that Linux gives to outgoing connections (32768 to 60999).
# Now and then one of these took a port while a daemon that a test had ended was not back yet.
PORTS = range(20_000, 32_000)
# Processes of one run of pytest, at most, each with ports of its own.
WORKERS = 16

_each = len(PORTS) // WORKERS
_first = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % WORKERS * _each
_begin = random.randrange(_each)
_turn = itertools.count()
_rows = itertools.count(random.randrange(_each))


def free_port(host: str = "127.0.0.1") -> int:
    """Find a port that nobody listens on; the next one each time."""
    for _ in range(_each):
        port = PORTS[_first + (_begin + next(_turn)) % _each]
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise RuntimeError(f"all ports from {PORTS[_first]} on are taken on {host}")


def free_row(length: int = 100) -> int:
    """Find so many ports in a row that nobody listens on, and give the first; another row each time."""
    for _ in range(_each // length):
        first = PORTS[_first] + next(_rows) % (_each // length) * length
        if all(_is_free(port) for port in range(first, first + length)):
            return first
    raise RuntimeError(f"nowhere from {PORTS[_first]} on are {length} ports in a row free")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
