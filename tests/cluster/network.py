"""A network of machines inside this one: namespaces, each with a cable to one switch, which can be pulled out and put back. Wants root."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

# Another in each process, so that two may be built at once.
NETWORK = os.getpid() % 200 + 20
ADDRESSES = f"10.199.{NETWORK}"
SWITCH = f"scriba-{NETWORK}"


class NoNetwork(Exception):
    """None can be built here; the words say why."""


@dataclass(frozen=True, slots=True)
class Slow:
    """How slow a cable is: so many seconds each way, and bits a second."""

    seconds: float
    bits: float


class Place:
    """Where one machine stands: a namespace of its own, with one address."""

    def __init__(self, number: int, slow: Slow | None = None) -> None:
        self.name = f"scriba-{NETWORK}-{number}"
        self._slow = slow
        self._carrier: subprocess.Popen[bytes] | None = None
        self.address = f"{ADDRESSES}.{number}"
        self._cable = f"scriba{NETWORK}-{number}"

    @property
    def before(self) -> tuple[str, ...]:
        """Give what stands before a command that is to run here."""
        return ("ip", "netns", "exec", self.name)

    def build(self) -> None:
        """Make it, its cable plugged in."""
        ip("netns", "add", self.name)
        if self._slow:
            command = [sys.executable, "-m", "tests.cluster.slow_cable", self.name, SWITCH, str(self._slow.seconds), str(self._slow.bits)]
            self._carrier = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            assert self._carrier.stdout is not None
            assert self._carrier.stdout.readline() == b"carries\n"
        else:
            ip("link", "add", self._cable, "type", "veth", "peer", "name", "eth0", "netns", self.name)
            ip("link", "set", self._cable, "master", SWITCH, "up")
        ip("-n", self.name, "address", "add", f"{self.address}/24", "dev", "eth0")
        for device in ("lo", "eth0"):
            ip("-n", self.name, "link", "set", device, "up")

    def pull_out(self) -> None:
        """Pull its cable out."""
        ip("link", "set", self._cable, "down")

    def plug_in(self) -> None:
        """Put the cable back."""
        ip("link", "set", self._cable, "up")

    def remove(self) -> None:
        """Take it away, with its cable."""
        if self._carrier is not None:
            self._carrier.communicate(timeout=20)
        ip("netns", "delete", self.name)


def ip(*words: str) -> None:
    """Order something of the system's network."""
    subprocess.run(["ip", *words], check=True, capture_output=True, timeout=20)


@contextmanager
def network(machines: int, slow: Slow | None = None) -> Iterator[list[Place]]:
    """Build so many places, the last with a slow cable if wanted, and a way from here to all of them. Raises NoNetwork."""
    if os.geteuid() != 0 or shutil.which("ip") is None:
        raise NoNetwork("namespaces want root, and the program ip")
    places = [Place(number, slow if number == machines else None) for number in range(1, machines + 1)]
    built: list[Place] = []
    try:
        ip("link", "add", SWITCH, "type", "bridge")
    except subprocess.CalledProcessError as error:
        raise NoNetwork(f"no network can be built here: {error.stderr.decode().strip()}") from error
    try:
        ip("address", "add", f"{ADDRESSES}.254/24", "dev", SWITCH)
        ip("link", "set", SWITCH, "up")
        for place in places:
            place.build()
            built.append(place)
        yield places
    finally:
        for place in built:
            place.remove()
        ip("link", "delete", SWITCH)
