"""Suggestions: what the archive has learned, for a person to decide on."""

from scriba.v1.documents_pb2 import SuggestTagsRequest
from scriba_cli.options import DocumentId, Json
from scriba_cli.proto_json import print_json
from scriba_cli.session import open_client
from scriba_cli.terminal import add_column, add_text_column, new_table, plain, print_table, say


def suggest(document_id: DocumentId, as_json: Json = False) -> None:
    """Suggest tags for a document, likeliest first; nothing is changed."""
    with open_client() as client:
        answer = client.documents.SuggestTags(SuggestTagsRequest(id=document_id))
    if as_json:
        print_json(answer)
        return
    if not answer.suggestions:
        say("no suggestions")
        return
    table = new_table()
    add_text_column(table, "Tag")
    add_column(table, "Probability", right=True)
    for suggestion in answer.suggestions:
        table.add_row(plain(suggestion.tag), f"{suggestion.probability:.0%}")
    print_table(table)
