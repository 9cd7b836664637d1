"""Counts the trials of fault tests: how many are asked for, how many were made, and what follows for the rate of failures.

A test marked `fault(row, each=N, nightly=M)` takes the fixture `trials`, makes `trials.count` of them and tells each by `trials.tried()`.
One that makes fewer fails. At the end the table is printed, and written to the file named by `--faults-to`; rows that were not run stay
there as they are.
"""

import json
import zlib
from collections.abc import Generator, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.faults.rows import ROWS

PROPERTY = "trials"
ENDED_WELL = pytest.StashKey[bool]()


@dataclass
class Trials:
    """The trials of one test: `count` are to be made. `seed` is for chance: the same in every run of this test."""

    row: str
    count: int
    seed: int
    made: int = 0

    def tried(self, number: int = 1) -> None:
        """Tell that so many trials have ended well."""
        self.made += number


@dataclass
class Tally:
    """What all tests of one row came to."""

    asked: int = 0
    tried: int = 0
    failed: int = 0
    seconds: float = 0.0

    @property
    def bound(self) -> float | None:
        """Give the rate of failures that is ruled out with 95 %: 3/n where none of n has failed, and n is large enough to say anything."""
        return 3 / self.tried if self.tried >= 3 and not self.failed else None


@dataclass(eq=False)
class FaultCounter:
    """Adds up reports; there is one in the process that runs the session."""

    tallies: dict[str, Tally] = field(default_factory=dict)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take in what a test tells when it ends: its trials come with the teardown, its failure with any phase."""
        properties: dict[str, Any] = dict(report.user_properties)
        if "row" not in properties:
            return
        tally = self.tallies.setdefault(str(properties["row"]), Tally())
        tally.seconds += report.duration
        tally.failed += report.failed
        if report.when == "teardown":
            asked, made = properties.get(PROPERTY, (0, 0))
            tally.asked += asked
            tally.tried += made

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
        """Print the table, and write it where it was asked for."""
        if not self.tallies:
            return
        terminalreporter.section("faults")
        for row in sorted(self.tallies, key=lambda number: int(number[1:])):
            tally = self.tallies[row]
            bound = f"≤ {tally.bound:.2%}" if tally.bound is not None else "–"
            terminalreporter.write_line(
                f"{row:<4} {ROWS[row].fault:<70} {tally.tried:>6} tried {tally.failed:>3} failed {bound:>9} {tally.seconds:>6.0f} s"
            )
        target: Path | None = config.getoption("faults_to")
        if target is not None:
            others = json.loads(target.read_text()) if target.exists() else {}
            found = others | {row: {**asdict(tally), "bound": tally.bound} for row, tally in self.tallies.items()}
            target.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what says how much is tried, and of what."""
    group = parser.getgroup("faults")
    group.addoption("--nightly", action="store_true", help="make as many trials as a soak run does")
    group.addoption("--share", type=int, default=1, help="make only the n-th part of them")
    group.addoption("--row", help="run the fault tests of one row only, for example F4")
    group.addoption("--faults-to", type=Path, help="write the rows that were run to this file, as JSON")


def pytest_configure(config: pytest.Config) -> None:
    """Count in the session's own process; helpers of a parallel run only pass reports on."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(FaultCounter(), "fault-counter")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Note each test's row, and keep only the one that was asked for."""
    wanted: str | None = config.getoption("row")
    if wanted is not None and wanted not in ROWS:
        raise pytest.UsageError(f"there is no row {wanted}; there are {', '.join(ROWS)}")
    for item in items:
        if (row := row_of(item)) is not None:
            item.user_properties.append(("row", row))
            if config.getoption("nightly"):  # the time that a test allows itself is for the few trials of each commit
                item.own_markers[:] = [marker for marker in item.own_markers if marker.name != "timeout"]
    if wanted is not None:
        config.hook.pytest_deselected(items=[item for item in items if row_of(item) != wanted])
        items[:] = [item for item in items if row_of(item) == wanted]


def row_of(item: pytest.Item) -> str | None:
    """Give the row of the table that a test belongs to, if any."""
    marker = item.get_closest_marker("fault")
    if marker is None:
        return None
    row: str = marker.args[0]
    if row not in ROWS:
        raise pytest.UsageError(f"{item.nodeid} names no row of tests/faults/rows.py: {row}")
    return row


@pytest.fixture
def trials(request: pytest.FixtureRequest) -> Iterator[Trials]:
    """Give the number of trials to make, and check that they were made."""
    marker = request.node.get_closest_marker("fault")
    nightly = bool(request.config.getoption("nightly"))
    count = marker.kwargs["nightly" if nightly else "each"]
    if nightly:
        count = max(count // request.config.getoption("share"), min(count, marker.kwargs["each"]))
    made = Trials(marker.args[0], count, zlib.crc32(request.node.nodeid.encode()))
    yield made
    request.node.user_properties.append((PROPERTY, (made.count, made.made)))
    if request.node.stash.get(ENDED_WELL, False):
        assert made.made >= made.count, f"{made.count} trials were to be made, {made.made} were"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember how a fault test's body ended, for its fixture."""
    report = yield
    if report.when == "call":
        item.stash[ENDED_WELL] = report.passed
    return report
