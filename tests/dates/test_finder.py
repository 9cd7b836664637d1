"""Which date comes first, and why."""

from datetime import date, timedelta

import pytest

from actors.dates.candidates import DateCandidate, DateHints, DateOrder, DateSource
from actors.dates.finder import find_dates

TODAY = date(2024, 5, 15)
DAY, OTHER = date(2018, 3, 5), date(2018, 2, 26)


def find(*pages: str, language: str = "de") -> tuple[DateCandidate, ...]:
    return find_dates(pages, DateHints(TODAY, language))


def test_a_candidate_tells_where_it_stands_and_why() -> None:
    text = "Muster GmbH\nBerlin\n\nRechnungsdatum: 05.03.2018\n\nSehr geehrte Damen und Herren,\nwir danken.\n\nGruß\n\n\n"
    assert find(text) == (DateCandidate(DAY, 0.905, DateSource.TEXT, "'Rechnungsdatum' before it, top of page 1", 1, 36, 46, "05.03.2018"),)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Due date 26.02.2018\nInvoice date 05.03.2018", "en"),
        ("geb. am 26.02.2018\nRechnungsdatum 05.03.2018", "de"),
        ("Ihr Schreiben vom 26.02.2018\nBerlin, den 05.03.2018", "de"),
        ("Né le 26 février 2018\nFait à Paris, le 5 mars 2018", "fr"),
        ("Data di nascita 26/02/2018\nEmessa il 05/03/2018", "it"),
        ("Vencimiento 26/02/2018\nFecha de emisión 05/03/2018", "es"),
        ("Klant sinds 26-02-2018\nFactuurdatum 05-03-2018", "nl"),
        ("Cliente desde 26/02/2018\nData de emissão 05/03/2018", "pt"),
        ("Data urodzenia 26.02.2018\nData wystawienia 05.03.2018", "pl"),
        ("26.02.2018 - 28.02.2018\nDatum 05.03.2018", "de"),
        ("Stand 26.02.2018\nHamburg, 05.03.2018", "de"),
        ("Gesetz vom 26.02.2018\nDatum 05.03.2018", "de"),
        ("Gedruckt am 26.02.2018\nDatum 05.03.2018", "de"),
        ("Lieferdatum 26.02.2018\nDatum 05.03.2018", "de"),
        ("du 1er au 26 février 2018\nDate 05/03/2018", "fr"),
        ("Bestelldatum   Datum\n26.02.2018   05.03.2018", "de"),
        ("Due Date\nInvoice No\nInvoice Date\n26.02.2018\nA 11\n05.03.2018\nthanks", "en"),
        ("26.02.2018\nA 11\n05.03.2018\nDue Date:\nNumber:\nInvoice Date:\nthanks", "en"),
        ("01.02.2018 A 1,00\n26.02.2018 B 2,00\n27.02.2018 C 3,00\nDatum 05.03.2018", "de"),
        ("26.02.2018 (due)\nyours of\n05.03.2018 14:05", "en"),
    ],
)
def test_words_beside_a_date_decide(text: str, language: str) -> None:
    assert find(text, language=language)[0].date == DAY


def test_a_letter_names_its_place_and_day_at_the_top() -> None:
    text = (
        "Example Ltd\n\nLondon, 5 March 2018\n\nDear Sir,\n"
        + "we write to you again today, since\n" * 20
        + "26 February 2018 was the last day."
    )
    assert [found.date for found in find(text, language="en")] == [DAY, OTHER]


def test_a_contract_bears_the_day_of_its_signature() -> None:
    assert find("Mietvertrag\nBeginn 26.02.2018", "", "Hamburg, den 05.03.2018\nUnterschrift")[0].date == DAY


def test_what_stands_at_the_foot_of_every_page_is_of_the_form() -> None:
    pages = [f"text {number}\nmore\nmore\nmore\nForm 7 26.02.2018" for number in range(3)]
    assert find("Es schreibt Ihnen am 05.03.2018 der Hausmeister.\n" + pages[0], *pages[1:])[0].date == DAY


def test_a_day_that_is_told_twice_is_likelier() -> None:
    once, twice = find("Betreff\nam 05.03.2018 war"), find("Betreff\nam 05.03.2018 war\nam 05.03.2018 war")
    assert (twice[0].date, twice[0].score > once[0].score, "stands 2 times" in twice[0].reason) == (DAY, True, True)


def test_a_day_to_come_is_hardly_the_documents() -> None:
    soon, later = (find(f"am {TODAY + timedelta(days=ahead):%d.%m.%Y}")[0].score for ahead in (2, 90))
    assert soon > 5 * later > 0


def test_old_documents_are_dated_too() -> None:
    (found,) = find("Hamburg, den 5. März 1923")
    assert (found.date, found.score > 0.5) == (date(1923, 3, 5), True)


def test_other_dates_are_offered_each_once_best_first() -> None:
    found = find("Rechnungsdatum 05.03.2018\nLieferdatum 26.02.2018\nzahlbar bis 04.04.2018\nLieferdatum 26.02.2018\nseit 1.1.2001")
    assert [one.date for one in found] == [DAY, OTHER, date(2018, 4, 4), date(2001, 1, 1)]
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_dates_to_ignore_are_no_candidates() -> None:
    hints = DateHints(TODAY, "de", ignored=frozenset({DAY}), file_name="2018-03-05.pdf", mail_date=DAY, file_date=DAY)
    assert find_dates(["Datum 05.03.2018, geboren 26.02.2018"], hints)[0].date == OTHER


def test_the_mails_date_is_a_fallback_that_beats_only_dates_of_something_else() -> None:
    hints = DateHints(TODAY, "en", mail_date=TODAY, file_date=TODAY - timedelta(days=1))
    assert [(one.date, one.source, one.is_fallback) for one in find_dates(["no day here"], hints)] == [
        (TODAY, DateSource.MAIL, True),
        (TODAY - timedelta(days=1), DateSource.FILE, True),
    ]
    assert find_dates(["born 26.02.2018"], hints)[0].source is DateSource.MAIL
    assert find_dates(["Invoice date 05.03.2018"], hints)[0].date == DAY


def test_a_letter_that_was_mailed_on_its_day_is_likelier() -> None:
    text = "we met on 05.03.2018 and 26.02.2018"
    assert find_dates([text], DateHints(TODAY, "en", mail_date=DAY + timedelta(days=1)))[0].date == DAY


@pytest.mark.parametrize(
    ("name", "day", "score"),
    [
        ("2018-03-05 phone bill.pdf", DAY, 0.5),
        ("bill_20180305.pdf", DAY, 0.5),
        ("Scan_20180305.pdf", DAY, 0.25),
        ("2018-03-05-14-05-01.pdf", DAY, 0.25),
        ("05.03.2018.pdf", None, 0),
        ("20181340.pdf", None, 0),
        ("1234567890.pdf", None, 0),
    ],
)
def test_a_file_name_counts_where_it_can_be_read_in_one_way(name: str, day: date | None, score: float) -> None:
    found = find_dates([""], DateHints(TODAY, file_name=name))
    assert [(one.date, one.score, one.source) for one in found] == ([(day, score, DateSource.FILE_NAME)] if day else [])


@pytest.mark.parametrize(
    ("name", "order"),
    [
        ("05.03.2018 bill.pdf", DateOrder.DMY),
        ("03-05-18.pdf", DateOrder.MDY),
        ("180305_bill.pdf", DateOrder.YMD),
        ("bill 05032018", DateOrder.DMY),
    ],
)
def test_a_file_name_in_the_set_order_comes_first(name: str, order: DateOrder) -> None:
    hints = DateHints(TODAY, "en", file_name=name, file_name_order=order)
    found = find_dates(["Invoice date 26.02.2018"], hints)
    assert [(one.date, one.source) for one in found] == [(DAY, DateSource.FILE_NAME), (OTHER, DateSource.TEXT)]


def test_the_end_of_a_long_document_is_looked_at_and_its_middle_is_not() -> None:
    pages = ["text"] * 100
    pages[50], pages[99] = "Datum 26.02.2018", "Berlin, den 05.03.2018"
    assert [(one.date, one.page) for one in find(*pages)] == [(DAY, 100)]


def test_a_document_without_pages_has_no_date() -> None:
    assert find() == ()
