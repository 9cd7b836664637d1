"""Duplicates: papers that were scanned or saved more than once."""

import math
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.table import Table

import scriba
from scriba.v1.documents_pb2 import Document
from scriba.v1.search_pb2 import (
    FindNearDuplicatesRequest,
    ListNearDuplicatesRequest,
    ListNearDuplicatesResponse,
    NearDuplicate,
    NearDuplicateGroup,
)
from scriba_cli import wording
from scriba_cli.completion import complete_document
from scriba_cli.document_tables import title_of
from scriba_cli.options import Json
from scriba_cli.proto_json import print_json
from scriba_cli.session import open_client
from scriba_cli.terminal import add_column, add_text_column, new_table, out, plain, print_table, say

_PAGE = 100
_SHOWN = 20


def duplicates(
    document_id: Annotated[
        str | None,
        typer.Argument(metavar="[ID]", help="The document's id (default: all that there are).", autocompletion=complete_document),
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", "-n", min=1, help=f"How many at most (default: {_SHOWN}; all with --json).")
    ] = None,
    as_json: Json = False,
) -> None:
    """Find documents that are the same paper, scanned or saved again; nothing is changed."""
    if document_id is None:
        _list_all(limit, as_json)
    else:
        _show_of(document_id, limit, as_json)


def _show_of(document_id: str, limit: int | None, as_json: bool) -> None:
    with open_client() as client:
        answer = client.search.FindNearDuplicates(FindNearDuplicatesRequest(id=document_id, page_size=min(limit or _SHOWN, _PAGE)))
    if as_json:
        print_json(answer)
    elif answer.duplicates:
        _print_duplicates(answer.duplicates)
    else:
        say("no other document is the same paper")


def _list_all(limit: int | None, as_json: bool) -> None:
    most = limit if limit or as_json else _SHOWN
    answer = ListNearDuplicatesResponse()
    with open_client() as client:
        request = ListNearDuplicatesRequest(page_size=_PAGE)
        for page in scriba.pages(client.search.ListNearDuplicates, request, lambda page: len(page.groups), most):
            answer.groups.extend(page.groups)
            answer.next_page_token = page.next_page_token
    if as_json:
        print_json(answer)
        return
    for number, group in enumerate(answer.groups):
        if number:
            out.print()
        _print_group(group)
    if not answer.groups:
        say("no paper is there more than once")
    elif answer.next_page_token:
        say(f"{wording.number(len(answer.groups))} of more; --limit shows more")


def _print_duplicates(found: Sequence[NearDuplicate]) -> None:
    table = new_table()
    _add_columns(table)
    add_column(table, "Came")
    add_column(table, "Alike", right=True)
    for each in found:
        came = "before" if each.came_before else "after"
        table.add_row(*_cells(each.document), came, share(each.likeness))
    print_table(table)


def _print_group(group: NearDuplicateGroup) -> None:
    table = new_table()
    _add_columns(table)
    add_column(table, "Alike", right=True)
    for number, document in enumerate(group.documents):
        table.add_row(*_cells(document), "" if number else share(group.likeness))
    print_table(table)


def _add_columns(table: Table) -> None:
    add_column(table, "ID", right=True)
    add_text_column(table, "Title")
    add_column(table, "Added")
    add_column(table, "Pages", right=True)


def _cells(document: Document) -> tuple[str, str, str, str]:
    return document.id, plain(title_of(document)), wording.moment(document.added_time), str(document.page_count or "")


def share(likeness: float) -> str:
    """Write a share in percent; only what is wholly alike is 100."""
    return f"{math.floor(round(100 * likeness, 3))} %"
