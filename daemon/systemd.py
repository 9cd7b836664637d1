"""What systemd is told by a service of `Type=notify`: datagrams to the socket that it names. Nothing is told where nobody asks."""

import asyncio
import socket
from collections.abc import Mapping
from dataclasses import dataclass

import structlog

log = structlog.get_logger()

# systemd counts from word to word; half its patience leaves room for a machine that is slow.
WORDS_IN_ITS_PATIENCE = 2


@dataclass(frozen=True, slots=True)
class Systemd:
    """Whoever started us, at a Unix socket; '' where nobody listens. Without a word for `patience_seconds` it begins us anew."""

    address: str = ""
    patience_seconds: float | None = None

    def tell_ready(self, status: str) -> None:
        """Say that the service does its work from now on."""
        self._tell("READY=1", f"STATUS={status}")

    def tell_stopping(self) -> None:
        """Say that the end was asked for and has begun."""
        self._tell("STOPPING=1", "STATUS=stopping")

    def tell_alive(self, *status: str) -> None:
        """Say that we are not stuck, and at what we are, where that is new."""
        self._tell("WATCHDOG=1", *(f"STATUS={words}" for words in status))

    async def keep_telling(self) -> None:
        """Say for ever that the event loop turns. Ends at once where nobody waits for that."""
        if not self.address or self.patience_seconds is None:
            return
        while True:
            self.tell_alive()
            await asyncio.sleep(self.patience_seconds / WORDS_IN_ITS_PATIENCE)

    def _tell(self, *lines: str) -> None:
        if not self.address:
            return
        name = f"\0{self.address[1:]}" if self.address.startswith("@") else self.address
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as door:
                door.setblocking(False)
                door.sendto("\n".join(lines).encode(), name)
        except OSError as error:
            # It would end a service that has nothing to say; the archive goes on until then.
            log.warning("systemd can't be told", error=str(error))


def systemd_of(environment: Mapping[str, str], pid: int) -> Systemd:
    """Find out who waits for a word of this process; what was meant for another is left alone."""
    patience = None
    if environment.get("WATCHDOG_PID", str(pid)) == str(pid):
        microseconds = environment.get("WATCHDOG_USEC", "")
        patience = int(microseconds) / 1_000_000 if microseconds.isdecimal() and int(microseconds) else None
    return Systemd(environment.get("NOTIFY_SOCKET", ""), patience)
