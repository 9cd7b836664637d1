"""The fields that a query may name, and what each holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from actors.index.names import Names
from actors.index.query import prefix
from actors.store.nouns.catalog import FieldKind as CustomKind
from actors.store.nouns.catalog import LabelKind

CUSTOM_PREFIX = "field."
# Who mistypes a field's name sees so many that there are.
_MOST_TOLD = 20


class FieldKind(StrEnum):
    """What the values of a field are compared as. AMOUNT: as numbers, or by words; MARK: one of a few; CUSTOM: as whatever they read as."""

    TEXT = "text"
    NUMBER = "number"
    DECIMAL = "decimal"
    AMOUNT = "amount"
    TRUTH = "truth"
    DATE = "date"
    MARK = "mark"
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
        Field("is", FieldKind.MARK, "is:inbox"),
        Field("id", FieldKind.NUMBER, "id:12"),
        Field("asn", FieldKind.NUMBER, "asn:[1 to 9]"),
        Field("pages", FieldKind.NUMBER, "pages:>10"),
        Field("created", FieldKind.DATE, "created:2024-03"),
        Field("added", FieldKind.DATE, 'added:"last week"'),
        Field("updated", FieldKind.DATE, "updated:today"),
    )
}

# The fields whose values are names of labels.
LABEL_KINDS: Mapping[str, LabelKind] = {
    "tag": LabelKind.TAG,
    "correspondent": LabelKind.CORRESPONDENT,
    "type": LabelKind.DOCUMENT_TYPE,
    "path": LabelKind.STORAGE_PATH,
}

# Names that users know from other archives.
ALIASES = {"content": "text", "notes": "note", "document_type": "type", "storage_path": "path", "modified": "updated", "lang": "language"}

CUSTOM_KINDS: Mapping[CustomKind, FieldKind] = {
    CustomKind.TEXT: FieldKind.TEXT,
    CustomKind.LONG_TEXT: FieldKind.TEXT,
    CustomKind.URL: FieldKind.TEXT,
    CustomKind.EMAIL: FieldKind.TEXT,
    CustomKind.DATE: FieldKind.DATE,
    CustomKind.DATE_TIME: FieldKind.DATE,
    CustomKind.BOOLEAN: FieldKind.TRUTH,
    CustomKind.INTEGER: FieldKind.NUMBER,
    CustomKind.NUMBER: FieldKind.DECIMAL,
    CustomKind.MONEY: FieldKind.AMOUNT,
    CustomKind.CHOICE: FieldKind.TEXT,
    CustomKind.CHOICES: FieldKind.TEXT,
    CustomKind.DOCUMENTS: FieldKind.NUMBER,
}
_EXAMPLES = {
    FieldKind.TEXT: "word",
    FieldKind.NUMBER: ">10",
    FieldKind.DECIMAL: ">0.5",
    FieldKind.AMOUNT: ">99.50",
    FieldKind.TRUTH: "yes",
    FieldKind.DATE: "2024-03",
}


def find_field(name: str, names: Names | None = None) -> Field | None:
    """Look a field up by its name, by a name it has elsewhere, or as `field.NAME`; None when there is no such field.

    Without `names`, any custom field may be there.
    """
    if name.startswith(CUSTOM_PREFIX) and len(name) > len(CUSTOM_PREFIX):
        return _custom_field(name, names)
    lowered = name.lower()
    return FIELDS.get(ALIASES.get(lowered, lowered))


def _custom_field(name: str, names: Names | None) -> Field | None:
    if names is None:
        return Field(name, FieldKind.CUSTOM, f"{CUSTOM_PREFIX}amount:>100")
    custom = names.field(name.removeprefix(CUSTOM_PREFIX))
    if custom is None:
        return None
    kind = CUSTOM_KINDS[custom.kind]
    return Field(name, kind, prefix(CUSTOM_PREFIX + custom.name) + _EXAMPLES[kind])


def known_fields(name: str, names: Names | None) -> str:
    """Tell which fields there are instead of one that is not there."""
    if names is None or not name.startswith(CUSTOM_PREFIX):
        return f"one of {', '.join((*FIELDS, f'{CUSTOM_PREFIX}NAME'))}"
    if not names.fields:
        return "a field that the archive has; there are no custom fields"
    told = [prefix(CUSTOM_PREFIX + field.name).removesuffix(":") for field in names.fields[:_MOST_TOLD]]
    return f"one of {', '.join(told)}{' …' if len(names.fields) > _MOST_TOLD else ''}"
