"""The limits that ours is held against: Tesseract alone, and the way the peer reads."""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Self

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


@dataclass(frozen=True, slots=True)
class Cost:
    """What was spent: time on the wall, and of the cores by programs that have ended."""

    seconds: float = 0.0
    cpu_seconds: float = 0.0

    def __add__(self, other: Self) -> "Cost":
        """Spend both."""
        return Cost(self.seconds + other.seconds, self.cpu_seconds + other.cpu_seconds)


def cost_of(act: Callable[[], object]) -> Cost:
    """Run programs, and tell what they took."""
    begun, cpu = time.monotonic(), children_cpu_seconds()
    act()
    return Cost(time.monotonic() - begun, children_cpu_seconds() - cpu)


def children_cpu_seconds() -> float:
    """Give what ended programs that we started have taken of the cores so far."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def read_raw(pages: Sequence[Path]) -> Cost:
    """Read rendered pages with Tesseract alone, two processes of one thread each."""

    def read(page: Path) -> None:
        subprocess.run([*NICE, "tesseract", str(page), "-", "-l", "eng"], env=ONE_THREAD, capture_output=True, check=True)

    def read_all() -> None:
        with ThreadPoolExecutor(PROCESSES) as pool:
            list(pool.map(read, pages))

    return cost_of(read_all)


def read_as_the_peer(pdf: Path, target: Path) -> tuple[Cost, str]:
    """Read a document as the peer does: whole, with deskew, clean and rotate, two jobs, PDF/A; give the cost and the text."""
    sidecar = target.with_suffix(".txt")
    options = ["--skip-text", "--deskew", "--clean", "--rotate-pages", "--rotate-pages-threshold", "12", "--language", "eng"]
    output = ["--jobs", str(PROCESSES), "--output-type", "auto", "--sidecar", str(sidecar)]
    command = [*NICE, sys.executable, "-m", "ocrmypdf", *options, *output, str(pdf), str(target)]
    cost = cost_of(lambda: subprocess.run(command, capture_output=True, check=True))
    return cost, sidecar.read_text()
