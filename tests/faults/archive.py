"""A daemon under faults, and all that was ever handed to it: what every trial leaves behind adds up, as in a person's archive."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from actors.failpoints import Failpoint, Order
from scriba.v1.documents_pb2 import Document, DocumentState
from tests.end_to_end.invariants import Noted, broken_invariants, lost_files, note
from tests.end_to_end.person import Person
from tests.faults.papers import Kind, paper
from tests.invariants.originals import stands
from tests.invariants.sent import Sent
from tests.running import Daemon, started, wait_until

# On two cores that others share; a document takes a second or two.
SECONDS = 200.0
WARM = 3

Papers = Mapping[str, Sent]


class Orders:
    """The folder where orders are put, and where processes tell who they are (actors/failpoints.py)."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder

    def arm(self, place: Failpoint, order: Order = Order.KILL) -> None:
        """Have the next process that comes to a place end or stand still there."""
        draft = self.folder / "draft"
        draft.write_text(order)
        draft.rename(self.folder / place.name)

    def armed(self, place: Failpoint) -> bool:
        """Tell whether nobody has come there yet."""
        return (self.folder / place.name).exists()

    def held(self, place: Failpoint) -> bool:
        """Tell whether a process stands still there."""
        told = self.folder / f"{place.name}.held"
        if not told.exists():
            return False
        pid = int(told.read_text() or "0")
        return bool(pid) and psutil.pid_exists(pid) and psutil.Process(pid).status() == psutil.STATUS_STOPPED

    def forget(self, place: Failpoint) -> None:
        """Take away what a process has told that stood still there."""
        (self.folder / f"{place.name}.held").unlink()

    def actors(self, name: str) -> list[psutil.Process]:
        """Find the processes of an actor that live; there are several readers."""
        pids = [int(told.read_text() or "0") for told in self.folder.glob(f"{name}*.pid")]
        return [psutil.Process(pid) for pid in pids if pid and psutil.pid_exists(pid)]


def drop(daemon: Daemon, papers: Papers) -> None:
    """Put files into the watched folder, each whole at once; the daemon need not run."""
    for name, each in papers.items():
        staged = daemon.data.root / "staged"
        staged.write_bytes(each.content)
        staged.rename(daemon.data.consume / name)


@dataclass
class Archive:
    """One daemon, where it takes orders, and what it was sent."""

    daemon: Daemon
    orders: Orders
    sent: dict[str, Sent] = field(default_factory=dict)
    noted: Noted = field(default_factory=lambda: Noted({}, {}))
    _next: int = 0

    def papers(self, count: int) -> dict[str, Sent]:
        """Make new papers of every kind; every second scan has two pages."""
        return dict(self.paper(list(Kind)[number % len(Kind)], 1 + number % 2) for number in range(count))

    def paper(self, kind: Kind, pages: int = 1) -> tuple[str, Sent]:
        """Make one new paper with its name."""
        self._next += 1
        return paper(self._next, kind, pages)

    def drop(self, papers: Papers) -> None:
        """Put files into the watched folder, and remember them."""
        self.sent |= papers
        drop(self.daemon, papers)

    def lost(self) -> list[str]:
        """Tell the files that are lost at this moment."""
        return lost_files(self.daemon, self.sent)

    def wait_until_ready(self, papers: Papers) -> None:
        """Wait until each of these is a document that can be found, however often a process is lost on the way."""
        wanted = {each.sha256 for each in papers.values()}
        wait_until(lambda: wanted <= {each.sha256 for each in self.documents() if each.state == READY}, SECONDS, self.daemon.story)

    def documents(self) -> list[Document]:
        """List all documents; none while nobody answers."""
        return self.daemon.documents() if self.daemon.answers() else []

    def broken(self) -> list[str]:
        """Wait until nothing is at work, and check all invariants."""
        wait_until(lambda: self.daemon.answers() and self.daemon.settled(), SECONDS, self.daemon.story)
        known = self.noted.originals
        fresh = {path: stand for path, stand in stands(self.daemon.data).items() if path not in known}
        again = {each.sha256 for each in self.sent.values() if each.times > 1}
        kept = {path: stand for path, stand in known.items() if path.stem not in again}
        self.noted = Noted(kept | fresh, self.noted.descriptors)
        with Person(self.daemon) as person:
            return broken_invariants(person, self.sent, self.noted)


READY = DocumentState.DOCUMENT_STATE_READY


@contextmanager
def running_archive(folder: Path, **settings: str) -> Iterator[Archive]:
    """Start a daemon that takes orders and has done some work."""
    orders = Orders(folder / "orders")
    daemon = Daemon(folder / "data", consumer_stability_delay="0.2", failpoints=str(orders.folder), **settings)
    with archive_of(daemon, orders) as archive:
        yield archive


@contextmanager
def archive_of(daemon: Daemon, orders: Orders) -> Iterator[Archive]:
    """Start a daemon that was told how it is to run, and have it do some work."""
    daemon.data.root.mkdir(parents=True, exist_ok=True)
    with started(daemon):
        archive = Archive(daemon, orders)
        warm = archive.papers(WARM)
        archive.drop(warm)
        archive.wait_until_ready(warm)
        archive.noted = note(daemon)
        yield archive
