"""Rules: let them and what was learned have their say again."""

import sys
from enum import StrEnum
from typing import Annotated

import typer
from rich.padding import Padding
from rich.text import Text

from scriba.v1.assignments_pb2 import ApplyRulesRequest, ApplyRulesResponse
from scriba.v1.catalog_pb2 import LabelKind
from scriba_cli import wording
from scriba_cli.completion import complete_document
from scriba_cli.exit_codes import ExitCode
from scriba_cli.options import Json, Yes
from scriba_cli.progress import count_progress
from scriba_cli.proto_json import print_json_line
from scriba_cli.query_errors import telling_the_place
from scriba_cli.reasons import aspect_of, reason_words
from scriba_cli.session import interruptible, open_client
from scriba_cli.terminal import out, plain, say

app = typer.Typer(help="Rules of labels: apply them to documents that are there.", no_args_is_help=True)


class Kind(StrEnum):
    """What a rule can give."""

    CORRESPONDENT = "correspondent"
    TYPE = "type"
    TAG = "tag"
    PATH = "path"


KINDS = {
    Kind.CORRESPONDENT: LabelKind.LABEL_KIND_CORRESPONDENT,
    Kind.TYPE: LabelKind.LABEL_KIND_DOCUMENT_TYPE,
    Kind.TAG: LabelKind.LABEL_KIND_TAG,
    Kind.PATH: LabelKind.LABEL_KIND_STORAGE_PATH,
}


@app.command("apply")
def apply(
    document_ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]", help="These documents (default: all).", autocompletion=complete_document)
    ] = None,
    query: Annotated[str, typer.Option("--query", "-q", help="Those that a query finds: tag:inbox.")] = "",
    kind: Annotated[list[Kind] | None, typer.Option("--kind", help="Give only these; may be repeated (default: all).")] = None,
    only_empty: Annotated[bool, typer.Option("--only-empty", help="Never another correspondent, type or path than there is.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would be given; change nothing.")] = False,
    no_wait: Annotated[bool, typer.Option("--no-wait", help="Don't wait for the job.")] = False,
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Let rules and learning file documents again, by a job; what people gave stays. With --json one line for each answer."""
    if document_ids and query:
        raise typer.BadParameter("give ids or --query, not both")
    if not (document_ids or query or dry_run or yes) and sys.stdin.isatty():
        typer.confirm("Apply the rules to all documents?", abort=True, err=True)
    kinds = [KINDS[one] for one in kind or []]
    request = ApplyRulesRequest(document_ids=document_ids, query=query, kinds=kinds, only_empty=only_empty, validate_only=dry_run)
    changed, answer = set[str](), ApplyRulesResponse()
    words = "no longer looked at; its job goes on, `scriba jobs` shows it" if not dry_run else "broken off; nothing was given"
    with open_client() as client, telling_the_place(query), interruptible(words), count_progress("documents") as on_progress:
        for answer in client.assignments.ApplyRules(request):
            on_progress(answer.documents_done, answer.documents_total)
            changed.update(change.document_id for change in answer.changes)
            if as_json:
                print_json_line(answer)
            elif not no_wait:
                _print(answer)
            if no_wait and answer.job_id:
                say(f"job {plain(answer.job_id)} is queued; `scriba watch {plain(answer.job_id)}` follows it")
                return
    _tell(answer, len(changed), dry_run)
    if answer.documents_done < answer.documents_total:
        raise typer.Exit(ExitCode.REFUSED)


def _tell(last: ApplyRulesResponse, changed: int, dry_run: bool) -> None:
    """Say what it came to, and how it is taken back."""
    words = f"{wording.number(changed)} of {wording.plural(last.documents_done, 'document')} {'would be ' if dry_run else ''}changed"
    job = plain(last.job_id)
    if last.documents_done < last.documents_total:
        say(f"job {job} ended before its time: {words}; `scriba watch {job}` tells why")
    elif job and changed:
        say(f"job {job}: {words}; `scriba bulk undo {job}` takes it back")
    else:
        say(words)


def _print(answer: ApplyRulesResponse) -> None:
    for change in answer.changes:
        for given in change.assignments:
            before = f" (before: {given.before})" if given.before else ""
            line = f"{change.document_id}  {aspect_of(given)}: {given.value or 'none'}{before}"
            out.print(Text(plain(line), style="bold"), no_wrap=True, overflow="ellipsis")
            out.print(Padding(Text(plain(reason_words(given))), (0, 0, 0, len(change.document_id) + 2)))
