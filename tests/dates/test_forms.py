"""A date is found in every usual form, and nothing else is taken for one."""

from datetime import date

import pytest

from actors.dates.candidates import DateHints, DateOrder
from actors.dates.finder import find_dates
from actors.dates.scanner import MOST_ON_PAGE, scan
from actors.dates.vocabulary import vocabulary

TODAY = date(2024, 5, 15)
DAY = date(2018, 3, 5)


def days(text: str, language: str = "", order: DateOrder = DateOrder.DMY) -> list[date]:
    found = find_dates([text], DateHints(TODAY, language, order))
    return [candidate.date for candidate in sorted(found, key=lambda candidate: candidate.start)]


@pytest.mark.parametrize(
    "text",
    [
        "05.03.2018",
        "5. 3. 2018",
        "5/3/18",
        "05-03-2018",
        "05–03–2018",
        "05 / 03 / 2018",
        "2018-03-05",
        "2018-03-05T12:30:00Z",
        "2018/3/5",
        "2018. 03. 05.",
        "2018年3月5日",
        "2018년 3월 5일",
        "２０１８／０３／０５",
        "٠٥/٠٣/٢٠١٨",
        "05 03 2018",
        "5 III 2018",
        "vom05.03.2018",
    ],
)
def test_numbers_are_read_in_every_form(text: str) -> None:
    assert days(f"{text} and more", "de") == [DAY]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("5 March 2018", "en"),
        ("March 5, 2018", "en"),
        ("Mar. 5th 2018", "en"),
        ("5th of March, 2018", "en"),
        ("Mon, 05-Mar-18", "en"),
        ("05MAR18", "en"),
        ("2018 March 5", "en"),
        ("5. März 2018", "de"),
        ("5. Mrz. 2018", "de"),
        ("5 mars 2018", "fr"),
        ("5 mars\n2018", "fr"),
        ("5 marzo 2018", "it"),
        ("5 de marzo de 2018", "es"),
        ("5 maart 2018", "nl"),
        ("5 mrt 2018", "nl"),
        ("5 de março de 2018", "pt"),
        ("5 marca 2018 r.", "pl"),
        ("5. maaliskuuta 2018", "fi"),
        ("5. března 2018", "cs"),
        ("5 марта 2018 г.", "ru"),
        ("5 Μαρτίου 2018", "el"),
        ("5 Mart 2018", "tr"),
        ("5 marts 2018", "da"),
        ("5 mars 2018", "sv"),
        ("2018. március 5.", "hu"),
        ("٥ مارس ٢٠١٨", "ar"),
    ],
)
def test_months_are_known_by_name_in_many_languages(text: str, language: str) -> None:
    assert days(f"\n{text}\n", language) == [DAY]


@pytest.mark.parametrize("text", ["O5.O3.2O18", "05.03.20l8", "05,03.2018", "5. Marz 2018", "5. Miirz 2018", "5 marco 2018"])
def test_a_date_is_read_through_the_slips_of_ocr(text: str) -> None:
    assert days(text) == [DAY]


@pytest.mark.parametrize(
    "text",
    [
        "31.02.2018",
        "30/13/2018",
        "00.03.2018",
        "05.03.1818",
        "version 10.1.2.18",
        "1.2.3.2018",
        "call 0221/05.03.18/7",
        "1.234.56",
        "5 March 12 people",
        "5. Monat 2018",
        "article 5 out of 2018",
        "05.03.20189",
        "12:05.03.18:30",
        "",
    ],
)
def test_what_is_no_day_is_no_candidate(text: str) -> None:
    assert days(text) == []


def test_a_month_without_a_day_counts_as_its_first() -> None:
    (found,) = find_dates(["Kontoauszug März 2018"], DateHints(TODAY, "de"))
    assert (found.date, found.text, "without a day" in found.reason) == (date(2018, 3, 1), "März 2018", True)


def test_two_digits_are_a_year_of_this_century_or_of_the_last_one() -> None:
    assert days("5.3.18 and 5.3.39 and 5.3.40") == [DAY, date(2039, 3, 5), date(1940, 3, 5)]


def test_first_and_last_day_of_a_range_are_both_found() -> None:
    assert days("01.03.2018-31.03.2018") == [date(2018, 3, 1), date(2018, 3, 31)]


def test_a_page_full_of_dates_has_an_end() -> None:
    assert len(scan("05.03.2018\n" * 10_000, vocabulary("").months)) == MOST_ON_PAGE
