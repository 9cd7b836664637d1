"""Login: which server, whom to believe there, and the token for it."""

import os
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

import scriba
from scriba.v1.admin_pb2 import GetStatisticsRequest
from scriba_cli.exit_codes import exit_code_of, words_of
from scriba_cli.secret_input import read_secret
from scriba_cli.terminal import plain, say
from scriba_cli.trusting import Proof, login_without_token


def login(
    server: Annotated[str, typer.Argument(metavar="[HOST:PORT]", envvar="SCRIBA_SERVER", help="The server.")] = "127.0.0.1:8440",
    token_file: Annotated[Path | None, typer.Option("--token-file", help="The token's file (default: asked for, or stdin).")] = None,
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
    """Save a server and a token for it, once the server is believed and knows the token."""
    try:
        found, trust = login_without_token(server, Proof(fingerprint, ca, client_certificate, client_key))
        token = read_secret("Token", token_file)
        client = scriba.Client(server, token, trust=trust)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    with client:
        _verify(client)
    file = scriba.login_file(os.environ)
    scriba.save_login(file, replace(found, token=token))
    say(f"signed in to {plain(server)}; saved in {file}")


def _verify(client: scriba.Client) -> None:
    """Ask what only those signed in may ask; exits in words that name this server, not that of the environment."""
    try:
        client.admin.GetStatistics(GetStatisticsRequest())
    except scriba.Error as error:
        say(words_of(error, client.server))
        raise typer.Exit(exit_code_of(error)) from error
