"""Download: the original, or what was made from it."""

import sys
from pathlib import Path
from typing import Annotated

import typer

import scriba
from scriba.download import Wanted
from scriba.v1.documents_pb2 import DownloadDocumentResponse, FileKind
from scriba_cli import wording
from scriba_cli.exit_codes import ExitCode
from scriba_cli.options import Json
from scriba_cli.progress import byte_progress
from scriba_cli.proto_json import print_json
from scriba_cli.session import open_client
from scriba_cli.terminal import plain, say
from scriba_cli.zipped import download_zip


def download(
    document_ids: Annotated[list[str] | None, typer.Argument(metavar="ID", help="The document's id; several with --zip.")] = None,
    archive: Annotated[bool, typer.Option("--archive", help="The searchable PDF.")] = False,
    text: Annotated[bool, typer.Option("--text", help="The text.")] = False,
    thumbnail: Annotated[bool, typer.Option("--thumbnail", help="The picture of the first page.")] = False,
    page: Annotated[int, typer.Option("--page", min=0, help="The picture of this page; with --text, its text.")] = 0,
    version: Annotated[int, typer.Option("--version", min=0, help="The file of this version (default: the newest).")] = 0,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A file or folder; - for stdout (default: the file's own name, here).")
    ] = None,
    zip_file: Annotated[
        Path | None, typer.Option("--zip", metavar="FILE", help="Many documents as one zip; with --archive, their PDFs.")
    ] = None,
    query: Annotated[str, typer.Option("--query", "-q", help="With --zip: all that this finds; * is the whole archive.")] = "",
    both: Annotated[bool, typer.Option("--both", help="With --zip: originals and PDFs.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    as_json: Json = False,
) -> None:
    """Take a document's file out: the original, or the archive PDF, text or picture."""
    ids = list(document_ids or [])
    if zip_file is not None:
        download_zip(zip_file, ids, query, archive, both, force)
        return
    if len(ids) != 1 or query or both:
        raise typer.BadParameter("one document's id, or --zip FILE for many")
    document_id, kind = ids[0], _kind(archive, text, thumbnail, page)
    if version and kind != FileKind.FILE_KIND_ORIGINAL:
        raise typer.BadParameter("--version goes with the file itself, not with what is made of it")
    with open_client() as client:
        if output == Path("-"):
            _, chunks = client.open_download(document_id, kind, page=page, version=version)
            for chunk in chunks:
                sys.stdout.buffer.write(chunk)
            return
        # A file that was named is meant to be written; a name that comes from the archive must not cost the user a file of his own.
        replace = force or (output is not None and not output.is_dir())
        downloaded = _with_progress(client, Wanted(document_id, kind, page, version), output or Path(), replace)
    if as_json:
        print_json(DownloadDocumentResponse(info=downloaded.info))
    else:
        say(f"{plain(str(downloaded.path))} ({wording.size(downloaded.info.size_bytes)})")


def _with_progress(client: scriba.Client, wanted: Wanted, target: Path, replace: bool) -> scriba.Downloaded:
    try:
        with byte_progress("download") as on_progress:
            return client.download(
                wanted.document_id,
                target,
                wanted.kind,
                page=wanted.page,
                version=wanted.version,
                replace=replace,
                on_progress=on_progress,
            )
    except FileExistsError as error:
        say(f"{plain(str(error))}: --force replaces it, -o names another")
        raise typer.Exit(ExitCode.REFUSED) from error


def _kind(archive: bool, text: bool, thumbnail: bool, page: int) -> FileKind.ValueType:
    chosen = [
        kind
        for is_chosen, kind in (
            (archive, FileKind.FILE_KIND_ARCHIVE),
            (text, FileKind.FILE_KIND_TEXT),
            (thumbnail, FileKind.FILE_KIND_THUMBNAIL),
            (page and not text, FileKind.FILE_KIND_PAGE),
        )
        if is_chosen
    ]
    if len(chosen) > 1:
        raise typer.BadParameter("only one of --archive, --text, --thumbnail and --page")
    return chosen[0] if chosen else FileKind.FILE_KIND_ORIGINAL
