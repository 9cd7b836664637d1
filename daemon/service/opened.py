"""What a cluster tells the machines that it lets in."""

from collections.abc import Callable
from dataclasses import dataclass, field

from daemon.certificates.authority import Authority


@dataclass(frozen=True, slots=True)
class Versions:
    """What runs on a machine; `python` as 3.11.2."""

    scriba: str
    ray: str
    python: str

    @property
    def python_minor(self) -> str:
        """Leave out what does not matter between machines."""
        return ".".join(self.python.split(".")[:2])


@dataclass(frozen=True, slots=True)
class OpenedCluster:
    """A cluster that other machines may join.

    `ray_address` is HOST:PORT of its Ray, and `ray_token` lets in there; `session` is another one at each start. `entrance` is HOST:PORT at
    which machines ask, and `fingerprint` gives that of the certificate there, '' where it speaks plain text.
    """

    ray_address: str
    ray_token: str = field(repr=False)
    authority: Authority
    session: str
    versions: Versions
    entrance: str
    fingerprint: Callable[[], str]
