"""Correspondents, document types and storage paths: a document has one of each."""

from collections.abc import Sequence
from typing import Annotated

import typer

from scriba.v1.catalog_pb2 import Label, LabelKind
from scriba_cli.completion import complete_correspondent, complete_path, complete_type
from scriba_cli.labels import CaseSensitive, Kind, Match, NewName, Pattern, add_delete, change, create, new_app, print_labels, rule_of
from scriba_cli.options import Json
from scriba_cli.session import open_client
from scriba_cli.terminal import plain

CORRESPONDENT = Kind(LabelKind.LABEL_KIND_CORRESPONDENT, "correspondent", "correspondents", complete_correspondent)
DOCUMENT_TYPE = Kind(LabelKind.LABEL_KIND_DOCUMENT_TYPE, "document type", "types", complete_type)
STORAGE_PATH = Kind(LabelKind.LABEL_KIND_STORAGE_PATH, "storage path", "paths", complete_path)
_LONGEST_TEMPLATE = 24

NewLabel = Annotated[str, typer.Argument(metavar="NAME", help="The name of the new one.")]
Template = Annotated[str | None, typer.Option("--template", help="Where files of these documents lie: {{ created_year }}/{{ title }}")]


def plain_app(kind: Kind, plural: str) -> typer.Typer:
    """Make the commands for a kind that has only a name and a rule."""

    def print_all(labels: Sequence[Label]) -> None:
        print_labels([(one.name, one, "") for one in labels], kind.noun.capitalize())

    app = new_app(kind, plural, print_all)
    chosen = Annotated[str, typer.Argument(metavar="NAME", help="Its name.", autocompletion=kind.complete)]

    @app.command("add", help=f"Make a {kind.noun}.")
    def add(
        name: NewLabel, match: Match = None, pattern: Pattern = None, case_sensitive: CaseSensitive = None, as_json: Json = False
    ) -> None:
        with open_client() as client:
            create(kind, client, name, rule_of(match, pattern, case_sensitive), as_json)

    @app.command("edit", help=f"Change a {kind.noun}; its documents follow.")
    def edit(
        name: chosen,
        new_name: NewName = None,
        match: Match = None,
        pattern: Pattern = None,
        case_sensitive: CaseSensitive = None,
        as_json: Json = False,
    ) -> None:
        with open_client() as client:
            change(kind, client, name, {"name": new_name, **rule_of(match, pattern, case_sensitive)}, as_json)

    add_delete(app, kind, plural)
    return app


def print_paths(paths: Sequence[Label]) -> None:
    """Print storage paths with their templates."""
    rows = [(one.name, one, _short(plain(one.template))) for one in paths]
    print_labels(rows, "Storage path", "Template")


def _short(template: str) -> str:
    return template if len(template) <= _LONGEST_TEMPLATE else f"{template[: _LONGEST_TEMPLATE - 1]}…"


correspondents = plain_app(CORRESPONDENT, "correspondents")
types = plain_app(DOCUMENT_TYPE, "document types")
paths = new_app(STORAGE_PATH, "storage paths", print_paths)


@paths.command("add")
def add_path(
    name: NewLabel,
    template: Template = None,
    match: Match = None,
    pattern: Pattern = None,
    case_sensitive: CaseSensitive = None,
    as_json: Json = False,
) -> None:
    """Make a storage path."""
    with open_client() as client:
        create(STORAGE_PATH, client, name, {"template": template, **rule_of(match, pattern, case_sensitive)}, as_json)


@paths.command("edit")
def edit_path(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its name.", autocompletion=complete_path)],
    new_name: NewName = None,
    template: Template = None,
    match: Match = None,
    pattern: Pattern = None,
    case_sensitive: CaseSensitive = None,
    as_json: Json = False,
) -> None:
    """Change a storage path; its documents follow."""
    with open_client() as client:
        parts = {"name": new_name, "template": template, **rule_of(match, pattern, case_sensitive)}
        change(STORAGE_PATH, client, name, parts, as_json)


add_delete(paths, STORAGE_PATH, "storage paths")
