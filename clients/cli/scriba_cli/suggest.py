"""Suggestions: what a document may deserve, for a person to decide on."""

from collections.abc import Iterable, Sequence

from scriba.v1 import catalog_pb2
from scriba.v1.documents_pb2 import DateSuggestion, LabelSuggestion, SuggestValuesRequest
from scriba_cli.options import DocumentId, Json
from scriba_cli.proto_json import print_json
from scriba_cli.reasons import GIVERS
from scriba_cli.session import open_client
from scriba_cli.terminal import add_column, new_table, out, plain, print_table, say

KINDS = {
    catalog_pb2.LABEL_KIND_CORRESPONDENT: "correspondent",
    catalog_pb2.LABEL_KIND_DOCUMENT_TYPE: "type",
    catalog_pb2.LABEL_KIND_TAG: "tag",
    catalog_pb2.LABEL_KIND_STORAGE_PATH: "path",
}
_LONGEST_NAME = 24


def suggest(document_id: DocumentId, as_json: Json = False) -> None:
    """Suggest correspondent, type, tags, storage path and date for a document, likeliest first; nothing is changed."""
    with open_client() as client:
        answer = client.documents.SuggestValues(SuggestValuesRequest(id=document_id))
    if as_json:
        print_json(answer)
        return
    if not (answer.labels or answer.dates):
        say("no suggestions")
    if answer.labels:
        _print("Kind", "Name", "Probability", rows=map(_label, answer.labels))
    if answer.labels and answer.dates:
        out.print()
    if answer.dates:
        _print("Date", "Score", rows=map(_date, answer.dates))


def _print(*headers: str, rows: Iterable[Sequence[str]]) -> None:
    """Print a table whose last column, the reasons, may take several lines."""
    table = new_table()
    for number, header in enumerate(headers):
        add_column(table, header, right=number == len(headers) - 1)
    table.add_column("Why", overflow="fold")
    for row in rows:
        table.add_row(*row)
    print_table(table)


def _label(suggestion: LabelSuggestion) -> tuple[str, ...]:
    name = plain(suggestion.name)
    short = name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
    why = ": ".join(filter(None, (GIVERS.get(suggestion.giver, ""), suggestion.reason)))
    return KINDS.get(suggestion.kind, ""), short, f"{suggestion.probability:.0%}", why


def _date(suggestion: DateSuggestion) -> tuple[str, ...]:
    place = ", ".join(filter(None, (f"page {suggestion.page}" if suggestion.page else "", suggestion.text and f"'{suggestion.text}'")))
    return suggestion.date, f"{suggestion.score:.0%}", ": ".join(filter(None, (place, suggestion.reason)))
