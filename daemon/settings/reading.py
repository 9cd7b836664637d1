"""Settings of the reading of pages."""

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, ByteSize, Field, PlainSerializer
from pydantic_settings import NoDecode

from actors.ocr.messages import EngineName, MailLayout, OcrMode, OcrSettings, When
from daemon.settings.barcodes import BarcodeSection
from daemon.settings.sizes import GIBIBYTE, MEBIBYTE
from daemon.settings.words import read_languages, read_mode, read_when


def _check_language(language: str) -> str:
    if not re.fullmatch(r"[A-Za-z][A-Za-z_]*(/[A-Za-z_]+)?", language):
        raise ValueError("must be Tesseract's names joined by +, for example deu+eng")
    return language


Languages = Annotated[
    tuple[Annotated[str, AfterValidator(_check_language)], ...],
    NoDecode,
    BeforeValidator(read_languages),
    PlainSerializer("+".join),
    Field(min_length=1, max_length=10),
]
Treatment = Annotated[When, BeforeValidator(read_when)]


class ReadingSection(BarcodeSection):
    """How pages are read; barcodes are found on the same images."""

    ocr_language: Languages = Field(("eng",), description="Tesseract's languages on the paper, with + between: deu+eng.")
    ocr_detect_language: bool = Field(
        True, description="Read pages again in the language they turn out to be in, where Tesseract's model for it is installed."
    )
    ocr_mode: Annotated[OcrMode, BeforeValidator(read_mode)] = Field(
        OcrMode.SKIP,
        description="`skip` reads pages without text (also written `auto`), `redo` also those read before, `force` all, `off` none.",
    )
    ocr_engine: EngineName = Field(EngineName.TESSEROCR, description="How Tesseract is called: in the process, or as a program.")
    ocr_clean: Treatment = Field(When.AUTO, description="Clean page images before reading: `auto` only doubtful pages.")
    ocr_deskew: Treatment = Field(When.AUTO, description="Straighten pages: `auto` only doubtful ones.")
    ocr_rotate_pages: Treatment = Field(When.AUTO, description="Turn pages upright: `auto` only doubtful ones.")
    ocr_pages: int = Field(0, ge=0, le=5_000, description="Read only the first pages of a document; 0 reads all.")
    ocr_dpi: int = Field(300, ge=72, le=600, description="Dots per inch at which PDF pages are read.")
    ocr_image_dpi: int = Field(0, ge=0, le=2_400, description="Dots per inch of images that don't say; 0 takes the width for A4.")
    ocr_max_image_pixels: int = Field(250_000_000, ge=1_000_000, le=1_000_000_000, description="Larger images are not read.")
    ocr_max_pages: int = Field(5_000, ge=1, le=100_000, description="Documents with more pages are not read.")
    ocr_page_seconds: float = Field(180, ge=1, le=3_600, description="A page that takes longer is given up; the others go on.")
    ocr_page_memory_bytes: ByteSize = Field(ByteSize(2 * GIBIBYTE), ge=200 * MEBIBYTE, description="Memory that one page may take.")
    ocr_document_seconds: float = Field(600, ge=1, le=86_400, description="Time for what is done to a document as a whole, reading aside.")
    email_parse_default_layout: int = Field(
        1, ge=1, le=4, description="Forms in which mails are shown: 1 text, then HTML; 2 HTML, then text; 3 HTML; 4 text."
    )
    tika_enabled: bool = Field(False, description="Have office files made PDFs by the Gotenberg that `tika_gotenberg_endpoint` names.")
    tika_gotenberg_endpoint: str = Field(
        "http://localhost:3000",
        pattern=r"^https?://[^\s/?#@]+(/[^\s?#]*)?$",
        description="The address of a Gotenberg. Its PDFs have the words in them: no Tika is asked for these.",
    )
    ocr_workers: int = Field(0, ge=0, le=1_024, description="Pages read at once on this machine; 0 is as many as cores and memory carry.")
    background_load: int = Field(100, ge=1, le=100, description="Percent of this machine's cores that reading may keep busy.")
    ocr_niceness: int = Field(10, ge=0, le=19, description="How much the readers give way to other programs: 19 most.")

    def gotenberg(self) -> str:
        """Give the address of the service for office files, '' where none is used."""
        return self.tika_gotenberg_endpoint if self.tika_enabled else ""

    def ocr(self) -> OcrSettings:
        """Give the part that page readers and binders get."""
        return OcrSettings(
            languages=self.ocr_language,
            mode=self.ocr_mode,
            engine=self.ocr_engine,
            rotate=self.ocr_rotate_pages,
            deskew=self.ocr_deskew,
            clean=self.ocr_clean,
            first_pages=self.ocr_pages,
            dpi=self.ocr_dpi,
            image_dpi=self.ocr_image_dpi,
            max_pixels=self.ocr_max_image_pixels,
            max_pages=self.ocr_max_pages,
            page_seconds=self.ocr_page_seconds,
            page_memory_bytes=int(self.ocr_page_memory_bytes),
            document_seconds=self.ocr_document_seconds,
            detect_language=self.ocr_detect_language,
            mail_layout=tuple(MailLayout)[self.email_parse_default_layout - 1],
            barcodes=self.barcodes().wanted,
            barcode_dpi=self.consumer_barcode_dpi,
            barcode_upscale=self.consumer_barcode_upscale,
            barcode_pages=self.consumer_barcode_max_pages,
        )
