"""Web pages and Markdown: their bytes as HTML, and as plain words."""

import html
import re
from pathlib import Path

import nh3
from markdown_it import MarkdownIt

from actors.ocr.errors import DocumentUnreadable
from actors.ocr.files.plain_text import decode
from actors.ocr.mime_types import MARKDOWN

MOST_BYTES = 5_000_000  # a long book has one or two; to lay out more takes longer than anybody waits
# No words of the page.
UNSEEN = frozenset({"script", "style", "title", "template", "noscript", "iframe", "object", "svg", "math"})
_DECLARED = re.compile(rb"<meta\b[^>]{0,200}?charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_BLOCKS = "p|div|tr|t[dh]|table|br|hr|li|[uo]l|d[ltd]|h[1-6]|blockquote|pre|section|article|header|footer"
_BREAKS = re.compile(rf"<(?=/?(?:{_BLOCKS})\b)", re.IGNORECASE)
_BLANK = re.compile(r"[ \t]*\n\s*")


def read_html(path: Path, mime_type: str) -> str:
    """Give a file's HTML; Markdown becomes it."""
    if path.stat().st_size > MOST_BYTES:
        raise DocumentUnreadable(f"It has more than {MOST_BYTES // 1_000_000} MB, which is too much to lay out as pages.")
    data = path.read_bytes()
    if mime_type == MARKDOWN:
        return str(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(decode(data)))
    return decoded_html(data)


def decoded_html(data: bytes) -> str:
    """Decode a page as it says itself, else as any text."""
    declared = _DECLARED.search(data, 0, 4_096)
    if declared is not None:
        try:
            return data.decode(declared[1].decode("ascii"))
        except (LookupError, ValueError):
            pass
    return decode(data)


def words_of_html(page: str) -> str:
    """Give the words of a page, a line for each block."""
    bare = nh3.clean(_BREAKS.sub("\n<", page), tags=set(), clean_content_tags=set(UNSEEN))
    return _BLANK.sub("\n", html.unescape(bare)).strip()
