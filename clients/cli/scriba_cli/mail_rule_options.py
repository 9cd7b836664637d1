"""What commands take that make and change mail rules, and how it becomes a rule."""

from enum import StrEnum
from typing import Annotated

import typer

from scriba.v1.mail_pb2 import MailAction, MailCorrespondent, MailFilters, MailRule, MailScope, MailTitle
from scriba_cli.completion import complete_tag


class TakeChoice(StrEnum):
    """What of a mail becomes a document."""

    ATTACHMENTS = "attachments"
    MAIL = "mail"
    BOTH = "both"


class TitleChoice(StrEnum):
    """Where the title of an attachment comes from."""

    SUBJECT = "subject"
    FILENAME = "filename"
    NONE = "none"


class SenderChoice(StrEnum):
    """What of the sender names the correspondent."""

    NAME = "name"
    ADDRESS = "address"
    NONE = "none"


Folder = Annotated[
    str | None, typer.Option("--folder", help="Where it looks: INBOX, if nothing is said. `scriba mail test` shows folders.")
]
From = Annotated[str | None, typer.Option("--from", metavar="WORDS", help="Mails alone whose sender, name or address, has these words.")]
To = Annotated[str | None, typer.Option("--to", metavar="WORDS", help="… whose recipients have these.")]
Subject = Annotated[str | None, typer.Option("--subject", metavar="WORDS", help="… whose subject has these.")]
Body = Annotated[str | None, typer.Option("--body", metavar="WORDS", help="… whose text has these.")]
Include = Annotated[list[str] | None, typer.Option("--include", metavar="GLOB", help="Files alone of such names: *.pdf; may be repeated.")]
Exclude = Annotated[list[str] | None, typer.Option("--exclude", metavar="GLOB", help="Never files with such names; may be repeated.")]
Days = Annotated[
    int | None, typer.Option("--days", min=0, max=36500, help="Mails up to so many days old: 30, if nothing is said; 0 for all.")
]
Take = Annotated[TakeChoice | None, typer.Option("--take", help="What becomes documents: attachments, if nothing is said.")]
Inline = Annotated[bool | None, typer.Option("--inline-images/--no-inline-images", help="Take pictures too that stand among the words.")]
Title = Annotated[TitleChoice | None, typer.Option("--title", help="Titles come from there: the subject, if nothing is said.")]
Sender = Annotated[SenderChoice | None, typer.Option("--sender-is", help="Take the sender for the correspondent, by name or address.")]
Tag = Annotated[list[str] | None, typer.Option("--tag", "-t", help="A tag of what comes; may be repeated.", autocompletion=complete_tag)]
Owner = Annotated[str | None, typer.Option("--owner", metavar="NAME", help="Who owns what comes (default: you; others: admin).")]
Nobody = Annotated[bool, typer.Option("--nobody", help="What comes is nobody's: for everyone to see.")]
Then = Annotated[
    str | None,
    typer.Option("--then", metavar="DEED", help="What is done to the mail: read, flag, tag:WORD, move:FOLDER, delete or nothing."),
]
Stop = Annotated[bool | None, typer.Option("--stop/--no-stop", help="Keep a mail that it means from later rules; or not.")]

_DEEDS = {
    "nothing": MailAction.MAIL_ACTION_NOTHING,
    "read": MailAction.MAIL_ACTION_MARK_READ,
    "flag": MailAction.MAIL_ACTION_FLAG,
    "tag": MailAction.MAIL_ACTION_TAG,
    "move": MailAction.MAIL_ACTION_MOVE,
    "delete": MailAction.MAIL_ACTION_DELETE,
}
_WITH_WORDS = ("tag", "move")


def deed_of(text: str) -> tuple[MailAction.ValueType, str]:
    """Read what is done to a mail: `move:Done`, `tag:apple:red`, `read`. Raises BadParameter."""
    word, colon, parameter = text.strip().partition(":")
    action = _DEEDS.get(word.lower())
    if action is None or bool(parameter) is not (word.lower() in _WITH_WORDS) or (colon and not parameter):
        raise typer.BadParameter(f'"{text}" is nothing to do: write read, flag, tag:WORD, move:FOLDER, delete or nothing')
    return action, parameter


def deed_word(rule: MailRule) -> str:
    """Write what a rule does to a mail, as it is read."""
    word = next((word for word, action in _DEEDS.items() if action == rule.action), f"deed {rule.action}")
    return f"{word}:{rule.action_parameter}" if rule.action_parameter else word


def put_filters(rule: MailRule, said: dict[str, object]) -> list[str]:
    """Put what is said of filters into a rule; give the paths that it changes."""
    wanted = {field: value for field, value in said.items() if value is not None}
    _put(rule.filters, wanted)
    return ["filters"] if wanted else []


def put_filing(rule: MailRule, said: dict[str, object], sender: SenderChoice | None, then: str | None) -> list[str]:
    """Put what else is said into a rule; give the paths that it changes. Raises BadParameter."""
    wanted = {field: value for field, value in said.items() if value is not None}
    if sender is not None and wanted.get("correspondent"):
        raise typer.BadParameter("say --sender-is or --correspondent, not both")
    if sender is not None:
        wanted["correspondent_from"] = MailCorrespondent.Value(f"MAIL_CORRESPONDENT_{sender.name}")
    elif "correspondent" in wanted:
        named = bool(wanted["correspondent"])
        wanted["correspondent_from"] = MailCorrespondent.MAIL_CORRESPONDENT_FIXED if named else MailCorrespondent.MAIL_CORRESPONDENT_NONE
    if then is not None:
        wanted["action"], wanted["action_parameter"] = deed_of(then)
    _put(rule, wanted)
    return list(wanted)


def scope_of(choice: TakeChoice | None) -> MailScope.ValueType | None:
    """Read what of a mail becomes a document."""
    return None if choice is None else MailScope.Value(f"MAIL_SCOPE_{choice.name}")


def title_of(choice: TitleChoice | None) -> MailTitle.ValueType | None:
    """Read where titles come from."""
    return None if choice is None else MailTitle.Value(f"MAIL_TITLE_{choice.name}")


def filter_words(filters: MailFilters) -> list[str]:
    """Write filters for a person, those alone that are set."""
    texts = [(name, str(getattr(filters, name))) for name in ("from", "to", "subject", "body")]
    words = [f"{name} has “{text}”" for name, text in texts if text]
    words += [f"a file like {', '.join(filters.include)}"] if filters.include else []
    words += [f"no file like {', '.join(filters.exclude)}"] if filters.exclude else []
    return [*words, f"up to {filters.most_days} days old" if filters.most_days else "however old"]


def _put(message: MailRule | MailFilters, said: dict[str, object]) -> None:
    for field, value in said.items():
        if isinstance(value, list):
            message.ClearField(field)  # type: ignore[arg-type]  # one of its own names
            getattr(message, field).extend(one for one in value if one)
        else:
            setattr(message, field, value)
