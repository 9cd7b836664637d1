"""Real pages yield the words that the corpus says they hold. Steps aside where the corpus is not there."""

import csv
import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from actors.ocr.errors import PageUnreadable
from actors.ocr.messages import OcrSettings, PageRead, PageSource, ReadPage
from actors.ocr.reading.reading import read_page

CORPUS = Path(os.environ.get("SCRIBA_CORPUS") or Path(__file__).parents[2].parent / "shared" / "corpus")
SETTINGS = OcrSettings(languages=("eng",))
QUICK = (
    "images/phototest-rotated-180.png",
    "images/phototest-rotated-L.png",
    "images/document.webp",
    "images/simple.heic",
    "images/baiona.png",
    "images/typewriter.png",
    "scans/graph.pdf",
    "scans/ocr_test_rotated_90.pdf",
    "scans/rotated_skew.pdf",
    "scans/2400dpi.pdf",
)
# A drop capital, drawn as a picture, begins the first phrase; the second is said not to be expected.
UNREADABLE = {"scans/c02-22.pdf": {"We went tip-toeing along a path amongst", "Chapter II"}}
IMAGES = {".png": "png", ".jpg": "jpeg", ".webp": "webp", ".bmp": "bmp", ".gif": "gif", ".heic": "heic"}

pytestmark = pytest.mark.skipif(not (CORPUS / "MANIFEST.tsv").exists(), reason=f"no corpus at {CORPUS}: set SCRIBA_CORPUS")


def pages(path: Path) -> Iterator[PageSource]:
    """Take a file apart into pages."""
    if path.suffix == ".pdf":
        with pikepdf.open(path) as pdf:
            for number, page in enumerate(pdf.pages, start=1):
                with pikepdf.new() as single:
                    single.pages.append(page)
                    output = io.BytesIO()
                    single.save(output)
                yield PageSource(number, output.getvalue(), "application/pdf")
    elif path.suffix == ".tiff":
        with Image.open(path) as image:
            for frame in range(getattr(image, "n_frames", 1)):
                image.seek(frame)
                output = io.BytesIO()
                image.save(output, "TIFF", dpi=image.info.get("dpi", (0, 0)))
                yield PageSource(frame + 1, output.getvalue(), "image/tiff")
    else:
        yield PageSource(1, path.read_bytes(), f"image/{IMAGES[path.suffix]}")


def read(name: str) -> list[PageRead]:
    return [read_page(ReadPage(page, SETTINGS)) for page in pages(CORPUS / name)]


def phrases(name: str) -> list[str]:
    with (CORPUS / "MANIFEST.tsv").open(encoding="utf-8") as manifest:
        expected = {row[0]: row[7] for row in csv.reader(manifest, delimiter="\t", quoting=csv.QUOTE_NONE)}[name]
    return [phrase for phrase in re.findall(r'"([^"]+)"', expected) if phrase not in UNREADABLE.get(name, set())]


def plain(text: str) -> str:
    return " ".join(text.replace("’", "'").lower().split())


def scanned() -> list[str]:
    if not CORPUS.exists():
        return []
    found = (f"{path.parent.name}/{path.name}" for folder in ("scans", "images") for path in sorted((CORPUS / folder).iterdir()))
    return [name for name in found if name not in QUICK and not name.startswith(("scans/lichtenstein", "images/no-text"))]


@pytest.mark.parametrize("name", QUICK)
def test_a_difficult_page_yields_its_words(name: str) -> None:
    text = plain(" ".join(page.text for page in read(name)))
    assert [phrase for phrase in phrases(name) if plain(phrase) not in text] == []


@pytest.mark.soak
@pytest.mark.parametrize("name", scanned())
def test_every_other_scan_and_image_yields_its_words(name: str) -> None:
    text = plain(" ".join(page.text for page in read(name)))
    assert [phrase for phrase in phrases(name) if plain(phrase) not in text] == []


@pytest.mark.parametrize("name", ["scans/lichtenstein.pdf", "images/no-text-alpha.png"])
def test_a_picture_without_text_is_not_turned_and_costs_at_most_four_readings(name: str) -> None:
    (page,) = read(name)
    assert (page.turned, page.text, page.readings <= 4) == (0, "", True)


def test_a_cut_off_photograph_is_read_in_part_or_refused() -> None:
    try:
        (page,) = read("broken/truncated.jpg")
    except PageUnreadable:
        return
    assert [notice.code for notice in page.notices] == ["image-damaged"]


@pytest.mark.soak
@pytest.mark.parametrize("name", ["broken/enormous.pdf", "broken/hugemono.pdf"])
def test_an_enormous_page_is_read_within_its_bounds(name: str) -> None:
    (page,) = read(name)
    assert page.width * page.height <= 60_100_000
    assert page.text
