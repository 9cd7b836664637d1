"""Mailboxes, rules and mails in words and tables."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from scriba.v1.mail_pb2 import Mail, MailAccount, MailCorrespondent, MailRule, MailScope, MailSecurity, MailState, MailTitle, TriedMail
from scriba_cli import wording
from scriba_cli.mail_rule_options import deed_word, filter_words
from scriba_cli.terminal import add_column, add_text_column, new_table, out, plain, print_table

_INDENT = "    "
_USUAL_PORTS = {MailSecurity.MAIL_SECURITY_TLS: 993, MailSecurity.MAIL_SECURITY_STARTTLS: 143}


def server_of(account: MailAccount) -> str:
    """Write where a mailbox is, and how it is reached where that is not the usual way."""
    port = "" if _USUAL_PORTS.get(account.security) == account.port else f":{account.port}"
    security = "" if account.security == MailSecurity.MAIL_SECURITY_TLS else f" ({_word(MailSecurity.items(), account.security)})"
    return f"{account.host}{port}{security}"


def state_word(state: MailState.ValueType) -> str:
    """Write what became of a mail in one word."""
    return _word(MailState.items(), state)


def print_accounts(accounts: Sequence[MailAccount], url: str) -> None:
    """Print mailboxes, and beneath them why some are not reached, and where on the server of a URL one signs in to them."""
    table = new_table()
    add_column(table, "", right=True)
    add_text_column(table, "Account")
    add_text_column(table, "User")
    add_text_column(table, "Server")
    add_column(table, "Last seen")
    for one in accounts:
        seen = "disabled" if one.disabled else wording.moment(one.seen_time) or "never"
        table.add_row(one.id, one.name, one.user, server_of(one), seen)
    print_table(table)
    for one in accounts:
        if one.sign_in_path and not one.has_secret:
            out.print(f"{plain(one.name)}: sign in to it in a browser, at {plain(url + one.sign_in_path)}", soft_wrap=True)
        if one.error:
            out.print(f"{plain(one.name)}, {wording.moment(one.error_time)}: {plain(one.error)}", style="red")


def print_rules(rules: Iterable[MailRule], accounts: Mapping[str, str]) -> None:
    """Print rules in their order."""
    table = new_table()
    add_column(table, "", right=True)
    add_text_column(table, "Rule")
    add_text_column(table, "Account")
    add_text_column(table, "Folder")
    add_column(table, "Takes")
    add_text_column(table, "Then")
    for one in rules:
        name = f"{one.name} (disabled)" if one.disabled else one.name
        table.add_row(
            one.id, name, accounts.get(one.account_id, one.account_id), one.folder, _word(MailScope.items(), one.scope), deed_word(one)
        )
    print_table(table)


def print_rule(rule: MailRule, accounts: Mapping[str, str]) -> None:
    """Print all of a rule."""
    table = new_table(show_header=False)
    add_column(table, "")
    table.add_column("", overflow="fold")
    for label, value in _rows(rule, accounts):
        table.add_row(label, value)
    print_table(table)


def print_mails(mails: Sequence[Mail]) -> None:
    """Print what became of mails, and beneath each why it failed."""
    table = new_table()
    add_column(table, "Mail", right=True)
    add_column(table, "Sent")
    add_text_column(table, "From")
    add_text_column(table, "Subject")
    add_column(table, "State")
    add_column(table, "Documents")
    for one in mails:
        documents = ", ".join(one.document_ids[:3]) + (" …" if len(one.document_ids) > 3 else "")
        table.add_row(one.id, wording.day(one.sent_time), _from(one), one.subject, state_word(one.state), documents)
    print_table(table)
    for one in mails:
        if one.error:
            again = f" (tried {wording.plural(one.tries, 'time')}, {_next(one)})"
            out.print(f"{one.id}: {plain(one.error)}{again}", style="red")


def print_tried(mails: Iterable[TriedMail]) -> None:
    """Print what a rule says of mails, and what would become of each."""
    for mail in mails:
        words = ("known" if mail.known else "takes") if mail.matched and not mail.error else "error" if mail.error else "leaves"
        line = f"{words:7}{wording.day(mail.sent_time) or '          '}  {plain(_from(mail))}  {plain(mail.subject)}"
        out.print(line, style="" if words == "takes" else "dim", overflow="ellipsis", no_wrap=True)
        for beneath in _beneath(mail):
            out.print(f"{_INDENT}{plain(beneath)}", overflow="ellipsis", no_wrap=True)


def _beneath(mail: TriedMail) -> Iterator[str]:
    if mail.error:
        yield mail.error
    if not mail.matched:
        yield from (check.reason for check in mail.checks if not check.passed)
        return
    if mail.known:
        yield "was taken before, and would not be again"
    if not mail.documents and not mail.error:
        yield "there is nothing in it that the rule wants"
    for document in mail.documents:
        named = f"{document.title} ({document.filename})" if document.title else document.filename
        yield f"→ {named}{f', from {document.correspondent}' if document.correspondent else ''}"


def _rows(rule: MailRule, accounts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield "rule", f"{rule.id} {rule.name}{' (disabled)' if rule.disabled else ''}"
    yield "account", accounts.get(rule.account_id, rule.account_id)
    yield "folder", rule.folder
    yield "mails", "; ".join(filter_words(rule.filters))
    yield "takes", _word(MailScope.items(), rule.scope) + (", pictures among the words too" if rule.inline_images else "")
    yield "title", _word(MailTitle.items(), rule.title)
    fixed = rule.correspondent_from == MailCorrespondent.MAIL_CORRESPONDENT_FIXED
    sender = _word(MailCorrespondent.items(), rule.correspondent_from)
    yield "from", rule.correspondent if fixed else "left open" if sender == "none" else f"the sender's {sender}"
    given = (("tags", ", ".join(rule.tags)), ("type", rule.document_type), ("path", rule.storage_path))
    yield from ((label, value) for label, value in given if value)
    yield "owner", f"user {rule.owner_id}" if rule.owner_id else "nobody"
    yield "then", deed_word(rule) + ("; later rules do not see it" if rule.stop else "")


def _next(mail: Mail) -> str:
    return f"again {wording.moment(mail.next_time)}" if mail.HasField("next_time") else "not again by itself"


def _from(mail: Mail | TriedMail) -> str:
    return str(getattr(mail, "from"))  # no attribute of Python's can have this name


def _word(names: Iterable[tuple[str, int]], value: int) -> str:
    """Name a value; one that only a newer server knows by its number."""
    return next((name.rsplit("_", 1)[1].lower() for name, number in names if number == value), str(value))
