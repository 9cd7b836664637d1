"""How many documents came when, counted by one walk along an index."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from itertools import pairwise

from sqlalchemy import Date, Integer, Select, and_, column, func, select, values
from sqlalchemy.orm import Session

from actors.store.catalog.label_rows import seen_names
from actors.store.nouns.catalog import LabelId, NamedLabel
from actors.store.nouns.figures import Amount, CountedBy, Growth, GrowthAsked, GrowthSeries
from actors.store.rows.archive import DocumentRow
from actors.store.rows.columns import UtcDateTime
from actors.store.rows.ordering import UNDATED

# Numbers of what lies in no period.
_BEFORE, _AFTER, _UNDATED = -1, -2, -3
_OUTSIDE = (_BEFORE, _AFTER, _UNDATED)
_FIRST_MOMENT, _LAST_MOMENT = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)

# What is counted of each type, None for no type, in each period.
Counted = Mapping[int | None, Mapping[int, Amount]]


def growth(session: Session, asked: GrowthAsked) -> Growth:
    """Count the documents outside the trash that whoever a session is narrowed for may see."""
    counted = defaultdict[int | None, dict[int, Amount]](dict)
    for number, type_id, documents, pages in session.execute(_query(asked)):
        if documents:
            counted[type_id][number] = Amount(documents, int(pages))  # PostgreSQL adds up to a Decimal
    outside = {number: sum((each.get(number, Amount()) for each in counted.values()), Amount()) for number in _OUTSIDE}
    names = seen_names(session, [type_id for type_id in counted if type_id is not None])
    series = _series(_told(counted, names), names, asked)
    return Growth(tuple(series), outside[_BEFORE], outside[_AFTER], outside[_UNDATED])


def _query(asked: GrowthAsked) -> Select[int, int | None, int, int]:
    moments = asked.by is CountedBy.ADDED
    kind, dated = (UtcDateTime(), DocumentRow.added_time) if moments else (Date(), DocumentRow.created_date)
    given = values(column("number", Integer), column("since", kind), column("until", kind), name="given").data(list(_bounds(asked)))
    periods = given.cte("periods")
    within = and_(
        DocumentRow.trashed == False,  # noqa: E712  # SQL, not Python
        dated >= periods.c.since,
        dated < periods.c.until,
    )
    # An outer join, so that SQLite walks from each period into the index, and never the other way round.
    return (
        select(periods.c.number, DocumentRow.type_id, func.count(DocumentRow.id), func.coalesce(func.sum(DocumentRow.page_count), 0))
        .select_from(periods)
        .outerjoin(DocumentRow, within)
        .group_by(periods.c.number, DocumentRow.type_id)
    )


def _bounds(asked: GrowthAsked) -> Iterable[tuple[int, date | datetime, date | datetime]]:
    """Give each period with the first day, or moment, that lies in it, and the first that does not."""
    days = (*asked.starts, asked.end)
    if asked.by is CountedBy.CREATED:
        first_dated = date.fromordinal(UNDATED.toordinal() + 1)
        yield (_UNDATED, UNDATED, first_dated)
        yield (_BEFORE, first_dated, days[0])
        yield (_AFTER, days[-1], date.max)
        yield from ((number, since, until) for number, (since, until) in enumerate(pairwise(days)))
        return
    moments = [datetime.combine(day, time.min, asked.zone) for day in days]
    yield (_BEFORE, _FIRST_MOMENT, moments[0])
    yield (_AFTER, moments[-1], _LAST_MOMENT)
    yield from ((number, since, until) for number, (since, until) in enumerate(pairwise(moments)))


def _told(counted: Counted, names: Mapping[int, str]) -> Counted:
    """Count what bears a type that is not seen among what bears none."""
    told = defaultdict[int | None, dict[int, Amount]](dict)
    for type_id, amounts in counted.items():
        key = type_id if type_id in names else None
        for number, amount in amounts.items():
            if number not in _OUTSIDE:
                told[key][number] = told[key].get(number, Amount()) + amount
    return told


def _series(counted: Counted, names: Mapping[int, str], asked: GrowthAsked) -> Iterable[GrowthSeries]:
    sizes = Counter({type_id: sum(amount.documents for amount in amounts.values()) for type_id, amounts in counted.items()})
    ordered = sorted((type_id for type_id in sizes if type_id is not None), key=lambda type_id: (-sizes[type_id], names[type_id]))
    for type_id in ordered[: asked.types]:
        yield GrowthSeries(NamedLabel(LabelId(type_id), names[type_id]), False, _summed([counted[type_id]], asked))
    if len(ordered) > asked.types:
        yield GrowthSeries(None, True, _summed([counted[type_id] for type_id in ordered[asked.types :]], asked))
    if None in counted:
        yield GrowthSeries(None, False, _summed([counted[None]], asked))


def _summed(several: Sequence[Mapping[int, Amount]], asked: GrowthAsked) -> tuple[Amount, ...]:
    """Add up what was counted in each period, nothing where there is nothing."""
    return tuple(sum((each.get(number, Amount()) for each in several), Amount()) for number in range(len(asked.starts)))
