"""The saved login: which server, the token for it, and whom to believe there."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from scriba.trust import Trust, read_pem


@dataclass(frozen=True, slots=True)
class Login:
    """A server as the user wrote it, and a token that it knows.

    `authorities` and `server_name` are as in Trust; `client_certificate` and `client_key` are the files in which those lie.
    """

    server: str
    token: str
    authorities: str = ""
    server_name: str = ""
    client_certificate: str = ""
    client_key: str = ""

    def trust(self) -> Trust:
        """Read the files; raises ValueError with words for a person."""
        what = "the saved login"
        certificate = read_pem(self.client_certificate, what) if self.client_certificate else ""
        key = read_pem(self.client_key, what) if self.client_key else ""
        return Trust(self.authorities, self.server_name, certificate, key)


def login_file(environ: Mapping[str, str]) -> Path:
    """Say where a login is kept, by the XDG rules."""
    base = environ.get("XDG_CONFIG_HOME") or Path(environ.get("HOME", "~")).expanduser() / ".config"
    return Path(base) / "scriba" / "login.json"


def read_login(file: Path) -> Login | None:
    """Read the saved login; None when there is none.

    Raises ValueError with words for a person when the file is not one of ours.
    """
    try:
        fields = json.loads(file.read_text(encoding="utf-8"))
        trusted = {name: str(fields.get(name, "")) for name in ("authorities", "server_name", "client_certificate", "client_key")}
        return Login(server=str(fields["server"]), token=str(fields["token"]), **trusted)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"the saved login {file} cannot be read ({error}); remove it and run: scriba login") from error


def save_login(file: Path, login: Login) -> None:
    """Save a login so that only this user can read it."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as handle:
        json.dump(asdict(login), handle, indent=2)
    draft.replace(file)
