"""Documents, as templates are told of them."""

from datetime import UTC, date, datetime
from decimal import Decimal

from actors.store.nouns.catalog import Field, FieldEntry, FieldFacts, FieldId, FieldKind, FieldValue, Money
from actors.templates.facts import TemplateFacts


def entry(name: str, kind: FieldKind, value: FieldValue, **options: str) -> FieldEntry:
    """Make a document's value of a custom field; `options` are those of choices, `_1="Small"`."""
    facts = FieldFacts(name, options={int(number[1:]): option for number, option in options.items()})
    return FieldEntry(Field(FieldId(1), kind, 1, facts), value)


BILL = TemplateFacts(
    id=123,
    title="Bill: May/June",
    added=datetime(2024, 3, 14, 10, 11, 12, tzinfo=UTC),
    original_filename="scan 1.PDF",
    created=date(2024, 1, 5),
    modified=datetime(2024, 4, 1, tzinfo=UTC),
    correspondent="ACME/Co",
    document_type="Invoice",
    storage_path="By year",
    tags=("money", "to do"),
    asn=205,
    owner="anna",
    fields=(
        entry("Number", FieldKind.INTEGER, 17),
        entry("Due date", FieldKind.DATE, date(2024, 2, 1)),
        entry("Read at", FieldKind.DATE_TIME, datetime(2024, 2, 1, 8, 30, tzinfo=UTC)),
        entry("Size", FieldKind.CHOICE, 2, _1="Small", _2="Very large"),
        entry("Colours", FieldKind.CHOICES, (1, 2), _1="Red", _2="Blue"),
        entry("Sum", FieldKind.MONEY, Money(Decimal("12.30"), "EUR")),
        entry("Paid", FieldKind.BOOLEAN, True),
        entry("Place", FieldKind.TEXT, "a/b"),
        entry("With", FieldKind.DOCUMENTS, (7, 8)),
    ),
    content="An invoice of ACME",
    page_count=3,
    mime_type="application/pdf",
    checksum="abc",
    url="https://archive.example/documents/123",
)
BARE = TemplateFacts(id=7, title="x", added=datetime(2024, 3, 14, tzinfo=UTC))
