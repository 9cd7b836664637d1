"""Who may be called."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Self

from actors.egress.addresses import Reach, address_of, reach_of
from actors.egress.errors import Refused, Why

_WITH_PORT = re.compile(r"(?:\[([^\[\]]+)\]|([^:\[\]]+)):(\d{1,5})")
# The last label is no number: 127.1 and 0x7f.1 are addresses in other clothes.
_NAME = re.compile(r"(?!.*(?:^|\.)(?:\d+|0x[0-9a-f]*)$)[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_])?")


@dataclass(frozen=True, slots=True)
class Listed:
    """A host or network that may be called though it is none of the internet; without a port, at all of them."""

    host: str | IPv4Network | IPv6Network
    port: int | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `nas.lan`, `nas.lan:8123`, `192.168.1.0/24`, `10.0.0.5:80`, `fd00::1` or `[fd00::1]:80`; raises ValueError."""
        written = text.strip().lower()
        apart = _WITH_PORT.fullmatch(written)
        host, port = (apart[1] or apart[2], int(apart[3])) if apart else (written, None)
        if port is not None and not 0 < port < 65_536:
            raise ValueError(f"no port: {port}")
        try:
            return cls(ip_network(host, strict=False), port)
        except ValueError:
            name = host.removesuffix(".")
        if not _NAME.fullmatch(name) or ".." in name:
            raise ValueError(f"neither a host's name nor an address nor a network: '{text[:80]}'")
        return cls(name, port)

    def __str__(self) -> str:
        if self.port is None:
            return str(self.host)
        return f"[{self.host}]:{self.port}" if isinstance(self.host, IPv6Network) else f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Rules:
    """Who may be called: hosts of the internet; one's own network if `internal`, and who is listed. No `ports` are all."""

    schemes: tuple[str, ...] = ("http", "https")
    ports: tuple[int, ...] = ()
    internal: bool = False
    listed: tuple[Listed, ...] = ()

    def check_url(self, scheme: str, user: str) -> None:
        """Refuse a scheme that may not be, and names that stand where a host seems to be (`https://bank.example@evil.example`)."""
        if scheme not in self.schemes:
            raise Refused(Why.SCHEME, f"only {' and '.join(self.schemes)} may be called, and not {scheme[:20] or 'without a scheme'}")
        if user:
            raise Refused(Why.MALFORMED, "a URL that is called names no user: put the sign-in into a header")

    def check_port(self, port: int) -> None:
        """Refuse a port that may not be called."""
        if self.ports and port not in self.ports:
            raise Refused(Why.PORT, f"port {port} may not be called")

    def check_addresses(self, host: str, port: int, addresses: Iterable[str]) -> None:
        """Refuse a host unless each of its addresses may be called."""
        by_name = self.internal or self._names(host, port)
        for text in addresses:
            match self._reach(text, port):
                case Reach.OWN_NETWORK if not by_name:
                    raise Refused(Why.OWN_NETWORK, f"{host} is no host of the internet")
                case Reach.SPECIAL:
                    raise Refused(Why.SPECIAL, f"{host} leads to a special address, {text[:60]}")

    def _names(self, host: str, port: int) -> bool:
        name = host.lower().removesuffix(".")
        return any(one.host == name and one.port in (None, port) for one in self.listed)

    def _reach(self, text: str, port: int) -> Reach:
        address = address_of(text)
        if address is None:
            return Reach.SPECIAL
        networks = [one.host for one in self.listed if not isinstance(one.host, str) and one.port in (None, port)]
        return Reach.INTERNET if any(address in network for network in networks) else reach_of(address)


def read_listed(texts: Sequence[str]) -> tuple[Listed, ...]:
    """Read a list of hosts and networks; raises ValueError."""
    return tuple(map(Listed.parse, texts))
