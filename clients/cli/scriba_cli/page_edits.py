"""Pages: turn, reorder, leave out; split and merge documents."""

import uuid
from typing import Annotated

import typer

import scriba
from scriba.v1.admin_pb2 import Job
from scriba.v1.documents_pb2 import Document, GetDocumentRequest
from scriba.v1.versions_pb2 import EditPagesRequest, GetPageOrderRequest, MergeDocumentsRequest, SplitDocumentRequest, TurnedPage
from scriba_cli import wording
from scriba_cli.completion import complete_document
from scriba_cli.document_tables import title_of
from scriba_cli.exit_codes import ExitCode
from scriba_cli.options import DocumentId, Json, NoWait
from scriba_cli.page_lists import FORMS, TURN_FORMS, PageListError, read_pages, read_source, wanted_pages
from scriba_cli.proto_json import print_json
from scriba_cli.session import open_client
from scriba_cli.terminal import plain, say
from scriba_cli.watch import failures, follow

app = typer.Typer(no_args_is_help=True, help="Pages of documents: turn, reorder, leave out, split, merge.")

# Of a document without pages: the server knows why it has none.
_ANY = [(1, 0)]

Delete = Annotated[bool, typer.Option("--delete", help="Move what the pages come from to the trash, once it is done.")]


@app.command("edit")
def edit(
    document_id: DocumentId,
    keep: Annotated[str, typer.Option("--keep", "-k", metavar="PAGES", help=f"Exactly these, in this order: {FORMS}.")] = "",
    drop: Annotated[str, typer.Option("--drop", "-d", metavar="PAGES", help="All but these.")] = "",
    turn: Annotated[
        list[str] | None, typer.Option("--turn", "-t", metavar="PAGES:DEGREES", help=f"Clockwise: {TURN_FORMS}; may be repeated.")
    ] = None,
    label: Annotated[str, typer.Option("--label", help="What the version is called (default: what was done).")] = "",
    no_wait: NoWait = False,
    as_json: Json = False,
) -> None:
    """Make a new version of a document: pages turned, in another order, or left out. The one before stays."""
    if keep and drop:
        raise typer.BadParameter("--keep or --drop, not both")
    if not (keep or drop or turn):
        raise typer.BadParameter("nothing to change; `scriba pages edit --help` shows what can be")
    with open_client() as client:
        document = _get(client, document_id)
        try:
            pages = wanted_pages(document.page_count, keep, drop, turn or []) if document.page_count else _ANY
        except PageListError as error:
            raise typer.BadParameter(str(error)) from error
        request = EditPagesRequest(request_id=_new_id(), document_id=document_id, label=label, version=document.version)
        request.pages.extend(TurnedPage(number=number, turn=degrees) for number, degrees in pages)
        _finish(client, client.versions.EditPages(request).job_id, no_wait, as_json)


@app.command("split")
def split(
    document_id: DocumentId,
    groups: Annotated[list[str], typer.Argument(metavar="PAGES", help=f"The pages of each new document: {FORMS}.")],
    delete: Delete = False,
    no_wait: NoWait = False,
    as_json: Json = False,
) -> None:
    """Make documents of groups of pages, filed as the one that they come from."""
    with open_client() as client:
        document = _get(client, document_id)
        request = SplitDocumentRequest(request_id=_new_id(), document_id=document_id, delete_source=delete)
        for group in groups:
            request.parts.add().pages.extend(_listed(group, document))
        _finish(client, client.versions.SplitDocument(request).job_id, no_wait, as_json)


@app.command("merge")
def merge(
    sources: Annotated[
        list[str], typer.Argument(metavar="ID[:PAGES]", help="Documents in their order, as 5 or 7:1-3.", autocompletion=complete_document)
    ],
    like: Annotated[str, typer.Option("--like", metavar="ID", help="Whose title, labels and fields count (default: the first).")] = "",
    as_version: Annotated[bool, typer.Option("--as-version", help="Make a version of that one, and no new document.")] = False,
    delete: Delete = False,
    no_wait: NoWait = False,
    as_json: Json = False,
) -> None:
    """Make one document of several."""
    request = MergeDocumentsRequest(request_id=_new_id(), subject_id=like, as_version=as_version, delete_sources=delete)
    with open_client() as client:
        for text in sources:
            try:
                document_id, pages = read_source(text)
            except PageListError as error:
                raise typer.BadParameter(str(error)) from error
            source = request.sources.add(document_id=document_id)
            if pages:
                source.pages.extend(_listed(pages, _get(client, document_id)))
        _finish(client, client.versions.MergeDocuments(request).job_id, no_wait, as_json)


def _get(client: scriba.Client, document_id: str) -> Document:
    return client.documents.GetDocument(GetDocumentRequest(id=document_id)).document


def _listed(text: str, document: Document) -> list[TurnedPage]:
    try:
        numbers = read_pages(text, document.page_count) if document.page_count else [number for number, _ in _ANY]
    except PageListError as error:
        raise typer.BadParameter(str(error)) from error
    return [TurnedPage(number=number) for number in numbers]


def _new_id() -> str:
    return str(uuid.uuid4())


def _finish(client: scriba.Client, job_id: str, no_wait: bool, as_json: bool) -> None:
    """Wait for the job and for those that read what it has made, and tell what that is."""
    request = GetPageOrderRequest(job_id=job_id)
    ended = [] if no_wait else _followed(client, [job_id], as_json)
    answer = client.versions.GetPageOrder(request)
    if answer.reading_job_ids and not no_wait:
        ended += _followed(client, list(answer.reading_job_ids), as_json)
    if as_json:
        print_json(answer)
    elif no_wait:
        say(f"job {plain(job_id)} is queued; `scriba watch {plain(job_id)}` follows it")
    for document_id in () if as_json or no_wait else answer.document_ids:
        say(_told(_get(client, document_id)))
    if failures(ended):
        raise typer.Exit(ExitCode.REFUSED)


def _followed(client: scriba.Client, job_ids: list[str], as_json: bool) -> list[Job]:
    if not as_json:
        return follow(client, job_ids)
    return list({job.id: job for job in client.follow_jobs(job_ids)}.values())


def _told(document: Document) -> str:
    version = f", version {document.version}" if document.version > 1 else ""
    return f"document {plain(document.id)}{version}: {plain(title_of(document))} ({wording.plural(document.page_count, 'page')})"
