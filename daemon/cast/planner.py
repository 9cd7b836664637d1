"""Who asks workflows about documents."""

from datetime import UTC, datetime
from functools import partial
from zoneinfo import ZoneInfo

from actors.dates.candidates import DateOrder
from actors.dates.settings import read_day
from actors.errands.planning import Planner
from actors.store.store import Store
from actors.understanding.reading_values import read_value


def make_planner(store: Store, time_zone: str, order: DateOrder) -> Planner:
    """Build it on the store."""
    zone = ZoneInfo(time_zone)
    return Planner(store, read_value, lambda words: read_day(words, order, datetime.now(zone).date()), zone, partial(datetime.now, UTC))
