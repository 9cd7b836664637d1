"""How large a document and an image may be. The numbers are settings; the words for the person are here."""

from actors.ocr.errors import DocumentUnreadable


def check_page_count(count: int, most: int) -> None:
    """Refuse a document without pages, or with too many."""
    if count < 1:
        raise DocumentUnreadable("The document has no pages.")
    if count > most:
        raise DocumentUnreadable(f"The document has {count} pages, and {most} are allowed.")


def check_page_number(number: int, count: int) -> None:
    """Refuse a page, counted from 1, that the document doesn't have."""
    if not 1 <= number <= count:
        raise DocumentUnreadable(f"The document has no page {number}.")


def check_pixels(width: int, height: int, most: int) -> None:
    """Refuse an image too large to decode."""
    if width * height > most:
        raise DocumentUnreadable(f"The image is too large: {width} × {height} pixels, and {most // 1_000_000} megapixels are allowed.")
