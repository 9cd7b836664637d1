"""Mailboxes: list, add, edit, remove, test, fetch."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from google.protobuf.field_mask_pb2 import FieldMask

from scriba.v1.mail_pb2 import (
    CreateMailAccountRequest,
    DeleteMailAccountRequest,
    FetchMailRequest,
    ListMailAccountsRequest,
    MailAccount,
    MailProof,
    MailSecurity,
    TestMailAccountRequest,
    UpdateMailAccountRequest,
)
from scriba_cli.mail_names import ACCOUNT_HELP, account_id, account_named
from scriba_cli.mail_words import print_accounts, server_of
from scriba_cli.options import Json, Yes
from scriba_cli.proto_json import print_json
from scriba_cli.secret_input import read_secret
from scriba_cli.session import for_each, open_client
from scriba_cli.terminal import out, plain, say


class ProofChoice(StrEnum):
    """By what one signs in to a mailbox."""

    PASSWORD = "password"  # noqa: S105  # a word, not one
    TOKEN = "token"  # noqa: S105  # likewise
    GOOGLE = "google"
    MICROSOFT = "microsoft"


class SecurityChoice(StrEnum):
    """How a connection is kept from being read."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


_AT_PROVIDERS = (MailProof.MAIL_PROOF_GOOGLE, MailProof.MAIL_PROOF_MICROSOFT)
One = Annotated[str, typer.Argument(metavar="ACCOUNT", help=ACCOUNT_HELP)]
Several = Annotated[list[str], typer.Argument(metavar="ACCOUNT", help="Mailboxes, by their names or numbers.")]
Host = Annotated[str | None, typer.Option("--host", metavar="HOST", help="The mail server: imap.example.org.")]
Port = Annotated[int | None, typer.Option("--port", min=1, max=65535, help="Its port: 993 with tls, else 143, where nothing is said.")]
User = Annotated[str | None, typer.Option("--user", metavar="USER", help="By what one signs in there; often the address.")]
Security = Annotated[SecurityChoice | None, typer.Option("--security", help="none is for servers on the archive's own machine.")]
By = Annotated[
    ProofChoice | None, typer.Option("--by", help="One signs in by a password, an access token (XOAUTH2), or at the provider in a browser.")
]
SecretFile = Annotated[
    Path | None,
    typer.Option("--secret-file", metavar="FILE", help="Read the password or token from there, not from you.", exists=True, dir_okay=False),
]


def accounts(as_json: Json = False) -> None:
    """List mailboxes, and why one is not reached."""
    with open_client() as client:
        answer, url = client.mail.ListMailAccounts(ListMailAccountsRequest()), client.url
    if as_json:
        print_json(answer)
    elif answer.accounts:
        print_accounts(answer.accounts, url)
    else:
        say("no mail accounts; `scriba mail add` makes one")


def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What you call it.")],
    host: Host = None,
    user: User = None,
    port: Port = None,
    security: Security = None,
    by: By = None,
    secret_file: SecretFile = None,
    as_json: Json = False,
) -> None:
    """Add a mailbox. Its password is asked for, or read from stdin or a file; it is never shown again."""
    if not host or not user:
        raise typer.BadParameter("say --host and --user")
    account = MailAccount(name=name, host=host, user=user, port=port or 0, security=_security(security), proof=_proof(by))
    account.secret = _secret(account.proof, secret_file)
    with open_client() as client:
        answer, url = client.mail.CreateMailAccount(CreateMailAccountRequest(account=account)), client.url
    if as_json:
        print_json(answer)
        return
    made = answer.account
    say(f"new mail account: {plain(made.id)} {plain(made.name)}, {plain(made.user)} at {plain(server_of(made))}")
    if made.sign_in_path:
        say(f"Sign in to it in a browser: {plain(url + made.sign_in_path)}")
    say(f"`scriba mail test {plain(made.id)}` signs in and shows its folders")
    say(f"`scriba mail rule-add {plain(made.id)} NAME` says what is taken from it")


def edit(
    account: One,
    name: Annotated[str | None, typer.Option("--name", help="Another name.")] = None,
    host: Host = None,
    user: User = None,
    port: Port = None,
    security: Security = None,
    by: By = None,
    new_secret: Annotated[bool, typer.Option("--new-secret", help="Ask for another password or token.")] = False,
    secret_file: SecretFile = None,
    disable: Annotated[bool | None, typer.Option("--disable/--enable", help="Look at it no more; or again.")] = None,
    as_json: Json = False,
) -> None:
    """Change what is said, and nothing else. Another host, port or user asks for the password anew."""
    wanted: dict[str, object] = {
        "name": name,
        "host": host,
        "user": user,
        "port": port,
        "security": None if security is None else _security(security),
        "proof": None if by is None else _proof(by),
        "disabled": disable,
    }
    said = {field: value for field, value in wanted.items() if value is not None}
    if not (said or new_secret or secret_file):
        raise typer.BadParameter("say what to change; see `scriba mail edit --help`")
    with open_client() as client:
        present = account_named(client, account)
        if new_secret or secret_file or said.keys() & {"host", "user", "port", "proof"}:
            said["secret"] = _secret(_proof(by) if by else present.proof, secret_file)
        changed = MailAccount(id=present.id, **said)  # type: ignore[arg-type]  # by the fields' names
        answer = client.mail.UpdateMailAccount(UpdateMailAccountRequest(account=changed, update_mask=FieldMask(paths=said)))
    if as_json:
        print_json(answer)
    else:
        told = answer.account
        off = ", disabled" if told.disabled else ""
        say(f"changed: {plain(told.id)} {plain(told.name)}, {plain(told.user)} at {plain(server_of(told))}{off}")


def remove(accounts: Several, yes: Yes = False, as_json: Json = False) -> None:
    """Remove mailboxes with their rules, and what is known of their mails; documents stay, and so does the mail."""
    with open_client() as client:

        def remove_one(name: str) -> None:
            account = account_id(client, name)
            if not yes and sys.stdin.isatty():
                typer.confirm(f"Remove the mail account {plain(name)} and its rules?", abort=True, err=True)
            answer = client.mail.DeleteMailAccount(DeleteMailAccountRequest(id=account))
            if as_json:
                print_json(answer)
            else:
                say(f"removed: {plain(name)}")

        for_each(accounts, client, remove_one)


def sign_in(account: One, as_json: Json = False) -> None:
    """Sign in to a mailbox, and show the folders that rules can name."""
    with open_client() as client:
        answer = client.mail.TestMailAccount(TestMailAccountRequest(id=account_id(client, account)))
    if as_json:
        print_json(answer)
        return
    for folder in answer.folders:
        out.print(plain(folder), soft_wrap=True)
    say("signed in")
    for note in answer.notes:
        say(note)


def fetch(
    account: Annotated[
        str, typer.Argument(metavar="[ACCOUNT]", help="A mailbox, by its name or number; all of yours if none is named.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Look for mail now, instead of at the next time."""
    with open_client() as client:
        answer = client.mail.FetchMail(FetchMailRequest(account_id=account_id(client, account) if account else ""))
    if as_json:
        print_json(answer)
    else:
        say("looking; `scriba mail list` shows what became of mails")


def _security(choice: SecurityChoice | None) -> MailSecurity.ValueType:
    return MailSecurity.Value(f"MAIL_SECURITY_{choice.name}") if choice else MailSecurity.MAIL_SECURITY_UNSPECIFIED


def _proof(choice: ProofChoice | None) -> MailProof.ValueType:
    return MailProof.Value(f"MAIL_PROOF_{choice.name}") if choice else MailProof.MAIL_PROOF_UNSPECIFIED


def _secret(proof: MailProof.ValueType, file: Path | None) -> str:
    if proof in _AT_PROVIDERS:
        return ""
    return read_secret("Token" if proof == MailProof.MAIL_PROOF_TOKEN else "Password", file)
