"""Makes documents for tests: scans, digital pages, locked and signed ones, and layers to lay over them."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO

import pikepdf
from fpdf import FPDF
from fpdf.enums import TextMode
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw, ImageFont

POINTS_PER_INCH = 72
A4 = (595, 842)
TYPEFACE = str(files("ocrmypdf") / "data" / "NotoSans-Regular.ttf")


@dataclass(frozen=True, slots=True)
class Spot:
    """A word on an upright page: left edge and baseline in points from the top left corner, and the size of its type."""

    text: str
    left: float
    baseline: float
    points: float = 24.0


def picture(spots: Sequence[Spot], *, size: tuple[int, int] = A4, dpi: int = 100) -> Image.Image:
    """Draw words black on white, in greys, as a scanner of `dpi` would see a page of `size` points."""
    scale = dpi / POINTS_PER_INCH
    image = Image.new("L", (round(size[0] * scale), round(size[1] * scale)), 255)
    draw = ImageDraw.Draw(image)
    for spot in spots:
        font = ImageFont.truetype(TYPEFACE, spot.points * scale)
        draw.text((spot.left * scale, spot.baseline * scale), spot.text, fill=0, font=font, anchor="ls")
    return image


def text_layer(spots: Sequence[Spot], *, size: tuple[float, float] = A4) -> bytes:
    """Write a one-page PDF of invisible words, as a reader answers with."""
    pdf = FPDF(unit="pt", format=size)
    pdf.add_page()
    pdf.add_font("Noto", fname=TYPEFACE)
    for spot in spots:
        pdf.set_font("Noto", size=spot.points)
        with pdf.local_context(text_mode=TextMode.INVISIBLE):
            pdf.text(spot.left, spot.baseline, spot.text)
    return bytes(pdf.output())


def lines(text: str, *, points: float = 14.0) -> list[Spot]:
    """Set the lines of a text below each other."""
    return [Spot(line, 50, 80 + index * points * 1.8, points) for index, line in enumerate(text.split("\n"))]


def digital_pdf(*texts: str) -> bytes:
    """Write a PDF with one page of real text per argument, its font embedded."""
    pdf = FPDF(unit="pt", format=A4)
    pdf.add_font("Noto", fname=TYPEFACE)
    for text in texts:
        pdf.add_page()
        pdf.set_font("Noto", size=14)
        for spot in lines(text):
            pdf.text(spot.left, spot.baseline, spot.text)
    return bytes(pdf.output())


def scan_pdf(*texts: str, dpi: int = 100) -> bytes:
    """Write a PDF with one page per argument that holds nothing but a picture of the text."""
    return picture_pdf([picture(lines(text), dpi=dpi) for text in texts], dpi=dpi)


def picture_pdf(
    pictures: Sequence[Image.Image],
    *,
    dpi: int = 100,
    turned: int = 0,
    rotate: int = 0,
    margins: tuple[int, int] = (0, 0),
    jpeg: bool = True,
) -> bytes:
    """Write pictures as the pages of a PDF.

    `turned`: the page lies on its side and must be turned clockwise by so many degrees to be upright. `rotate`: what /Rotate says.
    `margins`: points that the crop box cuts off around the picture (left and right, bottom and top).
    """
    with pikepdf.new() as pdf:
        for upright in pictures:
            _add_picture(pdf, upright.rotate(turned + rotate, expand=True), dpi, rotate, margins, jpeg=jpeg)
        return _bytes(pdf)


def _add_picture(pdf: pikepdf.Pdf, image: Image.Image, dpi: int, rotate: int, margins: tuple[int, int], *, jpeg: bool) -> None:
    across, up = margins
    width, height = image.width * POINTS_PER_INCH / dpi, image.height * POINTS_PER_INCH / dpi
    pdf.add_blank_page(page_size=(width + 2 * across, height + 2 * up))
    page = pdf.pages[-1]
    page.obj[Name.Rotate] = rotate
    if margins != (0, 0):
        page.obj[Name.CropBox] = Array([across, up, across + width, up + height])
    data = BytesIO()
    if jpeg:
        image.save(data, "JPEG", quality=80)
    stream = pdf.make_stream(data.getvalue() if jpeg else image.tobytes())
    stream.stream_dict = Dictionary(
        Type=Name.XObject, Subtype=Name.Image, Width=image.width, Height=image.height, ColorSpace=Name.DeviceGray, BitsPerComponent=8
    )
    if jpeg:
        stream[Name.Filter] = Name.DCTDecode
    page.obj[Name.Resources] = Dictionary(XObject=Dictionary(Scan=stream))
    page.obj[Name.Contents] = pdf.make_stream(f"q {width} 0 0 {height} {across} {up} cm /Scan Do Q".encode())


def with_layer(scan: bytes, spots: Sequence[Spot]) -> bytes:
    """Lay invisible words over the first page of a scan, as another OCR program did once."""
    with pikepdf.open(BytesIO(scan)) as pdf, pikepdf.open(BytesIO(text_layer(spots))) as layer:
        pdf.pages[0].add_overlay(layer.pages[0], None)
        return _bytes(pdf)


def with_stamp(scan: bytes, text: str) -> bytes:
    """Print a short visible text over the first page of a scan, as a registry does."""
    with pikepdf.open(BytesIO(scan)) as pdf, pikepdf.open(BytesIO(digital_pdf(text))) as stamp:
        pdf.pages[0].add_overlay(stamp.pages[0], None)
        return _bytes(pdf)


def encrypted_pdf(text: str, *, password: str, owner: str = "owner") -> bytes:
    """Write a digital PDF that `password` opens; '' opens by itself and is encrypted all the same."""
    with pikepdf.open(BytesIO(digital_pdf(text))) as pdf:
        return _bytes(pdf, encryption=pikepdf.Encryption(user=password, owner=owner))


def signed_pdf(document: bytes) -> bytes:
    """Give a PDF a signature field with a (false) signature in it."""
    with pikepdf.open(BytesIO(document)) as pdf:
        signature = pdf.make_indirect(Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), Contents=pikepdf.String("none")))
        field = pdf.make_indirect(Dictionary(FT=Name.Sig, T=pikepdf.String("Signature1"), V=signature))
        pdf.Root[Name.AcroForm] = Dictionary(Fields=Array([field]), SigFlags=3)
        return _bytes(pdf)


def form_pdf(label: str, value: str) -> bytes:
    """Write a digital PDF with a text field that someone has filled in."""
    with pikepdf.open(BytesIO(digital_pdf(label))) as pdf:
        font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        look = pdf.make_stream(f"BT /Helv 12 Tf 2 5 Td ({value}) Tj ET".encode())
        look.stream_dict = Dictionary(
            Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 200, 20]), Resources=Dictionary(Font=Dictionary(Helv=font))
        )
        field = Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=pikepdf.String("name"), V=pikepdf.String(value), F=4,
            Rect=Array([50, 600, 250, 620]), DA=pikepdf.String("/Helv 12 Tf 0 g"), AP=Dictionary(N=look),
        )  # fmt: skip
        widget = pdf.make_indirect(field)
        pdf.pages[0].obj[Name.Annots] = Array([widget])
        pdf.Root[Name.AcroForm] = Dictionary(Fields=Array([widget]), DR=Dictionary(Font=Dictionary(Helv=font)))
        return _bytes(pdf)


def tiff(pictures: Sequence[Image.Image], *, dpi: int = 100) -> bytes:
    """Write pictures as the pages of a TIFF."""
    data = BytesIO()
    pictures[0].save(data, "TIFF", save_all=True, append_images=list(pictures[1:]), compression="tiff_deflate", dpi=(dpi, dpi))
    return data.getvalue()


def _bytes(pdf: pikepdf.Pdf, encryption: pikepdf.Encryption | bool = False) -> bytes:
    data = BytesIO()
    pdf.save(data, encryption=encryption)
    return data.getvalue()
