"""What more machines cost, all on this one's cores: pages a minute, the head's own work, bytes on the wire and writes for each page."""

import json
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import scriba
from tests.bench.pages import drop_to_ready, make_documents
from tests.bench.processes import cpu_seconds
from tests.bench.report import Figures, Report
from tests.bench.waiting import accepted
from tests.cluster.doing import daemon_at
from tests.cluster.machine import Machine, code_of
from tests.cluster.network import NoNetwork, Place, network
from tests.faults.archive import Orders, archive_of
from tests.running import Daemon, running

MACHINES = 3
DOCUMENTS = (1, 1, 2, 4, 8)
# Where SQLite counts the transactions that have written, in its file's head; not with a WAL.
COUNTER = slice(24, 28)


@dataclass(frozen=True, slots=True)
class Cost:
    """What reading some documents took. CPU in seconds a page: of all processes, and of the head but for its reader."""

    per_minute: float
    cpu_seconds_per_page: float
    head_cpu_seconds_per_page: float = 0.0
    kb_to_machines_per_page: float = 0.0
    kb_from_machines_per_page: float = 0.0
    writes_per_page: float = 0.0


def measure(folder: Path) -> Report:
    """Read as many documents by one machine alone, and by a head with one reader and 1, 2 and 3 others."""
    found: Figures = {"alone": {**asdict(alone(folder))}}
    try:
        with network(1 + MACHINES) as places, head_at(places[0], folder) as (head, orders), head.client() as client, ExitStack() as house:
            machines: list[Machine] = []
            for number, place in enumerate(places[1:], 1):
                machine = Machine(folder / f"node{number}", head.address)
                machine.before = place.before
                house.callback(machine.kill)
                machine.join(head, code_of(head))
                machines.append(machine)
                scans = make_documents(folder / f"scans{number}", DOCUMENTS, number * sum(DOCUMENTS))
                found[f"with_{number}"] = {**asdict(cost(head, orders, client, machines, places[1 : 1 + number], scans))}
    except NoNetwork as error:
        found["left_out"] = str(error)
    return {"machines": found}


def alone(folder: Path) -> Cost:
    """Read documents by one machine with all its cores."""
    scans, pages = make_documents(folder / "scans", DOCUMENTS), sum(DOCUMENTS)
    with running(folder / "alone") as daemon, daemon.client() as client:
        # As the heads below: readers and decoders have begun, and know their languages.
        warmed = make_documents(folder / "warming", (4,), (1 + MACHINES) * pages)
        drop_to_ready(daemon, client, warmed)
        cpu, writes = cpu_seconds(daemon.processes()), writes_of(daemon)
        seconds = drop_to_ready(daemon, client, scans, accepted(client))
        cpu = cpu_seconds(daemon.processes()) - cpu
        return Cost(60 * pages / seconds, cpu / pages, writes_per_page=(writes_of(daemon) - writes) / pages)


@contextmanager
def head_at(place: Place, folder: Path) -> Iterator[tuple[Daemon, Orders]]:
    """Start a head with one reader, and have it do some work."""
    orders = Orders(folder / "orders")
    head = daemon_at(place, folder, failpoints=str(orders.folder))
    with archive_of(head, orders):
        yield head, orders


def cost(
    head: Daemon, orders: Orders, client: scriba.Client, machines: Sequence[Machine], places: Sequence[Place], scans: Sequence[Path]
) -> Cost:
    """Read documents by the head and some machines."""
    pages = sum(DOCUMENTS)

    def spent() -> tuple[float, float, int, int, int]:
        own = cpu_seconds(head.processes())
        reader = sum(cpu_seconds([one, *one.children(recursive=True)]) for one in orders.actors("reader"))
        others = sum(cpu_seconds(machine.processes()) for machine in machines)
        told = [bytes_of(place) for place in places]
        return own + others, own - reader, sum(to for to, _ in told), sum(back for _, back in told), writes_of(head)

    before = spent()
    seconds = drop_to_ready(head, client, list(scans), accepted(client))
    whole, own, to, back, writes = (after - earlier for after, earlier in zip(spent(), before, strict=True))
    return Cost(60 * pages / seconds, whole / pages, own / pages, to / 1_000 / pages, back / 1_000 / pages, writes / pages)


def bytes_of(place: Place) -> tuple[int, int]:
    """Count what came to a machine, and went from it."""
    shown = subprocess.run(["ip", "-n", place.name, "-s", "-j", "link", "show", "eth0"], capture_output=True, check=True, timeout=20)
    told = json.loads(shown.stdout)[0]["stats64"]
    return told["rx"]["bytes"], told["tx"]["bytes"]


def writes_of(daemon: Daemon) -> int:
    """Count the transactions that have written to a daemon's database."""
    with daemon.data.database.open("rb") as file:
        return int.from_bytes(file.read(100)[COUNTER], "big")
