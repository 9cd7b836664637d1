"""What people write into the filters of workflows: queries of custom fields, globs, and days that are counted from."""

from datetime import date
from zoneinfo import ZoneInfo

from actors.workflow.due_days import day_of, moved
from actors.workflow.field_queries import FieldQueryRefused, holds, parse, written
from actors.workflow.filters import glob_fits, path_fits
from tests.fuzz.target import Target, split, text
from tests.workflow.making import FIELDS, VALUES, filled


def fuzz_field_query(data: bytes) -> None:
    """Any text is a query, which is asked of any document, and is the same when written down and read again; or it is refused in words."""
    try:
        query = parse(text(data), FIELDS)
    except FieldQueryRefused as refused:
        assert str(refused)
        return
    assert parse(written(query), FIELDS) == query
    values = {field: filled().values[place] for place in filled().values for field in VALUES if place.subject == field}
    holds(query, {}, FIELDS)
    holds(query, values, FIELDS)


def fuzz_glob(data: bytes) -> None:
    """Any text is a glob, of any name; what fits as a whole fits as a path."""
    pattern, name = map(text, split(data, 2))
    assert path_fits(name, pattern) or not glob_fits(name, pattern)
    assert glob_fits(name, "*")


def fuzz_day(data: bytes) -> None:
    """Any text is a day, or none; a day that is moved by any number stays one."""
    told, by_days = split(data, 2)
    day = day_of(text(told), ZoneInfo("Pacific/Kiritimati"))
    if day is not None:
        assert date.min <= moved(day, int.from_bytes(by_days[:4], signed=True)) <= date.max


QUERIES = (
    b'["Total", "range", [90, 100.5]]',
    b'["AND", [["Status", "in", ["open", "2"]], ["NOT", [1, "icontains", "RE"]]]]',
    b'["OR", [["Due", "lte", "2024-05-01"], ["Paid", "exact", false], ["Total", "exact", "EUR99.50"]]]',
    b'["Number", "isnull", true]',
)
DAYS = (b"2026-11-27\xff\x00\x00\x00\x1e", b"9999-12-31T23:59:59+00:00\xff\x7f", b"0001-01-01T00:00:00-12:00\xff\x80")
GLOBS = (b"*.pdf\xffscan.PDF", b"[!a]?*\xff/consume/b.pdf", b"[[]*]\xff[a]")
TARGETS = (Target(fuzz_field_query, QUERIES), Target(fuzz_glob, GLOBS), Target(fuzz_day, DAYS, found=(b"0001-01-01T00:00\xff\x80",)))
