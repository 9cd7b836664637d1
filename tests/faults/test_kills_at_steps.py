"""F1: a process is killed before and after each of the 13 steps of a document's way, or of an order of pages, or the whole daemon while a
process stands there."""

from collections.abc import Iterator, Sequence
from itertools import cycle, islice, product, zip_longest

import pytest

from actors.failpoints import Failpoint, Moment, Order, Point
from tests.end_to_end.invariants import stray_processes
from tests.end_to_end.person import Person
from tests.faults.archive import SECONDS, Archive, Papers
from tests.faults.page_orders import Clerk
from tests.faults.papers import Kind
from tests.faults.plugin import Trials
from tests.running import wait_until

# Who comes by which places, and is killed there.
CAST = (
    (Point.SEEN, Point.STAGED, Point.HASHED, Point.STORED, Point.COMMITTED, Point.SOURCE_REMOVED),
    (Point.LEASED, Point.RENDERED, Point.TEXT_COMMITTED, Point.CLASSIFIED),
    (Point.RECOGNISED,),
    (Point.ARCHIVED,),
    (Point.INDEXED,),
)
# Only a picture of a page is read, and bound.
SCANS_ONLY = (Point.RECOGNISED, Point.ARCHIVED)
CHECK_EVERY = 26
# A start of everything takes several times as long as one process.
KILLS_FOR_A_HOLD = 3


def places_of(points: Sequence[Point]) -> list[Failpoint]:
    """List the places before and after some steps."""
    return [Failpoint(moment, point) for point, moment in product(points, Moment)]


def rounds() -> Iterator[tuple[Order, list[Failpoint]]]:
    """Kill at every place, one of each process's at a time, three times; then hold at every place, and kill everything; without end."""
    kills = zip_longest(*map(places_of, CAST))
    together = [(Order.KILL, [place for place in places if place is not None]) for places in kills]
    alone = [(Order.HOLD, [place]) for points in CAST for place in places_of(points)]
    return cycle([*together * KILLS_FOR_A_HOLD, *alone])


def test_a_round_of_kills_comes_by_every_place() -> None:
    killed = [place.name for order, places in islice(rounds(), 12) for place in places if order is Order.KILL]
    assert sorted(killed) == sorted(place.name for place in places_of(list(Point)))


def page_rounds() -> Iterator[tuple[Order, Failpoint]]:
    """Kill the pipeline at each place of an order of pages, three times, then everything while it stands there; without end."""
    places = places_of((Point.STORED, Point.COMMITTED))
    return cycle([*product([Order.KILL] * KILLS_FOR_A_HOLD, places), *product([Order.HOLD], places)])


@pytest.mark.timeout(20_000)
@pytest.mark.fault("F1", each=26, nightly=520)
def test_a_kill_at_any_step_costs_time_and_no_document(archive: Archive, trials: Trials) -> None:
    plan = rounds()
    while trials.made < trials.count:
        order, places = next(plan)
        fresh = dict(archive.paper(kind_for(trials.made + number, place)) for number, place in enumerate(places))
        cut = kill_there if order is Order.KILL else hold_there_and_kill_all
        cut(archive, places, fresh)
        archive.wait_until_ready(fresh)
        trials.tried(len(places))
        if trials.made % CHECK_EVERY == 0 or trials.made >= trials.count:
            assert archive.broken() == []


@pytest.mark.timeout(20_000)
@pytest.mark.fault("F1", each=4, nightly=16)
def test_a_kill_at_any_step_of_an_order_of_pages_costs_time_and_makes_nothing_twice(archive: Archive, trials: Trials) -> None:
    with Person(archive.daemon) as person:
        clerk = Clerk(person)
        for (order, place), prepare in islice(zip(page_rounds(), cycle(clerk.orders), strict=False), trials.count):
            wanted = prepare()
            archive.orders.arm(place, order)
            job_id = wanted.give()
            wait_until_killed(archive, [place]) if order is Order.KILL else kill_all_that_is_held(archive, place)
            archive.sent |= clerk.made(job_id, wanted)
            trials.tried()
    assert archive.broken() == []


def kind_for(number: int, place: Failpoint) -> Kind:
    """Choose a paper that comes by a place: all kinds in turn, where they do."""
    return Kind.SCAN if place.point in SCANS_ONLY else list(Kind)[number % len(Kind)]


def kill_there(archive: Archive, places: Sequence[Failpoint], fresh: Papers) -> None:
    """Drop files while places are armed."""
    for place in places:
        archive.orders.arm(place)
    archive.drop(fresh)
    wait_until_killed(archive, places)


def wait_until_killed(archive: Archive, places: Sequence[Failpoint]) -> None:
    """Wait until somebody was killed at each place; at every kill, no file may be lost."""
    left = list(places)

    def all_killed() -> bool:
        reached = [place for place in left if not archive.orders.armed(place)]
        if reached:
            assert archive.lost() == []
        left[:] = [place for place in left if place not in reached]
        return not left

    wait_until(all_killed, SECONDS, lambda: nobody_came(archive, left))


def hold_there_and_kill_all(archive: Archive, places: Sequence[Failpoint], fresh: Papers) -> None:
    """Drop a file, and kill all while a process stands at the place."""
    [place] = places
    archive.orders.arm(place, Order.HOLD)
    archive.drop(fresh)
    kill_all_that_is_held(archive, place)


def kill_all_that_is_held(archive: Archive, place: Failpoint) -> None:
    """Kill the daemon and all its processes once one stands at the place; before the next start, no file may be lost."""
    daemon = archive.daemon
    wait_until(lambda: archive.orders.held(place), SECONDS, lambda: nobody_came(archive, [place]))
    processes = daemon.processes()
    daemon.kill()
    assert archive.lost() == []
    archive.orders.forget(place)
    daemon.start()
    assert stray_processes(processes) == []


def nobody_came(archive: Archive, places: Sequence[Failpoint]) -> str:
    """Say what was waited for."""
    return f"nobody came by {[place.name for place in places]}: {archive.daemon.story()}"
