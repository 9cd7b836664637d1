"""Writes what a soak run's fuzzing came to into docs/reliability.md: `python -m tests.fuzz.report` takes fuzz.json."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.docs.reliability_page import PAGE, with_table
from tests.fuzz.targets import TARGETS

OUTPUT = "fuzz.json"


def table(found: Mapping[str, Mapping[str, float]]) -> str:
    """Give the table of all targets, those that were not run among them."""
    lines = ["| target | runs | seconds | |", "|---|---:|---:|---|"]
    for name in sorted(TARGETS):
        figures = found.get(name)
        runs, seconds = (f"{figures['runs']:,.0f}", f"{figures['seconds']:.0f}") if figures else ("–", "–")
        lines.append(f"| {name} | {runs} | {seconds} | {summary(TARGETS[name].check.__doc__)} |")
    return "\n".join(lines)


def summary(docstring: str | None) -> str:
    """Give the claim of a target: the first line of what it says of itself."""
    return (docstring or "").strip().split("\n")[0].replace("|", "\\|")


if __name__ == "__main__":
    source = Path(sys.argv[1] if len(sys.argv) > 1 else OUTPUT)
    PAGE.write_text(with_table(PAGE.read_text(), "fuzz", table(json.loads(source.read_text()))))
