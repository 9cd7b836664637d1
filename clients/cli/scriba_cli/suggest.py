"""Suggestions: what the archive has learned, for a person to decide on."""

from scriba.v1 import catalog_pb2
from scriba.v1.documents_pb2 import SuggestLabelsRequest
from scriba_cli.options import DocumentId, Json
from scriba_cli.proto_json import print_json
from scriba_cli.session import open_client
from scriba_cli.terminal import add_column, add_text_column, new_table, plain, print_table, say

KINDS = {
    catalog_pb2.LABEL_KIND_CORRESPONDENT: "correspondent",
    catalog_pb2.LABEL_KIND_DOCUMENT_TYPE: "type",
    catalog_pb2.LABEL_KIND_TAG: "tag",
    catalog_pb2.LABEL_KIND_STORAGE_PATH: "path",
}


def suggest(document_id: DocumentId, as_json: Json = False) -> None:
    """Suggest correspondent, type, tags and storage path for a document, likeliest first; nothing is changed."""
    with open_client() as client:
        answer = client.documents.SuggestLabels(SuggestLabelsRequest(id=document_id))
    if as_json:
        print_json(answer)
        return
    if not answer.suggestions:
        say("no suggestions")
        return
    table = new_table()
    add_column(table, "Kind")
    add_text_column(table, "Name")
    add_column(table, "Probability", right=True)
    add_text_column(table, "Like documents")
    for suggestion in answer.suggestions:
        like = ", ".join(suggestion.like_document_ids)
        table.add_row(KINDS.get(suggestion.kind, ""), plain(suggestion.name), f"{suggestion.probability:.0%}", plain(like))
    print_table(table)
