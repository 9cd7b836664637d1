"""Tags: labels in a tree, any number of them on a document."""

from collections.abc import Sequence
from typing import Annotated

import typer

from scriba.v1.catalog_pb2 import Label, LabelKind
from scriba_cli.completion import complete_tag
from scriba_cli.labels import (
    CaseSensitive,
    Kind,
    Match,
    NewName,
    Pattern,
    add_delete,
    change,
    create,
    in_tree,
    label,
    new_app,
    print_labels,
    rule_of,
)
from scriba_cli.options import Json
from scriba_cli.session import open_client

TAG = Kind(LabelKind.LABEL_KIND_TAG, "tag", "tags", complete_tag)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The tag's name.", autocompletion=complete_tag)]
Colour = Annotated[str | None, typer.Option("--colour", metavar="#RRGGBB", help='Its colour; "" for none.')]
Inbox = Annotated[bool | None, typer.Option("--inbox/--no-inbox", help="Whether every new document gets it.")]
Below = Annotated[
    str | None,
    typer.Option(
        "--below", metavar="TAG", help='The tag that it stands below: documents get both; "" for none.', autocompletion=complete_tag
    ),
]


def print_tree(tags: Sequence[Label]) -> None:
    """Print tags below those that they stand below."""
    rows = [
        ("  " * depth + one.name, one, " ".join(filter(None, ["inbox" if one.inbox else "", one.colour]))) for depth, one in in_tree(tags)
    ]
    print_labels(rows, "Tag", "Marks" if any(word for _, _, word in rows) else "")


app = new_app(TAG, "tags", print_tree)


@app.command("add")
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name of the new tag.")],
    below: Below = None,
    match: Match = None,
    pattern: Pattern = None,
    case_sensitive: CaseSensitive = None,
    colour: Colour = None,
    inbox: Inbox = None,
    as_json: Json = False,
) -> None:
    """Make a tag."""
    with open_client() as client:
        parent = label(TAG, client, below).id if below else None
        parts = {"parent_id": parent, "colour": colour, "inbox": inbox, **rule_of(match, pattern, case_sensitive)}
        create(TAG, client, name, parts, as_json)


@app.command("edit")
def edit(
    name: Name,
    new_name: NewName = None,
    below: Below = None,
    match: Match = None,
    pattern: Pattern = None,
    case_sensitive: CaseSensitive = None,
    colour: Colour = None,
    inbox: Inbox = None,
    as_json: Json = False,
) -> None:
    """Change a tag; its documents follow."""
    with open_client() as client:
        parent = label(TAG, client, below).id if below else below
        parts = {"name": new_name, "parent_id": parent, "colour": colour, "inbox": inbox, **rule_of(match, pattern, case_sensitive)}
        change(TAG, client, name, parts, as_json)


add_delete(app, TAG, "tags")
