"""What goes to the terminal: tables and lines on stdout, words for the person on stderr."""

import unicodedata
from collections.abc import Sequence

from rich.console import Console, RenderableType
from rich.measure import Measurement
from rich.style import StyleType
from rich.table import Column, Table

_LEAST_TEXT = 8
_TURNS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})

out = Console(highlight=False, emoji=False, markup=False)
err = Console(stderr=True, highlight=False, emoji=False, markup=False)


class PlainTable(Table):
    """A table whose cells command no terminal, whoever wrote what is in them."""

    def add_row(self, *cells: RenderableType | None, style: StyleType | None = None, end_section: bool = False) -> None:
        """Add a row; text is shown plain."""
        shown = [plain(cell) if isinstance(cell, str) else cell for cell in cells]
        super().add_row(*shown, style=style, end_section=end_section)


def say(text: str) -> None:
    """Tell the person something that is no part of the answer."""
    err.print(plain_lines(text), soft_wrap=True)


def plain_lines(text: str) -> str:
    """Take out what could command the terminal, but leave the lines."""
    return "\n".join(plain(line) for line in text.splitlines())


def plain(text: str) -> str:
    """Take out what could command the terminal, turn the line round or break it: titles and names come from outside."""
    return "".join(" " if letter.isspace() else "\ufffd" if _is_harmful(letter) else letter for letter in text)


def _is_harmful(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cs") or unicodedata.bidirectional(letter) in _TURNS


def new_table(*, show_header: bool = True) -> Table:
    """Make a table without frames, as all of ours look."""
    return PlainTable(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold", show_header=show_header)


def add_text_column(table: Table, header: str) -> None:
    """Add the column of free text, which gives way when the row is too long."""
    table.add_column(header, no_wrap=True, overflow="ellipsis", ratio=1)


def add_column(table: Table, header: str, *, right: bool = False, style: str = "") -> None:
    """Add a column that is always shown whole."""
    table.add_column(header, no_wrap=True, justify="right" if right else "left", style=style)


def print_table(table: Table) -> None:
    """Print a table so that its free texts share the width that the other columns leave; rich would take from each."""
    taken = sum(_width(column) for column in table.columns if not column.ratio)
    gaps = 2 * (len(table.columns) - 1)
    texts = [column for column in table.columns if column.ratio]
    most = widest([_width(column) for column in texts], out.width - taken - gaps)
    for column in texts:
        column.max_width = max(most, _LEAST_TEXT)
    out.print(table)


def widest(widths: Sequence[int], room: int) -> int:
    """Tell how wide each of some columns may be at most, so that they have room beside each other: the widest give way first."""
    fits = (most for most in range(max(widths, default=0), 0, -1) if sum(min(width, most) for width in widths) <= room)
    return next(fits, 0)


def _width(column: Column) -> int:
    cells = (column.header, *column.cells)
    return max(Measurement.get(out, out.options, cell).maximum for cell in cells)
