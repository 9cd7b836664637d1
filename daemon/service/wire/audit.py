"""Entries of the audit: ours and the contract's, in pairs."""

from datetime import UTC, datetime

from google.protobuf.timestamp_pb2 import Timestamp

from actors.store.nouns.audit import Act, AuditEntry, AuditFilter, AuditNoun, AuthorKind, Change
from daemon.service.refusals import InvalidRequest, Violation
from daemon.service.wire.identity import user_id
from daemon.service.wire.values import number, timestamp
from scriba.v1 import audit_pb2 as pb

AUTHOR_KINDS = {kind: pb.AuthorKind.Value(f"AUTHOR_KIND_{kind.name}") for kind in AuthorKind}
ACTS = {act: pb.AuditAct.Value(f"AUDIT_ACT_{act.name}") for act in Act}
NOUNS = {noun: pb.AuditNoun.Value(f"AUDIT_NOUN_{noun.name}") for noun in AuditNoun}


def entry_message(entry: AuditEntry, whole: bool = True) -> pb.AuditEntry:
    """Tell an entry; unless `whole`, without the token and the address that nobody but an administrator is told."""
    author, deed = entry.author, entry.deed
    told = pb.AuditEntry(
        id=str(entry.id),
        time=timestamp(entry.time),
        author_kind=AUTHOR_KINDS[author.kind],
        author_name=author.name,
        user_id=_text(author.user),
        act=ACTS[deed.act],
        noun=NOUNS[deed.noun],
        subject_id=_text(deed.subject),
        name=deed.name,
        changes=map(change_message, deed.changes),
    )
    if whole:
        told.token_id, told.token_name, told.address = _text(author.token), author.token_name, author.address
    return told


def change_message(change: Change) -> pb.AuditChange:
    """Tell a change."""
    return pb.AuditChange(field=change.field, before=change.before, after=change.after)


def audit_filter(told: pb.AuditFilter) -> AuditFilter:
    """Read which entries are wanted; raises InvalidRequest, UserNotFound for an id that is none."""
    subject = number(told.subject_id) if told.subject_id else None
    if told.subject_id and (not subject or not told.noun):
        raise InvalidRequest(Violation("filter.subject_id", "is the number of something that `noun` names"))
    return AuditFilter(
        user=user_id(told.user_id) if told.user_id else None,
        act=next((ours for ours, value in ACTS.items() if value == told.act), None),
        noun=next((ours for ours, value in NOUNS.items() if value == told.noun), None),
        subject=subject,
        since=_moment(told, "since", told.since),
        until=_moment(told, "until", told.until),
    )


def _moment(told: pb.AuditFilter, field: str, moment: Timestamp) -> datetime | None:
    try:
        return moment.ToDatetime(UTC) if told.HasField(field) else None  # type: ignore[arg-type]  # one of its own names
    except (ValueError, OverflowError):
        raise InvalidRequest(Violation(f"filter.{field}", "is no moment")) from None


def _text(number_or_none: int | None) -> str:
    return "" if number_or_none is None else str(number_or_none)
