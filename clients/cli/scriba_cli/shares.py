"""Share links: documents for people without an account."""

import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated

import typer
from google.protobuf.field_mask_pb2 import FieldMask

from scriba.pages import pages
from scriba.v1.shares_pb2 import (
    CreateShareLinkRequest,
    DeleteShareLinkRequest,
    GetShareLinkRequest,
    ListShareLinksRequest,
    ListShareLinksResponse,
    ShareContent,
    ShareLink,
    UpdateShareLinkRequest,
)
from scriba_cli import wording
from scriba_cli.link_options import end_of
from scriba_cli.options import DocumentIds, Json, Yes
from scriba_cli.proto_json import print_json
from scriba_cli.secret_input import read_new_password
from scriba_cli.session import for_each, open_client
from scriba_cli.terminal import add_column, add_text_column, new_table, out, plain, print_table, say

app = typer.Typer(help="Links that were shared: list, show, edit, revoke.", no_args_is_help=True)

PAGE_SIZE = 200
LinkId = Annotated[str, typer.Argument(metavar="LINK", help="The link's number, as `scriba shares list` shows it.")]
LinkIds = Annotated[list[str], typer.Argument(metavar="LINK", help="The links' numbers, as `scriba shares list` shows them.")]


def share(
    document_ids: DocumentIds,
    archive: Annotated[bool, typer.Option("--archive/--original", help="The searchable PDFs, or the files as they came in.")] = False,
    expires: Annotated[
        str, typer.Option("--expires", metavar="WHEN", help="Ends after 30m, 12h, 7d or 2w, or with a day: 2026-12-31 (default: never).")
    ] = "",
    password: Annotated[bool, typer.Option("--password", help="Visitors need a password, which is asked for here.")] = False,
    downloads: Annotated[int, typer.Option("--downloads", min=0, max=1_000_000, help="Ends after so many files or zips (0: any).")] = 0,
    name: Annotated[str, typer.Option("--name", help="What it is for; visitors read it.")] = "",
    as_json: Json = False,
) -> None:
    """Make a link by which anybody can read documents. It is shown this once, alone on a line."""
    content = ShareContent.SHARE_CONTENT_ARCHIVES if archive else ShareContent.SHARE_CONTENT_ORIGINALS
    link = ShareLink(
        document_ids=document_ids, content=content, expire_time=end_of(expires, datetime.now(UTC)), max_downloads=downloads, name=name
    )
    if password:
        link.password = read_new_password()
    with open_client() as client:
        answer = client.shares.CreateShareLink(CreateShareLinkRequest(link=link))
        if as_json:
            print_json(answer)
            return
        out.print(plain(answer.url or f"{client.url}{answer.path}"), soft_wrap=True)
    say(f"link {answer.link.id}: {wording.plural(len(answer.link.document_ids), 'document')}, {_holds(answer.link)}; it is not shown again")


@app.command("list")
def list_links(
    document: Annotated[str, typer.Option("--document", metavar="ID", help="Those alone that give this document.")] = "",
    as_json: Json = False,
) -> None:
    """List your links, the newest first; an administrator sees those of all."""
    request = ListShareLinksRequest(page_size=PAGE_SIZE, document_id=document)
    with open_client() as client:
        found = [link for page in pages(client.shares.ListShareLinks, request, lambda page: len(page.links)) for link in page.links]
    if as_json:
        print_json(ListShareLinksResponse(links=found))
    elif not found:
        say("no links")
    else:
        _print(found)


@app.command("show")
def show(link: LinkId, as_json: Json = False) -> None:
    """Show what a link gives, until when, and how often it was used."""
    with open_client() as client:
        answer = client.shares.GetShareLink(GetShareLinkRequest(id=link))
    if as_json:
        print_json(answer)
        return
    found, files = answer.link, "archives" if answer.link.content == ShareContent.SHARE_CONTENT_ARCHIVES else "originals"
    say(f"link {found.id}: {plain(found.name) or 'no name'}, by {_maker(found)}, {_holds(found)}")
    say(f"documents ({files}): {', '.join(found.document_ids) or 'none that you may see'}")
    last = wording.moment(found.download_time)
    say(f"downloads: {_downloads(found)}{f', the last on {last}' if last else ''}")


@app.command("edit")
def edit(
    link: LinkId,
    name: Annotated[str | None, typer.Option("--name", help="What it is for.")] = None,
    expires: Annotated[str | None, typer.Option("--expires", metavar="WHEN", help='As in share, from now; "" for never.')] = None,
    password: Annotated[bool | None, typer.Option("--password/--no-password", help="Ask for another one here, or for none.")] = None,
    downloads: Annotated[
        int | None, typer.Option("--downloads", min=0, max=1_000_000, help="So many in all, with those that were; 0 for any.")
    ] = None,
    disabled: Annotated[bool | None, typer.Option("--disable/--enable", help="Out of use for a while, and into it.")] = None,
    as_json: Json = False,
) -> None:
    """Change a link; its address stays."""
    told = {"name": name, "expire_time": expires, "password": password, "max_downloads": downloads, "disabled": disabled}
    paths = [path for path, value in told.items() if value is not None]
    if not paths:
        raise typer.BadParameter("say what to change; see `scriba shares edit --help`")
    wanted = ShareLink(
        id=link, name=name or "", max_downloads=downloads or 0, disabled=bool(disabled), expire_time=end_of(expires, datetime.now(UTC))
    )
    if password:
        wanted.password = read_new_password()
    with open_client() as client:
        answer = client.shares.UpdateShareLink(UpdateShareLinkRequest(link=wanted, update_mask=FieldMask(paths=paths)))
    if as_json:
        print_json(answer)
    else:
        say(f"link {answer.link.id}: {_holds(answer.link)}")


@app.command("revoke")
def revoke(links: LinkIds, yes: Yes = False, as_json: Json = False) -> None:
    """Take links back for ever; the documents stay."""
    with open_client() as client:

        def revoke_one(link: str) -> None:
            if not yes and sys.stdin.isatty():
                typer.confirm(f"Take back link {plain(link)}?", abort=True, err=True)
            answer = client.shares.DeleteShareLink(DeleteShareLinkRequest(id=link))
            if as_json:
                print_json(answer)
            else:
                say(f"taken back: link {plain(link)}")

        for_each(links, client, revoke_one)


def _print(links: Iterable[ShareLink]) -> None:
    table = new_table()
    add_column(table, "Link", right=True)
    add_text_column(table, "Name")
    for header in ("Documents", "Downloads", "Password", "State", "By"):
        add_column(table, header)
    for link in links:
        documents, locked = str(len(link.document_ids)), "yes" if link.has_password else ""
        table.add_row(link.id, link.name, documents, _downloads(link), locked, _state(link) or "holds", _maker(link))
    print_table(table)


def _holds(link: ShareLink) -> str:
    return f"{_state(link) or 'until it is revoked'}{', with a password' if link.has_password else ''}"


def _state(link: ShareLink) -> str:
    """Say why it does not hold, or until when it does; '' for ever."""
    if link.disabled:
        return "disabled"
    if link.max_downloads and link.downloads >= link.max_downloads:
        return "used up"
    if not link.HasField("expire_time"):
        return ""
    ended = link.expire_time.ToDatetime(UTC) <= datetime.now(UTC)
    return f"{'ended' if ended else 'until'} {wording.moment(link.expire_time)}"


def _downloads(link: ShareLink) -> str:
    return f"{link.downloads} of {link.max_downloads}" if link.max_downloads else str(link.downloads)


def _maker(link: ShareLink) -> str:
    return plain(link.maker_name) or "this machine"
