"""The fields that a query may name, and what each holds."""

from dataclasses import dataclass
from enum import StrEnum

CUSTOM_PREFIX = "field."


class FieldKind(StrEnum):
    """What the values of a field are compared as."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CUSTOM = "custom"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the grammar. `infix`: a part of a word finds it too. `example` is shown to who got it wrong."""

    name: str
    kind: FieldKind
    example: str
    infix: bool = False


FIELDS = {
    field.name: field
    for field in (
        Field("title", FieldKind.TEXT, "title:invoice", infix=True),
        Field("text", FieldKind.TEXT, "text:invoice", infix=True),
        Field("tag", FieldKind.TEXT, 'tag:"to do"', infix=True),
        Field("correspondent", FieldKind.TEXT, "correspondent:bank", infix=True),
        Field("type", FieldKind.TEXT, "type:invoice", infix=True),
        Field("path", FieldKind.TEXT, "path:taxes", infix=True),
        Field("note", FieldKind.TEXT, "note:paid", infix=True),
        Field("filename", FieldKind.TEXT, "filename:scan", infix=True),
        Field("mime", FieldKind.TEXT, "mime:pdf"),
        Field("language", FieldKind.TEXT, "language:de"),
        Field("state", FieldKind.TEXT, "state:ready"),
        Field("id", FieldKind.NUMBER, "id:12"),
        Field("asn", FieldKind.NUMBER, "asn:[1 to 9]"),
        Field("pages", FieldKind.NUMBER, "pages:>10"),
        Field("created", FieldKind.DATE, "created:2024-03"),
        Field("added", FieldKind.DATE, 'added:"last week"'),
        Field("updated", FieldKind.DATE, "updated:today"),
    )
}

# Names that users know from other archives.
ALIASES = {"content": "text", "notes": "note", "document_type": "type", "storage_path": "path", "modified": "updated", "lang": "language"}


def find_field(name: str) -> Field | None:
    """Look a field up by its name, by a name it has elsewhere, or as `field.NAME`; None when there is no such field."""
    if name.startswith(CUSTOM_PREFIX) and len(name) > len(CUSTOM_PREFIX):
        return Field(name, FieldKind.CUSTOM, f"{CUSTOM_PREFIX}amount:>100")
    lowered = name.lower()
    return FIELDS.get(ALIASES.get(lowered, lowered))
