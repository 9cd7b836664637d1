"""Draws rows on sheets of A4, as a PDF with its typeface in it, and keeps what stands on each."""

from collections.abc import Iterable
from importlib.resources import files

from fpdf import FPDF
from fpdf.enums import MethodReturnValue

from actors.invoices.composing import compose, title_of
from actors.invoices.contents import Contents
from actors.invoices.rows import Cell, Row, Sheets, Style
from actors.invoices.wording import wording_of

TYPEFACE = files("ocrmypdf") / "data" / "NotoSans-Regular.ttf"  # Latin, Greek and Cyrillic
FAMILY = "Noto"
WIDTH, HEIGHT, MARGIN = 595.0, 842.0, 45.0
BETWEEN_CELLS = 6.0
GAP = 12.0
POINTS = {Style.TITLE: 16.0, Style.LABEL: 8.5, Style.PLAIN: 9.5}
LEADING = 1.4
MOST_PAGES = 250  # some seconds of work; 2,000 positions of five lines
BLACK, GREY = 0, 110


def draw_invoice(contents: Contents) -> Sheets:
    """Draw an invoice for people, in its own language."""
    wording = wording_of(contents)
    return draw(compose(contents, wording), title_of(contents, wording), wording.code)


def draw(rows: Iterable[Row], title: str, language: str, most_pages: int = MOST_PAGES) -> Sheets:
    """Draw rows, on as many pages as they need and may have."""
    desk = Desk(title, language)
    for row in rows:
        if desk.page_count >= most_pages:
            return desk.sheets(truncated=True)
        desk.put(row)
    return desk.sheets(truncated=False)


class Desk:
    """Sheets under way: where the next row goes, and the words of each page so far."""

    def __init__(self, title: str, language: str) -> None:
        self._pdf = FPDF(unit="pt", format=(WIDTH, HEIGHT))
        self._pdf.set_auto_page_break(False)
        self._pdf.c_margin = 0.0
        self._pdf.alias_nb_pages("")  # else "{nb}" in an invoice would become the number of its pages
        self._pdf.set_title(title)
        self._pdf.set_lang(language)
        self._pdf.add_font(FAMILY, fname=str(TYPEFACE))
        self._texts: list[list[str]] = []
        self._y = 0.0
        self._new_page()

    def put(self, row: Row) -> None:
        """Put a row below the last one: on the next page where it doesn't fit on this, and on several where it is higher than a page."""
        self._set_type(row.style)
        step = POINTS[row.style] * LEADING
        cells = [self._lines(cell) for cell in row.cells]
        count = max(len(lines) for lines in cells)
        self._y += GAP if row.gap else 0.0
        if self._room(step) < count and not self._is_fresh:
            self._new_page()
            if row.head is not None:
                self.put(row.head)
                self._set_type(row.style)
        begin = 0
        while begin < count:
            end = min(count, begin + max(1, self._room(step)))
            self._draw(row, [lines[begin:end] for lines in cells], step)
            self._texts[-1].append(row.text if end - begin == count else _text_of(lines[begin:end] for lines in cells))
            begin = end
            if begin < count:
                self._new_page()
                self._set_type(row.style)

    def sheets(self, *, truncated: bool) -> Sheets:
        """Finish."""
        return Sheets(bytes(self._pdf.output()), self.texts, truncated=truncated)

    @property
    def texts(self) -> tuple[str, ...]:
        """Give the text of each page so far."""
        return tuple("\n".join(texts) for texts in self._texts)

    @property
    def page_count(self) -> int:
        """Count the pages so far."""
        return len(self._texts)

    @property
    def _is_fresh(self) -> bool:
        return not self._texts[-1]

    def _room(self, step: float) -> int:
        return int((HEIGHT - MARGIN - self._y) / step)

    def _new_page(self) -> None:
        self._pdf.add_page()
        self._texts.append([])
        self._y = MARGIN

    def _set_type(self, style: Style) -> None:
        self._pdf.set_font(FAMILY, size=POINTS[style])
        self._pdf.set_text_color(GREY if style is Style.LABEL else BLACK)

    def _lines(self, cell: Cell) -> list[str]:
        """Break a cell's text into lines of its width."""
        width = _width(cell)
        lines: list[str] = []
        for line in cell.text.split("\n"):
            if self._pdf.get_string_width(line) <= width:
                lines.append(line)
            else:
                broken = self._pdf.multi_cell(width, text=line, align="L", dry_run=True, output=MethodReturnValue.LINES)
                lines += broken if isinstance(broken, list) else [line]
        return lines

    def _draw(self, row: Row, cells: list[list[str]], step: float) -> None:
        left = MARGIN
        for cell, lines in zip(row.cells, cells, strict=True):
            for at, line in enumerate(lines):
                self._pdf.set_xy(left, self._y + at * step)
                self._pdf.cell(_width(cell), step, line, align="R" if cell.right else "L")
            left += cell.share * (WIDTH - 2 * MARGIN)
        self._y += step * max(len(lines) for lines in cells)


def _width(cell: Cell) -> float:
    return cell.share * (WIDTH - 2 * MARGIN) - BETWEEN_CELLS


def _text_of(cells: Iterable[list[str]]) -> str:
    return "\n".join(line for lines in cells for line in lines)
