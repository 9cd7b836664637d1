"""What a template may know of a document."""

from dataclasses import dataclass
from datetime import date, datetime

from actors.store.nouns.catalog import FieldEntry


@dataclass(frozen=True, slots=True)
class TemplateFacts:
    """The facts of one document, as its owner sees them: times are in the owner's time zone, tags in their order."""

    id: int
    title: str
    added: datetime
    original_filename: str = ""
    created: date | None = None
    modified: datetime | None = None
    correspondent: str | None = None
    document_type: str | None = None
    storage_path: str | None = None
    tags: tuple[str, ...] = ()
    asn: int | None = None
    owner: str | None = None
    fields: tuple[FieldEntry, ...] = ()
    content: str = ""
    page_count: int | None = None
    mime_type: str = ""
    checksum: str = ""
    url: str = ""
