"""Versions: the files that a document has had."""

import sys
from typing import Annotated

import typer
from google.protobuf.field_mask_pb2 import FieldMask
from rich.padding import Padding
from rich.text import Text

from scriba.v1.assignments_pb2 import Giver
from scriba.v1.versions_pb2 import DeleteVersionRequest, ListVersionsRequest, UpdateVersionRequest, Version
from scriba_cli import wording
from scriba_cli.options import DocumentId, Json, Yes
from scriba_cli.proto_json import print_json
from scriba_cli.reasons import GIVERS
from scriba_cli.session import open_client
from scriba_cli.terminal import out, plain, say

app = typer.Typer(no_args_is_help=True, help="Versions of a document: list, label, delete; `scriba download ID --version N` takes one out.")

Number = Annotated[int, typer.Argument(metavar="VERSION", min=1, help="Its number, as `scriba versions list ID` shows it.")]


@app.command("list")
def list_versions(document_id: DocumentId, as_json: Json = False) -> None:
    """List the files that a document has had, the first one first."""
    with open_client() as client:
        answer = client.versions.ListVersions(ListVersionsRequest(document_id=document_id))
    if as_json:
        print_json(answer)
        return
    for version in answer.versions:
        _print(version)


@app.command("label")
def label(
    document_id: DocumentId,
    version: Number,
    text: Annotated[list[str], typer.Argument(metavar="TEXT", help='The new label; "" for none.')],
    as_json: Json = False,
) -> None:
    """Give a version another label."""
    wanted = Version(document_id=document_id, number=version, label=" ".join(text))
    with open_client() as client:
        answer = client.versions.UpdateVersion(UpdateVersionRequest(version=wanted, update_mask=FieldMask(paths=["label"])))
    if as_json:
        print_json(answer)
    else:
        _print(answer.version)


@app.command("delete")
def delete(document_id: DocumentId, version: Number, yes: Yes = False, as_json: Json = False) -> None:
    """Remove a version for ever; after the newest, the document is the one before."""
    if not yes and sys.stdin.isatty():
        typer.confirm(f"Remove version {version} of document {plain(document_id)} for ever?", abort=True, err=True)
    with open_client() as client:
        answer = client.versions.DeleteVersion(DeleteVersionRequest(document_id=document_id, number=version))
    if as_json:
        print_json(answer)
        return
    read = f", and is read again by job {plain(answer.job_id)}" if answer.job_id else ""
    say(f"removed for ever: version {version}; document {plain(document_id)} is version {answer.version.number}{read}")


def _print(version: Version) -> None:
    now = ", now" if version.current else ""
    name = version.label or ("as it came in" if version.giver == Giver.GIVER_DELIVERY else "")
    out.print(Text(f"{version.number:>3}  ", style="dim") + Text(plain(f"{name}{now}"), style="bold"), no_wrap=True, overflow="ellipsis")
    maker = ": ".join(filter(None, (GIVERS.get(version.giver, "somebody"), version.reason)))
    pages = wording.plural(version.page_count, "page")
    words = f"{wording.moment(version.create_time)}  {maker}; {version.filename}, {pages}, {wording.size(version.size_bytes)}"
    out.print(Padding(Text(plain(words)), (0, 0, 0, 5)))
