"""Tokens: what programs show to be let in, and the sessions of people."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated

import typer
from google.protobuf.timestamp_pb2 import Timestamp

from scriba.v1.access_pb2 import Scope
from scriba.v1.accounts_pb2 import (
    CreateTokenRequest,
    CreateTokenResponse,
    ListTokensRequest,
    ListTokensResponse,
    RevokeTokenRequest,
    RevokeTokenResponse,
)
from scriba.v1.identity_pb2 import (
    CreateServiceTokenRequest,
    CreateServiceTokenResponse,
    ListUserTokensRequest,
    ListUserTokensResponse,
    RevokeUserTokenRequest,
    RevokeUserTokenResponse,
    Token,
    TokenKind,
)
from scriba_cli import wording
from scriba_cli.identities import user_named
from scriba_cli.options import Json
from scriba_cli.proto_json import print_json
from scriba_cli.session import for_each, open_client
from scriba_cli.terminal import add_column, add_text_column, new_table, out, plain, print_table, say

app = typer.Typer(help="Tokens and sessions: list, add, revoke.", no_args_is_help=True)


class ScopeChoice(StrEnum):
    """What a token can be bound to."""

    READ = "read"
    ADD = "add"
    EDIT = "edit"
    CATALOG = "catalog"
    ADMIN = "admin"
    ACCOUNT = "account"


TokenIds = Annotated[list[str], typer.Argument(metavar="TOKEN", help="The tokens' numbers, as `scriba tokens list` shows them.")]
Of = Annotated[str | None, typer.Option("--for", metavar="USER", help="Of another user (admin).")]


@app.command("list")
def list_tokens(of: Of = None, as_json: Json = False) -> None:
    """List your tokens and sessions, the newest first."""
    answer: ListTokensResponse | ListUserTokensResponse
    with open_client() as client:
        if of is None:
            answer = client.accounts.ListTokens(ListTokensRequest())
        else:
            answer = client.identity.ListUserTokens(ListUserTokensRequest(user_id=user_named(client, of).id))
    if as_json:
        print_json(answer)
    elif not answer.tokens:
        say("no tokens")
    else:
        _print(answer.tokens)


@app.command("add")
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Which program uses it.")],
    scopes: Annotated[
        list[ScopeChoice] | None,
        typer.Option("--scope", metavar="SCOPE", help="Bind it to read, add, edit, catalog, admin or account; may be repeated."),
    ] = None,
    days: Annotated[int | None, typer.Option("--days", min=1, max=36_500, help="It ends after so many days (default: never).")] = None,
    of: Annotated[str | None, typer.Option("--for", metavar="USER", help="For a service account (admin).")] = None,
    as_json: Json = False,
) -> None:
    """Make a token for a program. It is shown this once, alone on a line."""
    bound = [Scope.Value(f"SCOPE_{scope.name}") for scope in scopes or []]
    until = _end(days)
    answer: CreateTokenResponse | CreateServiceTokenResponse
    with open_client() as client:
        if of is None:
            answer = client.accounts.CreateToken(CreateTokenRequest(name=name, scopes=bound, expire_time=until))
        else:
            user = user_named(client, of)
            request = CreateServiceTokenRequest(user_id=user.id, name=name, scopes=bound, expire_time=until)
            answer = client.identity.CreateServiceToken(request)
    if as_json:
        print_json(answer)
        return
    out.print(plain(answer.secret), soft_wrap=True)
    say(f"new token: {plain(answer.token.name)}, {_holds(answer.token)}; it is not shown again")


@app.command("revoke")
def revoke(tokens: TokenIds, of: Of = None, as_json: Json = False) -> None:
    """Let nobody in by tokens any more."""
    with open_client() as client:
        owner = None if of is None else user_named(client, of).id

        def revoke_one(token: str) -> None:
            answer: RevokeTokenResponse | RevokeUserTokenResponse
            if owner is None:
                answer = client.accounts.RevokeToken(RevokeTokenRequest(id=token))
            else:
                answer = client.identity.RevokeUserToken(RevokeUserTokenRequest(user_id=owner, id=token))
            if as_json:
                print_json(answer)
            else:
                say(f"revoked: {plain(token)}")

        for_each(tokens, client, revoke_one)


def _end(days: int | None) -> Timestamp | None:
    if days is None:
        return None
    until = Timestamp()
    until.FromDatetime(datetime.now(UTC) + timedelta(days=days))
    return until


def _print(tokens: Iterable[Token]) -> None:
    table = new_table()
    add_column(table, "Token", right=True)
    add_text_column(table, "Name")
    for header in ("Kind", "Scopes", "Last use", "From", "Until"):
        add_column(table, header)
    for token in tokens:
        kind = "session" if token.kind == TokenKind.TOKEN_KIND_SESSION else "access"
        used = "now" if token.current else wording.day(token.use_time) or "never"
        table.add_row(token.id, token.name, kind, _scopes(token), used, token.address, wording.day(token.expire_time) or "revoked")
    print_table(table)


def _scopes(token: Token) -> str:
    known = {number: name.removeprefix("SCOPE_").lower() for name, number in Scope.items()}
    return ",".join(known.get(scope, str(scope)) for scope in token.scopes) or "all"


def _holds(token: Token) -> str:
    until = wording.moment(token.expire_time)
    return f"until {until}" if until else "until it is revoked"
