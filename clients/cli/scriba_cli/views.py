"""Saved views: queries under a name."""

import sys
from typing import Annotated

import typer

import scriba
from scriba.v1.catalog_pb2 import CreateViewRequest, DeleteViewRequest, ListViewsRequest, View
from scriba_cli.completion import complete_view
from scriba_cli.names import named
from scriba_cli.options import Json, Yes
from scriba_cli.proto_json import print_json
from scriba_cli.query_errors import telling_the_place
from scriba_cli.search import search
from scriba_cli.session import for_each, open_client
from scriba_cli.terminal import add_column, add_text_column, new_table, plain, print_table, say

app = typer.Typer(help="Saved views: list, add, delete, run.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The view's name.", autocompletion=complete_view)]
Names = Annotated[list[str], typer.Argument(metavar="NAME", help="The views' names.", autocompletion=complete_view)]


@app.command("list")
def list_views(as_json: Json = False) -> None:
    """List the saved views."""
    with open_client() as client:
        answer = client.catalog.ListViews(ListViewsRequest())
    if as_json:
        print_json(answer)
        return
    if not answer.views:
        say("no saved views")
        return
    table = new_table()
    add_text_column(table, "View")
    add_text_column(table, "Query")
    add_column(table, "Sorted by")
    for view in answer.views:
        table.add_row(view.name, view.query, view.order_by or "relevance")
    print_table(table)


@app.command("add")
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name of the new view.")],
    query: Annotated[list[str], typer.Argument(metavar="QUERY", help="As in search.")],
    sort: Annotated[
        str, typer.Option("--sort", help='relevance, added_time, created_date or title; the last three also with " desc".')
    ] = "",
    limit: Annotated[
        int, typer.Option("--limit", "-n", min=0, max=1000, help="How many it shows at once (default: the client's choice).")
    ] = 0,
    dashboard: Annotated[bool, typer.Option("--dashboard", help="Show it on the dashboard.")] = False,
    sidebar: Annotated[bool, typer.Option("--sidebar", help="Show it in the sidebar.")] = False,
    position: Annotated[int, typer.Option("--position", min=0, help="Its place among the views.")] = 0,
    as_json: Json = False,
) -> None:
    """Save a query under a name."""
    view = View(name=name, query=" ".join(query), order_by=sort, page_size=limit, dashboard=dashboard, sidebar=sidebar, position=position)
    with open_client() as client, telling_the_place(view.query):
        answer = client.catalog.CreateView(CreateViewRequest(view=view))
    if as_json:
        print_json(answer)
    else:
        say(f"new view: {plain(answer.view.name)}")


@app.command("delete")
def delete(names: Names, yes: Yes = False, as_json: Json = False) -> None:
    """Delete saved views; their documents stay."""
    with open_client() as client:

        def delete_one(name: str) -> None:
            view = _view(client, name)
            if not yes and sys.stdin.isatty():
                typer.confirm(f"Delete the view {plain(view.name)}?", abort=True, err=True)
            answer = client.catalog.DeleteView(DeleteViewRequest(id=view.id, etag=view.etag))
            if as_json:
                print_json(answer)
            else:
                say(f"deleted: {plain(view.name)}")

        for_each(names, client, delete_one)


@app.command("run")
def run(
    name: Name,
    limit: Annotated[int | None, typer.Option("--limit", "-n", min=1, help="How many at most (default: the view's own).")] = None,
    as_json: Json = False,
) -> None:
    """Find the documents of a saved view."""
    with open_client() as client:
        view = _view(client, name)
    search([view.query], limit=limit or view.page_size or None, sort=view.order_by, as_json=as_json)


def _view(client: scriba.Client, name: str) -> View:
    return named(name, client.catalog.ListViews(ListViewsRequest()).views, "saved view", "scriba views list")
