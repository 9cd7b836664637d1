"""Send documents by e-mail."""

from typing import Annotated

import typer

from scriba.v1.shares_pb2 import SendDocumentsRequest, ShareContent
from scriba_cli import wording
from scriba_cli.options import DocumentIds, Json
from scriba_cli.proto_json import print_json
from scriba_cli.session import open_client
from scriba_cli.terminal import plain, say


def send(
    document_ids: DocumentIds,
    to: Annotated[list[str], typer.Option("--to", metavar="ADDRESS", help="To whom; may be repeated, and each reads the others.")],
    subject: Annotated[str, typer.Option("--subject", "-s", help="The subject (default: the title).")] = "",
    message: Annotated[str, typer.Option("--message", "-m", help="What else to say.")] = "",
    archive: Annotated[bool, typer.Option("--archive/--original", help="The searchable PDFs, or the files as they came in.")] = False,
    as_json: Json = False,
) -> None:
    """Send documents by e-mail, all in one; the archive's mail server sends it, and the audit tells to whom."""
    content = ShareContent.SHARE_CONTENT_ARCHIVES if archive else ShareContent.SHARE_CONTENT_ORIGINALS
    ids, recipients = dict.fromkeys(document_ids), dict.fromkeys(to)
    request = SendDocumentsRequest(document_ids=ids, to=recipients, subject=subject, message=message, content=content)
    with open_client() as client:
        answer = client.shares.SendDocuments(request)
    if as_json:
        print_json(answer)
        return
    say(plain(f"sent {wording.plural(len(ids), 'document')} ({wording.size(answer.size_bytes)}) to {', '.join(recipients)}"))
