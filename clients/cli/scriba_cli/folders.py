"""Folders: where documents stand by the templates of their storage paths."""

from typing import Annotated

import typer

import scriba
from scriba.v1.folders_pb2 import ListFoldersRequest, ListFoldersResponse
from scriba_cli import wording
from scriba_cli.options import Json
from scriba_cli.proto_json import print_json
from scriba_cli.session import open_client
from scriba_cli.terminal import add_column, add_text_column, err, new_table, plain, print_table, say

_PAGE = 1000
_SHOWN = 200


def folders(
    path: Annotated[str, typer.Argument(metavar="[PATH]", help="A folder, such as 2024/ACME (default: the top).", show_default=False)] = "",
    limit: Annotated[
        int | None, typer.Option("--limit", "-n", min=1, help=f"How many at most (default: {_SHOWN}; all with --json).")
    ] = None,
    as_json: Json = False,
) -> None:
    """List the folders in one, with how many documents they hold, and its documents."""
    most = limit if limit or as_json else _SHOWN
    request, answer = ListFoldersRequest(path=path, page_size=_PAGE), ListFoldersResponse()
    with open_client() as client:
        for page in scriba.pages(client.folders.ListFolders, request, lambda page: len(page.folders) + len(page.documents), most):
            answer.folders.extend(page.folders)
            answer.documents.extend(page.documents)
            answer.next_page_token = page.next_page_token
            answer.document_count, answer.moving_count = page.document_count, page.moving_count
    if as_json:
        print_json(answer)
    else:
        _print(answer)


def _print(answer: ListFoldersResponse) -> None:
    if not answer.folders and not answer.documents:
        say("no documents")
    table = new_table()
    add_text_column(table, "Name")
    add_column(table, "Documents", right=True)
    add_column(table, "ID", right=True)
    for folder in answer.folders:
        table.add_row(f"{plain(folder.name)}/", wording.number(folder.document_count), "")
    for placed in answer.documents:
        table.add_row(plain(placed.name), "", f"{placed.document.id}{' !' if placed.problem else ''}")
    if answer.folders or answer.documents:
        print_table(table)
    for placed in answer.documents:
        if placed.problem:
            err.print(f"document {plain(placed.document.id)} has no folder of its own: {plain(placed.problem)}")
    if answer.next_page_token:
        say("there are more; --limit shows them")
    if answer.moving_count:
        say(f"{wording.plural(answer.moving_count, 'document')} on the way to another folder")
