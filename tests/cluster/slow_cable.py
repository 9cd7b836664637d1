"""A program that is a slow cable, where the system has none (netem): python -m tests.cluster.slow_cable NAMESPACE SWITCH SECONDS BITS.

It makes a network card `eth0` in a namespace and one at a switch, and carries frames between them, so many seconds late and no more bits a
second, both ways. It says so when the cards are there, and ends with its input; they go with it.
"""

import asyncio
import fcntl
import os
import struct
import subprocess
import sys

TUNSETIFF = 0x400454CA
IFF_TAP, IFF_NO_PI = 0x0002, 0x1000
FRAME_BYTES = 2_000
# What a cable's other end keeps for it; more is lost, as on any slow way.
MOST_QUEUED_SECONDS = 0.5


def card(name: str) -> int:
    """Make a network card; give the descriptor that its frames are read from and written to."""
    descriptor = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(descriptor, TUNSETIFF, struct.pack("16sH", name.encode(), IFF_TAP | IFF_NO_PI))
    return descriptor


class Way:
    """One direction of the cable."""

    def __init__(self, source: int, target: int, seconds: float, bits: float) -> None:
        self._source, self._target, self._seconds, self._bits = source, target, seconds, bits
        self._free = 0.0

    def carry(self) -> None:
        """Take what has come, and let it arrive later."""
        loop = asyncio.get_running_loop()
        frame = os.read(self._source, FRAME_BYTES)
        now = loop.time()
        if self._free - now > MOST_QUEUED_SECONDS:
            return
        self._free = max(now, self._free) + 8 * len(frame) / self._bits
        loop.call_at(self._free + self._seconds, self._arrive, frame)

    def _arrive(self, frame: bytes) -> None:
        try:
            os.write(self._target, frame)
        except OSError:  # a card that is not up loses what comes
            return


def plug_in(namespace: str, switch: str) -> tuple[int, int]:
    """Make both cards, and put each where it belongs; give what is read and written there."""
    here, there = (f"{side}{namespace.removeprefix('scriba-')}" for side in ("near", "far"))
    cards = card(here), card(there)
    for words in (
        ("link", "set", here, "master", switch, "up"),
        ("link", "set", there, "netns", namespace),
        ("-n", namespace, "link", "set", there, "name", "eth0"),
    ):
        subprocess.run(["ip", *words], check=True)
    return cards


async def carry(here: int, there: int, seconds: float, bits: float) -> None:
    """Carry frames until the input ends."""
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(here, Way(here, there, seconds, bits).carry)
    loop.add_reader(there, Way(there, here, seconds, bits).carry)
    loop.add_reader(sys.stdin, ended.set)
    print("carries", flush=True)  # noqa: T201  # read by whoever runs us
    await ended.wait()


if __name__ == "__main__":
    asyncio.run(carry(*plug_in(sys.argv[1], sys.argv[2]), float(sys.argv[3]), float(sys.argv[4])))
