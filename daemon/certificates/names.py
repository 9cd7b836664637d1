"""The names by which this machine is called, as a certificate holds them."""

import re
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, ip_address

import psutil

from daemon.listen import ListenAddress

HERE = ("localhost", "127.0.0.1", "::1")
_LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?"
_NAME = re.compile(rf"{_LABEL}(\.{_LABEL})*")
_LONGEST_NAME = 253


@dataclass(frozen=True, slots=True)
class CertifiedNames:
    """Host names and addresses, as text. A certificate without one of `needed` is made anew; `also` are held by one that is made."""

    needed: tuple[str, ...]
    also: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Give every name once, what people type first."""
        return tuple(dict.fromkeys((*self.needed, *self.also)))


def names_to_certify(listen: ListenAddress, given: Sequence[str], hostname: str, addresses: Sequence[str]) -> CertifiedNames:
    """Work out what a certificate made here must hold: `given`, or else the host's own name, which is not always one for DNS.

    `addresses` are this machine's. Where it listens on all of them they are held, but another one alone makes no new certificate: whoever
    trusts this one would have to compare fingerprints again each time that a router gives another address.
    """
    names = tuple(_written(name) for name in given) or _own_names(hostname.lower())
    if ip_address(listen.host).is_unspecified:
        return CertifiedNames((*names, *HERE), tuple(address for address in addresses if _lasts(address)))
    return CertifiedNames((*names, _written(listen.host), *HERE))


def is_name(text: str) -> bool:
    """Tell whether a certificate can hold it: a host name in ASCII, or an address."""
    try:
        ip_address(text)
    except ValueError:
        return len(text) <= _LONGEST_NAME and _NAME.fullmatch(text.lower()) is not None
    return True


def own_addresses() -> list[str]:
    """List the addresses of this machine."""
    return [entry.address for entries in psutil.net_if_addrs().values() for entry in entries if entry.family == socket.AF_INET]


def _written(name: str) -> str:
    """Write it as a certificate gives it back."""
    try:
        return str(ip_address(name.partition("%")[0]))
    except ValueError:
        return name.lower()


def _own_names(hostname: str) -> tuple[str, ...]:
    if not is_name(hostname):
        return ()
    short = hostname.split(".")[0]
    return tuple(dict.fromkeys((hostname, f"{short}.local")))


def _lasts(address: str) -> bool:
    return not IPv4Address(address).is_loopback and not IPv4Address(address).is_link_local
