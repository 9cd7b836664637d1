"""Files that need no reading: digital PDFs and notes, each different from all others."""

from pathlib import Path

from fpdf import FPDF

from tests.bench.scans import page_text

POINTS = 11
LINE_POINTS = 15
MARGIN = 50


def write_pdf(path: Path, seed: int, pages: int = 2) -> Path:
    """Write a PDF with a text layer and no image."""
    pdf = FPDF(unit="pt", format="A4")
    pdf.set_font("Helvetica", size=POINTS)
    for page in range(pages):
        pdf.add_page()
        for number, line in enumerate(page_text(seed * pages + page)):
            pdf.text(MARGIN, MARGIN + number * LINE_POINTS, line)
    path.write_bytes(bytes(pdf.output()))
    return path


def write_note(path: Path, seed: int) -> Path:
    """Write a plain text of one page."""
    path.write_text("\n".join(page_text(seed)))
    return path
