"""Web pages laid out on sheets of paper: cleaned of all that runs or calls, and drawn without any connection."""

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

import nh3
from PIL import ImageFile
from weasyprint import HTML  # type: ignore[import-untyped]  # WeasyPrint ships no types
from weasyprint.urls import URLFetcher, URLFetcherResponse  # type: ignore[import-untyped]  # likewise

from actors.ocr.files.images import tolerating_truncation
from actors.ocr.files.mails import Picture
from actors.ocr.files.markup import UNSEEN

# WeasyPrint sets it for the whole process, and other tasks tell of such pictures.
ImageFile.LOAD_TRUNCATED_IMAGES = False

SHEET = """
@page { size: A4; margin: 18mm }
body { font: 10pt/1.4 sans-serif; overflow-wrap: anywhere }
pre { white-space: pre-wrap; font: inherit }
code, pre code { font-family: monospace }
img, table { max-width: 100% !important }
img { height: auto }
table { border-collapse: collapse }
table.head { width: 100%; border-bottom: 0.5pt solid #888; margin-bottom: 5mm }
table.head th { text-align: left; vertical-align: top; padding-right: 5mm; color: #555; font-weight: normal; width: 25mm }
"""
_TAGS = nh3.ALLOWED_TAGS | {"center", "font", "u", "s", "big", "main", "section", "caption"}
_SHAPES = {"style", "align", "valign", "bgcolor", "border", "cellpadding", "cellspacing", "width", "height", "color", "size", "class"}
_ATTRIBUTES = {**nh3.ALLOWED_ATTRIBUTES, "*": _SHAPES}
# None of these takes an address, and none moves a box over another or off the sheet.
_STYLES = frozenset(
    {"color", "background-color", "font-family", "font-size", "font-style", "font-weight", "line-height", "text-align", "text-decoration",
     "vertical-align", "white-space", "margin", "margin-top", "margin-right", "margin-bottom", "margin-left", "padding", "padding-top",
     "padding-right", "padding-bottom", "padding-left", "border", "border-top", "border-right", "border-bottom", "border-left",
     "border-collapse", "border-color", "border-style", "border-width", "width", "max-width", "display", "list-style-type"}
)  # fmt: skip
_SHOWN = re.compile(r"cid:|data:image/(?:png|jpeg|gif|webp);base64,", re.IGNORECASE)


def cleaned(page: str) -> str:
    """Take out scripts, styles of whole pages, and pictures that lie elsewhere: to fetch one would tell its owner that it was opened."""
    return nh3.clean(
        page,
        tags=set(_TAGS),
        clean_content_tags=set(UNSEEN),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=_kept,
        filter_style_properties=set(_STYLES),
        url_schemes={"cid", "data", "http", "https", "mailto", "tel"},
    )


def lay_out(page: str, target: Path, pictures: Mapping[str, Picture] | None = None) -> None:
    """Write a page as PDF; pictures stand in it by their content ids."""
    document = HTML(string=f"<style>{SHEET}</style>{cleaned(page)}", url_fetcher=_Enclosed(pictures or {}))
    with tolerating_truncation():  # a picture that breaks off is shown as far as it goes
        document.write_pdf(target, presentational_hints=True, pdf_variant="pdf/a-2u")


def _kept(tag: str, name: str, value: str) -> str | None:
    if name == "src" or (tag == "img" and name == "srcset"):
        return value if _SHOWN.match(value) else None
    if name == "class":
        return value if (tag, value) == ("table", "head") else None
    return value


class _Enclosed(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
    """Gives pictures that came with a page, and nothing else; it opens no connection and no file."""

    def __init__(self, pictures: Mapping[str, Picture]) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self._pictures = pictures

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """Answer an address."""
        scheme, _, rest = url.partition(":")
        if scheme.lower() == "data":
            return super().fetch(url, headers)
        picture = self._pictures.get(unquote(rest)) if scheme.lower() == "cid" else None
        if picture is None:
            raise ValueError("nothing is fetched")
        return URLFetcherResponse(url, picture.content, {"Content-Type": picture.mime_type})
