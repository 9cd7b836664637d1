"""Papers that are really printed, scanned and read: a second scan is known again, the next bill is not taken for it.

A handful on each commit; `python -m tests.bench near_duplicates` reads hundreds.
"""

import os

import pytest

from actors.ocr.engines.tessdata import find_tessdata
from actors.ocr.errors import DocumentUnreadable
from actors.similarity.fingerprint import fingerprint_of
from actors.similarity.tokens import tokens_of
from actors.similarity.verdict import compare
from tests.similarity.papers import text_of, write
from tests.similarity.scanner import Quality, read


@pytest.fixture(autouse=True)
def tessdata() -> None:
    try:
        find_tessdata(os.environ)
    except DocumentUnreadable as error:
        pytest.skip(str(error))


@pytest.mark.parametrize("kind", ["invoice", "rent", "family"])
def test_a_second_scan_is_known_again_and_another_of_the_template_is_not_taken_for_it(kind: str) -> None:
    paper, fellow = write(kind, 31, 3), write(kind, 31, 4)
    first, again, other = (
        read(paper, Quality.OFFICE, seed=1),
        read(paper, Quality.POOR, seed=2, stamp="RECEIVED 14.02.2026"),
        read(fellow, Quality.OFFICE, seed=3),
    )
    tokens = {name: tokens_of(text) for name, text in {"file": text_of(paper), "first": first, "again": again, "other": other}.items()}
    bands = {name: set(fingerprint_of(each).bands) for name, each in tokens.items()}
    for one, two in (("first", "again"), ("file", "first"), ("file", "again")):
        assert compare(tokens[one], tokens[two]).same_paper, (one, two)
        assert bands[one] & bands[two], (one, two)
    for one in ("file", "first", "again"):
        assert not compare(tokens[one], tokens["other"]).same_paper, one
