"""Labels: what documents are filed under. What the four kinds have in common; tags.py and single_labels.py add what is theirs alone."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

import typer
from google.protobuf.field_mask_pb2 import FieldMask

import scriba
from scriba.v1.catalog_pb2 import (
    CreateLabelRequest,
    DeleteLabelRequest,
    Label,
    LabelKind,
    ListLabelsRequest,
    ListLabelsResponse,
    Matching,
    UpdateLabelRequest,
)
from scriba_cli import wording
from scriba_cli.names import named
from scriba_cli.options import Json, Yes
from scriba_cli.proto_json import print_json
from scriba_cli.session import for_each, open_client
from scriba_cli.terminal import add_column, add_text_column, new_table, plain, print_table, say

_PAGE = 1000
_LONGEST_PART = 128
_LONGEST_RULE = 28


class Way(StrEnum):
    """How a label finds its documents by itself."""

    NONE = "none"
    ANY = "any"
    ALL = "all"
    EXACT = "exact"
    REGEX = "regex"
    FUZZY = "fuzzy"
    AUTO = "auto"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of label, and the words for it."""

    value: LabelKind.ValueType
    noun: str
    command: str
    complete: Callable[[str], list[tuple[str, str]]]

    def list_command(self) -> str:
        """Name the command that shows them."""
        return f"scriba {self.command} list"


Match = Annotated[Way | None, typer.Option("--match", help="How it finds its documents by itself (default: auto, which learns).")]
Pattern = Annotated[str | None, typer.Option("--pattern", help='The words, phrase or regular expression for --match; "…" is one word.')]
CaseSensitive = Annotated[bool | None, typer.Option("--case-sensitive/--any-case", help="Whether capitals count for the pattern.")]
NewName = Annotated[str | None, typer.Option("--name", help="The new name; documents follow by themselves.")]
Part = Annotated[str, typer.Argument(metavar="PART", help="Only those whose names hold this.")]


def rule_of(match: Way | None, pattern: str | None, case_sensitive: bool | None) -> dict[str, object]:
    """Give the parts of a label that say how it is found, those that were named alone."""
    matching = None if match is None else Matching.Value(f"MATCHING_{match.name}")
    return {"matching": matching, "pattern": pattern, "case_sensitive": case_sensitive}


def given(parts: Mapping[str, object]) -> dict[str, object]:
    """Leave out the parts that nobody named."""
    return {name: value for name, value in parts.items() if value is not None}


def label(kind: Kind, client: scriba.Client, name: str) -> Label:
    """Find a label by its name; raises NotFound."""
    return named(name, client.list_labels(kind.value, name.strip()[:_LONGEST_PART]), kind.noun, kind.list_command())


def create(kind: Kind, client: scriba.Client, name: str, parts: Mapping[str, object], as_json: bool) -> None:
    """Make a label."""
    made = Label(kind=kind.value, name=name, **given(parts))  # type: ignore[arg-type]  # the message's own fields
    answer = client.catalog.CreateLabel(CreateLabelRequest(label=made))
    if as_json:
        print_json(answer)
    else:
        say(f"new {kind.noun}: {plain(answer.label.name)}")


def change(kind: Kind, client: scriba.Client, name: str, parts: Mapping[str, object], as_json: bool) -> None:
    """Change what was named of a label."""
    wanted = given(parts)
    if not wanted:
        raise typer.BadParameter(f"nothing to change; `scriba {kind.command} edit --help` shows what can be")
    present = label(kind, client, name)
    changed = Label(id=present.id, etag=present.etag, **wanted)  # type: ignore[arg-type]  # as above
    answer = client.catalog.UpdateLabel(UpdateLabelRequest(label=changed, update_mask=FieldMask(paths=list(wanted))))
    if as_json:
        print_json(answer)
    else:
        say(f"changed {kind.noun}: {plain(answer.label.name)}")


def new_app(kind: Kind, plural: str, print_all: Callable[[Sequence[Label]], None]) -> typer.Typer:
    """Make the group of commands for a kind, and the first of them."""
    app = typer.Typer(help=f"{plural.capitalize()}: list, add, edit, delete.", no_args_is_help=True)

    @app.command("list", help=f"List {plural} with the number of documents that bear each.")
    def list_all(part: Part = "", as_json: Json = False) -> None:
        with open_client() as client:
            answer = _all(client, kind, part)
        if as_json:
            print_json(answer)
        elif answer.labels:
            print_all(answer.labels)
        else:
            say(f"no {plural}")

    return app


def add_delete(app: typer.Typer, kind: Kind, plural: str) -> None:
    """Add the command that deletes them; it stands last."""
    names = Annotated[list[str], typer.Argument(metavar="NAME", help="Their names.", autocompletion=kind.complete)]

    @app.command("delete", help=f"Delete {plural}, also from the documents that bear them.")
    def delete(chosen: names, yes: Yes = False, as_json: Json = False) -> None:
        with open_client() as client:
            for_each(chosen, client, lambda name: _delete(kind, client, name, yes, as_json))


def _all(client: scriba.Client, kind: Kind, part: str) -> ListLabelsResponse:
    answer = ListLabelsResponse()
    request = ListLabelsRequest(kind=kind.value, name_part=part, page_size=_PAGE)
    for page in scriba.pages(client.catalog.ListLabels, request, lambda page: len(page.labels)):
        answer.labels.extend(page.labels)
        answer.total_size = page.total_size
    return answer


def _delete(kind: Kind, client: scriba.Client, name: str, yes: bool, as_json: bool) -> None:
    present = label(kind, client, name)
    bearing = wording.plural(present.document_count, "document")
    if not yes and sys.stdin.isatty():
        typer.confirm(f"Delete the {kind.noun} {plain(present.name)}? It leaves {bearing}.", abort=True, err=True)
    answer = client.catalog.DeleteLabel(DeleteLabelRequest(id=present.id, etag=present.etag))
    if as_json:
        print_json(answer)
    else:
        say(f"deleted: {plain(present.name)}, borne by {wording.plural(answer.documents_changed, 'document')}")


def print_labels(rows: Sequence[tuple[str, Label, str]], header: str, extra: str = "") -> None:
    """Print a line for each label: its name as it is to be shown, and a word on it under the header `extra`."""
    table = new_table()
    add_text_column(table, header)
    add_column(table, "Documents", right=True)
    add_column(table, "Found by")
    if extra:
        add_column(table, extra)
    for shown, one, word in rows:
        cells = [shown, wording.number(one.document_count), rule_words(one)]
        table.add_row(*cells, *([word] if extra else []))
    print_table(table)


def rule_words(one: Label) -> str:
    """Say how a label finds its documents, so short that the line stays one."""
    way = Matching.Name(one.matching).removeprefix("MATCHING_").lower() if one.matching in Matching.values() else "?"
    words = way if one.matching in (Matching.MATCHING_AUTO, Matching.MATCHING_NONE) else f"{way}: {one.pattern}"
    words = plain(words)
    return words if len(words) <= _LONGEST_RULE else f"{words[: _LONGEST_RULE - 1]}…"


def in_tree(labels: Sequence[Label]) -> Iterator[tuple[int, Label]]:
    """Put labels below those that they stand below, with their depths; one whose parent is not among them stands at the top."""
    known = {one.id for one in labels}
    below: dict[str, list[Label]] = {}
    for one in labels:
        below.setdefault(one.parent_id if one.parent_id in known else "", []).append(one)

    def walk(parent: str, depth: int) -> Iterator[tuple[int, Label]]:
        for one in below.get(parent, ()):
            yield depth, one
            yield from walk(one.id, depth + 1)

    return walk("", 0)
