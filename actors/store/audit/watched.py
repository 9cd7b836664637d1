"""What the audit tells of which table. Every table and every column of what is told stands here, or a test fails."""

from collections.abc import Mapping
from dataclasses import dataclass

from actors.store.nouns.audit import AuditNoun

# What no row tells: they follow from the rest.
BOOKKEEPING = frozenset({"id", "revision", "name_key"})


@dataclass(frozen=True, slots=True)
class Own:
    """A table whose rows are things that people name.

    `shown` columns are told with their values, `untold` ones without; `silent` are those that machines fill, or that are told elsewhere.
    """

    noun: AuditNoun
    shown: tuple[str, ...]
    untold: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    name: str = "name"


@dataclass(frozen=True, slots=True)
class Part:
    """A table whose rows belong to a thing, which changes with them; what they hold is not told, but for the column `shown`.

    `numbered` is the column that tells one from another. Of one with a `shown` column that alone is told, and its end.
    """

    noun: AuditNoun
    owner: str
    field: str
    shown: str = ""
    numbered: str = ""


# Told by access/, with the names of users and groups.
_ACCESS = ("owner_id", "access_id")
TOLD: Mapping[str, Own | Part] = {
    "documents": Own(
        AuditNoun.DOCUMENT,
        # `trashed` is told as the act itself (watching.py).
        shown=("original_filename", "version", "duplicate_count"),
        silent=(
            # Given by assignments/giving.py, which tells them with the names of labels.
            *("title", "title_key", "created_date", "correspondent_id", "type_id", "path_id", "asn"),
            *_ACCESS,
            # Machines find these.
            *("state", "mime_type", "size_bytes", "sha256", "page_count", "language", "warnings", "encrypted", "signed", "form"),
            *("has_archive", "archive_bytes", "version_count", "last_version", "added_time", "update_time", "delete_time", "trashed"),
        ),
        name="title",
    ),
    "document_versions": Part(AuditNoun.DOCUMENT, "document_id", "version", shown="label", numbered="number"),
    "notes": Part(AuditNoun.DOCUMENT, "document_id", "note", numbered="id"),
    "labels": Own(
        AuditNoun.LABEL,
        shown=("kind", "name", "matching", "pattern", "case_sensitive", "colour", "inbox", "parent_id", "template"),
        silent=_ACCESS,
    ),
    "fields": Own(AuditNoun.FIELD, shown=("kind", "name", "options", "currency", "extraction", "reminder_days"), silent=("next_option",)),
    "views": Own(AuditNoun.VIEW, shown=("name", "position", "shown"), silent=_ACCESS),
    "workflows": Own(
        AuditNoun.WORKFLOW,
        shown=("name", "position", "enabled"),
        untold=("definition",),  # holds sealed secrets
        silent=("moments", "error", "error_time", *_ACCESS),
    ),
    "users": Own(
        AuditNoun.USER,
        shown=("name", "kind", "role", "email", "enabled"),
        untold=("password_hash", "secret"),
        silent=("last_step", "create_time", "sign_in_time"),
    ),
    "recovery_codes": Part(AuditNoun.USER, "user_id", "recovery_codes"),
    "invitations": Part(AuditNoun.USER, "user_id", "invitation"),
    "groups": Own(AuditNoun.GROUP, shown=("name",)),
    "tokens": Own(
        AuditNoun.TOKEN,
        shown=("kind", "scopes", "expire_time"),
        silent=("user_id", "name", "digest", "create_time", "use_time", "address"),
    ),
    "share_links": Own(
        AuditNoun.SHARE_LINK,
        shown=("name", "content", "disabled", "max_downloads", "expire_time"),
        untold=("password_hash",),
        silent=("maker_id", "digest", "downloads", "create_time", "download_time"),
    ),
    "shared_documents": Part(AuditNoun.DOCUMENT, "document_id", "share link", numbered="link_id"),
    "user_identities": Part(AuditNoun.USER, "user_id", "identity", shown="issuer", numbered="subject"),
    "upload_links": Own(
        AuditNoun.UPLOAD_LINK,
        shown=("name", "max_files", "max_file_bytes", "max_total_bytes", "mime_types", "disabled", "expire_time"),
        # Of owner and labels only that they changed: their names may be hidden from who reads it.
        untold=("password_hash", "owner_id", "tags", "correspondent_id", "document_type_id", "storage_path_id"),
        silent=("maker_id", "digest", "files", "bytes", "create_time", "use_time"),
    ),
    "mail_accounts": Own(
        AuditNoun.MAIL_ACCOUNT,
        shown=("name", "host", "port", "user", "security", "proof", "enabled"),
        untold=("secret",),
        silent=("owner_id", "error", "error_time", "seen_time"),
    ),
    "mail_rules": Own(
        AuditNoun.MAIL_RULE,
        shown=(
            *("name", "position", "enabled", "folder", "sender", "recipient", "subject", "body", "include", "exclude", "most_days"),
            *("scope", "inline_images", "title_from", "correspondent_from", "action", "parameter", "last"),
        ),
        # As of upload links.
        untold=("owner_id", "tags", "correspondent_id", "document_type_id", "storage_path_id"),
        silent=("account_id",),
    ),
    "notifications": Own(
        AuditNoun.NOTIFICATION,
        shown=("name", "events", "way", "due_days", "enabled"),
        # A topic's address lets whoever knows it read along; names of views may be hidden from who reads the audit.
        untold=("url", "secret", "views"),
        silent=("owner_id", "seen_change", "told_time", "error", "error_time"),
    ),
    "nodes": Own(AuditNoun.NODE, shown=("hostname", "resting"), silent=("digest", "leaving", "join_time", "seen_time"), name="hostname"),
    "jobs": Own(
        AuditNoun.JOB,
        shown=("kind", "state"),
        silent=(
            *("document_id", "step", "pages_done", "pages_total", "error", "attempt", "kills", "fence", "owner", "label", "options"),
            *("change", "create_time", "queue_time", "start_time", "update_time", "finish_time", "due_time", "user_id", "author"),
        ),
        name="label",
    ),
}

_MACHINES = "machines note it for themselves"
_TOLD_BY_GIVING = "assignments/giving.py tells it with the names of labels and fields"
_FOLLOWS = "follows from what is told"

EXCUSED: Mapping[str, str] = {
    "audit_entries": "is the audit itself",
    "document_tags": _TOLD_BY_GIVING,
    "field_values": _TOLD_BY_GIVING,
    "document_links": _TOLD_BY_GIVING,
    "assignments": _TOLD_BY_GIVING,
    "group_members": "identity/groups.py tells it with the names of users",
    "grants": "access/granting.py tells it with the names of users and groups",
    "access_classes": _FOLLOWS,
    "access_reach": _FOLLOWS,
    "workflow_labels": _FOLLOWS,
    "workflow_fields": _FOLLOWS,
    "document_origins": "the jobs that made a document of others tell it",
    "bulk_edits": "their jobs tell them",
    "bulk_results": "the documents tell it",
    "page_orders": "their jobs tell them",
    "sources": "a delivery is told by its document",
    "pages": "machines read them, and what they say is told to nobody here",
    "sides": _MACHINES,
    "outbox": _MACHINES,
    "notices": _MACHINES,
    "unplaced": _MACHINES,
    "places": _MACHINES,
    "folders": _MACHINES,
    "renamed": _MACHINES,
    "named_files": _MACHINES,
    "leftovers": _MACHINES,
    "loose_originals": _MACHINES,
    "counters": _MACHINES,
    "tasks": _MACHINES,
    "fingerprints": _MACHINES,
    "fingerprint_bands": _MACHINES,
    "near_duplicates": _MACHINES,
    "edited": _MACHINES,
    "errands": _MACHINES,
    "workflow_visits": _MACHINES,
    "mails": "machines note what became of each, and its documents tell how they came",
    "mail_documents": "the documents tell how they came",
    "mail_folders": _MACHINES,
    "join_codes": "who makes one is told by the servicer, and who uses it by the machine that joins",
}
