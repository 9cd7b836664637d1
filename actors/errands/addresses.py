"""Which addresses a webhook may reach: those of the internet, and others only where a setting allows it (RELIABILITY, SSRF)."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# What `ipaddress` calls global, though it leads to addresses that are not, or may: translated, tunnelled, or of old.
_DISGUISED = tuple(
    map(ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96", "fec0::/10", "192.88.99.0/24", "100.64.0.0/10"))
)


def is_public(text: str) -> bool:
    """Tell whether an address belongs to a host of the internet, and to no other however it is written."""
    try:
        address: IPv4Address | IPv6Address = ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if not address.is_global or address.is_multicast or address.is_reserved or address.is_unspecified:
        return False
    return not any(address in network for network in _DISGUISED if network.version == address.version)
