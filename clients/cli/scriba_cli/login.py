"""Login: which server, and the token for it."""

import os
from pathlib import Path
from typing import Annotated

import typer

import scriba
from scriba.v1.admin_pb2 import GetStatisticsRequest
from scriba_cli.exit_codes import exit_code_of, words_of
from scriba_cli.secret_input import read_secret
from scriba_cli.terminal import plain, say


def login(
    server: Annotated[str, typer.Argument(metavar="[HOST:PORT]", envvar="SCRIBA_SERVER", help="The server.")] = "127.0.0.1:8440",
    token_file: Annotated[Path | None, typer.Option("--token-file", help="The token's file (default: asked for, or stdin).")] = None,
) -> None:
    """Save a server and a token for it, once the server knows the token."""
    token = read_secret("Token", token_file)
    try:
        client = scriba.Client(server, token)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    with client:
        _verify(client)
    file = scriba.login_file(os.environ)
    scriba.save_login(file, scriba.Login(server, token))
    say(f"signed in to {plain(server)}; saved in {file}")


def _verify(client: scriba.Client) -> None:
    """Ask what only those signed in may ask; exits in words that name this server, not that of the environment."""
    try:
        client.admin.GetStatistics(GetStatisticsRequest())
    except scriba.Error as error:
        say(words_of(error, client.server))
        raise typer.Exit(exit_code_of(error)) from error
