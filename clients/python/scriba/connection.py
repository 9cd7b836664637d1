"""Finds the server, the token and whom to believe when the caller names none."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from scriba.address import Address, parse_address
from scriba.errors import Unauthenticated
from scriba.local_server import LocalServer, data_folders, read_local_server, read_local_token
from scriba.login import Login, login_file, read_login
from scriba.trust import Trust, read_pem

DEFAULT_SERVER = "127.0.0.1:8440"
_CLIENT = ("SCRIBA_CLIENT_CERTIFICATE", "SCRIBA_CLIENT_KEY")


@dataclass(frozen=True, slots=True)
class Connection:
    """Whom to call, with which token, and whose certificates to believe; an empty token calls as nobody."""

    address: Address
    token: str
    trust: Trust


def find_connection(
    server: str | None, token: str | None, environ: Mapping[str, str], folder: Path, trust: Trust | None = None
) -> Connection:
    """Take what is given, then the environment, then the saved login, then what a server on this machine has left for its user.

    `folder` is where relative data folders are looked for. A saved token only goes to the server it was saved for, that of a token file
    only to this machine. A server here that speaks TLS is called so unless http:// is written. Raises ValueError (address, saved login,
    certificates) and Unauthenticated (a token file that was named cannot be read).
    """
    chosen = server or environ.get("SCRIBA_SERVER")
    address = parse_address(chosen) if chosen else None
    needs_no_login = address and (token or _names_a_token(environ)) and (trust or not address.tls)
    saved = None if needs_no_login else read_login(login_file(environ))
    address = address or parse_address(saved.server if saved else DEFAULT_SERVER)
    data, local = _find_local(environ, folder, address)
    if local and "://" not in (chosen or (saved.server if saved else "")):
        address = replace(address, tls=True)
    of_this = saved if saved and parse_address(saved.server) in (address, replace(address, tls=False)) else None
    found = token or _token_of_environment(environ) or (of_this.token if of_this else "")
    if not found and (address.is_local or (local and address.tls)):
        found = next(filter(None, map(read_local_token, [data] if data else data_folders(environ, folder))), "")
    return Connection(address, found, trust or _find_trust(environ, of_this, local if address.tls else None))


def _find_local(environ: Mapping[str, str], folder: Path, address: Address) -> tuple[Path | None, LocalServer | None]:
    for data in data_folders(environ, folder):
        local = read_local_server(data)
        if local and local.answers_at(address):
            return data, local
    return None, None


def _find_trust(environ: Mapping[str, str], saved: Login | None, local: LocalServer | None) -> Trust:
    trust = local.trust if local else saved.trust() if saved else Trust()
    if file := environ.get("SCRIBA_CA_FILE"):
        trust = replace(trust, authorities=read_pem(file, "SCRIBA_CA_FILE"), server_name="")
    named = [environ.get(name, "") for name in _CLIENT]
    if any(named) and not all(named):
        raise ValueError(f"{' and '.join(_CLIENT)} belong together: set both, to the same file where it holds both")
    if all(named):
        certificate, key = (read_pem(file, name) for file, name in zip(named, _CLIENT, strict=True))
        trust = replace(trust, client_certificate=certificate, client_key=key)
    return trust


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
