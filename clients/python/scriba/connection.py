"""Finds the server and the token when the caller names none."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from scriba.address import Address, parse_address
from scriba.errors import Unauthenticated
from scriba.login import login_file, read_login

DEFAULT_SERVER = "127.0.0.1:8440"


@dataclass(frozen=True, slots=True)
class Connection:
    """Whom to call, and with which token; an empty token calls as nobody."""

    address: Address
    token: str


def find_connection(server: str | None, token: str | None, environ: Mapping[str, str], folder: Path) -> Connection:
    """Take what is given, then the environment, then the saved login, then the token file of a server on this machine.

    `folder` is where relative data folders are looked for. A saved token only goes to the server it was saved for, that of a token file
    only to this machine. Raises ValueError (address, saved login) and Unauthenticated (a token file that was named cannot be read).
    """
    chosen = server or environ.get("SCRIBA_SERVER")
    saved = None if chosen and (token or _names_a_token(environ)) else read_login(login_file(environ))
    address = parse_address(chosen or (saved.server if saved else DEFAULT_SERVER))
    found = token or _token_of_environment(environ)
    if not found and saved and parse_address(saved.server) == address:
        found = saved.token
    if not found and address.is_local:
        found = _token_of_local_server(environ, folder)
    return Connection(address, found)


def _names_a_token(environ: Mapping[str, str]) -> bool:
    return bool(environ.get("SCRIBA_TOKEN") or environ.get("SCRIBA_TOKEN_FILE"))


def _token_of_environment(environ: Mapping[str, str]) -> str:
    if environ.get("SCRIBA_TOKEN"):
        return environ["SCRIBA_TOKEN"]
    file = environ.get("SCRIBA_TOKEN_FILE")
    if not file:
        return ""
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Unauthenticated(
            f"the token file named by SCRIBA_TOKEN_FILE cannot be read: {error}", reason="TOKEN_FILE_UNREADABLE"
        ) from error


def _token_of_local_server(environ: Mapping[str, str], folder: Path) -> str:
    for data in _data_folders(environ, folder):
        try:
            return (data / "secrets" / "local.token").read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):  # not there, or another user's: the next place may do, and without any the server says no
            continue
    return ""


def _data_folders(environ: Mapping[str, str], folder: Path) -> list[Path]:
    named = [folder / environ["SCRIBA_DATA_DIR"]] if environ.get("SCRIBA_DATA_DIR") else []
    share = environ.get("XDG_DATA_HOME") or Path(environ.get("HOME", "~")).expanduser() / ".local" / "share"
    return [*named, folder / "data", Path(share) / "scriba"]
