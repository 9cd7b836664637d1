"""Where an address leads: into the internet, into one's own network, or to where nobody means to call (RELIABILITY, SSRF)."""

from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network


class Reach(StrEnum):
    """Where an address leads."""

    INTERNET = "internet"
    OWN_NETWORK = "own network"
    SPECIAL = "special"


# This machine, private networks, and the addresses that providers and overlays share out (100.64/10).
_OWN = tuple(map(ip_network, ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "::1/128", "fc00::/7")))
# Where clouds hand out the keys of the machine; the others lie in link-local networks.
_METADATA = frozenset(map(ip_address, ("100.100.100.200", "fd00:ec2::254")))
# What `ipaddress` calls global, though it leads to addresses that are not, or may: translated, tunnelled, or of old.
_DISGUISED = tuple(
    map(ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96", "::ffff:0:0:0/96", "fec0::/10", "192.88.99.0/24"))
)


def address_of(text: str) -> IPv4Address | IPv6Address | None:
    """Read an address as it is written for all, without its zone; None for anything else."""
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return address if mapped is None else mapped


def reach_of(address: IPv4Address | IPv6Address) -> Reach:
    """Tell where an address leads, however it is disguised."""
    if address in _METADATA:
        return Reach.SPECIAL
    if any(address in network for network in _OWN):
        return Reach.OWN_NETWORK
    if not address.is_global or address.is_multicast or address.is_reserved or address.is_unspecified:
        return Reach.SPECIAL
    return Reach.SPECIAL if any(address in network for network in _DISGUISED) else Reach.INTERNET
