"""Measures: `python -m tests.bench [SECTION …]`; all sections when none is named. Writes `bench.json` into the current folder.

A section needs nothing of another; its figures are written when it ends, so a run that is broken off keeps what it has.
"""

import logging
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import structlog
import typer

from tests.bench import (
    access,
    accuracy,
    archive_size,
    big_catalogue,
    big_scan,
    bulk_edits,
    classifier,
    dates,
    doors,
    figures,
    machines,
    mailbox,
    matching,
    memory,
    near_duplicates,
    pages,
    rpc,
    rules_again,
    sandbox,
    scaling,
    web,
)
from tests.bench.report import Report, merge, show

OUTPUT = Path("bench.json")

SECTIONS: dict[str, Callable[[Path], Report]] = {
    "memory": memory.measure,
    "matching": matching.measure,
    "rules_again": rules_again.measure,
    "catalogue": big_catalogue.measure,
    "rpc": rpc.measure,
    "doors": doors.measure,
    "access": access.measure,
    "figures": figures.measure,
    "pages": pages.measure,
    "sandbox": sandbox.measure,
    "accuracy": accuracy.measure,
    "big_scan": big_scan.measure,
    "search": archive_size.measure,
    "dates": dates.measure,
    "near_duplicates": near_duplicates.measure,
    "bulk_edit": bulk_edits.measure,
    "classifier": classifier.measure,
    "web": web.measure,
    "mail": mailbox.measure,
    "scaling": scaling.measure,
    "machines": machines.measure,
}


def run(sections: Annotated[list[str] | None, typer.Argument(help=", ".join(SECTIONS))] = None) -> None:
    """Measure sections in their order, and show each."""
    for name in sections or []:
        if name not in SECTIONS:
            raise typer.BadParameter(f"there is no section {name}; there are {', '.join(SECTIONS)}")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    for name, measure in SECTIONS.items():
        if not sections or name in sections:
            begun = time.monotonic()
            with tempfile.TemporaryDirectory(prefix="scriba-bench-") as folder:
                report = measure(Path(folder))
            merge(OUTPUT, report)
            show(report)
            print(f"{name}: {time.monotonic() - begun:.0f} s\n", flush=True)


if __name__ == "__main__":
    typer.run(run)
