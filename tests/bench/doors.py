"""The doors: how fast files are taken in for good, and how fast those that need no reading are ready."""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count, islice
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # it carries no types

import scriba
from tests.bench.digital import write_note, write_pdf
from tests.bench.raw import NICE, PROCESSES
from tests.bench.report import Report
from tests.bench.waiting import MOST_SECONDS, accepted, at_rest, wait_for_accepted
from tests.running import Daemon, running, wait_until

NOTES = 200
PDFS = 40
PEER_PDFS = 3
UPLOADS_AT_ONCE = 4
# The least that the settings allow: a door is measured, not the patience of the watcher.
SETTLE_SECONDS = 0.1


def measure(folder: Path) -> Report:
    """Take notes in through the folder and by upload, with no reader at work but on them; then digital PDFs up to ready."""
    seeds = count()
    dropped, sent, raw = ([write_note(folder / f"note-{seed:05d}.txt", seed) for seed in islice(seeds, NOTES)] for _ in range(3))
    pdfs = [write_pdf(folder / f"letter-{seed:05d}.pdf", seed) for seed in islice(seeds, PDFS)]
    limit = NOTES / store_raw(raw, folder / "raw")
    with running(folder / "data", consumer_stability_delay=str(SETTLE_SECONDS)) as daemon, daemon.client() as client:
        by_folder = NOTES / drop(daemon, client, dropped)
        wait_until(lambda: at_rest(client), MOST_SECONDS, daemon.story)
        by_upload = NOTES / send(client, sent)
        wait_until(lambda: at_rest(client), MOST_SECONDS, daemon.story)
        begun = time.monotonic()
        drop(daemon, client, pdfs)
        wait_until(lambda: at_rest(client), MOST_SECONDS, daemon.story)
        ready = PDFS / (time.monotonic() - begun)
    raw_ready = PDFS / look_raw(pdfs)
    peer_ready = PEER_PDFS / convert_as_the_peer(pdfs[:PEER_PDFS], folder)
    return {
        "doors": {
            "file_bytes": sum(note.stat().st_size for note in sent) / NOTES,
            "raw_per_second": limit,
            "folder_per_second": by_folder,
            "folder_ratio_to_raw": by_folder / limit,
            "upload_per_second": by_upload,
            "upload_ratio_to_raw": by_upload / limit,
        },
        "digital": {
            "pdfs_per_second": ready,
            "raw_per_second": raw_ready,
            "ratio_to_raw": ready / raw_ready,
            "peer_per_second": peer_ready,
            "ratio_to_peer_way": ready / peer_ready,
        },
    }


def store_raw(files: list[Path], folder: Path) -> float:
    """Store files as safely as can be and no more: written, synced, renamed, the folder synced, and a row committed; give the seconds."""
    folder.mkdir()
    directory = os.open(folder, os.O_RDONLY)
    rows = sqlite3.connect(folder / "rows.db", isolation_level=None)
    rows.execute("PRAGMA synchronous=FULL")
    rows.execute("CREATE TABLE files (name TEXT PRIMARY KEY, size INTEGER)")
    begun = time.monotonic()
    for file in files:
        data, part = file.read_bytes(), folder / "part"
        with part.open("wb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        part.rename(folder / file.name)
        os.fsync(directory)
        rows.execute("INSERT INTO files VALUES (?, ?)", (file.name, len(data)))
    seconds = time.monotonic() - begun
    rows.close()
    os.close(directory)
    return seconds


def drop(daemon: Daemon, client: scriba.Client, files: list[Path]) -> float:
    """Drop files and wait until all are accepted; give the seconds."""
    wanted = accepted(client) + len(files)
    begun = time.monotonic()
    for file in files:
        shutil.copy(file, daemon.data.consume)
    wait_for_accepted(daemon, client, wanted)
    return time.monotonic() - begun


def send(client: scriba.Client, files: list[Path]) -> float:
    """Upload files, some at once; give the seconds. An upload that is answered is stored for good."""
    begun = time.monotonic()
    with ThreadPoolExecutor(UPLOADS_AT_ONCE) as pool:
        list(pool.map(client.upload, files))
    return time.monotonic() - begun


def look_raw(pdfs: list[Path]) -> float:
    """Take the text out of PDFs and draw their first pages, as on all cores; give the seconds."""
    begun = time.monotonic()
    for pdf in pdfs:
        with pypdfium2.PdfDocument(pdf) as document:
            for page in document:
                page.get_textpage().get_text_range()
            document[0].render(scale=1).to_pil()
    return (time.monotonic() - begun) / PROCESSES


def convert_as_the_peer(pdfs: list[Path], folder: Path) -> float:
    """Turn PDFs into PDF/A one after another, pages with text left alone; give the seconds."""
    begun = time.monotonic()
    for pdf in pdfs:
        options = ["--skip-text", "--output-type", "auto", "--jobs", str(PROCESSES)]
        command = [*NICE, sys.executable, "-m", "ocrmypdf", *options, str(pdf), str(folder / f"peer-{pdf.name}")]
        subprocess.run(command, capture_output=True, check=True)
    return time.monotonic() - begun
