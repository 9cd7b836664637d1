"""Custom fields: list, add, edit, delete."""

import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import typer
from google.protobuf.field_mask_pb2 import FieldMask

import scriba
from scriba.v1.catalog_pb2 import CreateFieldRequest, DeleteFieldRequest, Field, FieldKind, ListFieldsRequest, UpdateFieldRequest
from scriba_cli import wording
from scriba_cli.completion import complete_field
from scriba_cli.field_values import LIST_COMMAND
from scriba_cli.names import named, same_name
from scriba_cli.options import Json, Yes
from scriba_cli.proto_json import print_json
from scriba_cli.session import for_each, open_client
from scriba_cli.terminal import add_column, add_text_column, new_table, plain, print_table, say

app = typer.Typer(help="Custom fields: list, add, edit, delete.", no_args_is_help=True)


class Kind(StrEnum):
    """What the values of a field are."""

    TEXT = "text"
    LONG_TEXT = "long-text"
    URL = "url"
    EMAIL = "email"
    DATE = "date"
    DATE_TIME = "date-time"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    NUMBER = "number"
    MONEY = "money"
    CHOICE = "choice"
    CHOICES = "choices"
    DOCUMENTS = "documents"


Name = Annotated[str, typer.Argument(metavar="NAME", help="The field's name.", autocompletion=complete_field)]
Names = Annotated[list[str], typer.Argument(metavar="NAME", help="The fields' names.", autocompletion=complete_field)]
Currency = Annotated[str | None, typer.Option("--currency", metavar="EUR", help="What amounts are in that name none.")]
Extract = Annotated[
    str | None, typer.Option("--extract", metavar="REGEX", help='Fills it from the text of new documents: the first group; "" for none.')
]

Remind = Annotated[
    int | None,
    typer.Option("--remind", metavar="DAYS", min=0, max=366, help="How near a date is when it reminds people; 0 for never."),
]


@app.command("list")
def list_fields(as_json: Json = False) -> None:
    """List the custom fields."""
    with open_client() as client:
        answer = client.catalog.ListFields(ListFieldsRequest())
    if as_json:
        print_json(answer)
    elif answer.fields:
        _print_fields(answer.fields)
    else:
        say("no custom fields")


@app.command("add")
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name of the new field.")],
    kind: Annotated[Kind, typer.Option("--kind", help="What its values are; it stays so.")] = Kind.TEXT,
    option: Annotated[list[str] | None, typer.Option("--option", help="What can be chosen; may be repeated.")] = None,
    currency: Currency = None,
    extract: Extract = None,
    remind: Remind = None,
    as_json: Json = False,
) -> None:
    """Make a custom field."""
    options = [Field.Option(name=each) for each in option or []]
    field = Field(name=name, kind=FieldKind.Value(f"FIELD_KIND_{kind.name}"), options=options, currency=(currency or "").upper())
    field.extraction, field.reminder_days = extract or "", remind or 0
    with open_client() as client:
        answer = client.catalog.CreateField(CreateFieldRequest(field=field))
    if as_json:
        print_json(answer)
    else:
        say(f"new custom field: {plain(answer.field.name)}")


@app.command("edit")
def edit(
    name: Name,
    new_name: Annotated[str | None, typer.Option("--name", help="The new name; documents follow by themselves.")] = None,
    add_option: Annotated[list[str] | None, typer.Option("--add-option", help="One more to choose; may be repeated.")] = None,
    remove_option: Annotated[
        list[str] | None, typer.Option("--remove-option", help="One less; it goes from documents. May be repeated.")
    ] = None,
    rename_option: Annotated[
        list[str] | None, typer.Option("--rename-option", metavar="OLD=NEW", help="Another name for one; may be repeated.")
    ] = None,
    currency: Currency = None,
    extract: Extract = None,
    remind: Remind = None,
    as_json: Json = False,
) -> None:
    """Change a custom field; its documents follow."""
    with open_client() as client:
        present = _field(client, name)
        changed, paths = Field(id=present.id, etag=present.etag), []
        for path, value in (
            ("name", new_name),
            ("currency", currency and currency.upper()),
            ("extraction", extract),
            ("reminder_days", remind),
        ):
            if value is not None:
                setattr(changed, path, value)
                paths.append(path)
        if add_option or remove_option or rename_option:
            changed.options.extend(_options(present, add_option or [], remove_option or [], rename_option or []))
            paths.append("options")
        if not paths:
            raise typer.BadParameter("nothing to change; `scriba fields edit --help` shows what can be")
        answer = client.catalog.UpdateField(UpdateFieldRequest(field=changed, update_mask=FieldMask(paths=paths)))
    if as_json:
        print_json(answer)
    else:
        say(f"changed custom field: {plain(answer.field.name)}")


@app.command("delete")
def delete(names: Names, yes: Yes = False, as_json: Json = False) -> None:
    """Delete custom fields with all their values."""
    with open_client() as client:

        def delete_one(name: str) -> None:
            field = _field(client, name)
            if not yes and sys.stdin.isatty():
                typer.confirm(f"Delete the field {plain(field.name)} with all its values?", abort=True, err=True)
            answer = client.catalog.DeleteField(DeleteFieldRequest(id=field.id, etag=field.etag))
            if as_json:
                print_json(answer)
            else:
                say(f"deleted: {plain(field.name)}, with the values of {wording.plural(answer.documents_changed, 'document')}")

        for_each(names, client, delete_one)


def _field(client: scriba.Client, name: str) -> Field:
    return named(name, client.catalog.ListFields(ListFieldsRequest()).fields, "custom field", LIST_COMMAND)


def _options(field: Field, added: Sequence[str], removed: Sequence[str], renamed: Sequence[str]) -> list[Field.Option]:
    """Work out the options that there shall be; those that stay keep their ids, and so their documents."""
    options = list(field.options)
    for pair in renamed:
        old, equals, new = pair.partition("=")
        if not equals:
            raise typer.BadParameter(f"--rename-option {pair}: write OLD=NEW")
        _option(field, old).name = new
    gone = {_option(field, name).id for name in removed}
    return [*(option for option in options if option.id not in gone), *(Field.Option(name=name) for name in added)]


def _option(field: Field, name: str) -> Field.Option:
    found = next((option for option in field.options if same_name(option.name, name)), None)
    if found is None:
        known = ", ".join(option.name for option in field.options)
        raise scriba.NotFound(f"'{field.name}' has no option '{name}'; it has {known or 'none'}")
    return found


def kind_of(field: Field) -> str:
    """Name a field's kind as `--kind` does."""
    return FieldKind.Name(field.kind).removeprefix("FIELD_KIND_").lower().replace("_", "-") if field.kind in FieldKind.values() else "?"


def _print_fields(fields: Sequence[Field]) -> None:
    table = new_table()
    add_text_column(table, "Field")
    add_column(table, "Kind")
    add_text_column(table, "Options")
    for field in fields:
        words = [
            ", ".join(option.name for option in field.options),
            field.currency,
            f"from /{field.extraction}/" if field.extraction else "",
            f"reminds within {wording.plural(field.reminder_days, 'day')}" if field.reminder_days else "",
        ]
        table.add_row(field.name, kind_of(field), "; ".join(filter(None, words)))
    print_table(table)
