"""What the barcodes of a document say about it as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from actors.barcodes.serial_numbers import MOST_ASN, read_asn
from actors.barcodes.settings import BarcodeSettings
from actors.barcodes.tag_codes import read_tags
from actors.store.nouns.archive import DocumentWarning

ASN_TOO_LARGE = "ASN_TOO_LARGE"
ASN_AMBIGUOUS = "ASN_AMBIGUOUS"
TAG_CODE_SLOW = "TAG_CODE_SLOW"

Payloads = Sequence[str]


@dataclass(frozen=True, slots=True)
class BarcodeFacts:
    """What barcodes give a document; `asn_code` is the payload that the number was read from. Notices say what could not be given."""

    asn: int | None = None
    asn_code: str = ""
    tags: tuple[str, ...] = ()
    notices: tuple[DocumentWarning, ...] = ()


def meaning(pages: Sequence[Payloads], settings: BarcodeSettings) -> BarcodeFacts:
    """Read number and tags from the payloads of each page, page 1 first."""
    numbers, too_large = _serial_numbers(pages, settings)
    tags, too_slow = _tags(pages, settings)
    asn, code = numbers[0] if numbers else (None, "")
    others = dict.fromkeys(number for number, _ in numbers if number != asn)
    ambiguous = [_ambiguous(numbers[0][0], tuple(others))] if others else []
    return BarcodeFacts(asn, code, tags, (*too_large, *ambiguous, *too_slow))


def _serial_numbers(pages: Sequence[Payloads], settings: BarcodeSettings) -> tuple[list[tuple[int, str]], list[DocumentWarning]]:
    numbers: list[tuple[int, str]] = []
    too_large: list[DocumentWarning] = []
    for page, payloads in enumerate(pages if settings.asn else (), 1):
        for payload in payloads:
            number = read_asn(payload, settings.asn_prefix)
            if number is None:
                continue
            if number > MOST_ASN:
                message = f"The barcode {payload[:40]} is no archive serial number: the largest is {MOST_ASN}."
                too_large.append(DocumentWarning(ASN_TOO_LARGE, message, page))
            else:
                numbers.append((number, payload))
    return numbers, too_large


def _tags(pages: Sequence[Payloads], settings: BarcodeSettings) -> tuple[tuple[str, ...], list[DocumentWarning]]:
    tags: dict[str, None] = {}
    too_slow: list[DocumentWarning] = []
    for page, payloads in enumerate(pages if settings.tags else (), 1):
        for payload in payloads:
            try:
                tags.update(dict.fromkeys(read_tags(payload, settings.tag_mapping)))
            except TimeoutError:
                message = f"An expression of consumer_tag_barcode_mapping takes too long on the barcode {payload[:40]}: write it simpler."
                too_slow.append(DocumentWarning(TAG_CODE_SLOW, message, page))
    return tuple(tags), too_slow


def _ambiguous(taken: int, others: tuple[int, ...]) -> DocumentWarning:
    message = f"Barcodes give this document several archive serial numbers: {taken} was taken, not {', '.join(map(str, others))}."
    return DocumentWarning(ASN_AMBIGUOUS, message)
