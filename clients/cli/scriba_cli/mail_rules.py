"""Mail rules: list, show, add, edit, remove, order, try."""

import sys
from typing import Annotated

import typer
from google.protobuf.field_mask_pb2 import FieldMask

import scriba
from scriba.v1.mail_pb2 import (
    CreateMailRuleRequest,
    DeleteMailRuleRequest,
    ListMailRulesRequest,
    ListMailRulesResponse,
    MailRule,
    ReorderMailRulesRequest,
    TryMailRuleRequest,
    UpdateMailRuleRequest,
)
from scriba_cli import mail_rule_options as taken
from scriba_cli.access import user_named
from scriba_cli.mail_names import ACCOUNT_HELP, RULE_HELP, account_id, account_names, rule_named
from scriba_cli.mail_words import print_rule, print_rules, print_tried
from scriba_cli.options import Correspondent, DocumentType, Json, StoragePath, Yes
from scriba_cli.proto_json import print_json
from scriba_cli.session import for_each, open_client
from scriba_cli.terminal import plain, say

Rule = Annotated[str, typer.Argument(metavar="RULE", help=RULE_HELP)]
Rules = Annotated[list[str], typer.Argument(metavar="RULE", help="Rules, by their names or numbers.")]


def rules(account: Annotated[str, typer.Argument(metavar="[ACCOUNT]", help=ACCOUNT_HELP)] = "", as_json: Json = False) -> None:
    """List the rules of a mailbox, or of all, in the order in which they are asked."""
    with open_client() as client:
        answer = client.mail.ListMailRules(ListMailRulesRequest(account_id=account_id(client, account) if account else ""))
        names = account_names(client)
    if as_json:
        print_json(answer)
    elif answer.rules:
        print_rules(answer.rules, names)
    else:
        say("no rules; `scriba mail rule-add` makes one")


def rule_show(rule: Rule, as_json: Json = False) -> None:
    """Show which mails a rule means, and what becomes of them."""
    with open_client() as client:
        found, names = rule_named(client, rule), account_names(client)
    if as_json:
        print_json(ListMailRulesResponse(rules=[found]))
    else:
        print_rule(found, names)


def rule_add(
    account: Annotated[str, typer.Argument(metavar="ACCOUNT", help=ACCOUNT_HELP)],
    name: Annotated[str, typer.Argument(metavar="NAME", help="What you call it.")],
    folder: taken.Folder = None,
    sender: taken.From = None,
    to: taken.To = None,
    subject: taken.Subject = None,
    body: taken.Body = None,
    include: taken.Include = None,
    exclude: taken.Exclude = None,
    days: taken.Days = None,
    take: taken.Take = None,
    inline_images: taken.Inline = None,
    title: taken.Title = None,
    sender_is: taken.Sender = None,
    correspondent: Correspondent = None,
    tag: taken.Tag = None,
    document_type: DocumentType = None,
    storage_path: StoragePath = None,
    owner: taken.Owner = None,
    nobody: taken.Nobody = False,
    then: taken.Then = None,
    stop: taken.Stop = None,
    as_json: Json = False,
) -> None:
    """Add a rule, the last of its mailbox. A mail is touched only when all that is wanted of it is safe."""
    rule = MailRule(name=name)
    filters = _filters(sender, to, subject, body, include, exclude, days)
    taken.put_filters(rule, filters)
    filing = _filing(folder, take, inline_images, title, correspondent, tag, document_type, storage_path, stop)
    taken.put_filing(rule, filing, sender_is, then)
    with open_client() as client:
        rule.account_id = account_id(client, account)
        _own(client, rule, owner, nobody)
        answer = client.mail.CreateMailRule(CreateMailRuleRequest(rule=rule))
    if as_json:
        print_json(answer)
    else:
        made = plain(answer.rule.id)
        say(f"new rule: {made} {plain(answer.rule.name)}; `scriba mail try {made}` shows what it would take")


def rule_edit(
    rule: Rule,
    name: Annotated[str | None, typer.Option("--name", help="Another name.")] = None,
    folder: taken.Folder = None,
    sender: taken.From = None,
    to: taken.To = None,
    subject: taken.Subject = None,
    body: taken.Body = None,
    include: taken.Include = None,
    exclude: taken.Exclude = None,
    days: taken.Days = None,
    take: taken.Take = None,
    inline_images: taken.Inline = None,
    title: taken.Title = None,
    sender_is: taken.Sender = None,
    correspondent: Correspondent = None,
    tag: taken.Tag = None,
    document_type: DocumentType = None,
    storage_path: StoragePath = None,
    owner: taken.Owner = None,
    nobody: taken.Nobody = False,
    then: taken.Then = None,
    stop: taken.Stop = None,
    disable: Annotated[bool | None, typer.Option("--disable/--enable", help="Ask it no more; or again.")] = None,
    as_json: Json = False,
) -> None:
    """Change what is said, and nothing else; what may be repeated is replaced, and "" empties."""
    filters = _filters(sender, to, subject, body, include, exclude, days)
    filing = _filing(folder, take, inline_images, title, correspondent, tag, document_type, storage_path, stop)
    with open_client() as client:
        changed = rule_named(client, rule)
        paths = taken.put_filters(changed, filters)
        paths += taken.put_filing(changed, {"name": name, "disabled": disable} | filing, sender_is, then)
        paths += _own(client, changed, owner, nobody)
        if not paths:
            raise typer.BadParameter("say what to change; see `scriba mail rule-edit --help`")
        answer = client.mail.UpdateMailRule(UpdateMailRuleRequest(rule=changed, update_mask=FieldMask(paths=paths)))
    if as_json:
        print_json(answer)
    else:
        say(f"changed: {plain(answer.rule.id)} {plain(answer.rule.name)}{', disabled' if answer.rule.disabled else ''}")


def rule_remove(rules: Rules, yes: Yes = False, as_json: Json = False) -> None:
    """Remove rules; what came by them stays."""
    with open_client() as client:

        def remove_one(name: str) -> None:
            rule = rule_named(client, name)
            if not yes and sys.stdin.isatty():
                typer.confirm(f"Remove the mail rule {plain(rule.name)}?", abort=True, err=True)
            answer = client.mail.DeleteMailRule(DeleteMailRuleRequest(id=rule.id))
            if as_json:
                print_json(answer)
            else:
                say(f"removed: {plain(rule.name)}")

        for_each(rules, client, remove_one)


def rule_order(rules: Rules, as_json: Json = False) -> None:
    """Put all rules of a mailbox into the order in which they are named here."""
    with open_client() as client:
        found = [rule_named(client, name) for name in rules]
        request = ReorderMailRulesRequest(account_id=found[0].account_id, rule_ids=[rule.id for rule in found])
        client.mail.ReorderMailRules(request)
        answer = client.mail.ListMailRules(ListMailRulesRequest(account_id=request.account_id))
        names = account_names(client)
    if as_json:
        print_json(answer)
    else:
        print_rules(answer.rules, names)


def try_rule(
    rule: Rule,
    mails: Annotated[int, typer.Option("--mails", "-n", min=1, max=50, help="Ask about so many of the newest mails.")] = 20,
    as_json: Json = False,
) -> None:
    """Ask a rule about the newest mails of its folder: what it would take, and why not the others. Nothing is done."""
    with open_client() as client:
        answer = client.mail.TryMailRule(TryMailRuleRequest(rule=rule_named(client, rule), mails=mails))
    if as_json:
        print_json(answer)
    elif answer.mails:
        print_tried(answer.mails)
    else:
        say("there is no mail in the folder")


def _filters(
    sender: str | None,
    to: str | None,
    subject: str | None,
    body: str | None,
    include: list[str] | None,
    exclude: list[str] | None,
    days: int | None,
) -> dict[str, object]:
    texts: dict[str, object] = {"from": sender, "to": to, "subject": subject, "body": body}
    return texts | {"include": include, "exclude": exclude, "most_days": days}


def _filing(
    folder: str | None,
    take: taken.TakeChoice | None,
    inline_images: bool | None,
    title: taken.TitleChoice | None,
    correspondent: str | None,
    tags: list[str] | None,
    document_type: str | None,
    storage_path: str | None,
    stop: bool | None,
) -> dict[str, object]:
    labels: dict[str, object] = {"correspondent": correspondent, "tags": tags, "document_type": document_type, "storage_path": storage_path}
    mail = {"folder": folder, "scope": taken.scope_of(take), "inline_images": inline_images, "title": taken.title_of(title), "stop": stop}
    return labels | mail


def _own(client: scriba.Client, rule: MailRule, owner: str | None, nobody: bool) -> list[str]:
    if owner and nobody:
        raise typer.BadParameter("say --owner or --nobody, not both")
    if owner or nobody:
        rule.owner_id = user_named(client, owner) if owner else ""
    return ["owner_id"] if owner or nobody else []
