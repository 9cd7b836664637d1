"""The program `scanimage` of SANE, which knows most scanners: what it is asked, and what it answers."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_PROGRAM = "scanimage"
_MISSING = (
    "scanimage is not here, which speaks with scanners: install the package sane-utils (Debian, Ubuntu) "
    "or sane-backends (Fedora, Arch, Homebrew)"
)
# How SANE numbers the end of the paper in a feeder.
_NO_DOCS = 7
_FEEDER = re.compile(r"adf|feeder|duplex", re.IGNORECASE)
_CHOICES = r"^\s+--{}(?:=| )\s*([^\[\n]+?)\s*(?:\[|$)"
_PROGRESS = ("Scanning", "Scanned", "Batch terminated", "scanimage: rounded")
_ROUNDED = re.compile(r"rounded value of resolution from \S+ to (\d+)")


class ScannerError(Exception):
    """Nothing was scanned, or not all; its words are for a person."""


@dataclass(frozen=True, slots=True)
class Device:
    """A scanner, by the name that `--device` takes."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Wish:
    """How pages are to be scanned; what is empty is as the scanner likes it. `pages` 0 are all in the feeder, or the one on the glass."""

    device: str = ""
    resolution: int = 300
    mode: str = ""
    source: str = ""
    duplex: bool = False
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Scanned:
    """The pages in their order, and the resolution that the scanner took. `trouble` says why there are no more, '' where all are there."""

    pages: Sequence[Path]
    resolution: int
    trouble: str = ""


def devices() -> Sequence[Device]:
    """List the scanners at hand. Raises ScannerError."""
    answer = _asked("-f", "%d\t%v %m, %t%n")
    lines = [line.partition("\t") for line in answer.splitlines() if "\t" in line]
    return [Device(name, title.strip()) for name, _, title in lines]


def scan(wish: Wish, folder: Path, on_page: Callable[[int], None]) -> Scanned:
    """Scan into a folder, and tell of each page. Raises ScannerError where there is no page at all."""
    source, more = _source(wish)
    count = wish.pages or (0 if _FEEDER.search(source) else 1)
    arguments = [
        *(("-d", wish.device) if wish.device else ()),
        "--format=pnm",
        f"--batch={folder}/page%04d.pnm",
        "--batch-print",
        *((f"--batch-count={count}",) if count else ()),
        *(("--batch-prompt",) if count > 1 and not _FEEDER.search(source) else ()),
        f"--resolution={wish.resolution}",
        *((f"--mode={wish.mode}",) if wish.mode else ()),
        *((f"--source={source}",) if source else ()),
        *more,
    ]
    with (folder / "words").open("w+", encoding="utf-8", errors="replace") as words:
        code = _run(arguments, words, on_page)
        words.seek(0)
        said = words.read()
    pages = sorted(folder.glob("page*.pnm"))
    if not pages:
        raise ScannerError(_reason(said) or f"scanimage ended with {code}, and no page was scanned")
    rounded = _ROUNDED.search(said)
    resolution = int(rounded[1]) if rounded else wish.resolution
    return Scanned(pages, resolution, "" if code in (0, _NO_DOCS) else _reason(said) or f"scanimage ended with {code}")


def _run(arguments: Sequence[str], words: IO[str], on_page: Callable[[int], None]) -> int:
    with subprocess.Popen([_program(), *arguments], stdout=subprocess.PIPE, stderr=words, text=True, env=_english()) as process:
        for number, _ in enumerate(process.stdout or (), 1):
            on_page(number)
    return process.returncode


def _source(wish: Wish) -> tuple[str, Sequence[str]]:
    """Find the scanner's own words for where the paper lies. Raises ScannerError."""
    if not wish.source and not wish.duplex:
        return "", ()
    told = _asked(*(("-d", wish.device) if wish.device else ()), "-A")
    sources = _choices(told, "source")
    named = [one for one in sources if wish.source.lower() in one.lower()]
    exact = [one for one in named if one.lower() == wish.source.lower()]
    if not wish.duplex:
        if not named:
            raise ScannerError(f"the scanner has no source '{wish.source}', but {', '.join(sources) or 'one alone'}")
        return (exact or named)[0], ()
    both = [one for one in sources if "duplex" in one.lower()]
    if both:
        return both[0], ()
    feeders = [one for one in sources if _FEEDER.search(one)]
    if "Duplex" in _choices(told, "adf-mode"):
        return (feeders or [""])[0], ("--adf-mode=Duplex",)
    raise ScannerError(f"the scanner reads no two sides by itself; its sources: {', '.join(sources) or 'one alone'}")


def _choices(told: str, option: str) -> list[str]:
    found = re.search(_CHOICES.format(option), told, re.MULTILINE)
    return [choice.strip() for choice in found[1].split("|")] if found else []


def _asked(*arguments: str) -> str:
    ended = subprocess.run([_program(), *arguments], capture_output=True, text=True, errors="replace", check=False, env=_english())
    if ended.returncode != 0:
        raise ScannerError(_reason(ended.stderr) or f"scanimage ended with {ended.returncode}")
    return ended.stdout


def _english() -> Mapping[str, str]:
    """Let it speak the language that is read here."""
    return {**os.environ, "LC_ALL": "C.UTF-8"}


def _program() -> str:
    found = shutil.which(_PROGRAM)
    if found is None:
        raise ScannerError(_MISSING)
    return found


def _reason(said: str) -> str:
    """Give the last line in which scanimage tells what is the matter, without its own name."""
    lines = [
        line.strip() for line in said.splitlines() if line.strip() and not line.startswith(("Scanning", "Scanned", "Batch terminated"))
    ]
    return lines[-1].removeprefix(f"{_PROGRAM}: ") if lines else ""
