"""Login and logout: which server, whom to believe there, and the token for it."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

import scriba
from scriba.v1.accounts_pb2 import GetAccountRequest, SignOutRequest
from scriba.v1.identity_pb2 import TokenKind
from scriba_cli.exit_codes import exit_code_of, words_of
from scriba_cli.secret_input import ask, read_secret
from scriba_cli.signing_in import accept_invitation, sign_in
from scriba_cli.terminal import plain, say
from scriba_cli.trusting import Proof, login_without_token

# Goes along with calls for which no token is asked; without any, one that is meant for another server would.
_NOBODYS = "-"


def login(
    server: Annotated[str, typer.Argument(metavar="[HOST:PORT]", envvar="SCRIBA_SERVER", help="The server.")] = "127.0.0.1:8440",
    user: Annotated[str | None, typer.Option("--user", metavar="NAME", help="Sign in as this user, with a password.")] = None,
    invited: Annotated[bool, typer.Option("--invited", help="Choose a password, by a code that you were given.")] = False,
    token_file: Annotated[Path | None, typer.Option("--token-file", help="Sign in by the token in this file.")] = None,
    fingerprint: Annotated[
        str | None, typer.Option("--fingerprint", metavar="SHA256:…", help="Trust the certificate with this one, and no other.")
    ] = None,
    ca: Annotated[Path | None, typer.Option("--ca", metavar="FILE", help="Trust who is in this PEM file to vouch for the server.")] = None,
    client_certificate: Annotated[
        Path | None, typer.Option("--client-certificate", metavar="FILE", help="Shows the server who calls (PEM).")
    ] = None,
    client_key: Annotated[
        Path | None, typer.Option("--client-key", metavar="FILE", help="The key for that, if it is not in the same file.")
    ] = None,
) -> None:
    """Sign in to a server, which is believed first: with a password, a code or a token. Without a person, a token is read from stdin."""
    try:
        found, trust = login_without_token(server, Proof(fingerprint, ca, client_certificate, client_key))
        with _refusals_told(server):
            token = _token(partial(scriba.Client, server, trust=trust), user, invited, token_file)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    file = scriba.login_file(os.environ)
    scriba.save_login(file, replace(found, token=token))
    say(f"signed in to {plain(server)}; saved in {file}")


def logout() -> None:
    """Forget the saved server and its token; a session ends, a token that was pasted goes on for others."""
    file = scriba.login_file(os.environ)
    login = scriba.read_login(file)
    if login is None:
        say("nobody is signed in")
        return
    try:
        with scriba.Client(login.server, login.token, trust=login.trust()) as client:
            if client.accounts.GetAccount(GetAccountRequest()).token.kind == TokenKind.TOKEN_KIND_SESSION:
                client.accounts.SignOut(SignOutRequest())
    except scriba.Error as error:
        say(f"the server was not told: {error.message}")
    file.unlink()
    say(f"signed out from {plain(login.server)}")


def _token(client_with: Callable[[str], scriba.Client], user: str | None, invited: bool, token_file: Path | None) -> str:
    """Get a token that the server knows."""
    if user is None and not invited and token_file is None and sys.stdin.isatty():
        user = ask("User name (none to give a token)") or None
    if user is None and not invited:
        token = read_secret("Token", token_file)
        with client_with(token) as client:
            client.accounts.GetAccount(GetAccountRequest())
        return token
    with client_with(_NOBODYS) as client:
        return accept_invitation(client) if invited else sign_in(client, user or "")


@contextmanager
def _refusals_told(server: str) -> Iterator[None]:
    """Exit in words that name this server, not that of the environment."""
    try:
        yield
    except scriba.Error as error:
        say(words_of(error, server))
        raise typer.Exit(exit_code_of(error)) from error
