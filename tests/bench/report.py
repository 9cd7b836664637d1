"""What the bench writes: `bench.json`, section by section, and a table for people."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from rich.console import Console
from rich.table import Table

WIDTH = 80

# A name ends in its unit; `ratio_to_…` is what was measured over its limit, taken in the same run.
Figures: TypeAlias = "dict[str, float | str | Figures]"
Report = dict[str, Figures]

# The least (>=) or the most (<=) that we want to see. A goal that is missed is shown, and fails nothing.
GOALS: dict[str, tuple[str, float]] = {
    "pages.ratio_to_raw": (">=", 0.85),
    "pages.ratio_to_peer_way": (">=", 6),
    "pages.cpu_seconds_per_page": ("<=", 2.2),
    "sandbox.cost_per_page": ("<=", 0.03),
    "accuracy.all.ratio_to_peer_way": ("<=", 1),
    "accuracy.upright.ratio_to_peer_way": ("<=", 1),
    "big_scan.readers_busy_share": (">=", 0.95),
    "big_scan.letter_seconds": ("<=", 10),
    "big_scan.peak_mib.total": ("<=", 1536),
    "matching.p50_ms": ("<=", 1),
    "matching.ratio_to_plain_way": (">=", 20),
    "search.p50_ms": ("<=", 10),
    "search.p99_ms": ("<=", 60),
    "search.edit_to_found_p99_ms": ("<=", 1000),
    "list.p50_ms": ("<=", 15),
    "bulk_edit.seconds": ("<=", 60),
    "bulk_edit.other_writer_p99_ms": ("<=", 250),
    "near_duplicates.sqlite.lookup_p99_ms": ("<=", 20),
    "near_duplicates.postgresql.lookup_p99_ms": ("<=", 20),
    "near_duplicates.scans.precision": (">=", 0.995),
    "near_duplicates.scans.recall": (">=", 0.95),
    "classifier.household.train.ratio_to_peer_way": (">=", 5),
    "classifier.household.correspondent.ratio_to_peer_way": (">=", 1),
    "classifier.household.document_type.ratio_to_peer_way": (">=", 1),
    "classifier.household.tag.ratio_to_peer_way": (">=", 1),
    "classifier.household.storage_path.ratio_to_peer_way": (">=", 1),
    "dates.ten_pages_cpu_ms": ("<=", 5),
    "dates.first_right_percent": (">=", 90),
    "mail.ours.peak_mib": ("<=", 64),
    "mail.ratio_to_fetching_all_bytes": (">=", 15),
    "scaling.efficiency_at_16": (">=", 0.9),
    "web.start_brotli_kb": ("<=", 250),
    "web.start_gzip_kb": ("<=", 250),
    "web.enter_to_painted_p50_ms": ("<=", 100),
    "web.interaction_p98_ms": ("<=", 100),
    "web.scroll_frame_p99_ms": ("<=", 50),
}


def merge(path: Path, report: Report) -> None:
    """Put figures into the file, in the place of older ones of the same names; the file is whole at any moment."""
    kept: Report = json.loads(path.read_text()) if path.exists() else {}
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_text(json.dumps({**kept, **report}, indent=2) + "\n")
    fresh.replace(path)


def show(report: Report) -> None:
    """Print figures as a table, with the goals that there are."""
    console = Console(width=WIDTH, highlight=False)
    for name, figures in report.items():
        table = Table("figure", "", "goal", title=name, title_justify="left", width=WIDTH)
        table.columns[1].justify = "right"
        for path, value in flat(figures):
            table.add_row(path, shown(value), verdict(f"{name}.{path}", value))
        console.print(table)


def flat(figures: Figures, before: str = "") -> Iterator[tuple[str, float | str]]:
    """List figures one by one, the names of nested ones joined by dots."""
    for name, value in figures.items():
        if isinstance(value, dict):
            yield from flat(value, f"{before}{name}.")
        else:
            yield before + name, value


def shown(value: float | str) -> str:
    """Write a figure with three digits that mean something."""
    if isinstance(value, str):
        return value
    return f"{value:,.0f}" if abs(value) >= 1000 or float(value).is_integer() else f"{value:.3g}"


def verdict(name: str, value: float | str) -> str:
    """Tell whether a figure is where we want it; '' where there is no goal."""
    if name not in GOALS or isinstance(value, str):
        return ""
    sign, goal = GOALS[name]
    reached = value >= goal if sign == ">=" else value <= goal
    return f"{sign} {goal:g} {'met' if reached else '[bold]missed[/bold]'}"
