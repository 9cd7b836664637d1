"""Editing: what people change of a document."""

from collections.abc import Mapping
from typing import Annotated

import typer
from google.protobuf.field_mask_pb2 import FieldMask

import scriba
from scriba.v1.catalog_pb2 import GetNextArchiveSerialNumberRequest
from scriba.v1.documents_pb2 import Document, GetDocumentRequest, UpdateDocumentRequest, UpdateDocumentResponse
from scriba_cli.document_tables import print_document
from scriba_cli.field_values import read_values
from scriba_cli.options import (
    AddTags,
    Asn,
    ClearFields,
    Correspondent,
    DocumentId,
    DocumentType,
    FieldValues,
    Json,
    NewDate,
    RemoveTags,
    StoragePath,
    Tags,
)
from scriba_cli.proto_json import print_json
from scriba_cli.session import open_client

NEXT = "next"
# Others may take the next number before we do, but not each time.
_TRIES = 5


def edit(
    document_id: DocumentId,
    title: Annotated[str | None, typer.Option("--title", help="The new title.")] = None,
    tag: Tags = None,
    add_tag: AddTags = None,
    remove_tag: RemoveTags = None,
    created: NewDate = None,
    correspondent: Correspondent = None,
    document_type: DocumentType = None,
    storage_path: StoragePath = None,
    asn: Asn = None,
    field: FieldValues = None,
    clear: ClearFields = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check only; change nothing.")] = False,
    as_json: Json = False,
) -> None:
    """Change a document; "" empties what takes a name or a number."""
    with open_client() as client:
        document = Document(id=document_id)
        if add_tag or remove_tag:
            document = client.documents.GetDocument(GetDocumentRequest(id=document_id)).document
        changes = {
            "title": title,
            "tags": _new_tags(document, tag, add_tag or [], remove_tag or []),
            "created_date": created,
            "correspondent": correspondent,
            "document_type": document_type,
            "storage_path": storage_path,
            "archive_serial_number": asn if asn == NEXT else number_of(asn),
            "fields": read_values(client, field or [], clear or []) or None,
        }
        answer = _update(client, document, {path: value for path, value in changes.items() if value is not None}, dry_run)
    if as_json:
        print_json(answer)
    else:
        print_document(answer.document)


def number_of(asn: str | None) -> int | None:
    """Read an archive serial number, 0 for none; raises BadParameter."""
    if asn is None:
        return None
    if asn and not (asn.isascii() and asn.isdigit() and len(asn) <= 10):
        raise typer.BadParameter(f'--asn {asn}: write a number, "next" or ""')
    return int(asn or 0)


def next_number(client: scriba.Client) -> int:
    """Ask for the next free archive serial number."""
    return client.catalog.GetNextArchiveSerialNumber(GetNextArchiveSerialNumberRequest()).number


def _new_tags(document: Document, tags: list[str] | None, added: list[str], removed: list[str]) -> list[str] | None:
    """Work out the tags that the user means; None leaves them as they are."""
    if tags is None and not added and not removed:
        return None
    if tags is not None and removed:
        raise typer.BadParameter("--tag says which tags there shall be; --remove-tag does not go with it")
    wanted = dict.fromkeys([*(document.tags if tags is None else tags), *added])
    return [tag for tag in wanted if tag not in removed]


def _update(client: scriba.Client, document: Document, changes: Mapping[str, object], dry_run: bool) -> UpdateDocumentResponse:
    """Ask for the changes; new tags that stand on the old ones only for the document as it was seen."""
    if not changes:
        raise typer.BadParameter("nothing to change; `scriba edit --help` shows what can be")
    takes_next = changes.get("archive_serial_number") == NEXT
    for left in reversed(range(_TRIES if takes_next else 1)):
        number = {"archive_serial_number": next_number(client)} if takes_next else {}
        wanted = Document(id=document.id, etag=document.etag, **{**changes, **number})  # type: ignore[arg-type]  # the message's own fields
        request = UpdateDocumentRequest(document=wanted, update_mask=FieldMask(paths=list(changes)), validate_only=dry_run)
        try:
            return client.documents.UpdateDocument(request)
        except scriba.AlreadyExists:
            if not left:
                raise
    raise AssertionError("the last try answers or raises")
