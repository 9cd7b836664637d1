"""What an OCR engine is to this room, and what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PIL import Image

from actors.ocr.messages import Word


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of one run of the engine, in reading order.

    `text` keeps lines and paragraphs. `confidence` (0–100) is the mean over the words, each weighted by its letters and digits: punctuation
    and specks say little about a page.
    """

    words: tuple[Word, ...] = ()
    text: str = ""
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Orientation:
    """How a page seems to lie: `turned` degrees clockwise make it upright. `certainty` grows from 0.

    `script` is tesseract's name or '', and `script_certainty` grows from 0, too.
    """

    turned: int
    certainty: float
    script: str = ""
    script_certainty: float = 0.0


class Engine(Protocol):
    """Reads one grey image (mode L, dark on light) of a page.

    Boxes are in pixels of the image given, origin top left. Languages are tesseract's codes and must be among `languages()`. Raises
    `OutOfTime` when `seconds` pass, `PageUnreadable` when the engine fails. An image without text is an empty `Reading`.
    """

    def languages(self) -> frozenset[str]:
        """Name the installed languages, without the orientation model."""
        ...

    def read(self, image: Image.Image, languages: Sequence[str], dpi: float, seconds: float) -> Reading:
        """Read all words."""
        ...

    def orient(self, image: Image.Image, dpi: float, seconds: float) -> Orientation | None:
        """Judge orientation and script, or None where there is too little text to tell (or no `osd` model)."""
        ...
