"""What a person is told of the pages."""

from actors.pipeline.work import page_warnings
from actors.store.nouns.archive import DocumentWarning
from actors.store.nouns.pages import PageRecord, PageState


def page(number: int, warning: str = "", state: PageState = PageState.DONE) -> PageRecord:
    return PageRecord(number, state, warning=warning)


def test_what_is_said_of_many_pages_is_said_once() -> None:
    records = [page(1, "no Dutch model"), page(2, "no Dutch model"), page(3), page(4, "cut off")]
    assert page_warnings(records) == [
        DocumentWarning("PAGE_NOTICE", "no Dutch model (on 2 pages)"),
        DocumentWarning("PAGE_NOTICE", "cut off", 4),
    ]


def test_every_page_that_failed_is_named() -> None:
    records = [page(1, "killed", PageState.FAILED), page(2, "killed", PageState.FAILED)]
    assert page_warnings(records) == [DocumentWarning("PAGE_UNREADABLE", "killed", 1), DocumentWarning("PAGE_UNREADABLE", "killed", 2)]
