"""Mailboxes and rules by their names, as people type them."""

import scriba
from scriba.v1.mail_pb2 import ListMailAccountsRequest, ListMailRulesRequest, MailAccount, MailRule
from scriba_cli.names import named, same_name

ACCOUNT_HELP = "A mailbox, by its name or number: `scriba mail accounts` shows them."
RULE_HELP = "A rule, by its name or number: `scriba mail rules` shows them."


def account_id(client: scriba.Client, name: str) -> str:
    """Find a mailbox by its name; what is a number is an id. Raises NotFound."""
    return name if _is_number(name) else account_named(client, name).id


def account_named(client: scriba.Client, name: str) -> MailAccount:
    """Find a mailbox by its name or its number. Raises NotFound."""
    accounts = client.mail.ListMailAccounts(ListMailAccountsRequest()).accounts
    found = next((account for account in accounts if _is_number(name) and account.id == name), None)
    return found or named(name, accounts, "mail account", "scriba mail accounts")


def account_names(client: scriba.Client) -> dict[str, str]:
    """Tell what mailboxes are called, by their ids."""
    return {account.id: account.name for account in client.mail.ListMailAccounts(ListMailAccountsRequest()).accounts}


def rule_named(client: scriba.Client, name: str) -> MailRule:
    """Find a rule by its name or its number. Raises NotFound, and where several bear the name, too."""
    rules = client.mail.ListMailRules(ListMailRulesRequest()).rules
    found = [rule for rule in rules if (rule.id == name if _is_number(name) else same_name(rule.name, name))]
    if len(found) > 1:
        numbers = ", ".join(rule.id for rule in found)
        raise scriba.NotFound(f"several rules are called '{name}'; say which by its number: {numbers}")
    if not found:
        raise scriba.NotFound(f"there is no mail rule '{name}'; `scriba mail rules` shows them")
    return found[0]


def _is_number(name: str) -> bool:
    return name.isascii() and name.isdigit()
