"""F10: machines on a network of their own. Cables are pulled out, a machine is killed, one sleeps; no page is lost or doubled."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from tests.cluster.doing import daemon_at, drop_scans, freeze, pages_lost, thaw
from tests.cluster.machine import WORKING, Machine, code_of, nodes
from tests.cluster.network import NoNetwork, Place, network
from tests.end_to_end.person import Person
from tests.faults.archive import Archive, Orders, Papers, archive_of
from tests.faults.plugin import Trials
from tests.running import wait_until

MACHINES = 3
# One for each machine, in turns.
SPANS = (5.0, 30.0, 120.0)
SCANS, PAGES = 12, 4
SLEEP_SECONDS = 30.0
# Until Ray has given a machine up, it has ended itself, and its reader has begun again; on a busy machine.
BACK_SECONDS = 200.0
READ_SECONDS = 400.0


@dataclass
class Site:
    """An archive, machines, and where each stands."""

    archive: Archive
    machines: Sequence[tuple[Machine, Place]]

    def wait_until_all_have_pages(self) -> None:
        """Wait until each machine has pages in hand."""
        self._wait(lambda: all(machine.shown(self.archive.daemon).pages_reading > 0 for machine, _ in self.machines), READ_SECONDS)

    def wait_until_all_work(self) -> None:
        """Wait until each machine can be sent pages."""

        def work() -> bool:
            shown = {node.id: node for node in nodes(self.archive.daemon)}
            return all(shown[one.number].state == WORKING and shown[one.number].languages for one, _ in self.machines)

        self._wait(work, BACK_SECONDS)

    def check(self, scans: Papers) -> None:
        """Hold to all that was promised, and to each page of these having been written once."""
        assert self.archive.broken() == []
        assert sorted(node.id for node in nodes(self.archive.daemon)) == [*sorted(machine.number for machine, _ in self.machines), "head"]
        wanted = {each.sha256 for each in scans.values()}
        with Person(self.archive.daemon) as person:
            texts = [person.text(each.id) for each in self.archive.documents() if each.sha256 in wanted]
        assert [text.count("a page before") for text in texts] == [PAGES - 1] * len(scans)

    def _wait(self, condition: Callable[[], bool], seconds: float) -> None:
        wait_until(
            condition, seconds, lambda: "".join(one.story() for one in (self.archive.daemon, *(machine for machine, _ in self.machines)))
        )


@pytest.fixture(scope="module")
def places() -> Iterator[Sequence[Place]]:
    """Where machines stand."""
    with ExitStack() as house:
        try:
            built = house.enter_context(network(1 + MACHINES))
        except NoNetwork as error:
            pytest.skip(str(error))
        yield built


@pytest.fixture(scope="module")
def site(places: Sequence[Place], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A head with one reader, and three machines with one each."""
    folder = tmp_path_factory.mktemp("site")
    with ExitStack() as house:
        head = daemon_at(places[0], folder)
        archive = house.enter_context(archive_of(head, Orders(folder / "orders")))
        machines = [Machine(folder / f"node{number}", head.address) for number in range(1, 1 + MACHINES)]
        for machine, place in zip(machines, places[1:], strict=True):
            machine.before = place.before
            house.callback(machine.kill)
            machine.join(head, code_of(head))
        yield Site(archive, list(zip(machines, places[1:], strict=True)))


@pytest.mark.timeout(20_000)
@pytest.mark.soak
@pytest.mark.fault("F10", each=0, nightly=30)
def test_machines_cut_off_for_a_while_cost_no_page_and_come_back(site: Site, trials: Trials) -> None:
    for turn in range(-(-trials.count // len(SPANS))):
        cut_off_each(site, turn)
        trials.tried(len(SPANS))


def cut_off_each(site: Site, turn: int) -> None:
    """Pull out every machine's cable, each for another span; all is read before the last is back."""
    scans = drop_scans(site.archive, SCANS, PAGES)
    site.wait_until_all_have_pages()
    places = [place for _, place in site.machines]
    spans = [(seconds, places[(number + turn) % len(places)]) for number, seconds in enumerate(SPANS)]
    began = time.monotonic()
    for _, place in spans:
        place.pull_out()
    try:
        for seconds, place in spans:
            time.sleep(max(0.0, began + seconds - time.monotonic()))  # time itself is the fault
            place.plug_in()
    finally:
        for _, place in spans:
            place.plug_in()
    site.archive.wait_until_ready(scans)
    site.wait_until_all_work()
    site.check(scans)


@pytest.mark.timeout(20_000)
@pytest.mark.soak
def test_a_machine_that_is_killed_and_one_that_sleeps_cost_no_page_and_come_back(site: Site) -> None:
    scans, lost = drop_scans(site.archive, SCANS, PAGES), pages_lost(site.archive)
    (killed, _), (sleeping, _) = site.machines[:2]
    site.wait_until_all_have_pages()
    processes = sleeping.processes()
    freeze(processes)
    killed.kill()
    began = time.monotonic()
    site.archive.wait_until_ready(scans)
    assert pages_lost(site.archive) > lost
    time.sleep(max(0.0, began + SLEEP_SECONDS - time.monotonic()))
    thaw(processes)
    killed.join(site.archive.daemon)
    site.wait_until_all_work()
    site.check(scans)
