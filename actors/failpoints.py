"""Where the way of a document can be cut: before and after each step, for tests that kill a process there (RELIABILITY F1)."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

# Names the folder of a test's orders; not set, nothing is ever looked for.
VARIABLE = "SCRIBA_FAILPOINTS"


class Point(StrEnum):
    """The steps, in their order, and the process that reaches each: that one is killed there."""

    # The intake; what is made of pages is stored and committed too, and each transaction of a bulk edit is committed.
    SEEN = "seen"
    STAGED = "staged"
    HASHED = "hashed"
    STORED = "stored"
    COMMITTED = "committed"
    SOURCE_REMOVED = "source_removed"
    # The pipeline; `rendered` is its look into the file, which tells the pages.
    LEASED = "leased"
    RENDERED = "rendered"
    # A page's reader.
    RECOGNISED = "recognised"
    # The binder.
    ARCHIVED = "archived"
    # The pipeline: the text of a page.
    TEXT_COMMITTED = "text_committed"
    CLASSIFIED = "classified"
    # The index.
    INDEXED = "indexed"


class Moment(StrEnum):
    """On which side of a step."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Failpoint:
    """One place on the way."""

    moment: Moment
    point: Point

    @property
    def name(self) -> str:
        """Give the name of the file that holds the order for this place."""
        return f"{self.moment}-{self.point}"


class Order(StrEnum):
    """What a process does that reaches an armed place: end at once, or stand still until it is killed."""

    KILL = "kill"
    HOLD = "hold"


Checkpoint = Callable[[Failpoint], None]


def before(point: Point) -> Failpoint:
    """Name the place before a step."""
    return Failpoint(Moment.BEFORE, point)


def after(point: Point) -> Failpoint:
    """Name the place after a step."""
    return Failpoint(Moment.AFTER, point)


def pass_by(failpoint: Failpoint) -> None:
    """Stop nowhere."""


@contextmanager
def around(reach: Checkpoint, point: Point) -> Iterator[None]:
    """Reach the place before a step, and the one after it unless it failed."""
    reach(before(point))
    yield
    reach(after(point))


def checkpoint(folder: Path | None) -> Checkpoint:
    """Give what a process calls at each place; without a folder of orders, that does nothing."""
    return pass_by if folder is None else Orders(folder)


def tell_name(folder: Path, name: str) -> None:
    """Tell the tests which process an actor has, since Ray gives them all one name."""
    (folder / f"{name}.pid").write_text(str(os.getpid()))


class Orders:
    """Carries out the order in the file named like a place; of all processes that reach it, the one that removes the file does."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, failpoint: Failpoint) -> None:
        """Look for an order, and end or stand still if there is one."""
        file = self._folder / failpoint.name
        try:
            order = Order(file.read_text().strip())
            file.unlink()
        except FileNotFoundError:
            return
        if order is Order.HOLD:
            # Known by its whole name: who sees it may kill everything at once.
            file.with_name(f"{failpoint.name}.held").write_text(str(os.getpid()))
            os.kill(os.getpid(), signal.SIGSTOP)
        else:
            os.kill(os.getpid(), signal.SIGKILL)
