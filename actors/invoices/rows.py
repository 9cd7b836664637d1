"""What stands on readable sheets, row by row, before anyone draws it, and what comes of that."""

from dataclasses import dataclass, field
from enum import StrEnum


class Style(StrEnum):
    """How a row looks."""

    TITLE = "title"
    LABEL = "label"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Cell:
    """Some text in a share of the row's width; `right` puts it to the right edge, where the digits of numbers meet."""

    text: str
    share: float = 1.0
    right: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side. `head` is what stands over the row again where a new page begins with it."""

    cells: tuple[Cell, ...]
    style: Style = Style.PLAIN
    gap: bool = False
    head: "Row | None" = None

    @property
    def text(self) -> str:
        """Write it as text; cells of several lines one after the other."""
        texts = [cell.text for cell in self.cells if cell.text]
        return ("\n" if any("\n" in text for text in texts) else "  ").join(texts)


@dataclass(frozen=True, slots=True)
class Sheets:
    """A readable version: the PDF, and the text of each of its pages. `truncated`: it would have been too many."""

    pdf: bytes = field(repr=False)
    texts: tuple[str, ...]
    truncated: bool = False
