"""The dates that any text may bear, in any language, under any file name."""

from datetime import date

from actors.dates.candidates import DateHints, DateOrder, DateSource
from actors.dates.file_names import find_in_name
from actors.dates.finder import find_dates
from actors.dates.orders import OLDEST
from tests.fuzz.target import Target, split, text

TODAY = date(2024, 5, 15)
LANGUAGES = ("", "de", "en", "fr", "pl", "fi")


def fuzz_dates(data: bytes) -> None:
    """Any pages have candidates that stand where they say, each day once, the likeliest first."""
    chosen, name, *pages = split(data, 5)
    number = sum(chosen)
    hints = DateHints(
        TODAY,
        LANGUAGES[number % len(LANGUAGES)],
        tuple(DateOrder)[number % 3],
        file_name=text(name),
        file_name_order=DateOrder.DMY,
        mail_date=TODAY,
    )
    texts = [text(page) for page in pages]
    found = find_dates(texts, hints)
    assert len({one.date for one in found}) == len(found) >= 1
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    for one in found:
        assert 0 <= one.score <= 1, one
        assert one.date >= OLDEST, one
        assert one.reason, one
        if one.source is DateSource.TEXT:
            assert texts[one.page - 1][one.start : one.end] == one.text != "", one


def fuzz_date_in_name(data: bytes) -> None:
    """Any file name has one date that is past, or none."""
    chosen, name = split(data, 2)
    order = (None, *DateOrder)[sum(chosen) % 4]
    found = find_in_name(DateHints(TODAY, file_name=text(name), file_name_order=order))
    if found is not None:
        assert OLDEST <= found.date <= TODAY
        assert text(name)[found.start : found.end] == found.text != ""


TARGETS = (
    Target(
        fuzz_dates,
        (
            "\1\xff2018-03-05.pdf\xffRechnungsdatum: 05.03.2018\nzahlbar bis 4. April 2018\xffBerlin, den 5. März 2018".encode("latin-1"),
            b"\2\xff\xffInvoice date   Due date\n03/05/2018     04/05/2018\nTotal $1.00\n1.3.18 - 31.3.18",
            b"\3\xffscan.pdf\xffle 1er mars 2018\n5 III 2018\nO5.O3.2O18\nmars 2018\n05 03 2018\nMar 5, 2018",
            b"\4\xff\xffDue Date\nInvoice No\nDate\n26.02.2018\nA 11\n05.03.2018\n01.02.2018 A 1,00\n02.02.2018 B 2,00\n03.02.2018 C 3,00",
        ),
    ),
    Target(fuzz_date_in_name, (b"\0\xff2018-03-05 bill.pdf", b"\1\xff05.03.18.pdf", b"\2\xffscan_03052018_1200.pdf", b"\3\xff180305")),
)
