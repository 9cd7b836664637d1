"""The rows of a thing, by their tables."""

from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from actors.store.documents.acceptance import digest_of
from actors.store.nouns.access import HolderKind, Level, SubjectKind
from actors.store.nouns.archive import DocumentState, SourceKey, SourceKind
from actors.store.nouns.assignments import Aspect, Giver
from actors.store.nouns.catalog import FieldKind, LabelKind, Matching, ViewFacts
from actors.store.nouns.identity import Role, TokenKind, UserKind
from actors.store.nouns.jobs import JobKind, JobState
from actors.store.nouns.mail import CorrespondentFrom, MailAction, MailState, Proof, Scope, Security, TitleFrom
from actors.store.nouns.notifications import Way
from actors.store.nouns.pages import PageState
from actors.store.nouns.sharing import ShareContent
from actors.store.rows.access import GrantRow
from actors.store.rows.archive import Base, DocumentRow, JobRow, PageRow, SourceRow
from actors.store.rows.bulk_edits import BulkEditRow
from actors.store.rows.catalog import AssignmentRow, FieldRow, LabelRow, NoteRow, ViewRow
from actors.store.rows.identity import GroupRow, TokenRow, UserRow
from actors.store.rows.mail import MailAccountRow, MailRow, MailRuleRow
from actors.store.rows.nodes import NodeRow
from actors.store.rows.notifications import NotificationRow
from actors.store.rows.page_orders import PageOrderRow
from actors.store.rows.receiving import UploadLinkRow
from actors.store.rows.sharing import ShareLinkRow
from actors.store.rows.versions import VersionRow
from actors.store.rows.workflows import WorkflowRow
from tests.service.house import NOW
from tests.service.matrix.thing import Thing

Rows = Iterator[tuple[type[Base], dict[str, Any]]]
PAGES = 2
_FILE = {"size_bytes": 9, "mime_type": "application/pdf"}


def rows_of(thing: Thing, owned: dict[str, Any], user: int) -> Rows:
    """Give all rows of a thing: its documents are as `owned` says, and what somebody begins himself was begun by the user."""
    for document in thing.documents:
        yield from _document(int(document), owned | _state(thing, document))
    yield from _on_document(thing)
    yield from _jobs(thing, user)
    yield from _others(thing, user)
    yield from _mail(thing, user)
    yield from _notification(thing, user)


def _state(thing: Thing, document: str) -> dict[str, Any]:
    trashed = document == thing.trashed
    return {"trashed": trashed, "delete_time": NOW if trashed else None, "encrypted": document == thing.encrypted}


def _document(document: int, owned: dict[str, Any]) -> Rows:
    """Give a document that was read, and has a second version."""
    versions = {number: sha256(f"{document} {number}".encode()).hexdigest() for number in (1, 2)}
    times = {"created_date": date(2026, 1, 1), "added_time": NOW, "update_time": NOW}
    facts = {"page_count": PAGES, "language": "en", "has_archive": False, "archive_bytes": 0, "signed": False}
    names = {"title": "letter", "title_key": "letter", "original_filename": "letter.pdf", "sha256": versions[2]}
    numbers = {"revision": 1, "duplicate_count": 0, "version": 2, "version_count": 2, "last_version": 2}
    state = {"id": document, "state": DocumentState.READY, "warnings": []}
    yield DocumentRow, state | numbers | names | _FILE | facts | times | owned
    for number, digest in versions.items():
        told = {"filename": "letter.pdf", "page_count": PAGES, "label": "", "giver": Giver.USER, "words": "", "create_time": NOW}
        yield VersionRow, {"document_id": document, "number": number, "sha256": digest} | _FILE | told
    shape = {"confidence": 95.0, "turned": 0, "skew": 0.0, "width": 2480, "height": 3508, "replaces": False}
    read = {"state": PageState.DONE, "text": "words", "words": b"", "warning": "", "barcodes": []}
    for number in range(1, PAGES + 1):
        yield PageRow, {"document_id": document, "number": number} | shape | read


def _on_document(thing: Thing) -> Rows:
    document = int(thing.document)
    yield NoteRow, {"id": int(thing.note), "document_id": document, "author": "Olga", "text": "x", "create_time": NOW, "update_time": NOW}
    given = {"aspect": Aspect.TITLE, "subject_id": None, "value": ["letter", "letter"], "before": ["scan", "scan"], "undone": False}
    reason = {"giver": Giver.RULE, "words": "", "score": None, "time": NOW}
    yield AssignmentRow, {"id": int(thing.assignment), "document_id": document} | given | reason


def upload_of(thing: Thing, sender: int | None) -> Rows:
    """Give the upload by which a document has come, sent by a user or by the machine itself."""
    source = SourceKey(SourceKind.UPLOAD, thing.upload if sender is None else f"{sender}.{thing.upload}")
    answer = {"document_id": int(thing.document), "job_id": None, "duplicate": False, "time": NOW}
    yield SourceRow, {"kind": source.kind, "digest": digest_of(source), "key": source.key} | answer


def _jobs(thing: Thing, user: int) -> Rows:
    document = int(thing.document)
    yield JobRow, _job(thing.failed_job, JobKind.DOCUMENT, JobState.FAILED, document)
    yield JobRow, _job(thing.queued_job, JobKind.DOCUMENT, JobState.QUEUED, int(thing.waiting))
    yield JobRow, _job(thing.page_job, JobKind.PAGES, JobState.SUCCEEDED, None, user)
    pages = {"outcome": "version", "subject": document, "parts": [], "label": "", "discard": False}
    order: dict[str, Any] = {"order": pages, "documents": [], "reading": []}
    yield PageOrderRow, {"job_id": int(thing.page_job), "request_id": thing.page_job} | order
    yield JobRow, _job(thing.bulk_job, JobKind.BULK_EDIT, JobState.SUCCEEDED, None, user)
    bulk: dict[str, Any] = {"order": {"action": "delete", "changes": {}, "undoes": None}, "documents": [document], "request_id": None}
    yield BulkEditRow, {"job_id": int(thing.bulk_job)} | bulk


def _job(number: str, kind: JobKind, state: JobState, document: int | None, user: int | None = None) -> dict[str, Any]:
    ended = None if state is JobState.QUEUED else NOW
    counts = {"step": "", "pages_done": 0, "pages_total": 0, "attempt": 1, "kills": 0, "fence": 1, "owner": ""}
    times = {"create_time": NOW, "update_time": NOW, "finish_time": ended, "due_time": None if ended else NOW}
    what = {"id": int(number), "document_id": document, "kind": kind, "state": state, "user_id": user, "change": int(number)}
    return what | {"error": "", "label": "letter", "options": {}} | counts | times


def _others(thing: Thing, user: int) -> Rows:
    rule = {"matching": Matching.NONE, "pattern": "", "case_sensitive": False}
    yield LabelRow, _named(thing.label) | rule | {"kind": LabelKind.TAG, "colour": "", "inbox": False, "parent_id": None, "template": ""}
    yield FieldRow, _named(thing.field) | {"kind": FieldKind.TEXT, "options": [], "next_option": 1, "currency": "", "extraction": ""}
    shown = ViewFacts("x")
    kept = {name: getattr(shown, name) for name in ViewFacts.__dataclass_fields__ if name not in ("name", "position")}
    yield ViewRow, _named(thing.view) | {"position": 1, "shown": kept}
    definition: dict[str, Any] = {"triggers": [], "actions": []}
    yield WorkflowRow, _named(thing.workflow) | {"position": 1, "enabled": True, "moments": "", "definition": definition, "error": ""}
    proofs = {"password_hash": "", "secret": "", "last_step": 0, "email": "", "create_time": NOW, "sign_in_time": None}
    yield UserRow, _named(thing.user) | proofs | {"kind": UserKind.SERVICE, "role": Role.VIEWER, "enabled": True}
    yield GroupRow, _named(thing.group)
    life = {"create_time": NOW, "expire_time": NOW + timedelta(days=1), "use_time": None, "address": ""}
    digest = sha256(thing.token.encode()).hexdigest()
    token = {"id": int(thing.token), "user_id": user, "kind": TokenKind.ACCESS, "name": "x", "scopes": [], "digest": digest}
    yield TokenRow, token | life
    link = {"id": int(thing.share_link), "revision": 1, "maker_id": user, "digest": digest, "name": "x", "content": ShareContent.ORIGINALS}
    uses = {"password_hash": "", "disabled": False, "max_downloads": 0, "downloads": 0, "download_time": None}
    yield ShareLinkRow, link | uses | {"create_time": NOW, "expire_time": None}
    labels = dict.fromkeys(("owner_id", "correspondent_id", "document_type_id", "storage_path_id"))
    bounds = {"tags": [], "max_files": 0, "max_file_bytes": 0, "max_total_bytes": 0, "mime_types": [], "disabled": False}
    came = {"files": 0, "bytes": 0, "create_time": NOW, "expire_time": None, "use_time": None}
    link = {"id": int(thing.source), "revision": 1, "maker_id": user, "name": "x", "password_hash": "", "digest": thing.source}
    yield UploadLinkRow, link | labels | bounds | came
    everyone = {"subject_kind": SubjectKind.EVERYONE, "subject_id": 0, "level": Level.VIEW}
    yield GrantRow, {"holder_kind": HolderKind.OWNER, "holder_id": int(thing.user)} | everyone


def _notification(thing: Thing, user: int) -> Rows:
    """Give a notification of the user that calls a port at which nobody listens."""
    told = {"events": ["failed"], "way": Way.NTFY, "url": "http://127.0.0.1:1/x", "secret": "", "views": [], "due_days": 0, "enabled": True}
    noted = {"seen_change": 0, "told_time": None, "error": "", "error_time": None}
    yield NotificationRow, _named(thing.notification) | told | noted | {"owner_id": user}
    moments = {"join_time": NOW, "seen_time": NOW}
    yield NodeRow, {"id": int(thing.node), "digest": thing.node, "hostname": thing.node, "resting": False, "leaving": False} | moments


def _mail(thing: Thing, user: int) -> Rows:
    """Give a mailbox of the user, with a rule and a mail that was not taken."""
    account = int(thing.mail_account)
    way = {"host": "imap.example", "port": 993, "user": "x", "security": Security.TLS, "proof": Proof.PASSWORD, "secret": "sealed:x"}
    seen = {"enabled": True, "error": "", "error_time": None, "seen_time": None}
    yield MailAccountRow, _named(thing.mail_account) | way | seen | {"owner_id": user}
    texts = dict.fromkeys(("sender", "recipient", "subject", "body", "parameter"), "")
    labels = dict.fromkeys(("owner_id", "correspondent_id", "document_type_id", "storage_path_id"))
    filters: dict[str, Any] = {"folder": "INBOX", "include": [], "exclude": [], "most_days": 30, "tags": []}
    kinds = {"scope": Scope.ATTACHMENTS, "title_from": TitleFrom.SUBJECT, "correspondent_from": CorrespondentFrom.NONE}
    switches = {"enabled": True, "last": False, "inline_images": False, "action": MailAction.NOTHING}
    rule = {"id": int(thing.mail_rule), "revision": 1, "account_id": account, "position": 1, "name": "x"}
    yield MailRuleRow, rule | texts | labels | filters | kinds | switches
    key = {"id": int(thing.mail), "account_id": account, "folder": "INBOX", "uidvalidity": 1, "uid": 1, "rule_id": int(thing.mail_rule)}
    head = {"message_id": "x", "message_digest": "x", "sender": "x", "subject": "x", "sent_time": None}
    yield MailRow, key | head | {"state": MailState.FAILED, "error": "x", "tries": 1, "next_time": None, "update_time": NOW}


def _named(number: str) -> dict[str, Any]:
    return {"id": int(number), "revision": 1, "name": f"number {number}", "name_key": f"number {number}"}
