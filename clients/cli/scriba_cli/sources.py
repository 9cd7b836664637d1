"""Sources: upload links, by which anybody can add documents without an account."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated

import typer
from google.protobuf.field_mask_pb2 import FieldMask

import scriba
from scriba.pages import pages
from scriba.v1.sources_pb2 import (
    CreateSourceRequest,
    DeleteSourceRequest,
    GetSourceRequest,
    ListSourcesRequest,
    ListSourcesResponse,
    Source,
    UpdateSourceRequest,
)
from scriba_cli import wording
from scriba_cli.access import user_named
from scriba_cli.completion import complete_tag
from scriba_cli.link_options import Expires, Password, bytes_of, end_of, password_of
from scriba_cli.options import Correspondent, DocumentType, Json, StoragePath
from scriba_cli.proto_json import print_json
from scriba_cli.session import for_each, open_client
from scriba_cli.terminal import add_column, add_text_column, new_table, out, plain, print_table, say

app = typer.Typer(help="Upload links: list, add, show, edit, revoke.", no_args_is_help=True)

PAGE_SIZE = 200
SourceId = Annotated[str, typer.Argument(metavar="SOURCE", help="Its number, as `scriba sources list` shows it.")]
SourceIds = Annotated[list[str], typer.Argument(metavar="SOURCE", help="Their numbers, as `scriba sources list` shows them.")]
Tag = Annotated[list[str] | None, typer.Option("--tag", "-t", help="A tag of what comes; may be repeated.", autocompletion=complete_tag)]
Owner = Annotated[str | None, typer.Option("--owner", metavar="NAME", help="Who owns what comes (default: you; others: admin).")]
Nobody = Annotated[bool, typer.Option("--nobody", help="What comes is nobody's: for everyone to see.")]
MaxFiles = Annotated[int | None, typer.Option("--max-files", min=0, max=1_000_000, help="So many files, and no more; 0 for any number.")]
MaxFileBytes = Annotated[str | None, typer.Option("--max-file-bytes", metavar="SIZE", help="The most of one file: 20MB.")]
MaxTotalBytes = Annotated[str | None, typer.Option("--max-total-bytes", metavar="SIZE", help="The most of all files: 2GB.")]
Mime = Annotated[
    list[str] | None, typer.Option("--mime", metavar="TYPE", help="These kinds alone: application/pdf, image/*; may be repeated.")
]


@app.command("list")
def list_sources(as_json: Json = False) -> None:
    """List your sources, those that have ended too; an administrator's list has those of all."""
    with open_client() as client:
        answer = _all(client)
    if as_json:
        print_json(answer)
    elif not answer.sources:
        say("no sources")
    else:
        _print_all(answer.sources)


@app.command("add")
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is for; visitors read it.")],
    tag: Tag = None,
    correspondent: Correspondent = None,
    document_type: DocumentType = None,
    storage_path: StoragePath = None,
    owner: Owner = None,
    nobody: Nobody = False,
    expires: Expires = None,
    max_files: MaxFiles = None,
    max_file_bytes: MaxFileBytes = None,
    max_total_bytes: MaxTotalBytes = None,
    mime: Mime = None,
    password: Password = False,
    as_json: Json = False,
) -> None:
    """Make a source. Its address is shown this once, alone on a line."""
    source = Source(
        name=name,
        tags=tag or [],
        correspondent=correspondent or "",
        document_type=document_type or "",
        storage_path=storage_path or "",
        expire_time=end_of(expires, datetime.now(UTC)),
        max_files=max_files or 0,
        max_file_bytes=bytes_of(max_file_bytes),
        max_total_bytes=bytes_of(max_total_bytes),
        mime_types=mime or [],
    )
    with open_client() as client:
        _own(client, source, owner, nobody)
        source.password = password_of(password)
        answer = client.sources.CreateSource(CreateSourceRequest(source=source))
        url = answer.url or f"{client.url}{answer.path}"
    if as_json:
        print_json(answer)
        return
    out.print(plain(url), soft_wrap=True)
    say(f"new source: {plain(answer.source.id)} {plain(answer.source.name)}, {_holds(answer.source)}; the address is not shown again")


@app.command("show")
def show(source: SourceId, as_json: Json = False) -> None:
    """Show what a source gives documents, and its bounds."""
    with open_client() as client:
        answer = client.sources.GetSource(GetSourceRequest(id=source))
    if as_json:
        print_json(answer)
        return
    table = new_table(show_header=False)
    add_column(table, "")
    add_text_column(table, "")
    for label, value in _rows(answer.source):
        table.add_row(label, value)
    print_table(table)


@app.command("edit")
def edit(
    source: SourceId,
    name: Annotated[str | None, typer.Option("--name", help="Another name.")] = None,
    tag: Tag = None,
    correspondent: Correspondent = None,
    document_type: DocumentType = None,
    storage_path: StoragePath = None,
    owner: Owner = None,
    nobody: Nobody = False,
    expires: Expires = None,
    max_files: MaxFiles = None,
    max_file_bytes: MaxFileBytes = None,
    max_total_bytes: MaxTotalBytes = None,
    mime: Mime = None,
    password: Annotated[bool | None, typer.Option("--password/--no-password", help="Ask visitors for another one, or for none.")] = None,
    disable: Annotated[bool | None, typer.Option("--disable/--enable", help="Not there for visitors; or there again.")] = None,
    as_json: Json = False,
) -> None:
    """Change what is said, and nothing else; tags and kinds are replaced, and "" empties."""
    wanted: dict[str, object] = {
        "name": name,
        "tags": None if tag is None else [one for one in tag if one],
        "correspondent": correspondent,
        "document_type": document_type,
        "storage_path": storage_path,
        "max_files": max_files,
        "max_file_bytes": None if max_file_bytes is None else bytes_of(max_file_bytes),
        "max_total_bytes": None if max_total_bytes is None else bytes_of(max_total_bytes),
        "mime_types": None if mime is None else [one for one in mime if one],
        "disabled": disable,
    }
    said = {field: value for field, value in wanted.items() if value is not None}
    changed = Source(id=source, expire_time=end_of(expires, datetime.now(UTC)), **said)  # type: ignore[arg-type]  # by the fields' names
    paths = [*said, *(["expire_time"] if expires else []), *(["owner_id"] if owner or nobody else [])]
    if not paths and password is None:
        raise typer.BadParameter("say what to change; see `scriba sources edit --help`")
    with open_client() as client:
        _own(client, changed, owner, nobody)
        if password is not None:
            changed.password = password_of(password)
            paths.append("password")
        answer = client.sources.UpdateSource(UpdateSourceRequest(source=changed, update_mask=FieldMask(paths=paths)))
    if as_json:
        print_json(answer)
    else:
        say(f"changed: {plain(answer.source.id)} {plain(answer.source.name)}, {_holds(answer.source)}")


@app.command("revoke")
def revoke(sources: SourceIds, as_json: Json = False) -> None:
    """Take sources back for ever; what came by them stays."""
    with open_client() as client:

        def revoke_one(source: str) -> None:
            answer = client.sources.DeleteSource(DeleteSourceRequest(id=source))
            if as_json:
                print_json(answer)
            else:
                say(f"revoked: {plain(source)}")

        for_each(sources, client, revoke_one)


def _own(client: scriba.Client, source: Source, owner: str | None, nobody: bool) -> None:
    if owner and nobody:
        raise typer.BadParameter("say --owner or --nobody, not both")
    if owner:
        source.owner_id = user_named(client, owner)
    elif nobody:
        source.owner_id = ""


def _all(client: scriba.Client) -> ListSourcesResponse:
    request = ListSourcesRequest(page_size=PAGE_SIZE)
    found = [one for page in pages(client.sources.ListSources, request, lambda page: len(page.sources)) for one in page.sources]
    return ListSourcesResponse(sources=found)


def _print_all(sources: Iterable[Source]) -> None:
    table = new_table()
    add_column(table, "Source", right=True)
    add_text_column(table, "Name")
    for header in ("Holds", "Files", "Bytes", "Last file"):
        add_column(table, header, right=header in ("Files", "Bytes"))
    for one in sources:
        files = f"{one.files} of {one.max_files}" if one.max_files else str(one.files)
        table.add_row(one.id, one.name, _holds(one), files, wording.size(one.bytes), wording.day(one.use_time) or "never")
    print_table(table)


def _rows(one: Source) -> Iterable[tuple[str, str]]:
    yield "source", one.id
    yield "name", one.name
    yield "holds", _holds(one)
    yield "password", "yes" if one.has_password else "no"
    yield "files", f"{one.files} of {one.max_files or 'any number'}"
    yield "bytes", f"{wording.size(one.bytes)} of {wording.size(one.max_total_bytes) if one.max_total_bytes else 'any number'}"
    yield "each", f"up to {wording.size(one.max_file_bytes)}" if one.max_file_bytes else "as large as the server takes"
    yield "kinds", ", ".join(one.mime_types) or "all"
    yield "owner", f"user {one.owner_id}" if one.owner_id else "nobody"
    given = (("tags", ", ".join(one.tags)), ("from", one.correspondent), ("type", one.document_type), ("path", one.storage_path))
    yield from ((label, value) for label, value in given if value)


def _holds(one: Source) -> str:
    return "disabled" if one.disabled else f"until {wording.moment(one.expire_time) or 'revoked'}"
