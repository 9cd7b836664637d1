"""The limits that ours is held against: Tesseract alone, and the way the peer reads."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # it carries no types

PROCESSES = 2
# As our readers by default: on a machine with other work, nobody gets more of it than the others.
NICE = ("nice", "-n", "10")
ONE_THREAD = {**os.environ, "OMP_THREAD_LIMIT": "1"}


def render(pdf: Path, folder: Path, dpi: int = 300) -> list[Path]:
    """Render the pages of a PDF to grey PNMs."""
    pages = []
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document):
            target = folder / f"{pdf.stem}-{number}.pgm"
            page.render(scale=dpi / 72, grayscale=True).to_pil().save(target)
            pages.append(target)
    return pages


def raw_seconds(pages: Sequence[Path]) -> float:
    """Read rendered pages with Tesseract alone, two processes of one thread each; give the wall seconds."""

    def read(page: Path) -> None:
        subprocess.run([*NICE, "tesseract", str(page), "-", "-l", "eng"], env=ONE_THREAD, capture_output=True, check=True)

    started = time.monotonic()
    with ThreadPoolExecutor(PROCESSES) as pool:
        list(pool.map(read, pages))
    return time.monotonic() - started


def peer_way(pdf: Path, target: Path) -> tuple[float, str]:
    """Read a document as the peer does: whole, with deskew, clean and rotate, two jobs, PDF/A; give the wall seconds and the text."""
    sidecar = target.with_suffix(".txt")
    options = ["--skip-text", "--deskew", "--clean", "--rotate-pages", "--rotate-pages-threshold", "12", "--language", "eng"]
    output = ["--jobs", str(PROCESSES), "--output-type", "auto", "--sidecar", str(sidecar)]
    command = [*NICE, sys.executable, "-m", "ocrmypdf", *options, *output, str(pdf), str(target)]
    started = time.monotonic()
    subprocess.run(command, capture_output=True, check=True)
    return time.monotonic() - started, sidecar.read_text()
