"""A house worth breaking into, and a decoder that tries to."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from actors.ocr.decoders.isolation import Isolation
from actors.sandbox.level import SandboxLevel
from actors.sandbox.sandbox import sandbox_of

TESTS = Path(__file__).parents[1]
SECRET = "what nobody but its owner may know"
VICTIM = """
import ctypes, sys
ctypes.CDLL(None).prctl(0x59616D61, ctypes.c_ulong(2**64 - 1))  # anyone may trace it, where the system asks
held = ctypes.create_string_buffer(b"what nobody but its owner may know")
print(ctypes.addressof(held), flush=True)
sys.stdin.read()
"""


@dataclass(frozen=True, slots=True)
class House:
    """Files, sockets and a process that no decoder may reach."""

    data: Path
    home: Path
    original: Path
    other_original: Path
    tcp: socket.socket
    udp: socket.socket
    unix: socket.socket
    abstract: socket.socket

    @property
    def token(self) -> Path:
        return self.data / "secrets" / "local.token"

    @property
    def database(self) -> Path:
        return self.data / "scriba.db"


@contextmanager
def open_house(data: Path) -> Iterator[House]:
    """Put the house up, with a file in the real home folder of whoever runs the tests."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(TemporaryDirectory(prefix=".scriba-test-", dir=Path.home())))
        originals = data / "originals"
        for folder in (originals, data / "secrets"):
            folder.mkdir(parents=True)
        for path in (home / "letter", data / "secrets" / "local.token", data / "scriba.db", originals / "1.pdf", originals / "2.pdf"):
            path.write_text(SECRET)
        for path in originals.iterdir():
            path.chmod(0o444)
        kinds = ((socket.AF_INET, socket.SOCK_STREAM), (socket.AF_INET, socket.SOCK_DGRAM), (socket.AF_UNIX, socket.SOCK_STREAM))
        tcp, udp, unix = (stack.enter_context(socket.socket(*kind)) for kind in kinds)
        abstract = stack.enter_context(socket.socket(socket.AF_UNIX))
        tcp.bind(("127.0.0.1", 0))
        udp.bind(("127.0.0.1", 0))
        unix.bind(str(home / "socket"))
        abstract.bind(f"\0scriba-test-{os.getpid()}")
        for listener in (tcp, unix, abstract):
            listener.listen()
        for door in (tcp, udp, unix, abstract):
            door.setblocking(False)
        yield House(data, home, originals / "1.pdf", originals / "2.pdf", tcp, udp, unix, abstract)


class Victim:
    """A process of ours that a decoder may try to harm."""

    def __init__(self) -> None:
        self._process = subprocess.Popen([sys.executable, "-c", VICTIM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.pid = self._process.pid
        self.address = int(self._process.stdout.readline())

    @property
    def lives(self) -> bool:
        return self._process.poll() is None

    def end(self) -> None:
        self._process.kill()
        self._process.communicate()


class Attacker:
    """A decoder that was taken over, at one level."""

    def __init__(self, level: SandboxLevel) -> None:
        self.level = level
        self.isolation = Isolation(module="tests.sandbox.hostile", sandbox=sandbox_of(level, TESTS))

    @property
    def is_free(self) -> bool:
        """Tell whether nothing shuts it in, so that each way out must work: else its test could not fail."""
        return self.level is SandboxLevel.NONE

    async def gets_out(self, function: str, argument: object, expected: object = "done") -> bool:
        """Tell whether a way out worked; whatever else it answers must be a refusal."""
        answer = await self.isolation.call(function, argument, 30, returns=object)
        assert answer == expected or str(answer).startswith("refused"), answer
        return answer == expected

    async def tells(self, function: str, argument: object = None) -> str:
        """Have a function answer in words."""
        return await self.isolation.call(function, argument, 30, returns=str)
