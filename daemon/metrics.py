"""The figures a monitor reads, asked for at each look."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, Metric, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from actors.store.errors import StoreUnavailable
from actors.store.files.health import StoreHealth


@dataclass(frozen=True, slots=True)
class ArchiveFigures:
    """One look at the archive. `jobs` by state, every state there, also with 0.

    `index_differences`: what the last comparison of the index with the database has found, by kind; its time is of the epoch, 0 before it.
    """

    documents: int
    documents_failed: int
    jobs: Mapping[str, int]
    oldest_running_job_seconds: float
    pages_read: int
    free_bytes: int
    reconciled_time: float = 0.0
    index_differences: Mapping[str, int] = field(default_factory=dict)


class ArchiveCollector(Collector):
    """Turns a look at the archive into metrics."""

    def __init__(self, look: Callable[[], ArchiveFigures]) -> None:
        self._look = look

    def collect(self) -> Iterator[Metric]:
        """Look once, and give each figure; none where the database is away, which its own figure tells."""
        try:
            figures = self._look()
        except StoreUnavailable:
            return
        yield GaugeMetricFamily("scriba_documents", "Documents, those in the trash left out.", value=figures.documents)
        yield GaugeMetricFamily("scriba_documents_failed", "Documents that could not be read.", value=figures.documents_failed)
        jobs = GaugeMetricFamily("scriba_jobs", "Jobs by state.", labels=["state"])
        for state, count in figures.jobs.items():
            jobs.add_metric([state], count)
        yield jobs
        yield GaugeMetricFamily(
            "scriba_oldest_running_job_seconds",
            "Age of the job that runs longest; 0 when none runs.",
            value=figures.oldest_running_job_seconds,
        )
        yield CounterMetricFamily("scriba_pages_read", "Pages read since the daemon started.", value=figures.pages_read)
        yield GaugeMetricFamily("scriba_free_bytes", "Room left on the disk of the data folder.", value=figures.free_bytes)
        differences = GaugeMetricFamily(
            "scriba_index_differences", "What the last comparison of index and database has found, and had mended.", labels=["kind"]
        )
        for kind, count in figures.index_differences.items():
            differences.add_metric([kind], count)
        yield differences
        yield GaugeMetricFamily(
            "scriba_index_compared_time_seconds", "When index and database were compared last; 0 before.", value=figures.reconciled_time
        )

    def describe(self) -> Iterator[Metric]:
        """Name nothing beforehand: registering must not ask the database."""
        return iter(())


class StoreCollector(Collector):
    """Turns what the store allows into metrics: 1 for yes."""

    def __init__(self, health: Callable[[], StoreHealth]) -> None:
        self._health = health

    def collect(self) -> Iterator[Metric]:
        """Give what was seen last; nothing is asked."""
        health = self._health()
        yield GaugeMetricFamily("scriba_accepting", "Whether files are taken in.", value=health.accepting)
        yield GaugeMetricFamily("scriba_working", "Whether documents are read.", value=health.working)
        yield GaugeMetricFamily("scriba_store_writable", "Whether the archive can be changed.", value=health.writable)
        yield GaugeMetricFamily("scriba_store_readable", "Whether the database answers.", value=health.readable)


def archive_registry(look: Callable[[], ArchiveFigures], health: Callable[[], StoreHealth]) -> CollectorRegistry:
    """Make the registry that /metrics shows; `look` may be called from any thread."""
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    registry.register(StoreCollector(health))
    registry.register(ArchiveCollector(look))
    return registry
