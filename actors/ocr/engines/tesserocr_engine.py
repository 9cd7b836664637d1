"""Tesseract in this process, its models kept loaded from page to page."""

from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path

import tesserocr  # type: ignore[import-untyped]  # its stub has no py.typed marker
from PIL import Image

from actors.ocr.engines.engine import Orientation, Reading
from actors.ocr.engines.tessdata import models, only_languages
from actors.ocr.engines.tsv import parse_tsv
from actors.ocr.errors import OutOfTime, PageUnreadable

MODELS_KEPT = 3  # the page's languages, orientation, and one more to try: each holds 20–60 MB


class TesserocrEngine:
    """Reads through tesserocr. Holds loaded models, nothing else: a restart costs their loading time, about 70 ms each."""

    def __init__(self, tessdata: Path) -> None:
        self._tessdata = tessdata
        self._models = models(tessdata)
        self._loaded: OrderedDict[tuple[str, int], tesserocr.PyTessBaseAPI] = OrderedDict()

    def languages(self) -> frozenset[str]:
        """Name the installed languages."""
        return only_languages(self._models)

    def read(self, image: Image.Image, languages: Sequence[str], dpi: float, seconds: float) -> Reading:
        """Read all words."""
        api = self._load("+".join(languages), tesserocr.PSM.AUTO)
        _show(api, image, dpi)
        try:
            if not api.Recognize(max(1, int(seconds * 1000))):
                raise OutOfTime(f"reading took longer than {seconds:.0f} s")
            return parse_tsv(api.GetTSVText(0))
        finally:
            api.Clear()

    def orient(self, image: Image.Image, dpi: float, seconds: float) -> Orientation | None:  # noqa: ARG002  # it has no time-out
        """Judge orientation and script."""
        if "osd" not in self._models:
            return None
        api = self._load("osd", tesserocr.PSM.OSD_ONLY)
        _show(api, image, dpi)
        try:
            found = api.DetectOrientationScript()
        finally:
            api.Clear()
        if not found:
            return None
        return Orientation((360 - found["orient_deg"]) % 360, found["orient_conf"], found["script_name"], found["script_conf"])

    def _load(self, language: str, mode: int) -> tesserocr.PyTessBaseAPI:
        key = (language, mode)
        if key not in self._loaded:
            try:
                self._loaded[key] = tesserocr.PyTessBaseAPI(path=str(self._tessdata), lang=language, psm=mode)
            except RuntimeError as error:
                raise PageUnreadable(f"tesseract can't load its model for {language}") from error
            if len(self._loaded) > MODELS_KEPT:
                self._loaded.popitem(last=False)[1].End()
        self._loaded.move_to_end(key)
        return self._loaded[key]


def _show(api: tesserocr.PyTessBaseAPI, image: Image.Image, dpi: float) -> None:
    """Hand over the raw pixels: the ordinary way would go through an encoded file."""
    api.SetImageBytes(image.tobytes(), image.width, image.height, 1, image.width)
    api.SetSourceResolution(round(dpi))
