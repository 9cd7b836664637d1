"""What permissions cost: 50 people who may see a hundredth of an archive, a sixth, 60 of 100 documents or all, beside an administrator."""

import random
from collections.abc import Callable, Mapping, Sequence
from itertools import cycle
from pathlib import Path

from actors.index.messages import SearchRequest
from actors.index.searcher import Searcher
from actors.store.files.data_dir import DataDir
from actors.store.nouns.access import Viewer
from actors.store.nouns.archive import Cursor, DocumentOrder, SortField
from actors.store.nouns.catalog import LabelId
from actors.store.opening import open_store
from actors.store.rows.ordering import cursor_of
from actors.store.store import Store
from tests.bench.queries import Questions
from tests.bench.report import Figures, Report
from tests.bench.shared_archive import NOW, build
from tests.bench.timing import p50, p99, time_of

DOCUMENTS = 100_000
ROUNDS = 60
PAGE = 50
Look = Callable[[Viewer], object]


def measure(folder: Path, share: float = 1.0) -> Report:
    """Fill an archive that many share, and let people of each kind look."""
    data, count = DataDir(folder / "archive"), int(DOCUMENTS * share)
    return {"access": {"documents": count, **looked(data, build(data, count), count, ROUNDS)}}


def looked(data: DataDir, people: Mapping[str, Sequence[Viewer]], count: int, rounds: int) -> Figures:
    """Ask the same as an administrator and as somebody of each kind, in turn."""
    store = open_store(data.database_url, data)
    searcher = Searcher(data.index, store.pages.texts_of, store.catalog)
    administrator = Viewer(people["all"][0].user, everything=True)
    figures: Figures = {}
    chance = random.Random(5)
    for name, looks in {**of_lists(store), **of_searches(store, searcher, count)}.items():
        times: dict[str, list[float]] = {kind: [] for kind in ("administrator", *people)}
        for number in range(rounds + 5):
            look = next(looks)
            for kind in times:
                viewer = administrator if kind == "administrator" else chance.choice(people[kind])
                spent = time_of(lambda: look(viewer))  # noqa: B023  # called at once
                if number >= 5:  # the first ones warm up
                    times[kind].append(spent)
        figures[f"{name}, administrator, p50 ms"] = p50(times["administrator"])
        for kind in people:
            figures[f"{name}, {kind}, times that"] = p50(times[kind]) / p50(times["administrator"])
        figures[f"{name}, 60 of 100, p99 ms"] = p99(times["60 of 100"])
    searcher.close()
    store.close()
    return figures


def of_lists(store: Store) -> dict[str, "cycle[Look]"]:
    """Give what the database answers: pages with their totals, labels with their counts, statistics."""
    tags, looks = [LabelId(number) for number in range(1, 101)], dict[str, Sequence[Look]]()
    for field in SortField:
        order = DocumentOrder(field, descending=True)
        middle = store.documents.list(order, None, 2_000, deleted=False)[-1]
        looks[f"list by {field.value}"] = [_page(store, order, None)]
        looks[f"deep list by {field.value}"] = [_page(store, order, cursor_of(middle, order))]
    looks["total"] = [lambda viewer: store.seen_by(viewer).documents.count(deleted=False)]
    looks["page and total"] = [lambda viewer: (looks["list by added_time"][0](viewer), looks["total"][0](viewer))]
    looks["counts of 100 tags"] = [lambda viewer: store.seen_by(viewer).catalog.labels.documents_of(tags)]
    looks["statistics"] = [lambda viewer: store.seen_by(viewer).statistics()]
    return {name: cycle(each) for name, each in looks.items()}


def _page(store: Store, order: DocumentOrder, after: Cursor | None) -> Look:
    return lambda viewer: store.seen_by(viewer).documents.list(order, after, PAGE + 1, deleted=False)


def of_searches(store: Store, searcher: Searcher, count: int) -> dict[str, "cycle[Look]"]:
    """Give what the index answers."""
    questions, sight = Questions(count), store.permissions.sight

    def search(query: str) -> Look:
        return lambda viewer: searcher.search(SearchRequest(query, NOW, sight=sight(viewer), highlight=False))

    def suggest(text: str) -> Look:
        return lambda viewer: searcher.suggest(text, len(text), sight=sight(viewer))

    asked = [search(ask().query) for _, ask in zip(range(ROUNDS), cycle(questions.kinds().values()), strict=False)]
    typed = [suggest(questions.typed()) for _ in range(ROUNDS)]
    return {"search": cycle(asked), "completion": cycle(typed)}
