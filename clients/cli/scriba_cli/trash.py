"""The trash: put in, take out, empty."""

import sys
from typing import Annotated

import typer

from scriba.v1.documents_pb2 import DeleteDocumentRequest, GetDocumentRequest, PurgeDocumentRequest, UndeleteDocumentRequest
from scriba_cli.document_tables import title_of
from scriba_cli.options import DocumentIds, Json
from scriba_cli.proto_json import print_json
from scriba_cli.session import for_each, open_client
from scriba_cli.terminal import plain, say


def delete(document_ids: DocumentIds, as_json: Json = False) -> None:
    """Move documents to the trash."""
    with open_client() as client:

        def delete_one(document_id: str) -> None:
            answer = client.documents.DeleteDocument(DeleteDocumentRequest(id=document_id))
            if as_json:
                print_json(answer)
            else:
                say(f"in the trash: {plain(document_id)} {plain(title_of(answer.document))}")

        for_each(document_ids, client, delete_one)


def restore(document_ids: DocumentIds, as_json: Json = False) -> None:
    """Take documents out of the trash."""
    with open_client() as client:

        def restore_one(document_id: str) -> None:
            answer = client.documents.UndeleteDocument(UndeleteDocumentRequest(id=document_id))
            if as_json:
                print_json(answer)
            else:
                say(f"restored: {plain(document_id)} {plain(title_of(answer.document))}")

        for_each(document_ids, client, restore_one)


def purge(
    document_ids: DocumentIds,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")] = False,
    as_json: Json = False,
) -> None:
    """Remove trashed documents and their files for ever."""
    with open_client() as client:

        def purge_one(document_id: str) -> None:
            if not yes and sys.stdin.isatty():
                document = client.documents.GetDocument(GetDocumentRequest(id=document_id)).document
                typer.confirm(f"Remove {plain(document_id)} {plain(title_of(document))} for ever?", abort=True, err=True)
            answer = client.documents.PurgeDocument(PurgeDocumentRequest(id=document_id))
            if as_json:
                print_json(answer)
            else:
                say(f"removed for ever: {plain(document_id)}")

        for_each(document_ids, client, purge_one)
