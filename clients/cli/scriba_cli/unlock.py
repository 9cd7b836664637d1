"""Unlock: an encrypted PDF with its password."""

from pathlib import Path
from typing import Annotated

import typer

from scriba.v1.documents_pb2 import UnlockDocumentRequest
from scriba_cli.options import DocumentId, Json
from scriba_cli.proto_json import print_json
from scriba_cli.secret_input import read_secret
from scriba_cli.session import open_client
from scriba_cli.terminal import plain, say


def unlock(
    document_id: DocumentId,
    password_file: Annotated[
        Path | None, typer.Option("--password-file", help="The password's file (default: asked for, or stdin).")
    ] = None,
    as_json: Json = False,
) -> None:
    """Open an encrypted PDF with its password, and read it."""
    password = read_secret("Password", password_file)
    with open_client() as client:
        answer = client.documents.UnlockDocument(UnlockDocumentRequest(id=document_id, password=password))
    if as_json:
        print_json(answer)
    else:
        say(f"unlocked; document {plain(document_id)} is read by job {answer.job_id}")
