"""Where a server is, as people write it: HOST:PORT, or with http:// or https:// before it."""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

DEFAULT_PORT = 8440


@dataclass(frozen=True, slots=True)
class Address:
    """A server's place; `tls` says whether the way to it is encrypted."""

    host: str
    port: int
    tls: bool

    @property
    def is_local(self) -> bool:
        """Tell whether the server is on this machine, so that nothing travels over a network."""
        return _is_loopback(self.host)

    def __str__(self) -> str:
        """Write it as gRPC and people read it."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def parse_address(text: str) -> Address:
    """Read an address; without http:// or https:// only a server on this machine is spoken to unencrypted.

    Raises ValueError with words for a person.
    """
    if "://" not in text:
        text = f"//{text}"
    try:
        parts = urlsplit(text.strip())
        port = parts.port or DEFAULT_PORT
    except ValueError as error:
        raise ValueError(f"not a server address: {text.removeprefix('//')} ({error})") from error
    if parts.scheme not in ("", "http", "https") or not parts.hostname or parts.path.strip("/"):
        raise ValueError(f"not a server address: {text.removeprefix('//')} (expected HOST:PORT, or http://… or https://…)")
    tls = parts.scheme == "https" or (parts.scheme == "" and not _is_loopback(parts.hostname))
    return Address(parts.hostname, port, tls)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
