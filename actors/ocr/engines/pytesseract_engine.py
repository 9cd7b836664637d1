"""Tesseract as a program, one process for each reading."""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from shlex import quote

import pytesseract  # type: ignore[import-untyped]  # pytesseract ships no types
from PIL import Image

from actors.ocr.disk import writing
from actors.ocr.engines.engine import Orientation, Reading
from actors.ocr.engines.tessdata import models, only_languages
from actors.ocr.engines.tsv import parse_tsv
from actors.ocr.errors import OutOfTime, PageUnreadable


class PytesseractEngine:
    """Reads through pytesseract. Keeps nothing from page to page."""

    def __init__(self, tessdata: Path) -> None:
        self._tessdata = tessdata

    def languages(self) -> frozenset[str]:
        """Name the installed languages."""
        return only_languages(models(self._tessdata))

    def read(self, image: Image.Image, languages: Sequence[str], dpi: float, seconds: float) -> Reading:
        """Read all words."""
        return parse_tsv(self._run(pytesseract.image_to_data, image, "+".join(languages), dpi, seconds, "--psm 3"))

    def orient(self, image: Image.Image, dpi: float, seconds: float) -> Orientation | None:
        """Judge orientation and script."""
        if "osd" not in models(self._tessdata):
            return None
        try:
            report = self._run(pytesseract.image_to_osd, image, "osd", dpi, seconds, "--psm 0")
        except OutOfTime:
            raise
        except PageUnreadable:  # tesseract's way to say that there are too few characters
            return None
        facts = dict(line.split(": ", 1) for line in report.splitlines() if ": " in line)
        certainty, script_certainty = float(facts["Orientation confidence"]), float(facts["Script confidence"])
        return Orientation(int(facts["Rotate"]), certainty, facts["Script"], script_certainty)

    def _run(self, command: Callable[..., object], image: Image.Image, language: str, dpi: float, seconds: float, mode: str) -> str:
        config = f"--tessdata-dir {quote(str(self._tessdata))} --dpi {round(dpi)} {mode}"
        # A path to uncompressed pixels: given an image, pytesseract would encode a PNG first.
        with writing(), tempfile.NamedTemporaryFile(suffix=".pgm") as page:
            image.save(page.name)
            try:
                return str(command(page.name, lang=language, config=config, timeout=seconds))
            except pytesseract.TesseractError as error:
                raise PageUnreadable(f"tesseract failed: {str(error.message)[-200:]}") from error
            except pytesseract.TesseractNotFoundError as error:
                raise PageUnreadable("the program tesseract is not installed (Debian: tesseract-ocr)") from error
            except RuntimeError as error:  # how pytesseract reports its time-out
                raise OutOfTime(f"reading took longer than {seconds:.0f} s") from error
