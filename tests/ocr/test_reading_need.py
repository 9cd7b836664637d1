"""Only pages that don't speak for themselves are read, unless the mode says otherwise."""

import pytest

from actors.ocr.files.reading_need import SCAN_COVER, STAMP_LETTERS, PageContent, needs_reading
from actors.ocr.messages import OcrMode, OcrSettings

LETTER = PageContent("Sehr geehrte Damen und Herren", image_cover=0.0, draws=True, invisible_text=False)
SCAN = PageContent("", image_cover=1.0, draws=True, invisible_text=False)
READ_SCAN = PageContent("Sehr geehrte", image_cover=1.0, draws=True, invisible_text=True)
STAMPED_SCAN = PageContent("Eingang 3. Mai", image_cover=0.9, draws=True, invisible_text=False)
GARBLED = PageContent("\x19\x12", image_cover=0.0, draws=True, invisible_text=False)
CURVES = PageContent("", image_cover=0.0, draws=True, invisible_text=False)
EMPTY = PageContent("", image_cover=0.0, draws=False, invisible_text=False)
ALL = {"letter": LETTER, "scan": SCAN, "read": READ_SCAN, "stamped": STAMPED_SCAN, "garbled": GARBLED, "curves": CURVES, "empty": EMPTY}


@pytest.mark.parametrize(
    ("mode", "read"),
    [
        (OcrMode.SKIP, {"scan", "stamped", "garbled", "curves"}),
        (OcrMode.REDO, {"scan", "stamped", "garbled", "curves", "read"}),
        (OcrMode.FORCE, set(ALL)),
        (OcrMode.OFF, set()),
    ],
)
def test_each_mode_reads_its_pages(mode: OcrMode, read: set[str]) -> None:
    assert {name for name, content in ALL.items() if needs_reading(content, 1, OcrSettings(mode=mode))} == read


@pytest.mark.parametrize("mode", list(OcrMode))
def test_pages_after_the_first_ones_keep_their_own_text(mode: OcrMode) -> None:
    settings = OcrSettings(mode=mode, first_pages=2)
    assert [needs_reading(SCAN, number, settings) for number in (1, 2, 3)] == [mode is not OcrMode.OFF] * 2 + [False]


def test_a_picture_with_a_whole_page_of_text_speaks_for_itself() -> None:
    assert not needs_reading(PageContent("x" * STAMP_LETTERS, 1.0, draws=True, invisible_text=False), 1, OcrSettings())
    assert needs_reading(PageContent("x" * (STAMP_LETTERS - 1), 1.0, draws=True, invisible_text=False), 1, OcrSettings())


def test_a_small_picture_beside_few_words_is_no_scan() -> None:
    assert not needs_reading(PageContent("Plan", SCAN_COVER - 0.01, draws=True, invisible_text=False), 1, OcrSettings())
    assert needs_reading(PageContent("Plan", SCAN_COVER, draws=True, invisible_text=False), 1, OcrSettings())
