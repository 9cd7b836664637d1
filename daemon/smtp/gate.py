"""Who may speak with the door for mail: some networks, and not too many at once."""

import asyncio
from collections import Counter
from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Network
from typing import cast

import structlog

from actors.egress.addresses import address_of

log = structlog.get_logger(__name__)

NOT_ALLOWED = "554 5.7.1 mail from this address is not taken: smtp_allow of the archive does not name it"
TOO_MANY = "421 4.7.0 too many connections: come again in a minute"


class Gate:
    """Counts who is inside."""

    def __init__(self, allow: tuple[IPv4Network | IPv6Network, ...], most: int, most_of_one: int) -> None:
        self._allow = allow
        self._most = most
        self._most_of_one = most_of_one
        self._inside = Counter[str]()

    @property
    def inside(self) -> int:
        """Tell how many are inside."""
        return self._inside.total()

    def enter(self, address: str) -> str:
        """Let somebody in, who has to leave again, and say ''; or say why not, as SMTP does."""
        known = address_of(address)
        if known is None or not any(known in network for network in self._allow):
            return NOT_ALLOWED
        if self.inside >= self._most or self._inside[address] >= self._most_of_one:
            return TOO_MANY
        self._inside[address] += 1
        return ""

    def leave(self, address: str) -> None:
        """Count somebody out who was let in."""
        self._inside[address] -= 1
        if self._inside[address] <= 0:
            del self._inside[address]


class GateKeeper(asyncio.Protocol):
    """Meets each connection first: hands it to a session, or tells it why it may not stay."""

    def __init__(self, gate: Gate, begin: Callable[[str], asyncio.Protocol]) -> None:
        """Take what makes the session of an address that was let in."""
        self._gate = gate
        self._begin = begin

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Let it in, or end it."""
        stream = cast("asyncio.Transport", transport)
        peer = stream.get_extra_info("peername")
        address = str(peer[0]) if peer else ""
        refusal = self._gate.enter(address)
        if refusal:
            log.warning("mail refused at the gate", address=address, reason=refusal)
            stream.write(f"{refusal}\r\n".encode())
            stream.close()
            return
        session = self._begin(address)
        stream.set_protocol(session)
        session.connection_made(stream)
