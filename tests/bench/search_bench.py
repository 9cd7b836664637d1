"""Measures search at a size: `python -m tests.bench.search_bench 100000 [DIR]` prints a table and, last, one line of JSON.

Times are of `Searcher` in this process, without RPC; the queries are chosen by a fixed seed from the archive's own vocabulary.
"""

import json
import random
import resource
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from actors.index.generation import Generation, current, following, switch
from actors.index.messages import FacetField, Order, OrderField, SearchRequest
from actors.index.searcher import Searcher
from actors.index.source import IndexDocument
from actors.index.writer import GenerationWriter
from actors.store.files.data_dir import DataDir
from actors.store.opening import open_store
from tests.bench.archive import write_labels
from tests.bench.renames import measure_names, measure_renames
from tests.bench.search_corpus import documents, labels, vocabulary

NOW = datetime(2026, 1, 1, tzinfo=UTC)
BATCH = 500
Times = dict[str, tuple[float, float]]


def build(root: Path, count: int) -> dict[str, float]:
    """Index documents; give the cost of it."""
    generation, text_bytes, begin = following(root), 0, perf_counter()
    generation.create()
    made = documents(count + BATCH)
    with GenerationWriter(generation) as writer:
        while writer.count() < count:
            batch = list(islice(made, min(BATCH, count - writer.count())))
            text_bytes += sum(len(page.encode()) for document in batch for page in document.pages)
            writer.put(batch)
            writer.commit()
        seconds = perf_counter() - begin
        single = [_timed(lambda: _put_one(writer, one)) for one in islice(made, 50)]  # noqa: B023  # called before the next
    switch(generation)
    return {
        "documents_per_second": count / seconds,
        "commit_of_one_p50_ms": median(single),
        "index_to_text": _size(generation) / text_bytes,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _put_one(writer: GenerationWriter, document: IndexDocument) -> None:
    writer.put([document])
    writer.commit()


def _size(generation: Generation) -> int:
    return sum(path.stat().st_size for path in generation.path.rglob("*") if path.is_file())


def _timed(act: Callable[[], object]) -> float:
    begin = perf_counter()
    act()
    return (perf_counter() - begin) * 1000


def measure(searcher: Searcher, rounds: int = 100) -> Times:
    """Time each kind of query; p50 and p99 in milliseconds."""
    known, chance = vocabulary(), random.Random(3)

    def word(low: int = 20, high: int = 20_000) -> str:
        """Choose a word as people do: neither the commonest nor the rarest."""
        return known[int(low * (high / low) ** chance.random())]

    def search(query: Callable[[], str], order: OrderField = OrderField.RELEVANCE, after: str = "", count: bool = False) -> float:
        facets = tuple(FacetField) if count else ()
        request = SearchRequest(query(), NOW, after=after, order=Order(order), facets=facets, highlight=False)
        return _timed(lambda: searcher.search(request))

    deep = json.dumps(["added", True, (int(datetime(2024, 6, 1, tzinfo=UTC).timestamp()) << 31) | 1])
    kinds: dict[str, Callable[[], float]] = {
        "one word": lambda: search(word),
        "two words": lambda: search(lambda: f"{word()} {word()}"),
        "phrase": lambda: search(lambda: f'"{word(20, 200)} {word(20, 200)}"'),
        "prefix": lambda: search(lambda: f"{word()[:6]}*"),
        "part of a code": lambda: search(lambda: f"{chance.randrange(100_000):06d}"),
        "part of a word": lambda: search(lambda: word()[2:9]),
        "field and word": lambda: search(lambda: f'tag:"tag {chance.randrange(40)}" created:2015 {word()}'),
        "facets": lambda: search(word, count=True),
        "sorted by title": lambda: search(word, OrderField.TITLE),
        "everything": lambda: search(str, OrderField.ADDED),
        "deep page": lambda: search(str, OrderField.ADDED, deep),
        "completion": lambda: _timed(lambda: searcher.suggest(word()[: chance.randint(1, 5)])),
    }
    result = Times()
    for kind, once in kinds.items():
        times = [once() for _ in range(rounds)]
        result[kind] = (median(times), quantiles(times, n=100)[98])
    return result


def main() -> None:
    """Build where there is no index yet, measure, print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(sys.argv[2] if len(sys.argv) > 2 else temporary)
        root.mkdir(parents=True, exist_ok=True)
        built = build(root, count) if current(root) is None else {}
        data = DataDir(Path(temporary) / "catalogue")
        store = open_store(data.database_url, data)
        write_labels(store.database, labels())
        searcher = Searcher(root, lambda *_: {}, store.catalog)
        times, tag = measure(searcher), next(documents(1)).tags[-1]
        names = {**measure_renames(store, searcher, tag), **measure_names(store, tag)}
        store.close()
    for kind, (middle, slow) in times.items():
        print(f"{kind:18} p50 {middle:8.2f} ms   p99 {slow:8.2f} ms")
    kinds = {kind: {"p50_ms": p50, "p99_ms": p99} for kind, (p50, p99) in times.items()}
    print(json.dumps({"documents": count, **built, **kinds, "names": names}))


if __name__ == "__main__":
    main()
