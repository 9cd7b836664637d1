"""A thousand rules once more over an archive, as the job of ApplyRules does it: texts from the store, reasons into it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from time import perf_counter

from actors.matching.matcher import Matcher
from actors.pipeline.bulk_editing import DOCUMENTS_AT_ONCE
from actors.store.files.data_dir import DataDir
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.bulk_edits import BulkAction, BulkOrder
from actors.store.nouns.catalog import LabelFacts, LabelKind
from actors.store.nouns.jobs import Job
from actors.store.opening import open_store
from actors.store.store import Store
from actors.understanding.going_over import proposed
from actors.understanding.settings import UnderstandingSettings
from daemon.cast.understanding import make_understanding
from tests.bench.archive import BATCH, write_labels, write_rows
from tests.bench.bulk_edits import peak
from tests.bench.matching import fitting, plain_rule, word_rules
from tests.bench.report import Figures, Report
from tests.bench.search_corpus import documents, labels
from tests.bench.timing import p50, p99, time_of

DOCUMENTS = 100_000
# So many texts, all over the archive, are matched for the limit, and by the plain way.
RAW_TEXTS, PLAIN_TEXTS = 2_000, 40
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def measure(folder: Path, share: float = 1.0) -> Report:
    """File all documents again; beside it what the rules alone take, for texts that are in memory, and one rule after another."""
    data = DataDir(folder / "archive")
    store = open_store(data.database_url, data)
    count = int(DOCUMENTS * share)
    fill(store, count)
    rules = word_rules()
    for number, rule in enumerate(rules):
        store.catalog.labels.create(LabelKind.TAG, LabelFacts(f"rule {number}", rule))
    texts = texts_of(store, count, min(RAW_TEXTS, count))
    matcher, plain = Matcher(enumerate(rules)), [plain_rule(rule) for rule in rules]
    alone = [time_of(lambda text=text: matcher.match(text)) for text in texts]  # type: ignore[misc]  # mypy can't infer defaults
    slowly = [time_of(lambda text=text: fitting(plain, text)) for text in texts[:: max(1, len(texts) // PLAIN_TEXTS)]]  # type: ignore[misc]
    figures = carried_out(store, [DocumentId(number) for number in range(1, count + 1)])
    store.close()
    per_document = 1000 * float(figures["seconds"]) / count  # type: ignore[arg-type]  # it is a number
    ratios = {"ratio_to_rules_alone": per_document / (sum(alone) / len(alone)), "ratio_to_plain_way": p50(slowly) / per_document}
    return {"rules_again": {"documents": count, "rules": len(rules), **figures, "ms_per_document": per_document, **ratios}}


def fill(store: Store, count: int) -> None:
    """Write documents that have been read, and their labels."""
    write_labels(store.database, labels())
    made = documents(count)
    while batch := list(islice(made, BATCH)):
        write_rows(store.database, batch)


def texts_of(store: Store, count: int, some: int) -> list[str]:
    """Take texts from all over the archive."""
    chosen = range(1, count + 1, count // some)
    return ["\n".join(store.pages.texts(DocumentId(number))) for number in chosen]


def carried_out(store: Store, ids: Sequence[DocumentId]) -> Figures:
    """Do the job as the pipeline does, but for its rests."""
    understanding = make_understanding(UnderstandingSettings(), store, UTC)
    order = BulkOrder(BulkAction.APPLY_RULES)
    job_id = store.bulk_edits.start(order, ids, "apply rules", NOW)
    job: Job = next(job for job in store.jobs.lease("bench", 100, NOW) if job.id == job_id)
    steps, position, before, begun = list[float](), 0, peak(), perf_counter()
    while position < len(ids):
        some = ids[position : position + DOCUMENTS_AT_ONCE]
        wanted = proposed(store, understanding.labels, some, order.kinds)
        began = perf_counter()
        position = store.bulk_edits.step(job_id, job.fence, position, some, len(ids), NOW, wanted)
        steps.append(1000 * (perf_counter() - began))
    seconds = perf_counter() - begun
    store.jobs.succeed(job_id, job.fence, NOW)
    return {
        "changed": store.bulk_edits.get(job_id, 0).changed,
        "seconds": seconds,
        "writing_share": sum(steps) / 1000 / seconds,
        "step_p50_ms": p50(steps),
        "step_p99_ms": p99(steps),
        "memory_mb": peak() - before,
    }
