"""The figures a monitor reads, asked for at each look. No label names a document, a person, a mailbox or a host."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, Counter, Info, Metric, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from actors.store.errors import StoreUnavailable
from actors.store.files.health import DiskLook, StoreHealth


@dataclass(frozen=True, slots=True)
class ArchiveFigures:
    """One look at the archive. `jobs` by state, every state there, also with 0.

    `index_differences`: what the last comparison of the index with the database has found, by kind; its time is of the epoch, 0 before it,
    as is `backup_time`. `stored_bytes` by what is stored; `mailboxes` by whether they were reached; `tasks` by name, whether the last run
    of each has failed.
    """

    documents: int
    documents_failed: int
    jobs: Mapping[str, int]
    oldest_running_job_seconds: float
    free_bytes: int
    documents_in_inbox: int = 0
    pages: int = 0
    pages_waiting: int = 0
    oldest_queued_job_seconds: float = 0.0
    index_pending: int = 0
    stored_bytes: Mapping[str, int] = field(default_factory=dict)
    mailboxes: Mapping[str, int] = field(default_factory=dict)
    tasks: Mapping[str, bool] = field(default_factory=dict)
    backup_time: float = 0.0
    reconciled_time: float = 0.0
    index_differences: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MachineFigures:
    """One look at the machines, by their ids: pages since each joined, and when it was heard of, of the epoch; `states` counts them."""

    states: Mapping[str, int] = field(default_factory=dict)
    pages_read: Mapping[str, int] = field(default_factory=dict)
    seen_time: Mapping[str, float] = field(default_factory=dict)
    pages_failed: int = 0
    pages_late: int = 0
    readers_lost: int = 0


@dataclass(frozen=True, slots=True)
class Looks:
    """Whom the figures are asked of, from any thread. `machines` gives None while those who know are away; `build` what runs here."""

    archive: Callable[[], ArchiveFigures]
    health: Callable[[], StoreHealth]
    machines: Callable[[], MachineFigures | None] = MachineFigures
    disks: Callable[[], Sequence[DiskLook]] = tuple
    build: Mapping[str, str] = field(default_factory=dict)


class AtEachLook(Collector):
    """Asks when a monitor does, and not before."""

    def describe(self) -> Iterator[Metric]:
        """Name nothing beforehand: registering must not ask the database."""
        return iter(())


class ArchiveCollector(AtEachLook):
    """Turns a look at the archive into metrics."""

    def __init__(self, look: Callable[[], ArchiveFigures]) -> None:
        self._look = look

    def collect(self) -> Iterator[Metric]:
        """Look once, and give each figure; none where the database is away, which its own figure tells."""
        try:
            figures = self._look()
        except StoreUnavailable:
            return
        yield gauge("scriba_documents", "Documents, those in the trash left out.", figures.documents)
        yield gauge("scriba_documents_failed", "Documents that could not be read.", figures.documents_failed)
        yield gauge("scriba_documents_in_inbox", "Documents that bear a tag which every new one gets.", figures.documents_in_inbox)
        yield gauge("scriba_pages", "Pages of these documents.", figures.pages)
        yield by_label("scriba_jobs", "Jobs that have not ended well, by state.", "state", figures.jobs)
        yield gauge(
            "scriba_oldest_running_job_seconds", "For how long the longest is at work; 0 when none is.", figures.oldest_running_job_seconds
        )
        yield gauge(
            "scriba_oldest_queued_job_seconds",
            "For how long the longest waits its turn; 0 when none does.",
            figures.oldest_queued_job_seconds,
        )
        yield gauge("scriba_pages_waiting", "Pages that are still to be read, as far as they were counted.", figures.pages_waiting)
        yield gauge("scriba_free_bytes", "Room left on the disk of the data folder.", figures.free_bytes)
        yield by_label("scriba_stored_bytes", "Room taken, those in the trash left out.", "kind", figures.stored_bytes)
        yield gauge("scriba_index_pending_documents", "Documents whose last change is not searchable yet.", figures.index_pending)
        yield by_label(
            "scriba_index_differences",
            "What the last comparison of index and database has found, and had mended.",
            "kind",
            figures.index_differences,
        )
        yield gauge("scriba_index_compared_time_seconds", "When index and database were compared last; 0 before.", figures.reconciled_time)
        yield gauge("scriba_backup_time_seconds", "When the last whole backup was made; 0 before.", figures.backup_time)
        yield by_label("scriba_mail_accounts", "Mailboxes in use, as they were when last tried.", "state", figures.mailboxes)
        yield by_label("scriba_task_failed", "Whether the last run of what is done by the clock has failed.", "task", figures.tasks)


class MachineCollector(AtEachLook):
    """Turns a look at the machines into metrics."""

    def __init__(self, look: Callable[[], MachineFigures | None]) -> None:
        self._look = look

    def collect(self) -> Iterator[Metric]:
        """Look once; nothing is told while those who know begin anew."""
        figures = self._look()
        if figures is None:
            return
        yield by_label("scriba_machines", "Machines that read pages, by state.", "state", figures.states)
        pages_read = "Pages read since the machine joined, or the daemon started."
        yield by_label("scriba_pages_read", pages_read, "machine", figures.pages_read, CounterMetricFamily)
        yield by_label("scriba_machine_seen_time_seconds", "When it was last heard of.", "machine", figures.seen_time)
        yield CounterMetricFamily("scriba_pages_failed", "Pages that were marked as unreadable.", value=figures.pages_failed)
        yield CounterMetricFamily("scriba_pages_late", "Pages given to a second reader, too, as late.", value=figures.pages_late)
        yield CounterMetricFamily("scriba_readers_lost", "Readers lost with a page in hand.", value=figures.readers_lost)


class StoreCollector(AtEachLook):
    """Turns what the store allows, and what was seen of its disks, into metrics: 1 for yes."""

    def __init__(self, health: Callable[[], StoreHealth], disks: Callable[[], Sequence[DiskLook]] = tuple) -> None:
        self._health = health
        self._disks = disks

    def collect(self) -> Iterator[Metric]:
        """Give what was seen last; nothing is asked."""
        health = self._health()
        yield gauge("scriba_accepting", "Whether files are taken in.", health.accepting)
        yield gauge("scriba_working", "Whether documents are read.", health.working)
        yield gauge("scriba_store_writable", "Whether the archive can be changed.", health.writable)
        yield gauge("scriba_store_readable", "Whether the database answers.", health.readable)
        disks = self._disks()
        free = {place: disk.free_bytes for disk in disks for place in disk.places}
        size = {place: disk.size_bytes for disk in disks for place in disk.places}
        yield by_label("scriba_disk_free_bytes", "Room left on the disk of each folder.", "place", free)
        yield by_label("scriba_disk_size_bytes", "Size of the disk of each folder.", "place", size)


def refused_sign_ins(registry: CollectorRegistry) -> Callable[[str], None]:
    """Count sign-ins that were refused, by what is told of each: wrong, or made to wait."""
    refused = Counter("scriba_sign_ins_refused", "Sign-ins refused since the start.", ["reason"], registry=registry)
    for reason in ("wrong", "must_wait"):
        refused.labels(reason)
    return lambda reason: refused.labels(reason).inc()


def gauge(name: str, help_text: str, value: float) -> Metric:
    """Give one figure."""
    return GaugeMetricFamily(name, help_text, value=value)


def by_label(
    name: str,
    help_text: str,
    label: str,
    values: Mapping[str, float],
    family: type[GaugeMetricFamily] | type[CounterMetricFamily] = GaugeMetricFamily,
) -> Metric:
    """Give one figure for each value of a label."""
    metric = family(name, help_text, labels=[label])
    for key, value in values.items():
        metric.add_metric([key], value)
    return metric


def archive_registry(looks: Looks) -> CollectorRegistry:
    """Make the registry that /metrics shows."""
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    Info("scriba_build", "What runs here.", registry=registry).info(dict(looks.build))
    registry.register(StoreCollector(looks.health, looks.disks))
    registry.register(ArchiveCollector(looks.archive))
    registry.register(MachineCollector(looks.machines))
    return registry
