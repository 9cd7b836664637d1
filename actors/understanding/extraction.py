"""Custom fields that look for their values in the text."""

from collections.abc import Iterator, Sequence

import regex  # type: ignore[import-untyped]  # has no stubs; re has no time limit

from actors.store.catalog.field_values import kept_value
from actors.store.errors import FieldValueInvalid
from actors.store.nouns.archive import DocumentWarning
from actors.store.nouns.assignments import Aspect, Giver, Proposal, Reason
from actors.store.nouns.catalog import Field
from actors.understanding.facts import Understood
from actors.understanding.reading_values import ReadDate, read_value

EXTRACTION_UNUSABLE = "EXTRACTION_UNUSABLE"
# One pattern over the text of one document.
SECONDS = 0.25
_LONGEST_SHOWN = 60


def from_extraction(fields: Sequence[Field], text: str, read_date: ReadDate) -> Understood:
    """Propose what the fields' patterns find: the first group, or else the whole match."""
    warnings = list[DocumentWarning]()
    proposals = tuple(_proposals(fields, text, read_date, warnings))
    return Understood(proposals, tuple(warnings))


def _proposals(fields: Sequence[Field], text: str, read_date: ReadDate, warnings: list[DocumentWarning]) -> Iterator[Proposal]:
    for field in fields:
        if not field.facts.extraction:
            continue
        try:
            found = regex.search(field.facts.extraction, text, flags=regex.MULTILINE, timeout=SECONDS)
            if found is None:
                continue
            matched = next((group for group in found.groups() if group), None) or found.group()
            value = read_value(field, matched, read_date)
            if value is None:
                continue
            kept_value(field, value)
        except TimeoutError:
            warnings.append(DocumentWarning(EXTRACTION_UNUSABLE, f"The pattern of the field '{field.facts.name}' took too long."))
        except (regex.error, FieldValueInvalid) as error:
            warnings.append(
                DocumentWarning(EXTRACTION_UNUSABLE, f"The pattern of the field '{field.facts.name}' found nothing fit: {error}.")
            )
        else:
            words = " ".join(found.group().split())[:_LONGEST_SHOWN]
            yield Proposal(Aspect.FIELD, value, Reason(Giver.EXTRACTION, f"the text '{words}'"), field=field.id)


def unusable(field: Field, why: str) -> DocumentWarning:
    """Warn of a pattern that gave nothing."""
    return DocumentWarning(EXTRACTION_UNUSABLE, f"The pattern of the field '{field.facts.name}' {why}.")
