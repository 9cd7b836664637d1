"""How documents are to be read again, as a person says it."""

from enum import StrEnum
from typing import Annotated

import typer

from scriba.v1.documents_pb2 import OcrMode


class Mode(StrEnum):
    """What reading again does with text that is there."""

    SKIP = "skip"
    REDO = "redo"
    FORCE = "force"
    OFF = "off"


ReadingMode = Annotated[Mode | None, typer.Option("--mode", help="What to do with text that is there (default: the server's setting).")]
ReadingLanguage = Annotated[str, typer.Option("--language", help="For example deu+eng (default: the server's setting).")]


def ocr_mode(mode: Mode | None) -> OcrMode.ValueType:
    """Return the contract's mode for one that was typed, if any."""
    return OcrMode.Value(f"OCR_MODE_{mode.name}") if mode else OcrMode.OCR_MODE_UNSPECIFIED
