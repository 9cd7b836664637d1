"""Index and database are compared now and then, and at once when a search meets damage."""

import asyncio
from dataclasses import dataclass

import pytest

from actors.checkup.errors import CheckRunning
from actors.checkup.findings import MENDED, QUEUED, Finding, Kind
from actors.checkup.messages import CheckOrder, Report, Reported
from actors.index.errors import IndexNotWritten
from actors.runtime.errors import ActorLost
from actors.store.errors import StoreUnavailable
from actors.store.nouns.archive import DocumentId
from daemon.keeping.checks import Checks
from daemon.keeping.reconciling import ORDER, REBUILD_SECONDS, Reconciled, Reconciling, Suspicion
from tests.service.fakes import FakeChecks


@dataclass
class Clock:
    """A clock that the test moves."""

    now: float = 1_000_000.0

    def __call__(self) -> float:
        return self.now


class Rebuilds:
    """Counts the rebuilds that are ordered."""

    def __init__(self) -> None:
        self.count = 0

    async def __call__(self) -> None:
        self.count += 1


async def test_what_differs_is_counted_for_who_looks() -> None:
    kinds = (Kind.INDEX_MISSING, Kind.INDEX_MISSING, Kind.INDEX_GHOST)
    found = tuple(Reported(Finding(kind, DocumentId(number)), MENDED) for number, kind in enumerate(kinds, 1))
    checks, rebuilds = FakeChecks((Report(None, found, ended=False), Report(None, (), ended=True))), Rebuilds()
    reconciling = Reconciling(checks, Suspicion(asyncio.get_running_loop()), rebuilds, Clock(), wall=lambda: 7.0)
    assert reconciling.last == Reconciled()
    assert await reconciling.look()
    assert checks.orders == [ORDER]
    assert reconciling.last == Reconciled(7.0, missing=2, ghosts=1)
    assert rebuilds.count == 0


async def test_a_busy_checkup_is_asked_again_later() -> None:
    checks = FakeChecks(busy=True)
    reconciling = Reconciling(checks, Suspicion(asyncio.get_running_loop()), Rebuilds(), Clock())
    assert not await reconciling.look()
    assert reconciling.last == Reconciled()


@pytest.mark.parametrize("failure", [IndexNotWritten("read-only"), StoreUnavailable("away"), ActorLost("killed"), OSError("no more files")])
async def test_a_look_that_fails_is_made_again_later(failure: Exception) -> None:
    checks = FakeChecks(failure=failure)
    reconciling = Reconciling(checks, Suspicion(asyncio.get_running_loop()), Rebuilds(), Clock())
    assert not await reconciling.look()
    checks.failure = None
    assert await reconciling.look()


async def test_damage_that_only_a_search_has_met_has_the_index_built_anew_once_an_hour_at_most() -> None:
    checks, rebuilds, clock, suspicion = FakeChecks(), Rebuilds(), Clock(), Suspicion(asyncio.get_running_loop())
    reconciling = Reconciling(checks, suspicion, rebuilds, clock)
    for moved, count in ((0.0, 1), (60.0, 1), (REBUILD_SECONDS, 2)):
        clock.now += moved
        await asyncio.to_thread(suspicion)
        await suspicion.met.wait()
        await reconciling.look()
        assert rebuilds.count == count
    await reconciling.look()
    assert rebuilds.count == 2


async def test_damage_that_the_look_finds_is_ordered_by_the_look_alone() -> None:
    checks, rebuilds, suspicion = FakeChecks(), Rebuilds(), Suspicion(asyncio.get_running_loop())
    checks.told = (Report(None, (Reported(Finding(Kind.INDEX_DAMAGED), QUEUED),), ended=True),)
    reconciling = Reconciling(checks, suspicion, rebuilds, Clock())
    suspicion.met.set()
    assert await reconciling.look()
    assert (reconciling.last.damaged, rebuilds.count) == (1, 0)


async def test_a_search_that_meets_damage_has_the_index_looked_at() -> None:
    checks, suspicion = FakeChecks(), Suspicion(asyncio.get_running_loop())
    reconciling = Reconciling(checks, suspicion, Rebuilds(), Clock())
    reconciling.start()
    await asyncio.to_thread(suspicion)
    async with asyncio.timeout(10):
        while not checks.orders:
            await asyncio.sleep(0)
    await reconciling.stop()


async def test_one_check_works_at_a_time_and_who_can_mend_hears_of_a_repair() -> None:
    heard = asyncio.Event()

    async def hear() -> None:
        heard.set()

    checks = Checks(FakeChecks((Report(None, (), ended=False), Report(None, (), ended=True))).reports, hear)
    first = checks.reports(CheckOrder(repair=True))
    await anext(first)
    try:
        await anext(checks.reports(CheckOrder()))
        raise AssertionError("a second check began")
    except CheckRunning:
        pass
    await first.aclose()
    async with asyncio.timeout(10):
        await heard.wait()
    assert [report.ended async for report in checks.reports(CheckOrder())] == [False, True]
