"""What it takes to find the dates of a document, and how often the first one is right, beside the way of taking the first date there is."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from statistics import median
from time import process_time

from actors.dates.candidates import DateHints
from actors.dates.finder import find_dates
from tests.bench.report import Report
from tests.dates.papers import HELD_OUT, papers
from tests.dates.test_accuracy import accuracy

ROUNDS = 100
PAGES = 10
LINES = 22
LINE = "Sehr geehrte Damen und Herren, wir berechnen Ihnen wie folgt die Lieferung von 12 Stück zum Preis von 1.234,56 EUR je Stück.\n"
ROW = "05.03.2018 06.03. Überweisung an Muster GmbH RE 4711   -12,00 EUR\n"
HINTS = DateHints(date(2024, 5, 15), "de")


def measure(_folder: Path) -> Report:
    """Find the dates of a bill and a statement, and of all papers that the tests hold out."""
    bill = next(papers(HELD_OUT, 1, 1)).pages[0] + LINE * LINES
    further = f"Rechnung vom 05.03.2018\n{LINE * LINES}"
    first, offered, earliest = accuracy(papers(HELD_OUT, 10, 1))
    return {
        "dates": {
            "ten_pages_cpu_ms": cpu_of([bill, *[further] * (PAGES - 1)]),
            "ten_pages_of_50_dates_cpu_ms": cpu_of([ROW * 50] * PAGES),
            "first_right_percent": 100 * first,
            "among_three_percent": 100 * offered,
            "first_date_right_percent": 100 * earliest,
        }
    }


def cpu_of(pages: Sequence[str]) -> float:
    """Give the milliseconds of a processor that half of the rounds keep: what else the machine does counts less than in a clock's time."""
    times = []
    for _ in range(ROUNDS):
        begun = process_time()
        find_dates(pages, HINTS)
        times.append(1000 * (process_time() - begun))
    return median(times)
