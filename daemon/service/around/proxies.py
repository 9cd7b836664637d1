"""Proxies that are trusted: where a call really comes from, and whom they say that it is from."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

import structlog

from actors.egress.addresses import address_of
from daemon.edge.envoy_config import PEER_HEADER

log = structlog.get_logger()

FORWARDED_FOR = "x-forwarded-for"
# Tells by its headers where a call comes from.
AddressOf = Callable[[Mapping[str, str]], str]
_MOST_TOLD = 1_000


@dataclass(frozen=True, slots=True)
class Proxies:
    """Who is trusted, and in which header they say who calls; '' where nobody's word is taken."""

    networks: tuple[IPv4Network | IPv6Network, ...] = ()
    user_header: str = ""
    _told: OrderedDict[str, None] = field(default_factory=OrderedDict, compare=False, repr=False)

    def address(self, headers: Mapping[str, str]) -> str:
        """Tell from where a call comes, '' where nobody has said: the last address on its way that is no trusted proxy's.

        What stands before that in the header is what the caller himself may have written.
        """
        nearest = headers.get(PEER_HEADER, "")
        if not self._trusts(nearest):
            return nearest
        for told in reversed(headers.get(FORWARDED_FOR, "").split(",")):
            if (address := _read(told)) is None:
                break
            nearest = str(address)
            if not self._trusts(nearest):
                break
        return nearest

    def user(self, headers: Mapping[str, str]) -> str:
        """Tell who a trusted proxy says calls, '' where none says so. From others the header is nothing, and the log tells."""
        told = headers.get(self.user_header, "") if self.user_header else ""
        if not told:
            return ""
        peer = headers.get(PEER_HEADER, "")
        if not self._trusts(peer):
            self._tell(peer)
            return ""
        try:  # names beyond ASCII come as UTF-8, which headers are not read as
            return told.encode("latin-1").decode("utf-8").strip()
        except UnicodeError:
            return told.strip()

    def _trusts(self, peer: str) -> bool:
        address = address_of(peer)
        return address is not None and any(address in network for network in self.networks)

    def _tell(self, peer: str) -> None:
        if peer in self._told:  # once for each: whoever sends it may send it often
            return
        self._told[peer] = None
        while len(self._told) > _MOST_TOLD:
            self._told.popitem(last=False)
        log.error("remote user header ignored: it comes from no trusted proxy", header=self.user_header, address=peer)


def _read(told: str) -> IPv4Address | IPv6Address | None:
    """Read an address of the header, which some proxies write with a port."""
    text = told.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    return address_of(text)
