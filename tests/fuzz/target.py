"""What a fuzz target is: a property that must hold for any bytes, and the examples from which other bytes are made."""

from collections.abc import Callable
from dataclasses import dataclass

Property = Callable[[bytes], None]


@dataclass(frozen=True, slots=True)
class Target:
    """One parser under test. `check` raises for bytes with which its property does not hold.

    `seeds` are well-formed, `found` are those that once broke it.
    """

    check: Property
    seeds: tuple[bytes, ...]
    found: tuple[bytes, ...] = ()

    @property
    def name(self) -> str:
        """Name it as its function is named."""
        return self.check.__name__.removeprefix("fuzz_")


def split(data: bytes, count: int) -> list[bytes]:
    """Cut bytes into so many parts at the byte 0xFF, which UTF-8 never has; missing parts are empty, what is too much stays in the last."""
    parts = data.split(b"\xff", count - 1)
    return parts + [b""] * (count - len(parts))


def text(data: bytes) -> str:
    """Read bytes as any text that a message of the contract may hold."""
    return data.decode("utf-8", "replace")
