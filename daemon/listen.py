"""The one address the daemon listens on."""

import errno
import ipaddress
import re
import socket
from dataclasses import dataclass

_PORT = re.compile("[0-9]{1,5}")
EXPECTED = "must be HOST:PORT with an IP address, for example 127.0.0.1:8440 or [::1]:8440"


@dataclass(frozen=True, slots=True)
class ListenAddress:
    """An IP address and a port; `localhost` is written as 127.0.0.1."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def is_loopback(self) -> bool:
        return ipaddress.ip_address(self.host).is_loopback

    @property
    def reachable(self) -> "ListenAddress":
        """Give the address that a program on this machine connects to: loopback where all interfaces are meant."""
        if not ipaddress.ip_address(self.host).is_unspecified:
            return self
        return ListenAddress("::1" if ":" in self.host else "127.0.0.1", self.port)


def parse_listen_address(text: str) -> ListenAddress:
    """Read HOST:PORT; raise ValueError with what was expected."""
    host, colon, port = text.strip().rpartition(":")
    host = "127.0.0.1" if host == "localhost" else host
    bracketed = host.startswith("[") and host.endswith("]")
    if not colon or not _PORT.fullmatch(port) or not 0 < int(port) < 65536 or (":" in host) != bracketed:
        raise ValueError(EXPECTED)
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError as error:
        raise ValueError(EXPECTED) from error
    return ListenAddress(str(address), int(port))


def is_port_free(address: ListenAddress) -> bool:
    """Tell whether this process could listen there now; raise OSError when the machine hasn't that address, or forbids the port."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address.host, address.port))
            probe.listen(1)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            raise
    return True
