"""The audit: who did what; and the history of one document."""

import csv
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from typing import Annotated

import typer
from google.protobuf.timestamp_pb2 import Timestamp

from scriba.v1.audit_pb2 import (
    AuditAct,
    AuditChange,
    AuditEntry,
    AuditFilter,
    AuditNoun,
    AuthorKind,
    ExportAuditEntriesRequest,
)
from scriba_cli import wording
from scriba_cli.identities import user_named
from scriba_cli.options import DocumentId, Json
from scriba_cli.proto_json import print_json_line
from scriba_cli.session import open_client
from scriba_cli.terminal import add_column, add_text_column, new_table, plain, print_table, say

SHOWN = 50
LONGEST_AUTHOR = 16
# Where somebody comes in, it counts from where.
_FROM = (AuditAct.AUDIT_ACT_SIGNED_IN, AuditAct.AUDIT_ACT_REFUSED, AuditAct.AUDIT_ACT_READ)
COLUMNS = ("time", "author", "kind", "token", "address", "act", "noun", "id", "name", "field", "before", "after")


class ActChoice(StrEnum):
    """What can be done."""

    CREATED = "created"
    CHANGED = "changed"
    DELETED = "deleted"
    RESTORED = "restored"
    PURGED = "purged"
    ORDERED = "ordered"
    READ = "read"
    EXPORTED = "exported"
    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    REFUSED = "refused"


Moment = Annotated[str | None, typer.Option(metavar="TIME", help="A day or a moment, 2024-02-29 or 2024-02-29T12:30.")]


def audit(
    user: Annotated[str | None, typer.Option("--user", metavar="NAME", help="What a user did.")] = None,
    document: Annotated[str | None, typer.Option("--document", metavar="ID", help="What was done to a document.")] = None,
    act: Annotated[ActChoice | None, typer.Option("--act", help="One act, such as changed, signed_in or refused.")] = None,
    since: Moment = None,
    until: Moment = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="How many entries, the newest first.")] = SHOWN,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print all entries as CSV, a line for each change.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print all entries as JSON, one on each line.")] = False,
) -> None:
    """Tell who did what, from what to what, by which token and from where."""
    with open_client() as client:
        wanted = AuditFilter(
            user_id=user_named(client, user).id if user else "",
            act=AuditAct.Value(f"AUDIT_ACT_{act.name}") if act else AuditAct.AUDIT_ACT_UNSPECIFIED,
            noun=AuditNoun.AUDIT_NOUN_DOCUMENT if document else AuditNoun.AUDIT_NOUN_UNSPECIFIED,
            subject_id=document or "",
            since=_moment(since),
            until=_moment(until),
        )
        if as_csv or as_json:
            answers = client.audit.ExportAuditEntries(ExportAuditEntriesRequest(filter=wanted))
            entries = (entry for answer in answers for entry in answer.entries)
            _print_csv(entries) if as_csv else _print_lines(entries)
            return
        _print_table(client.list_audit_entries(wanted, limit=limit))


def history(
    document_id: DocumentId,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="How many entries, the newest first.")] = SHOWN,
    as_json: Json = False,
) -> None:
    """Tell what was done to a document, and by whom."""
    with open_client() as client:
        entries = client.list_document_history(document_id, limit=limit)
        if as_json:
            _print_lines(entries)
        else:
            _print_table(entries)


def author_words(entry: AuditEntry) -> str:
    """Name who did it."""
    match entry.author_kind:
        case AuthorKind.AUTHOR_KIND_LOCAL:
            return "this machine"
        case AuthorKind.AUTHOR_KIND_ARCHIVE:
            return "the clock"
        case AuthorKind.AUTHOR_KIND_UNKNOWN:
            return "somebody"
        case AuthorKind.AUTHOR_KIND_SHARE_LINK | AuthorKind.AUTHOR_KIND_UPLOAD_LINK:
            return f"link {entry.token_name}".strip()
        case _:
            return entry.author_name


def what_words(entry: AuditEntry) -> str:
    """Say what was done to what, in one line."""
    noun = _word(AuditNoun, entry.noun, "AUDIT_NOUN_")
    named = " ".join(filter(None, (noun, entry.subject_id, entry.name and f"'{entry.name}'")))
    changes = "; ".join(map(change_words, entry.changes))
    words = f"{named}: {changes}" if changes else named
    return f"{words}, from {entry.address}" if entry.act in _FROM and entry.address else words


def change_words(change: AuditChange) -> str:
    """Say what became what."""
    field = change.field.replace("_", " ")
    return f"{field} {change.before or '–'} → {change.after or '–'}"


def act_word(entry: AuditEntry) -> str:
    """Name an act in one or two words."""
    return _word(AuditAct, entry.act, "AUDIT_ACT_")


def _word(names: type[AuditAct] | type[AuditNoun] | type[AuthorKind], value: int, prefix: str) -> str:
    return next((name.removeprefix(prefix).lower().replace("_", " ") for name, each in names.items() if each == value), str(value))


def _print_table(entries: Iterable[AuditEntry]) -> None:
    table = new_table()
    add_column(table, "Time")
    add_column(table, "Who")
    add_column(table, "Act")
    add_text_column(table, "What")
    for entry in entries:
        author = author_words(entry)
        who = author if len(author) <= LONGEST_AUTHOR else f"{author[: LONGEST_AUTHOR - 1]}…"
        table.add_row(wording.moment(entry.time), who, act_word(entry), what_words(entry))
    if table.rows:
        print_table(table)
    else:
        say("nothing")


def _print_lines(entries: Iterable[AuditEntry]) -> None:
    for entry in entries:
        print_json_line(entry)


def _print_csv(entries: Iterable[AuditEntry]) -> None:
    table = csv.writer(sys.stdout)
    table.writerow(COLUMNS)
    for entry in entries:
        table.writerows([_cell(cell) for cell in row] for row in _rows(entry))


def _rows(entry: AuditEntry) -> Iterator[tuple[str, ...]]:
    time = entry.time.ToJsonString()
    kind = _word(AuthorKind, entry.author_kind, "AUTHOR_KIND_")
    author = time, entry.author_name, kind, entry.token_name, entry.address
    subject = act_word(entry), _word(AuditNoun, entry.noun, "AUDIT_NOUN_"), entry.subject_id, entry.name
    for change in entry.changes or [AuditChange()]:
        yield *author, *subject, change.field, change.before, change.after


def _cell(text: str) -> str:
    """Write a cell that no spreadsheet takes for a formula, and no terminal for a command."""
    shown = plain(text)
    return f"'{shown}" if shown[:1] in ("=", "+", "-", "@") else shown


def _moment(text: str | None) -> Timestamp | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"'{text}' is no time: write 2024-02-29 or 2024-02-29T12:30") from None
    told = Timestamp()
    told.FromDatetime(moment.astimezone())
    return told
