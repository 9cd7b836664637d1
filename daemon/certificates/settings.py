"""What the port's encryption needs to know."""

from dataclasses import dataclass
from pathlib import Path

from daemon.listen import ListenAddress


@dataclass(frozen=True, slots=True)
class OwnFiles:
    """A certificate, with those that vouch for it, and its key: two PEM files, or one that is both."""

    certificate: Path
    key: Path


@dataclass(frozen=True, slots=True)
class TlsSettings:
    """Whose certificate is shown, and who may call. Without `own` one is made, for `names` or else for the host's name.

    `client_ca` is a PEM file: only callers whose certificate it vouches for are let in.
    """

    listen: ListenAddress
    own: OwnFiles | None
    names: tuple[str, ...]
    client_ca: Path | None
    hsts_seconds: int
