"""Documents: list, show, read again."""

import sys
from typing import Annotated

import typer

import scriba
from scriba.v1.documents_pb2 import (
    FileKind,
    GetDocumentRequest,
    ListDocumentsRequest,
    ListDocumentsResponse,
    ReprocessDocumentRequest,
)
from scriba_cli.document_tables import print_document, print_documents
from scriba_cli.options import DocumentId, DocumentIds, Json
from scriba_cli.proto_json import print_json
from scriba_cli.query_errors import telling_the_place
from scriba_cli.reasons import reasons_of
from scriba_cli.rereading import ReadingLanguage, ReadingMode, ocr_mode
from scriba_cli.session import for_each, open_client
from scriba_cli.terminal import plain, say

_PAGE = 500
_SHOWN = 50


def list_documents(
    filter: Annotated[str, typer.Option("--filter", "-f", help="A query, as in search: tag:tax created:2024")] = "",  # noqa: A002  # the option's name
    limit: Annotated[
        int | None, typer.Option("--limit", "-n", min=1, help=f"How many at most (default: {_SHOWN}; all with --json).")
    ] = None,
    sort: Annotated[str, typer.Option("--sort", help='added_time, created_date, title or id; also with " desc".')] = "",
    trash: Annotated[bool, typer.Option("--trash", help="List the trash instead.")] = False,
    as_json: Json = False,
) -> None:
    """List documents, newest first."""
    most = limit if limit or as_json else _SHOWN
    request = ListDocumentsRequest(page_size=_PAGE, filter=filter, order_by=sort, show_deleted=trash)
    with open_client() as client, telling_the_place(filter):
        answer = ListDocumentsResponse()
        for page in scriba.pages(client.documents.ListDocuments, request, lambda page: len(page.documents), most):
            answer.documents.extend(page.documents)
            answer.next_page_token, answer.total_size = page.next_page_token, page.total_size
    if as_json:
        print_json(answer)
    else:
        print_documents(answer.documents, answer.total_size)


def show(
    document_id: DocumentId,
    text: Annotated[bool, typer.Option("--text", help="Print the document's text instead.")] = False,
    page: Annotated[int, typer.Option("--page", min=0, help="Only this page of the text.")] = 0,
    as_json: Json = False,
) -> None:
    """Show what is known of a document, or its text."""
    with open_client() as client:
        if text or page:
            _, chunks = client.open_download(document_id, FileKind.FILE_KIND_TEXT, page=page)
            _print_text(b"".join(chunks).decode("utf-8", "replace"))
            return
        answer = client.documents.GetDocument(GetDocumentRequest(id=document_id))
        reasons = {} if as_json else reasons_of(client, document_id)
    if as_json:
        print_json(answer)
    else:
        print_document(answer.document, reasons)


def reprocess(
    document_ids: DocumentIds,
    mode: ReadingMode = None,
    language: ReadingLanguage = "",
    as_json: Json = False,
) -> None:
    """Read documents again, from the first step."""
    with open_client() as client:

        def reprocess_one(document_id: str) -> None:
            request = ReprocessDocumentRequest(id=document_id, ocr_mode=ocr_mode(mode), ocr_language=language)
            answer = client.documents.ReprocessDocument(request)
            if as_json:
                print_json(answer)
            else:
                say(f"document {plain(document_id)} is read again by job {answer.job_id}")

        for_each(document_ids, client, reprocess_one)


def _print_text(text: str) -> None:
    if not sys.stdout.isatty():
        sys.stdout.write(text)
        return
    for number, page in enumerate(text.split("\f"), start=1):
        print(f"── page {number} ──" if "\f" in text else "", *map(plain, page.splitlines()), sep="\n")
