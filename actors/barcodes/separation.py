"""Where barcodes divide a scan into documents."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from actors.barcodes.meaning import BarcodeFacts, Payloads, meaning
from actors.barcodes.serial_numbers import read_asn
from actors.barcodes.settings import BarcodeSettings
from actors.barcodes.tag_codes import read_tags


class PageRole(StrEnum):
    """What a page is to the documents of a scan: one more page, the first of a document, or a sheet between two that belongs to neither."""

    INNER = "inner"
    FIRST = "first"
    SEPARATOR = "separator"


@dataclass(frozen=True, slots=True)
class Part:
    """A document within a scan: its pages in order, numbered as in the scan, and what their barcodes say."""

    pages: tuple[int, ...]
    facts: BarcodeFacts


def separate(pages: Sequence[Payloads], settings: BarcodeSettings) -> tuple[Part, ...]:
    """Find the documents of a scan by the payloads of each page, page 1 first; none when it is one document as it stands.

    A scan that holds nothing but separator sheets stays as it is: there must be something to keep.
    """
    documents: list[list[int]] = [[]]
    for number, payloads in enumerate(pages, 1):
        role = role_of(payloads, settings)
        if role is not PageRole.INNER and documents[-1]:
            documents.append([])
        if role is not PageRole.SEPARATOR:
            documents[-1].append(number)
    found = [tuple(numbers) for numbers in documents if numbers]
    if not found or found == [tuple(range(1, len(pages) + 1))]:
        return ()
    return tuple(Part(numbers, meaning([pages[number - 1] for number in numbers], settings)) for numbers in found)


def role_of(payloads: Payloads, settings: BarcodeSettings) -> PageRole:
    """Tell what a page with these barcodes is. A sheet that also bears a number or a tag is kept: it says more."""
    if not settings.may_separate:
        return PageRole.INNER
    if _bears_asn(payloads, settings) or _bears_tag(payloads, settings):
        return PageRole.FIRST
    if settings.separate and settings.separator in payloads:
        return PageRole.FIRST if settings.keep_separators else PageRole.SEPARATOR
    return PageRole.INNER


def _bears_asn(payloads: Payloads, settings: BarcodeSettings) -> bool:
    """Find a label, also one whose number is too large: whoever stuck it there meant a new document."""
    return settings.separate and settings.asn and any(read_asn(payload, settings.asn_prefix) is not None for payload in payloads)


def _bears_tag(payloads: Payloads, settings: BarcodeSettings) -> bool:
    if not (settings.tags and settings.separate_at_tags):
        return False
    try:
        return any(read_tags(payload, settings.tag_mapping) for payload in payloads)
    except TimeoutError:
        return False
