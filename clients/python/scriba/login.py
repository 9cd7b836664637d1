"""The saved login: which server, and the token for it."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Login:
    """A server as the user wrote it, and a token that it knows."""

    server: str
    token: str


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
        return Login(server=str(fields["server"]), token=str(fields["token"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ValueError(f"the saved login {file} cannot be read ({error}); remove it and run: scriba login") from error


def save_login(file: Path, login: Login) -> None:
    """Save a login so that only this user can read it."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as handle:
        json.dump(asdict(login), handle, indent=2)
    draft.replace(file)
