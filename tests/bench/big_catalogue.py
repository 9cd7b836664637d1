"""A catalogue of 10,000 tags and the folders of an archive of 100,000 documents: listing, renaming, completing, suggesting, browsing."""

import random
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

from actors.filing.filer import Filer
from actors.filing.rules import FilingRules
from actors.store.files.data_dir import DataDir
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.catalog import LabelFacts, LabelKind
from actors.store.opening import open_store
from actors.store.store import Store
from actors.templates.documents import facts_of
from actors.templates.rendering import TemplateOptions, render_path
from actors.understanding.settings import UnderstandingSettings
from actors.understanding.stored import stored_facts
from daemon.cast.understanding import make_understanding
from tests.bench.report import Figures, Report
from tests.bench.rules_again import fill
from tests.bench.search_corpus import TAGS
from tests.bench.timing import p50, p99, time_of

DOCUMENTS = 100_000
ROUNDS = 200
PAGE = 100
NOW = datetime(2026, 1, 1, tzinfo=UTC)
TEMPLATE = "{{ created_year }}/{{ correspondent }}/{{ title }}"
RENDERED = 500


def measure(folder: Path, share: float = 1.0) -> Report:
    """Fill an archive, and ask it what people ask."""
    data = DataDir(folder / "archive")
    store = open_store(data.database_url, data)
    count = int(DOCUMENTS * share)
    fill(store, count)
    with sqlite3.connect(data.database) as plain:
        catalogue, folders = measure_catalogue(store, plain, count), measure_folders(store, plain, count)
    store.close()
    return {
        "catalogue": {"tags": TAGS, "documents": count, **catalogue},
        "folders": {"documents": count, **folders},
    }


def measure_catalogue(store: Store, plain: sqlite3.Connection, count: int) -> Figures:
    """List, complete, rename and suggest; beside it the same page of rows without anything of ours around it."""
    labels, chance = store.catalog.labels, random.Random(7)
    tags = labels.list(LabelKind.TAG, None, TAGS)
    understanding = make_understanding(UnderstandingSettings(), store, UTC)
    understanding.labels(["the first compiles all rules"])

    def list_page() -> None:
        after = chance.choice(tags)
        page = labels.list(LabelKind.TAG, (after.name.casefold(), after.id), PAGE)
        labels.documents_of([one.id for one in page])

    def suggest() -> None:
        document = store.documents.get(DocumentId(chance.randint(1, count)))
        understanding.suggest(stored_facts(store, document, UTC))

    rows = "SELECT * FROM labels WHERE kind = 'tag' AND name_key > ? ORDER BY name_key, id LIMIT 100"
    listed = [time_of(list_page) for _ in range(ROUNDS)]
    raw = [time_of(lambda: plain.execute(rows, (chance.choice(tags).name.casefold(),)).fetchall()) for _ in range(ROUNDS)]
    completed = [time_of(lambda: labels.list(LabelKind.TAG, None, 10, chance.choice(tags).name[:4])) for _ in range(ROUNDS)]
    renamed = [time_of(lambda: labels.update(tags[0].id, LabelFacts(f"named {number}"), None, NOW)) for number in range(ROUNDS)]  # noqa: B023
    suggested = [time_of(suggest) for _ in range(ROUNDS)]
    return {
        **figures("list", listed),
        **figures("complete", completed),
        **figures("rename", renamed),
        **figures("suggest", suggested),
        "list_ratio_to_raw_rows": p50(listed) / p50(raw),
    }


def measure_folders(store: Store, plain: sqlite3.Connection, count: int) -> Figures:
    """Place all documents, and browse; beside it the templates alone, and counting all rows for each look."""
    filer, chance = Filer(store, FilingRules(TEMPLATE)), random.Random(8)
    alone = list(rendered(store, count))
    begun = perf_counter()
    while filer.step():
        pass
    seconds = perf_counter() - begun
    years = [folder.path for folder in store.places.folders("", None, PAGE)]
    inner = [folder.path for year in years for folder in store.places.folders(year, None, PAGE)]

    def browse() -> None:
        chosen = chance.choice([*years, *inner])
        store.places.folders(chosen, None, PAGE)
        store.places.documents(chosen, None, PAGE)

    browsed = [time_of(browse) for _ in range(ROUNDS)]
    counting = "SELECT substr(folder, 1, instr(folder || '/', '/') - 1) AS top, count(*) FROM places GROUP BY top"
    counted = [time_of(lambda: plain.execute(counting).fetchall()) for _ in range(5)]
    return {
        "folders": len(years) + len(inner),
        "place_all_seconds": seconds,
        "ratio_to_templates_alone": 1000 * seconds / count / (sum(alone) / len(alone)),
        **figures("browse", browsed),
        "ratio_to_counting_rows": p50(counted) / p50(browsed),
    }


def rendered(store: Store, count: int) -> Iterator[float]:
    """Render templates of documents that are in memory: milliseconds of each."""
    chosen = [DocumentId(number) for number in range(1, count + 1, max(1, count // RENDERED))]
    for document in store.documents.get_many(chosen):
        yield time_of(lambda: render_path(TEMPLATE, facts_of(document, ZoneInfo("UTC"), ""), TemplateOptions()))  # noqa: B023  # called at once


def figures(name: str, times: list[float]) -> Figures:
    """Tell of many calls."""
    return {f"{name}_p50_ms": p50(times), f"{name}_p99_ms": p99(times)}
