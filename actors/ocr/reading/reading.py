"""The way of a page in the decoder: raster, reading, layer, thumbnail, barcodes, each made once from the same pixels."""

import os
import time
from functools import cache

from actors.ocr.engines.engine import Engine
from actors.ocr.engines.pytesseract_engine import PytesseractEngine
from actors.ocr.engines.tessdata import find_tessdata, usable_languages
from actors.ocr.engines.tesserocr_engine import TesserocrEngine
from actors.ocr.files.thumbnail import make_thumbnail
from actors.ocr.messages import EngineName, Notice, PageRead, ReadPage
from actors.ocr.reading.barcode_pages import page_barcodes
from actors.ocr.reading.layer import UprightPage, make_layer
from actors.ocr.reading.raster import Raster, rasterise
from actors.ocr.reading.rereading import BestReading, Rereading
from actors.ocr.reading.treatment import turn

READING_SHARE = 0.85  # of a page's seconds: layer and answer must still fit in before the decoder is killed


def read_page(request: ReadPage) -> PageRead:
    """Read one page."""
    deadline = time.monotonic() + request.settings.page_seconds * READING_SHARE
    engine = make_engine(request.settings.engine)
    languages, notices = usable_languages(request.settings.languages, engine.languages())
    raster = rasterise(request.source, request.settings, colours=request.thumbnail or request.replace_page)
    best = Rereading(raster.grey, raster.dpi, engine, request.settings, time.monotonic, deadline).best(languages)
    return _page_read(request, raster, best, notices)


@cache
def make_engine(name: EngineName) -> Engine:
    """Build an engine; it stays for the life of the process, and with it its models."""
    tessdata = find_tessdata(os.environ)
    match name:
        case EngineName.TESSEROCR:
            return TesserocrEngine(tessdata)
        case EngineName.PYTESSERACT:
            return PytesseractEngine(tessdata)


def _page_read(request: ReadPage, raster: Raster, best: BestReading, notices: tuple[Notice, ...]) -> PageRead:
    reading, treatment = best.reading, best.treatment
    upright = turn(raster.image, treatment.turned)
    page = UprightPage(upright.width, upright.height, raster.dpi, treatment.skew)
    number = request.source.number
    return PageRead(
        number=number,
        text=reading.text,
        words=reading.words,
        confidence=reading.confidence,
        turned=treatment.turned,
        skew=treatment.skew,
        width=upright.width,
        height=upright.height,
        dpi=raster.dpi,
        layer=make_layer(reading.words, page, upright if request.replace_page else None),
        thumbnail=make_thumbnail(upright) if request.thumbnail else b"",
        barcodes=page_barcodes(request.source, request.settings, raster) if request.barcodes else (),
        readings=best.readings,
        languages=best.languages,
        script=best.script,
        notices=tuple(Notice(notice.code, notice.message, number) for notice in (*raster.notices, *notices)),
    )
