"""What a new name of a label costs: the write, and the next search, for which the names of the whole catalogue are read again."""

import tracemalloc
from datetime import UTC, datetime
from statistics import median

from actors.index.messages import SearchRequest
from actors.index.names import Names
from actors.index.searcher import Searcher
from actors.store.nouns.catalog import LabelFacts, LabelId
from actors.store.store import Store
from tests.bench.timing import time_of

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ROUNDS = 20
FEW_ROUNDS = 5


def measure_renames(store: Store, searcher: Searcher, tag: LabelId) -> dict[str, float]:
    """Give a tag that a document bears other names, and look for it by each: milliseconds."""
    written, first, second = list[float](), list[float](), list[float]()
    for number in range(ROUNDS):
        request = SearchRequest(f"tag:=renamed{number}", NOW, highlight=False)
        written.append(time_of(lambda: rename(store, tag, f"renamed{number}")))  # noqa: B023  # called before the next
        first.append(time_of(lambda: searcher.search(request)))  # noqa: B023  # likewise
        second.append(time_of(lambda: searcher.search(request)))  # noqa: B023  # likewise
        assert searcher.search(request).total > 0
    return {"rename_p50_ms": median(written), "search_after_it_p50_ms": median(first), "search_again_p50_ms": median(second)}


def measure_names(store: Store, tag: LabelId) -> dict[str, float]:
    """Take the parts of that time, and of memory what the names take."""
    tracemalloc.start()
    state = store.catalog.names()
    before = tracemalloc.get_traced_memory()[0]
    names = Names(state)
    size = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    rename(store, tag, "renamed once more")
    changed = store.catalog.names()
    return {
        "labels": float(sum(map(len, state.labels.values()))),
        "names_mb": size / 1e6,
        "stamp_p50_ms": median(time_of(store.catalog.stamp) for _ in range(ROUNDS)),
        "read_p50_ms": median(time_of(store.catalog.names) for _ in range(FEW_ROUNDS)),
        "take_in_p50_ms": median(time_of(lambda: Names(state)) for _ in range(FEW_ROUNDS)),
        "take_in_changed_p50_ms": median(time_of(lambda: Names(changed, names)) for _ in range(FEW_ROUNDS)),
    }


def rename(store: Store, tag: LabelId, name: str) -> None:
    """Call a tag something else."""
    store.catalog.labels.update(tag, LabelFacts(name), None, NOW)
