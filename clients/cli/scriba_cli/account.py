"""The account of who calls: password and second factor."""

import typer

from scriba.v1.accounts_pb2 import (
    ChangePasswordRequest,
    ConfirmSecondFactorRequest,
    GetAccountRequest,
    ProposeSecondFactorRequest,
    RemoveSecondFactorRequest,
)
from scriba_cli import wording
from scriba_cli.identities import role_name
from scriba_cli.options import Json
from scriba_cli.proto_json import print_json
from scriba_cli.secret_input import ask, read_new_password, read_secret
from scriba_cli.session import open_client
from scriba_cli.terminal import new_table, out, plain, print_table, say

app = typer.Typer(help="Your account: show, password, second-factor.", no_args_is_help=True)


@app.command("show")
def show(as_json: Json = False) -> None:
    """Show who you are to the server."""
    with open_client() as client:
        answer = client.accounts.GetAccount(GetAccountRequest())
    if as_json:
        print_json(answer)
        return
    table = new_table(show_header=False)
    for header in ("", ""):
        table.add_column(header)
    table.add_row("user", answer.name)
    table.add_row("role", role_name(answer.role))
    if answer.HasField("user"):
        for identity in answer.user.identities:
            table.add_row("linked to", f"{identity.subject} at {identity.issuer}")
        codes = wording.plural(answer.recovery_codes_left, "recovery code")
        table.add_row("second factor", f"yes, {codes} left" if answer.user.has_second_factor else "no")
        table.add_row("signed in by", answer.token.name)
        table.add_row("until", wording.moment(answer.token.expire_time) or "revoked")
    else:
        table.add_row("signed in by", "the token of the machine")
    print_table(table)


@app.command("password")
def password(as_json: Json = False) -> None:
    """Choose another password; all your other sessions end."""
    with open_client() as client:
        request = ChangePasswordRequest(password=read_secret("Password", None), new_password=read_new_password())
        answer = client.accounts.ChangePassword(request)
    if as_json:
        print_json(answer)
    say("the password is another; all other sessions have ended")


@app.command("second-factor")
def second_factor(as_json: Json = False) -> None:
    """Ask for one-time codes of an app at each sign-in. Recovery codes are printed, one on a line; keep them."""
    with open_client() as client:
        proposed = client.accounts.ProposeSecondFactor(ProposeSecondFactorRequest())
        say("Add this to your authenticator app, by the link or by the secret:")
        say(f"  {plain(proposed.uri)}")
        say(f"  {plain(proposed.secret)}")
        code, known = ask("Code that the app shows"), read_secret("Password", None)
        request = ConfirmSecondFactorRequest(password=known, secret=proposed.secret, one_time_code=code)
        answer = client.accounts.ConfirmSecondFactor(request)
    if as_json:
        print_json(answer)
        return
    for each in answer.recovery_codes:
        out.print(plain(each))
    say("Keep these: each stands in once for the app.")


@app.command("no-second-factor")
def no_second_factor(as_json: Json = False) -> None:
    """Ask for the password alone."""
    with open_client() as client:
        answer = client.accounts.RemoveSecondFactor(RemoveSecondFactorRequest(password=read_secret("Password", None)))
    if as_json:
        print_json(answer)
    say("you sign in by the password alone")
