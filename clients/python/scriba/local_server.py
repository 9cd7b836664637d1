"""What a server on this machine leaves for its own user in its data folder: a token, and how to speak TLS with it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from scriba.address import Address, parse_address
from scriba.trust import Trust


@dataclass(frozen=True, slots=True)
class LocalServer:
    """Where it listens, and whom to believe there."""

    listen: Address
    trust: Trust

    def answers_at(self, address: Address) -> bool:
        """Tell whether a call to this address comes to it."""
        if address.port != self.listen.port:
            return False
        return address.host == self.listen.host or (address.is_local and (self.listen.is_local or _is_everywhere(self.listen.host)))


def data_folders(environ: Mapping[str, str], folder: Path) -> list[Path]:
    """List where such a folder may be; a relative one is looked for in `folder`."""
    named = [folder / environ["SCRIBA_DATA_DIR"]] if environ.get("SCRIBA_DATA_DIR") else []
    share = environ.get("XDG_DATA_HOME") or Path(environ.get("HOME", "~")).expanduser() / ".local" / "share"
    return [*named, folder / "data", Path(share) / "scriba"]


def read_local_token(data: Path) -> str:
    """Give the token; '' where there is none, or it is another user's: the next place may do, and without any the server says no."""
    try:
        return (data / "secrets" / "local.token").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def read_local_server(data: Path) -> LocalServer | None:
    """Tell how to speak TLS with the server of this folder; None where it speaks plain text, or another user may read that alone."""
    try:
        return parse_local_server((data / "secrets" / "local-tls.json").read_bytes())
    except OSError:
        return None


def parse_local_server(content: bytes) -> LocalServer | None:
    """Read what the daemon has written; None for anything else."""
    try:
        told = json.loads(content)
        parts = [told[name] for name in ("listen", "certificate", "server_name", "client_certificate", "client_key")]
        if not all(isinstance(part, str) for part in parts):
            return None
        return LocalServer(parse_address(parts[0]), Trust(*parts[1:]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _is_everywhere(host: str) -> bool:
    try:
        return ip_address(host).is_unspecified
    except ValueError:
        return False
