"""Where a scan is divided."""

import pytest

from actors.barcodes.separation import PageRole, role_of, separate
from actors.barcodes.settings import BarcodeSettings

SHEETS = BarcodeSettings(separate=True)
ASN = BarcodeSettings(separate=True, asn=True)
TAGS = BarcodeSettings(tags=True, separate_at_tags=True)


def parts(*pages: str, settings: BarcodeSettings = SHEETS) -> list[tuple[int, ...]]:
    """Divide pages that bear one code each, or none."""
    return [part.pages for part in separate([[page] if page else [] for page in pages], settings)]


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        (("", "PATCHT", ""), [(1,), (3,)]),
        (("", "PATCHT", "PATCHT", ""), [(1,), (4,)]),
        (("PATCHT", "", ""), [(2, 3)]),
        (("", "", "PATCHT"), [(1, 2)]),
        (("", "", ""), []),
        (("PATCHT",), []),
        (("PATCHT", "PATCHT"), []),
        (("", "PATCHT 1", ""), []),
        ((), []),
    ],
)
def test_a_separator_sheet_ends_one_document_and_is_none_itself(pages: tuple[str, ...], expected: list[tuple[int, ...]]) -> None:
    assert parts(*pages) == expected


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        (("", "PATCHT", ""), [(1,), (2, 3)]),
        (("", "PATCHT", "PATCHT", ""), [(1,), (2,), (3, 4)]),
        (("PATCHT", "", ""), []),
    ],
)
def test_a_separator_sheet_that_is_kept_begins_the_next_document(pages: tuple[str, ...], expected: list[tuple[int, ...]]) -> None:
    assert parts(*pages, settings=BarcodeSettings(separate=True, keep_separators=True)) == expected


def test_a_page_with_a_number_begins_a_document() -> None:
    found = separate([[], ["ASN1"], [], ["other", "ASN2"], ["ASN99999999999"]], ASN)
    assert [(part.pages, part.facts.asn) for part in found] == [((1,), None), ((2, 3), 1), ((4,), 2), ((5,), None)]
    assert [notice.code for notice in found[-1].facts.notices] == ["ASN_TOO_LARGE"]
    assert parts("ASN1", "", settings=ASN) == []


def test_numbers_divide_only_where_sheets_do() -> None:
    assert parts("", "ASN1", settings=BarcodeSettings(asn=True)) == []
    assert parts("", "ASN1", settings=SHEETS) == []


def test_a_page_with_a_tag_begins_a_document_that_bears_it() -> None:
    found = separate([[], ["TAG:a", "TAG:b"], [], ["TAG:c"]], TAGS)
    assert [(part.pages, part.facts.tags) for part in found] == [((1,), ()), ((2, 3), ("a", "b")), ((4,), ("c",))]
    assert parts("", "TAG:a", settings=BarcodeSettings(tags=True, separate=True)) == []


def test_a_separator_sheet_with_a_number_on_it_is_kept() -> None:
    assert role_of(["PATCHT", "ASN5"], ASN) is PageRole.FIRST
    assert role_of(["ASN5", "PATCHT"], SHEETS) is PageRole.SEPARATOR
