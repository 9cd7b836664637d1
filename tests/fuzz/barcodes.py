"""What strangers print as barcodes, and what is made of it."""

from actors.barcodes.meaning import meaning
from actors.barcodes.separation import PageRole, role_of, separate
from actors.barcodes.serial_numbers import MOST_ASN
from actors.barcodes.settings import BarcodeSettings
from tests.fuzz.target import Target, split, text

MOST_PAGES = 12
SETTINGS = (
    BarcodeSettings(separate=True),
    BarcodeSettings(separate=True, keep_separators=True, asn=True),
    BarcodeSettings(separate=True, asn=True, tags=True, separate_at_tags=True, asn_prefix=""),
    BarcodeSettings(tags=True, separate_at_tags=True, tag_mapping=(("(.*):(.*)", r"\2"), ("", ""))),
)


def fuzz_separation(data: bytes) -> None:
    """Whatever codes pages bear, each page but separator sheets comes into one document, in order, and no part is divided again."""
    chosen, *rest = split(data, 1 + MOST_PAGES)
    settings = SETTINGS[sum(chosen) % len(SETTINGS)]
    pages = [text(page).split("\n") for page in rest]
    parts = separate(pages, settings)
    for part in parts:
        assert part.pages
        assert separate([pages[number - 1] for number in part.pages], settings) == ()
        assert part.facts.asn is None or 0 <= part.facts.asn <= MOST_ASN
        assert all(tag == tag.strip() != "" for tag in part.facts.tags)
    kept = [number for number, page in enumerate(pages, 1) if role_of(page, settings) is not PageRole.SEPARATOR]
    assert [number for part in parts for number in part.pages] == (kept if parts else [])
    meaning(pages, settings)


TARGETS = (
    Target(
        fuzz_separation,
        (
            b"\0\xffletter\xffPATCHT\xffletter",
            b"\1\xffASN00123\xffPATCHT\nASN4294967296\xffASN 7-a",
            b"\2\xffTAG:invoice,TAG:b\xff\xff007\nTAG:c",
            b"\3\xffa:b,c:d\nx\xffT-J",
        ),
    ),
)
