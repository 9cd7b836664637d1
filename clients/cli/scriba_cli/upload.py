"""Upload: files and folders into the archive."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

import scriba
from scriba.v1.catalog_pb2 import FieldValue
from scriba.v1.documents_pb2 import GetDocumentRequest, UploadDocumentResponse
from scriba_cli import wording
from scriba_cli.access import user_named
from scriba_cli.completion import complete_tag
from scriba_cli.document_tables import title_of
from scriba_cli.editing import NEXT, next_number, number_of
from scriba_cli.exit_codes import ExitCode, exit_code_of, words_of
from scriba_cli.field_values import read_values
from scriba_cli.options import Asn, Correspondent, DocumentType, FieldValues, Json, StoragePath
from scriba_cli.progress import byte_progress
from scriba_cli.proto_json import print_json
from scriba_cli.session import finish, interruptible, open_client
from scriba_cli.terminal import plain, say
from scriba_cli.unfinished import named_upload, notes_folder
from scriba_cli.watch import failures, follow


@dataclass(frozen=True, slots=True)
class Facts:
    """What the user says of the files."""

    title: str
    tags: list[str]
    created: str
    correspondent: str
    document_type: str
    storage_path: str
    asn: str
    fields: list[FieldValue]
    owner_id: str | None


def upload(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Files; with -r folders too.")],
    recursive: Annotated[bool, typer.Option("--recursive", "-r", help="Go into folders; hidden files stay out.")] = False,
    wait: Annotated[bool, typer.Option("--wait", "-w", help="Wait until they are read; exit 1 or 5 when that fails.")] = False,
    tag: Annotated[list[str] | None, typer.Option("--tag", "-t", help="A tag; may be repeated.", autocompletion=complete_tag)] = None,
    title: Annotated[str, typer.Option("--title", help="The title of a single file (default: the server's choice).")] = "",
    created: Annotated[str, typer.Option("--created", help="The date on the paper, 2024-02-29.")] = "",
    correspondent: Correspondent = None,
    document_type: DocumentType = None,
    storage_path: StoragePath = None,
    asn: Asn = None,
    field: FieldValues = None,
    owner: Annotated[str | None, typer.Option("--owner", metavar="NAME", help="Whose they are (default: yours; others': admin).")] = None,
    nobody: Annotated[bool, typer.Option("--nobody", help="They are nobody's: for everyone to see.")] = False,
    as_json: Json = False,
) -> None:
    """Put files into the archive; a broken connection is taken up where it stood."""
    paths = list(_paths(files, recursive))
    if title and len(paths) > 1:
        raise typer.BadParameter("--title goes with one file only")
    if asn != NEXT and number_of(asn) and len(paths) > 1:
        raise typer.BadParameter('a number goes with one file only; "--asn next" gives each its own')
    if owner and nobody:
        raise typer.BadParameter("say --owner or --nobody, not both")
    with open_client() as client:
        values = read_values(client, field or [])
        owner_id = user_named(client, owner) if owner else "" if nobody else None
        facts = Facts(title, tag or [], created, correspondent or "", document_type or "", storage_path or "", asn or "", values, owner_id)
        with interruptible("broken off; the same command goes on where it stood"):
            answers, failed = _send(client, paths, facts, as_json and not wait)
        if wait:
            jobs = _jobs_of(client, answers)
            failed += failures(follow(client, jobs)) if jobs else []
            _tell_results(client, answers, as_json)
    finish(len(paths), failed)


def _paths(files: Iterable[Path], recursive: bool) -> Iterator[Path]:
    """Give every file meant, in a stable order."""
    for file in files:
        if not file.is_dir():
            yield file
        elif recursive:
            yield from (path for path in sorted(file.rglob("*")) if path.is_file() and not _is_hidden(path.relative_to(file)))
        else:
            raise typer.BadParameter(f"{plain(str(file))} is a folder: -r uploads what is in it")


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _send(client: scriba.Client, paths: list[Path], facts: Facts, as_json: bool) -> tuple[list[UploadDocumentResponse], list[ExitCode]]:
    """Upload one after another; what is wrong with one file does not stop the next."""
    answers: list[UploadDocumentResponse] = []
    failed: list[ExitCode] = []
    for path in paths:
        try:
            answer = _send_one(client, path, facts)
        except scriba.Error as error:
            if exit_code_of(error) is not ExitCode.REFUSED:
                raise
            failed.append(ExitCode.REFUSED)
            say(f"{path}: {words_of(error, client.server)}")
        except OSError as error:
            failed.append(ExitCode.REFUSED)
            say(plain(f"{path}: {error.strerror or error}"))
        else:
            answers.append(answer)
            if as_json:
                print_json(answer)
            else:
                say_accepted(path, answer)
    return answers, failed


def _send_one(client: scriba.Client, path: Path, facts: Facts) -> UploadDocumentResponse:
    with named_upload(notes_folder(os.environ), client.server, path) as request_id, byte_progress(plain(path.name)) as on_progress:
        return client.upload(
            path,
            title=facts.title,
            tags=facts.tags,
            created_date=facts.created,
            correspondent=facts.correspondent,
            document_type=facts.document_type,
            storage_path=facts.storage_path,
            archive_serial_number=next_number(client) if facts.asn == NEXT else number_of(facts.asn) or 0,
            fields=facts.fields,
            owner_id=facts.owner_id,
            request_id=request_id,
            on_progress=on_progress,
        )


def say_accepted(path: Path, answer: UploadDocumentResponse) -> None:
    """Tell what became of a file."""
    document = answer.document
    came = "is there already as" if answer.duplicate else f"({wording.size(document.size_bytes)}) is"
    job = f", read by job {answer.job_id}" if answer.job_id else ""
    say(plain(f"{path.name} {came} document {document.id}{job}"))
    if not answer.duplicate:
        for warning in document.warnings:
            say(plain(f"  {warning.message or warning.code}"))


def _jobs_of(client: scriba.Client, answers: list[UploadDocumentResponse]) -> list[str]:
    """Name the jobs to wait for; a duplicate may still be read for the sake of its first coming."""
    jobs: list[str] = []
    for answer in answers:
        newest = [] if answer.job_id else client.list_jobs(document_id=answer.document.id, limit=1)
        jobs += [answer.job_id] if answer.job_id else [job.id for job in newest]
    return jobs


def _tell_results(client: scriba.Client, answers: list[UploadDocumentResponse], as_json: bool) -> None:
    for answer in answers:
        answer.document.CopyFrom(client.documents.GetDocument(GetDocumentRequest(id=answer.document.id)).document)
        if as_json:
            print_json(answer)
            continue
        document = answer.document
        say(plain(f"document {document.id} is {wording.document_state(document)}: {title_of(document)}"))
        for warning in document.warnings:
            say(plain(f"  {warning.message or warning.code}"))
