"""Many documents as one zip."""

import os
import secrets
from collections.abc import Iterable
from pathlib import Path

import typer

from scriba.v1.documents_pb2 import DownloadZipRequest, DownloadZipResponse, ZipContent
from scriba_cli import wording
from scriba_cli.exit_codes import ExitCode
from scriba_cli.session import open_client
from scriba_cli.terminal import plain, say


def download_zip(target: Path, ids: list[str], query: str, archive: bool, both: bool, force: bool) -> None:
    """Write a zip of documents; what stands there afterwards is whole."""
    if bool(ids) == bool(query):
        raise typer.BadParameter("name documents by their ids, or give --query, and not both")
    if archive and both:
        raise typer.BadParameter("only one of --archive and --both")
    if os.path.lexists(target) and not force:
        say(f"{plain(str(target))} is there already: --force replaces it")
        raise typer.Exit(ExitCode.REFUSED)
    content = ZipContent.ZIP_CONTENT_BOTH if both else ZipContent.ZIP_CONTENT_ARCHIVES if archive else ZipContent.ZIP_CONTENT_UNSPECIFIED
    with open_client() as client:
        size = _write(target, client.documents.DownloadZip(DownloadZipRequest(ids=ids, query=query, content=content)))
    say(f"{plain(str(target))} ({wording.size(size)})")


def _write(target: Path, answers: Iterable[DownloadZipResponse]) -> int:
    part = target.with_name(f".scriba-{secrets.token_hex(8)}.part")
    try:
        with part.open("xb") as file:
            for answer in answers:
                file.write(answer.chunk)
            file.flush()
            os.fsync(file.fileno())
            size = file.tell()
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return size
