"""Which pages are read by the engine, and which speak for themselves."""

from dataclasses import dataclass

from actors.ocr.files.text_layer import count_letters, is_usable
from actors.ocr.messages import OcrMode, OcrSettings

SCAN_COVER = 0.5  # a picture over half the page is taken for a scan …
STAMP_LETTERS = 100  # … when the text beside it is no more than a stamp, a page number or a header


@dataclass(frozen=True, slots=True)
class PageContent:
    """What is drawn on a page: its raw text, the share of it that images cover (0–1), whether anything is drawn at all,
    and whether most of its text is invisible, as OCR programs lay it over a scan."""

    text: str
    image_cover: float
    draws: bool
    invisible_text: bool


def needs_reading(content: PageContent, number: int, settings: OcrSettings) -> bool:
    """Decide whether page `number` (from 1) is sent to a reader."""
    if settings.mode is OcrMode.OFF or (settings.first_pages and number > settings.first_pages):
        return False
    if settings.mode is OcrMode.FORCE:
        return True
    if settings.mode is OcrMode.REDO and content.invisible_text:
        return True
    if not is_usable(content.text):
        return content.draws
    stamped = content.image_cover >= SCAN_COVER and count_letters(content.text) < STAMP_LETTERS
    return stamped and not content.invisible_text
