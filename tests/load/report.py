"""Writes what a soak run's load came to into docs/reliability.md: `python -m tests.load.report` takes load.json."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.docs.reliability_page import PAGE, with_table

# What is told of each section: a line's words, with figures named by their way through load.json.
LINES: dict[str, tuple[tuple[str, str], ...]] = {
    "files_at_once": (
        ("files at once", "{files:,.0f}"),
        ("stored for good, ready", "{accepted_per_second:.1f}, {ready_per_second:.1f} a second"),
        ("a search meanwhile, half · 99 of 100", "{search.p50_ms:.0f} · {search.p99_ms:.0f} ms"),
        ("memory at most · its growth once warm", "{peak_mib:,.0f} · {growth_mib:+.0f} MiB"),
        ("growth of descriptors", "{growth_descriptors:+.0f}"),
    ),
    "clients": (
        ("clients", "{clients:.0f}"),
        ("people (a call every 2 s each): calls", "{people.calls_per_second:.0f} a second, {people.refused:.0f} refused"),
        ("a search of theirs, half · 99 of 100", "{people.search.p50_ms:.0f} · {people.search.p99_ms:.0f} ms"),
        ("pages read meanwhile, of those without them", "{people.ingest_ratio_to_alone:.0%}"),
        ("programs (without a pause): calls", "{programs.calls_per_second:.0f} a second, {programs.refused:.0f} refused"),
        ("a search of theirs, half · 99 of 100", "{programs.search.p50_ms:.0f} · {programs.search.p99_ms:.0f} ms"),
        ("pages read meanwhile, of those without them", "{programs.ingest_ratio_to_alone:.0%}"),
        ("memory at most · its growth once warm", "{peak_mib:,.0f} · {growth_mib:+.0f} MiB"),
        ("growth of descriptors", "{growth_descriptors:+.0f}"),
    ),
    "day": (
        ("a day in", "{minutes:.0f} minutes, {documents:,.0f} documents kept"),
        ("a search, half · 99 of 100", "{search.p50_ms:.0f} · {search.p99_ms:.0f} ms"),
        ("memory at most · its growth with 1,000 acts", "{peak_mib:,.0f} · {mib_per_1000_acts:+.0f} MiB"),
        ("growth of descriptors", "{growth_descriptors:+.0f}"),
        ("on the disk for each document", "{disk.whole_kib_per_document:.0f} KiB"),
    ),
}
TITLES = {"files_at_once": "Very many files at once", "clients": "Two hundred clients", "day": "A day"}


class Missing:
    """Stands for a figure that was not measured."""

    def __format__(self, form: str) -> str:
        """Show that there is none."""
        return "–"


def table(found: Mapping[str, Any]) -> str:
    """Give the table of all figures; those that were not measured are dashes."""
    lines = ["| | |", "|---|---:|"]
    for section, rows in LINES.items():
        lines.append(f"| **{TITLES[section]}** | |")
        lines += [f"| {words} | {filled(form, found.get(section, {}))} |" for words, form in rows]
    return "\n".join(lines)


def filled(form: str, figures: Mapping[str, Any]) -> str:
    """Put figures into a line."""
    names = [field.split(":")[0] for field in form.replace("}", "{").split("{")[1::2]]
    flat = {name.replace(".", "__"): reached(figures, name) for name in names}
    for name in names:
        form = form.replace("{" + name, "{" + name.replace(".", "__"))
    return form.format(**flat)


def reached(figures: Mapping[str, Any], name: str) -> object:
    """Find a figure by its way."""
    value: Any = figures
    for part in name.split("."):
        value = value.get(part, Missing()) if isinstance(value, Mapping) else Missing()
    return value


def written(page: str, found: Mapping[str, Any]) -> str:
    """Put the table in the place of the one that stands on the page."""
    return with_table(page, "load", table(found))


if __name__ == "__main__":
    source = Path(sys.argv[1] if len(sys.argv) > 1 else "load.json")
    PAGE.write_text(written(PAGE.read_text(), json.loads(source.read_text())))
