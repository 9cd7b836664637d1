"""Mail: mailboxes, the rules by which mails become documents, and what became of each mail."""

from enum import StrEnum
from typing import Annotated

import typer

import scriba
from scriba.pages import pages
from scriba.v1.mail_pb2 import ListMailsRequest, ListMailsResponse, Mail, MailState, RetryMailRequest
from scriba_cli import mail_accounts, mail_rules
from scriba_cli.mail_names import ACCOUNT_HELP, account_id
from scriba_cli.mail_words import print_mails, state_word
from scriba_cli.options import Json
from scriba_cli.proto_json import print_json
from scriba_cli.session import for_each, open_client
from scriba_cli.terminal import plain, say

app = typer.Typer(help="Mail: mailboxes, the rules by which mails become documents, and what became of each.", no_args_is_help=True)
app.command("accounts")(mail_accounts.accounts)
app.command("add")(mail_accounts.add)
app.command("edit")(mail_accounts.edit)
app.command("remove")(mail_accounts.remove)
app.command("test")(mail_accounts.sign_in)
app.command("fetch")(mail_accounts.fetch)
app.command("rules")(mail_rules.rules)
app.command("rule-show")(mail_rules.rule_show)
app.command("rule-add")(mail_rules.rule_add)
app.command("rule-edit")(mail_rules.rule_edit)
app.command("rule-remove")(mail_rules.rule_remove)
app.command("rule-order")(mail_rules.rule_order)
app.command("try")(mail_rules.try_rule)

PAGE_SIZE = 200
Account = Annotated[str, typer.Option("--account", metavar="ACCOUNT", help=ACCOUNT_HELP)]


class StateChoice(StrEnum):
    """What became of a mail."""

    FAILED = "failed"
    WAITING = "waiting"
    TAKEN = "taken"
    DONE = "done"


@app.command("list")
def list_mails(
    account: Account = "",
    state: Annotated[StateChoice | None, typer.Option("--state", help="Those alone that are so.")] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="So many at most.")] = 50,
    as_json: Json = False,
) -> None:
    """List what became of mails, the newest first: all that a rule meant."""
    with open_client() as client:
        answer = ListMailsResponse(mails=_mails(client, account, state, limit))
    if as_json:
        print_json(answer)
    elif answer.mails:
        print_mails(answer.mails)
    else:
        say("no mails")


@app.command("retry")
def retry(
    mails: Annotated[list[str] | None, typer.Argument(metavar="MAIL", help="Their numbers, as `scriba mail list` shows them.")] = None,
    failed: Annotated[bool, typer.Option("--failed", help="All that failed.")] = False,
    account: Account = "",
    as_json: Json = False,
) -> None:
    """Have mails looked at again: one that failed at once, one that is done as if it had just come."""
    if bool(mails) is failed:
        raise typer.BadParameter("name mails, or say --failed")
    with open_client() as client:
        wanted = mails or [mail.id for mail in _mails(client, account, StateChoice.FAILED, None)]

        def retry_one(mail: str) -> None:
            answer = client.mail.RetryMail(RetryMailRequest(id=mail))
            if as_json:
                print_json(answer)
            else:
                say(f"{state_word(answer.mail.state)}: {plain(mail)} {plain(answer.mail.subject)}")

        if not wanted:
            say("no mail has failed")
        for_each(wanted, client, retry_one)


def _mails(client: scriba.Client, account: str, state: StateChoice | None, limit: int | None) -> list[Mail]:
    wanted = MailState.Value(f"MAIL_STATE_{state.name}") if state else MailState.MAIL_STATE_UNSPECIFIED
    request = ListMailsRequest(account_id=account_id(client, account) if account else "", state=wanted, page_size=PAGE_SIZE)
    return [mail for page in pages(client.mail.ListMails, request, lambda page: len(page.mails), limit) for mail in page.mails]
