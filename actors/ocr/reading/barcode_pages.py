"""The barcodes of a page, looked for on its raster."""

from dataclasses import replace

from PIL import Image

from actors.ocr.messages import BarcodesRead, OcrSettings, PageSource, ReadBarcodes
from actors.ocr.reading.barcodes import make_reader
from actors.ocr.reading.raster import MOST_PIXELS, Raster, fitting_scale, rasterise

PDF = "application/pdf"


def read_barcodes(request: ReadBarcodes) -> BarcodesRead:
    """Read the barcodes of a page that is not read otherwise, or not yet. Raises PageUnreadable."""
    dpi = request.settings.barcode_dpi
    raster = rasterise(request.source, replace(request.settings, dpi=dpi), colours=False, most_dpi=dpi)
    return BarcodesRead(request.source.number, _payloads(raster, request.settings))


def page_barcodes(source: PageSource, settings: OcrSettings, raster: Raster) -> tuple[str, ...]:
    """Read the barcodes of a page whose raster is there: on that, unless they are to be read at another resolution."""
    if source.media_type == PDF and settings.barcode_dpi != settings.dpi:
        return read_barcodes(ReadBarcodes(source, settings)).payloads
    return _payloads(raster, settings)


def _payloads(raster: Raster, settings: OcrSettings) -> tuple[str, ...]:
    return make_reader().read(_enlarged(raster.grey, settings.barcode_upscale))


def _enlarged(image: Image.Image, factor: float) -> Image.Image:
    """Enlarge a page, no further than pages may be large."""
    width, height = image.width * factor, image.height * factor
    if factor <= 1 or fitting_scale(width, height, MOST_PIXELS) < 1:
        return image
    return image.resize((round(width), round(height)), Image.Resampling.BICUBIC)
