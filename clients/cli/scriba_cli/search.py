"""Search: find by words, or by likeness."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import typer
from rich.padding import Padding
from rich.text import Text

import scriba
from scriba.v1.search_pb2 import (
    Facet,
    FacetField,
    FindSimilarDocumentsRequest,
    Highlight,
    SearchDocumentsRequest,
    SearchDocumentsResponse,
    SearchResult,
)
from scriba_cli import wording
from scriba_cli.document_tables import date_of, title_of
from scriba_cli.options import DocumentId, Json
from scriba_cli.proto_json import print_json
from scriba_cli.query_errors import telling_the_place
from scriba_cli.session import open_client
from scriba_cli.terminal import add_column, add_text_column, new_table, out, plain, print_table, say

_PAGE = 100
_SHOWN = 20
_SHOWN_JSON = 100
_MOST_HIGHLIGHTS = 2


class FacetName(StrEnum):
    """What hits can be counted by."""

    TAG = "tag"
    CORRESPONDENT = "correspondent"
    TYPE = "type"
    LANGUAGE = "language"
    MIME = "mime"
    CREATED_YEAR = "created-year"


_FACETS_HELP = f"Also count the hits by {', '.join(FacetName)}; may be repeated."


def search(
    query: Annotated[list[str], typer.Argument(metavar="QUERY", help='Words, "phrases", tag:tax, created:2024, AND OR NOT ( ).')],
    limit: Annotated[
        int | None, typer.Option("--limit", "-n", min=1, help=f"How many at most (default: {_SHOWN}; {_SHOWN_JSON} with --json).")
    ] = None,
    sort: Annotated[
        str, typer.Option("--sort", help='relevance, added_time, created_date or title; the last three also with " desc".')
    ] = "",
    facets: Annotated[list[FacetName] | None, typer.Option("--facets", metavar="FIELD", help=_FACETS_HELP)] = None,
    as_json: Json = False,
) -> None:
    """Find documents, best first."""
    words = " ".join(query)
    fields = [FacetField.Value(f"FACET_FIELD_{facet.name}") for facet in facets or []]
    request = SearchDocumentsRequest(query=words, page_size=_PAGE, order_by=sort, facets=fields)
    answer = SearchDocumentsResponse()
    with open_client() as client, telling_the_place(words):
        most = limit or (_SHOWN_JSON if as_json else _SHOWN)
        for page in scriba.pages(client.search.SearchDocuments, request, lambda page: len(page.results), most):
            answer.results.extend(page.results)
            answer.next_page_token, answer.total_size = page.next_page_token, page.total_size
            answer.facets.extend([] if answer.facets else page.facets)
    if as_json:
        print_json(answer)
        return
    _print_results(answer.results)
    for facet in answer.facets:
        _print_facet(facet)
    _say_how_many(len(answer.results), answer.total_size)


def similar(
    document_id: DocumentId,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=100, help="How many at most.")] = 10,
    as_json: Json = False,
) -> None:
    """Find documents whose text is most like that of one."""
    with open_client() as client:
        answer = client.search.FindSimilarDocuments(FindSimilarDocumentsRequest(id=document_id, page_size=limit))
    if as_json:
        print_json(answer)
    elif answer.results:
        _print_results(answer.results)
    else:
        say("nothing like it")


def _print_results(results: Sequence[SearchResult]) -> None:
    id_width = max((len(each.document.id) for each in results), default=0)
    for result in results:
        line = new_table(show_header=False)
        add_column(line, "", right=True)
        add_text_column(line, "")
        add_column(line, "")
        line.columns[0].min_width = id_width
        line.add_row(result.document.id, Text(plain(title_of(result.document)), style="bold"), date_of(result.document))
        line.columns[1].min_width = out.width - id_width - len(date_of(result.document)) - 2 * 2
        print_table(line)
        indent = id_width + 2
        for highlight in result.highlights[:_MOST_HIGHLIGHTS]:
            out.print(Padding(highlighted(highlight), (0, 0, 0, indent)))


def highlighted(highlight: Highlight) -> Text:
    """Mark the words that were found, after the page they are on."""
    text = Text(plain(highlight.text))
    for found in highlight.ranges:
        text.stylize("bold yellow", found.start, found.end)
    place = f"p. {highlight.page} " if highlight.page else ""
    return Text(place, style="dim") + text


def _print_facet(facet: Facet) -> None:
    table = new_table()
    add_text_column(table, FacetField.Name(facet.field).removeprefix("FACET_FIELD_").replace("_", " ").capitalize())
    add_column(table, "Hits", right=True)
    for count in facet.counts:
        table.add_row(plain(count.value), wording.number(count.count))
    out.print()
    print_table(table)


def _say_how_many(shown: int, total: int) -> None:
    if not total:
        say("nothing found")
    elif total > shown:
        say(f"{wording.number(shown)} of {wording.number(total)}; --limit shows more")
