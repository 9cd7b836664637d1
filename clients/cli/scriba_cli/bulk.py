"""Bulk: many documents at once, by one job."""

import uuid
from typing import Annotated

import typer
from google.protobuf.field_mask_pb2 import FieldMask

import scriba
from scriba.v1.bulk_edits_pb2 import (
    BulkAction,
    BulkEdit,
    GetBulkEditRequest,
    GetBulkEditResponse,
    StartBulkEditRequest,
    UndoBulkEditRequest,
)
from scriba.v1.documents_pb2 import Document
from scriba_cli import wording
from scriba_cli.completion import complete_document
from scriba_cli.exit_codes import ExitCode
from scriba_cli.field_values import read_values
from scriba_cli.options import (
    AddTags,
    ClearFields,
    Correspondent,
    DocumentType,
    FieldValues,
    Json,
    NewDate,
    NoWait,
    RemoveTags,
    StoragePath,
    Tags,
)
from scriba_cli.proto_json import print_json
from scriba_cli.rereading import ReadingLanguage, ReadingMode, ocr_mode
from scriba_cli.session import open_client
from scriba_cli.terminal import err, plain, say
from scriba_cli.watch import failures, follow

app = typer.Typer(no_args_is_help=True, help="Many documents at once: change, delete, restore, read again, undo.")

_SHOWN = 20

Ids = Annotated[list[str] | None, typer.Argument(metavar="[ID]", help="Their ids.", autocompletion=complete_document)]
Query = Annotated[str, typer.Option("--query", "-q", help="All that this finds now, as `scriba list` does; * is the whole archive.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say how many it would be; change nothing.")]


@app.command("edit")
def edit(
    document_ids: Ids = None,
    query: Query = "",
    title: Annotated[str | None, typer.Option("--title", help="The same title for all.")] = None,
    tag: Tags = None,
    add_tag: AddTags = None,
    remove_tag: RemoveTags = None,
    created: NewDate = None,
    correspondent: Correspondent = None,
    document_type: DocumentType = None,
    storage_path: StoragePath = None,
    field: FieldValues = None,
    clear: ClearFields = None,
    dry_run: DryRun = False,
    no_wait: NoWait = False,
    as_json: Json = False,
) -> None:
    """Change many documents; "" empties what takes a name."""
    request = _request(document_ids, query, dry_run=dry_run)
    with open_client() as client:
        given = {
            "title": title,
            "tags": tag,
            "created_date": created,
            "correspondent": correspondent,
            "document_type": document_type,
            "storage_path": storage_path,
            "fields": read_values(client, field or [], clear or []) or None,
        }
        changes = {path: value for path, value in given.items() if value is not None}
        if not changes and not add_tag and not remove_tag:
            raise typer.BadParameter("nothing to change; `scriba bulk edit --help` shows what can be")
        request.changes.CopyFrom(Document(**changes))  # type: ignore[arg-type]  # the message's own fields
        request.update_mask.CopyFrom(FieldMask(paths=list(changes)))
        request.add_tags.extend(add_tag or [])
        request.remove_tags.extend(remove_tag or [])
        _start(client, request, no_wait, as_json)


@app.command("delete")
def delete(document_ids: Ids = None, query: Query = "", dry_run: DryRun = False, no_wait: NoWait = False, as_json: Json = False) -> None:
    """Move many documents to the trash."""
    request = _request(document_ids, query, dry_run=dry_run)
    request.action = BulkAction.BULK_ACTION_DELETE
    with open_client() as client:
        _start(client, request, no_wait, as_json)


@app.command("restore")
def restore(
    document_ids: Ids = None,
    trash: Annotated[bool, typer.Option("--trash", help="All that are in the trash.")] = False,
    dry_run: DryRun = False,
    no_wait: NoWait = False,
    as_json: Json = False,
) -> None:
    """Take many documents out of the trash."""
    request = _request(document_ids, "", trash, dry_run)
    request.action = BulkAction.BULK_ACTION_UNDELETE
    with open_client() as client:
        _start(client, request, no_wait, as_json)


@app.command("reprocess")
def reprocess(
    document_ids: Ids = None,
    query: Query = "",
    mode: ReadingMode = None,
    language: ReadingLanguage = "",
    dry_run: DryRun = False,
    no_wait: NoWait = False,
    as_json: Json = False,
) -> None:
    """Read many documents again; each gets a job of its own."""
    request = _request(document_ids, query, dry_run=dry_run)
    request.action, request.ocr_mode, request.ocr_language = BulkAction.BULK_ACTION_REPROCESS, ocr_mode(mode), language
    with open_client() as client:
        _start(client, request, no_wait, as_json)


@app.command("undo")
def undo(
    job_id: Annotated[str, typer.Argument(metavar="JOB", help="The job of the bulk edit.")], no_wait: NoWait = False, as_json: Json = False
) -> None:
    """Give back what documents had before a bulk edit, but for what was changed since."""
    with open_client() as client:
        answer = client.bulk_edits.UndoBulkEdit(UndoBulkEditRequest(job_id=job_id))
        _finish(client, answer.job_id, no_wait, as_json)


def _request(document_ids: list[str] | None, query: str, trash: bool = False, dry_run: bool = False) -> StartBulkEditRequest:
    if sum((bool(document_ids), bool(query), trash)) != 1:
        raise typer.BadParameter("name documents by their ids, or say which are meant all together, and not both")
    request = StartBulkEditRequest(validate_only=dry_run, request_id=str(uuid.uuid4()))
    if document_ids:
        request.documents.ids.extend(document_ids)
    elif trash:
        request.whole_trash = True
    else:
        request.query = query
    return request


def _start(client: scriba.Client, request: StartBulkEditRequest, no_wait: bool, as_json: bool) -> None:
    answer = client.bulk_edits.StartBulkEdit(request)
    if answer.job_id:
        _finish(client, answer.job_id, no_wait, as_json)
    elif as_json:
        print_json(answer)
    else:
        would = " would be taken; nothing was changed" if request.validate_only and answer.document_count else ""
        say(f"{wording.plural(answer.document_count, 'document')}{would}" if answer.document_count else "no documents")


def _finish(client: scriba.Client, job_id: str, no_wait: bool, as_json: bool) -> None:
    """Wait for the job, and tell what came of it."""
    ended = [] if no_wait else follow(client, [job_id]) if not as_json else list(client.follow_jobs([job_id]))[-1:]
    answer = client.bulk_edits.GetBulkEdit(GetBulkEditRequest(job_id=job_id))
    if as_json:
        print_json(answer)
    elif no_wait:
        say(f"job {plain(job_id)} is queued; `scriba watch {plain(job_id)}` follows it")
    else:
        _tell(answer)
    if failures(ended):
        raise typer.Exit(ExitCode.REFUSED)
    if answer.bulk_edit.failed_count:
        raise typer.Exit(ExitCode.SOME_FAILED)


def _tell(answer: GetBulkEditResponse) -> None:
    edit: BulkEdit = answer.bulk_edit
    changed, failed = edit.changed_count, edit.failed_count
    had = edit.document_count - changed - failed
    parts = [f"{wording.plural(changed, 'document')} changed"]
    parts += [f"{had:,} had it already"] if had > 0 and not edit.undone_job_id else []
    parts += [f"{failed:,} could not be"] if failed else []
    say(f"job {plain(edit.job_id)}: {', '.join(parts)}")
    for failure in edit.failures[:_SHOWN]:
        err.print(f"  {plain(failure.document_id)}: {plain(failure.message)}", style="red", highlight=False)
    if failed > _SHOWN:
        say("--json tells of more" if failed > len(edit.failures) else "--json tells of all")
