"""The actor that checks the whole archive, and mends what can be mended."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime

from actors.checkup.files import DerivedFiles
from actors.checkup.findings import FOUND, Finding, Treated
from actors.checkup.indexed import Indexed
from actors.checkup.jobs import JobStates
from actors.checkup.messages import CheckOrder, Progress, Report, Reported, Subject
from actors.checkup.originals import OriginalFiles
from actors.checkup.ports import Painter
from actors.checkup.rows import Rows
from actors.checkup.spool import LooseFiles
from actors.checkup.subject import Examined, LookAgain
from actors.store.store import Store

# A file that changes each time it is looked at is at work; the next check sees what became of it.
_LOOKS = 3
# Findings kept for who asks next: enough to be sent in one message, few enough for it to be small.
_AT_ONCE = 200
_TELL_SECONDS = 0.25


def examine(store: Store, painter: Painter, now: Callable[[], datetime], order: CheckOrder) -> Iterator[Progress | Reported]:
    """Go through all subjects of an order. Every finding has been seen twice, the second time in the writers' turn."""
    made: dict[Subject, Callable[[], Examined]] = {
        Subject.ORIGINALS: lambda: OriginalFiles(store, order),
        Subject.FILES: lambda: DerivedFiles(store, order, painter),
        Subject.ROWS: lambda: Rows(store, order),
        Subject.JOBS: lambda: JobStates(store, order, now()),
        Subject.INDEX: lambda: Indexed(store, order),
        Subject.SPOOL: lambda: LooseFiles(store, order, now()),
    }
    for subject in (subject for subject in made if subject in order.subjects):
        with closing(made[subject]()) as examined:
            total, done = examined.total(), 0
            yield Progress(subject, done, total)
            for step in examined.look():
                if isinstance(step, int):
                    done += step
                    yield Progress(subject, done, max(done, total))
                elif (reported := _settle(store, examined, step, order.repair, now)) is not None:
                    yield reported


def _settle(store: Store, examined: Examined, suspect: Finding, repair: bool, now: Callable[[], datetime]) -> Reported | None:
    """Decide on a suspicion, and mend what it is, in one turn."""
    for _ in range(_LOOKS):
        try:
            with store.database.write() as session, store.originals.locked():
                if not examined.confirm(session, suspect, now()):
                    return None
                treated = examined.mend(session, suspect, now()) if repair else FOUND
            return Reported(suspect, _finished(examined, suspect, treated) if repair else FOUND)
        except LookAgain:
            again = examined.look_again(suspect)
            if again is None:
                return None
            suspect = again
    return None


def _finished(examined: Examined, finding: Finding, treated: Treated) -> Treated:
    return examined.after(finding) or treated


class Checkup:
    """Works through one order in a thread, and tells what it has found to who asks.

    Holds nothing that must last: what is mended is mended, one finding after another, and who is killed begins anew.
    """

    def __init__(self, steps_of: Callable[[CheckOrder], Iterator[Progress | Reported]]) -> None:
        self._steps_of = steps_of
        self._changed = asyncio.Condition()
        self._ended = False
        self._progress: Progress | None = None
        self._findings: list[Reported] = []
        self._work: asyncio.Task[None] | None = None

    async def begin(self, order: CheckOrder) -> None:
        """Begin to work; a second order before the first has ended is a mistake."""
        if self._work is not None:
            raise RuntimeError("one order is at work")
        self._work = asyncio.create_task(self._examine(order), name="checkup")

    async def report(self) -> Report:
        """Wait for news and tell them; the last report has `ended`. Raises what has ended the work before its time."""
        if self._work is None:
            raise RuntimeError("there was no order")
        async with self._changed:
            await self._changed.wait_for(lambda: self._progress is not None or bool(self._findings) or self._ended)
            report = Report(self._progress, tuple(self._findings), self._ended)
            self._progress, self._findings = None, []
            self._changed.notify_all()
        if report.ended:
            await self._work
        return report

    async def _examine(self, order: CheckOrder) -> None:
        steps = self._steps_of(order)
        try:
            while some := await asyncio.to_thread(_some, steps):
                async with self._changed:
                    await self._changed.wait_for(lambda: len(self._findings) < _AT_ONCE)
                    self._findings += [step for step in some if isinstance(step, Reported)]
                    self._progress = next((step for step in reversed(some) if isinstance(step, Progress)), self._progress)
                    self._changed.notify_all()
        finally:
            async with self._changed:
                self._ended = True
                self._changed.notify_all()


def _some(steps: Iterator[Progress | Reported]) -> list[Progress | Reported]:
    """Take the steps of a moment: a thread for each would cost more than most steps do."""
    deadline = time.monotonic() + _TELL_SECONDS
    taken: list[Progress | Reported] = []
    for step in steps:
        taken.append(step)
        if time.monotonic() > deadline or len(taken) >= _AT_ONCE:
            break
    return taken
