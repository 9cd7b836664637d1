"""Which number is the day: by what the document shows, by what is set, by where it is from."""

from datetime import date

import pytest

from actors.dates.candidates import DateHints, DateOrder
from actors.dates.finder import find_dates

TODAY = date(2024, 5, 15)
DAY_FIRST, MONTH_FIRST = date(2018, 3, 5), date(2018, 5, 3)


def first(text: str, language: str = "en", order: DateOrder = DateOrder.DMY) -> date:
    return find_dates([text], DateHints(TODAY, language, order))[0].date


def test_without_a_sign_the_set_order_holds() -> None:
    assert first("Date 05/03/2018") == DAY_FIRST
    assert first("Date 05/03/2018", order=DateOrder.MDY) == MONTH_FIRST
    assert first("Date 18-03-05", order=DateOrder.YMD) == DAY_FIRST


@pytest.mark.parametrize(
    "shown",
    [
        "Due 12/31/2018",
        "12 Main St, Springfield, IL 62704",
        "Made in USA",
        "Total $12.00, call (813) 555-0147",
        "Total $12.00, ZIP code",
        "our letter of March 2, 2018, sales tax",
    ],
)
def test_an_american_document_has_its_month_first(shown: str) -> None:
    assert first(f"Invoice date 05/03/2018\n{shown}") == MONTH_FIRST


@pytest.mark.parametrize(
    "shown", ["Total £12.00", "Total A$12.00, GST", "Due 31/12/2018", "12 High Street, Leeds LS1 4AB", "by cheque", "Total $12.00"]
)
def test_an_english_document_from_elsewhere_has_not(shown: str) -> None:
    assert first(f"Invoice date 05/03/2018\n{shown}") == DAY_FIRST


def test_other_languages_are_not_american() -> None:
    assert first("Datum 05/03/2018\nUSA, Springfield, IL 62704", "de") == DAY_FIRST


def test_points_are_european_even_where_months_come_first() -> None:
    assert first("Rechnungsdatum 05.03.2018", "de", DateOrder.MDY) == DAY_FIRST


def test_a_date_written_with_its_month_settles_the_others() -> None:
    assert first("Invoice date 05/03/2018\nwe met on 3 May 2018") == MONTH_FIRST


def test_numbers_that_fit_one_order_only_are_read_so() -> None:
    assert first("Date 03/25/2018") == date(2018, 3, 25)
    assert first("Date 25/03/2018", order=DateOrder.MDY) == date(2018, 3, 25)
    assert first("Date 99-03-05") == date(1999, 3, 5)


def test_the_other_order_is_offered_where_it_may_be_meant() -> None:
    offered = [(found.date, found.reason) for found in find_dates(["Date 05/03/2018"], DateHints(TODAY, "en"))]
    assert offered[1] == (MONTH_FIRST, "day and month in the other order")
    assert [found.date for found in find_dates(["Datum 05.03.2018"], DateHints(TODAY, "de"))] == [DAY_FIRST]
