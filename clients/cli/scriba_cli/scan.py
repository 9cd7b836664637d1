"""Scan: pages from a scanner at this machine, as one document."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

import scriba
from scriba.v1.documents_pb2 import UploadDocumentResponse
from scriba_cli import wording
from scriba_cli.completion import complete_tag
from scriba_cli.exit_codes import ExitCode
from scriba_cli.options import Correspondent, DocumentType, Json
from scriba_cli.progress import byte_progress
from scriba_cli.proto_json import print_json
from scriba_cli.scanimage import Device, Scanned, ScannerError, Wish, devices, scan
from scriba_cli.scanned_pdf import NoPage, write_pdf
from scriba_cli.session import interruptible, open_client
from scriba_cli.terminal import add_column, add_text_column, new_table, plain, print_table, say
from scriba_cli.upload import say_accepted


def scan_pages(
    device: Annotated[str, typer.Option("--device", "-d", metavar="NAME", help="The scanner, as --list names it.")] = "",
    resolution: Annotated[int, typer.Option("--resolution", min=50, max=4800, help="Pixels to the inch.")] = 300,
    mode: Annotated[str, typer.Option("--mode", help="Lineart, Gray or Color, as the scanner calls it.")] = "",
    source: Annotated[str, typer.Option("--source", help="Where the paper lies: Flatbed, ADF …; a part of the name is enough.")] = "",
    duplex: Annotated[bool, typer.Option("--duplex", help="Both sides of each sheet.")] = False,
    pages: Annotated[int, typer.Option("--pages", min=0, max=1000, help="So many, with a pause for each on the glass (0: all).")] = 0,
    title: Annotated[str, typer.Option("--title", help="The title.")] = "",
    tag: Annotated[list[str] | None, typer.Option("--tag", "-t", help="A tag; may be repeated.", autocompletion=complete_tag)] = None,
    correspondent: Correspondent = None,
    document_type: DocumentType = None,
    listing: Annotated[bool, typer.Option("--list", help="Show the scanners at hand, and scan nothing.")] = False,
    as_json: Json = False,
) -> None:
    """Scan pages into one document, by SANE's `scanimage`; a scan that could not be sent is kept."""
    try:
        if listing:
            _print(devices())
            return
        wish = Wish(device, resolution, mode, source, duplex, pages)
        name = f"scan {datetime.now().astimezone():%Y-%m-%d %H.%M.%S}.pdf"
        with open_client() as client, tempfile.TemporaryDirectory(prefix="scriba-scan-") as folder:
            file = Path(folder) / name
            with interruptible("broken off; nothing was sent"):
                _make(wish, file)
            with _kept(file):
                answer = _send(client, file, title, tag or [], correspondent or "", document_type or "")
    except (ScannerError, NoPage) as error:
        say(str(error))
        raise typer.Exit(ExitCode.REFUSED) from error
    if as_json:
        print_json(answer)
    else:
        say_accepted(file, answer)


def _make(wish: Wish, file: Path) -> None:
    """Scan into a PDF; raises ScannerError. What there is of a scan that broke off is kept, and not sent: a page may be missing."""
    scanned = scan(wish, file.parent, lambda number: say(f"page {number}"))
    with file.open("wb") as target:
        write_pdf(scanned.pages, scanned.resolution, target)
    if scanned.trouble:
        raise ScannerError(_broken_off(scanned, _keep(file)))


def _broken_off(scanned: Scanned, kept: Path) -> str:
    count = wording.plural(len(scanned.pages), "page")
    return f"{scanned.trouble}\nAfter {count} the scanner stopped; they are kept in {kept}, and nothing was sent."


def _send(client: scriba.Client, file: Path, title: str, tags: list[str], correspondent: str, document_type: str) -> UploadDocumentResponse:
    with byte_progress(plain(file.name)) as on_progress:
        return client.upload(
            file, title=title, tags=tags, correspondent=correspondent, document_type=document_type, on_progress=on_progress
        )


@contextmanager
def _kept(file: Path) -> Iterator[None]:
    """Keep a scan that could not be sent, and say where: the paper may be put away already."""
    try:
        yield
    except BaseException:  # also Ctrl-C; raised again
        say(plain(f"the scan is kept in {_keep(file)}"))
        raise


def _keep(file: Path) -> Path:
    return Path(shutil.move(os.fspath(file), Path.cwd() / file.name))


def _print(found: Sequence[Device]) -> None:
    if not found:
        say("no scanner is here that SANE knows; is it switched on, and may this user speak with it?")
        return
    table = new_table()
    add_column(table, "Device")
    add_text_column(table, "Scanner")
    for device in found:
        table.add_row(device.name, device.title)
    print_table(table)
