"""What the figures of the home page cost where 100,000 documents are: how it has grown, and what waits for a person."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import insert, update

from actors.store.figures.periods import end_of, latest
from actors.store.files.data_dir import DataDir
from actors.store.nouns.access import Viewer
from actors.store.nouns.catalog import FieldFacts, FieldKind, LabelFacts, LabelKind
from actors.store.nouns.figures import CountedBy, GrowthAsked, Period
from actors.store.opening import open_store
from actors.store.rows.archive import DocumentRow
from actors.store.rows.catalog import DocumentTagRow, FieldValueRow
from actors.store.store import Store
from tests.bench.report import Figures, Report
from tests.bench.shared_archive import build
from tests.bench.timing import p50, p99, time_of

DOCUMENTS = 100_000
ROUNDS = 40
TODAY = date(2026, 11, 25)
ZONE = ZoneInfo("Europe/Berlin")
ASKED = ((Period.YEAR, 10), (Period.MONTH, 24), (Period.DAY, 400))
WARNING = [{"code": "PAGE_UNREADABLE", "message": "Page 2 could not be read.", "page": 2}]


def measure(folder: Path, share: float = 1.0) -> Report:
    """Fill an archive that many share, with much that waits, and ask as an administrator and as somebody who sees 60 of 100."""
    data, count = DataDir(folder / "archive"), int(DOCUMENTS * share)
    people = build(data, count)
    store = open_store(data.database_url, data)
    let_wait(store)
    administrator = Viewer(people["all"][0].user, everything=True)
    figures: Figures = {}
    for name, viewer in (("administrator", administrator), ("60 of 100", people["60 of 100"][0])):
        seen = store.seen_by(viewer)
        for by in CountedBy:
            for period, periods in ASKED:
                question = GrowthAsked(by, latest(period, periods, TODAY), end_of(period, TODAY), ZONE, 5)
                times = [time_of(lambda: seen.figures.growth(question)) for _ in range(ROUNDS)]  # noqa: B023  # called at once
                figures[f"growth by {by}, {periods} {period}s, {name}, p50 ms"] = p50(times)
        times = [time_of(lambda: seen.figures.attention(TODAY)) for _ in range(ROUNDS)]  # noqa: B023  # called at once
        figures[f"attention, {name}, p50 ms"], figures[f"attention, {name}, p99 ms"] = p50(times), p99(times)
    store.close()
    return {"figures": {"documents": count, **figures}}


def let_wait(store: Store) -> None:
    """Put a tenth of the documents into the inbox, let one of 200 bear a warning, and all have a day on which they are due."""
    inbox = store.catalog.labels.create(LabelKind.TAG, LabelFacts("inbox", inbox=True)).id
    field = store.catalog.fields.create(FieldKind.DATE, FieldFacts("due", reminder_days=30), ()).id
    with store.database.write() as session:
        ids = list(session.scalars(DocumentRow.__table__.select().with_only_columns(DocumentRow.id)))
        session.execute(insert(DocumentTagRow), [{"document_id": one, "tag_id": inbox} for one in ids if one % 10 == 0])
        session.execute(update(DocumentRow).where(DocumentRow.id % 200 == 0).values(warnings=WARNING))
        days = {one: date.fromordinal(TODAY.toordinal() - 1_000 + one % 2_000) for one in ids}
        values = [{"document_id": one, "field_id": field, "value": day.isoformat(), "day": day} for one, day in days.items()]
        session.execute(insert(FieldValueRow), values)
