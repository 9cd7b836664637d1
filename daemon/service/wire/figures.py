"""Figures as they are told over the wire."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from actors.store.figures.periods import end_of, latest, since
from actors.store.nouns.figures import Amount, Attention, CountedBy, Due, Growth, GrowthAsked, GrowthSeries, Period
from daemon.service.refusals import InvalidRequest, Violation
from daemon.service.wire.values import day_of, timestamp
from scriba.v1 import admin_pb2 as pb

PERIODS = {period: pb.Period.Value(f"PERIOD_{period.name}") for period in Period}
COUNTED_BY = {by: pb.CountedBy.Value(f"COUNTED_BY_{by.name}") for by in CountedBy}
_PERIODS_BACK: Mapping[int, Period] = {value: period for period, value in PERIODS.items()}
_COUNTED_BY_BACK: Mapping[int, CountedBy] = {value: by for by, value in COUNTED_BY.items()}
_USUAL = {Period.DAY: 30, Period.WEEK: 26, Period.MONTH: 24, Period.YEAR: 10}
# A year of days, and more than anybody can tell apart on a screen.
MOST_PERIODS = 400
TYPES = 5


def growth_asked(request: pb.GetGrowthRequest, now: datetime) -> GrowthAsked:
    """Read what is to be counted. Raises InvalidRequest for a day to come, and for one from which there are too many periods."""
    period, today = _PERIODS_BACK.get(request.period, Period.MONTH), now.date()
    first = day_of("since_date", request.since_date)
    if first is not None and first > today:
        raise InvalidRequest(Violation("since_date", f"must not be after today, which is {today.isoformat()}"))
    starts = latest(period, _USUAL[period], today) if first is None else since(period, first, today, MOST_PERIODS + 1)
    if len(starts) > MOST_PERIODS:
        raise InvalidRequest(Violation("since_date", f"must not be so early: there are at most {MOST_PERIODS} periods"))
    by = _COUNTED_BY_BACK.get(request.by, CountedBy.ADDED)
    return GrowthAsked(by, starts, end_of(period, today), now.tzinfo or UTC, request.types or TYPES)


def growth_message(growth: Growth, starts: tuple[date, ...]) -> pb.GetGrowthResponse:
    """Tell how an archive has grown."""
    return pb.GetGrowthResponse(
        start_dates=[start.isoformat() for start in starts],
        series=map(_series, growth.series),
        before=_amount(growth.before),
        after=_amount(growth.after),
        undated=_amount(growth.undated),
    )


def attention_message(attention: Attention, free_bytes: int | None, disk_bytes: int | None) -> pb.GetAttentionResponse:
    """Tell what waits for a person, and of the disk, where he may know of it."""
    return pb.GetAttentionResponse(
        documents_in_inbox=attention.documents_in_inbox,
        documents_failed=attention.documents_failed,
        documents_with_warnings=attention.documents_with_warnings,
        warned_document_ids=map(str, attention.warned),
        jobs_queued=attention.jobs_queued,
        jobs_running=attention.jobs_running,
        jobs_retrying=attention.jobs_retrying,
        next_retry_time=timestamp(attention.next_retry_time),
        jobs_failed=attention.jobs_failed,
        pages_waiting=attention.pages_waiting,
        documents_alike=attention.documents_alike,
        due=map(_due, attention.due),
        free_bytes=free_bytes,
        disk_bytes=disk_bytes,
    )


def _series(series: GrowthSeries) -> pb.GetGrowthResponse.Series:
    return pb.GetGrowthResponse.Series(
        type_id=str(series.type.id) if series.type else "",
        type=series.type.name if series.type else "",
        others=series.others,
        documents=[amount.documents for amount in series.amounts],
        pages=[amount.pages for amount in series.amounts],
    )


def _amount(amount: Amount) -> pb.GetGrowthResponse.Amount:
    return pb.GetGrowthResponse.Amount(documents=amount.documents, pages=amount.pages)


def _due(due: Due) -> pb.GetAttentionResponse.Due:
    return pb.GetAttentionResponse.Due(
        field_id=str(due.field),
        field=due.name,
        first_date=due.first.isoformat(),
        last_date=due.last.isoformat(),
        overdue=due.overdue,
        upcoming=due.upcoming,
        document_ids=map(str, due.documents),
    )
