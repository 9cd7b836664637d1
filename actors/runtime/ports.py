"""The ports at which the machines of a cluster speak to one another: a hundred in a row, so that one rule of a firewall opens them."""

import socket
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

# Each process that houses actors needs one; a machine with 64 cores has about 80.
LENGTH = 100
HIGHEST = 65_535


@dataclass(frozen=True, slots=True)
class PortRange:
    """Ports from `first` on, by what listens there."""

    first: int

    @property
    def gcs(self) -> int:
        """Give that of the cluster's head."""
        return self.first

    @property
    def node_manager(self) -> int:
        """Give that of a machine's raylet."""
        return self.first + 1

    @property
    def object_manager(self) -> int:
        """Give that by which pages come and go."""
        return self.first + 2

    @property
    def first_worker(self) -> int:
        """Give the first of those for processes that house actors."""
        return self.first + 3

    @property
    def last(self) -> int:
        """Give the last of all."""
        return self.first + LENGTH - 1


def free_range(first: int, free: Callable[[int], bool]) -> PortRange | None:
    """Find a hundred ports from `first` on whose fixed ones are free: two nodes of one machine need one each. None where there is none."""
    for candidate in (PortRange(start) for start in range(first, HIGHEST - LENGTH, LENGTH)):
        if all(free(port) for port in (candidate.gcs, candidate.node_manager, candidate.object_manager)):
            return candidate
    return None


def is_free(port: int) -> bool:
    """Tell whether nobody listens at a port of this machine."""
    with closing(socket.socket(socket.AF_INET6, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("::", port))
        except OSError:
            return False
    return True
