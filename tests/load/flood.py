"""Very many small files, made fast, and a watched folder that loses sight of them."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from fpdf import FPDF

from tests.faults.papers import word_of
from tests.invariants.leftovers import command_of
from tests.invariants.sent import Sent
from tests.ocr.papers import scan_pdf
from tests.running import Daemon

QUEUE = Path("/proc/sys/fs/inotify/max_queued_events")
# Of so many files one is a scan, of so many one a digital PDF; the others are notes. Here doors and rows are the point, not readers.
SCAN_EVERY = 100
PDF_EVERY = 10
SCAN_DPI = 150


def flood(count: int, first: int = 0) -> dict[str, Sent]:
    """Make so many files with their names, each with a word of its own."""
    return dict(file(number) for number in range(first, first + count))


def some_of_each(first: int) -> dict[str, Sent]:
    """Make a few files of every kind, so that whoever works on them has loaded what that takes; two scans, for two readers."""
    return dict(file(first + number) for number in (0, PDF_EVERY - 1, SCAN_EVERY - 1, 2 * SCAN_EVERY - 1))


def file(number: int) -> tuple[str, Sent]:
    """Make one file with its name."""
    if number % SCAN_EVERY == SCAN_EVERY - 1:
        return scan_file(number)
    return letter_file(number) if number % PDF_EVERY == PDF_EVERY - 1 else note_file(number)


def scan_file(number: int) -> tuple[str, Sent]:
    """Make a scan of one page."""
    text, word = text_of(number)
    return f"scan-{number:06d}.pdf", Sent(scan_pdf(text, dpi=SCAN_DPI), word)


def letter_file(number: int) -> tuple[str, Sent]:
    """Make a digital PDF of one page."""
    text, word = text_of(number)
    return f"letter-{number:06d}.pdf", Sent(letter(text), word)


def note_file(number: int) -> tuple[str, Sent]:
    """Make a text file."""
    text, word = text_of(number)
    return f"note-{number:06d}.txt", Sent(text.encode(), word)


def text_of(number: int) -> tuple[str, str]:
    """Write a text, and tell the word that stands in no other."""
    word = word_of(number)
    return f"paper number {number} that arrived here\nbears the word {word}", word


def letter(text: str) -> bytes:
    """Write a PDF of one page with a text layer, in a font that every reader has: embedding one would take most of the time."""
    pdf = FPDF(unit="pt", format="A4")
    pdf.set_font("Helvetica", size=11)
    pdf.add_page()
    for row, line in enumerate(text.split("\n")):
        pdf.text(50, 80 + 20 * row, line)
    return bytes(pdf.output())


def drop_at_once(daemon: Daemon, sent: dict[str, Sent]) -> None:
    """Move files into the watched folder as fast as can be; they are written elsewhere before."""
    staging = daemon.data.root / "staging"
    staging.mkdir()
    for name, each in sent.items():
        (staging / name).write_bytes(each.content)
    for name in sent:
        (staging / name).rename(daemon.data.consume / name)
    staging.rmdir()


@contextmanager
def overflowing(daemon: Daemon) -> Iterator[None]:
    """Hold the watcher and fill its queue of events, so that the system drops every event of what the block does; then let it go on."""
    watcher = watcher_of(daemon)
    watcher.send_signal(signal.SIGSTOP)
    try:
        # Hidden files are no documents. Each renaming is two events.
        here, there = daemon.data.consume / ".here", daemon.data.consume / ".there"
        here.touch()
        for _ in range(int(QUEUE.read_text()) // 4 + 1):
            here.rename(there)
            there.rename(here)
        here.unlink()
        yield
    finally:
        watcher.send_signal(signal.SIGCONT)


def watcher_of(daemon: Daemon) -> psutil.Process:
    """Find the watcher: the one actor that asks the system about folders."""
    found = [process for process in daemon.processes() if command_of(process).startswith("ray::Host") and asks_inotify(process)]
    assert len(found) == 1, found
    return found[0]


def asks_inotify(process: psutil.Process) -> bool:
    """Tell whether a process has an inotify instance open."""
    try:
        return any(str(link.readlink()) == "anon_inode:inotify" for link in Path(f"/proc/{process.pid}/fd").iterdir())
    except FileNotFoundError:  # one of the descriptors, or the process
        return False
