"""Real documents bear the date that the corpus's list says."""

from datetime import date

import pytest

from actors.dates.candidates import DateHints
from actors.dates.finder import find_dates
from actors.index.language import detect_language
from actors.ocr.files.inspection import inspect_document
from actors.ocr.messages import InspectDocument, OcrSettings
from tests.corpus.manifest import CORPUS, MISSING

TODAY = date(2026, 11, 1)


@pytest.mark.skipif(not CORPUS.exists(), reason=MISSING)
@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("invoices/Avoir_FR_type381_BASIC.pdf", date(2017, 11, 16)),
        ("invoices/EN16931_Einfach.pdf", date(2018, 3, 5)),
        ("invoices/Facture_FR_MINIMUM.pdf", date(2017, 11, 13)),
        ("invoices/MustangGnuaccountingBeispielRE-20140519_499.pdf", date(2014, 5, 19)),
        ("invoices/XRECHNUNG_Einfach.pdf", date(2018, 3, 5)),
        ("invoices/fail1.pdf", date(2015, 10, 8)),
        ("born-digital/crazyones-pdfa.pdf", date(1998, 10, 14)),
    ],
)
def test_a_real_document_bears_its_date(name: str, day: date) -> None:
    pages = [page.text for page in inspect_document(InspectDocument(CORPUS / name, "application/pdf", OcrSettings())).pages]
    assert find_dates(pages, DateHints(TODAY, detect_language("\n".join(pages))))[0].date == day
