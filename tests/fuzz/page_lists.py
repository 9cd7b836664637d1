"""Lists of pages and of turns, as people type them."""

from scriba_cli.page_lists import PageListError, read_source, wanted_pages
from tests.fuzz.target import Target, split, text

COUNTS = (0, 1, 4, 5_000)


def fuzz_page_lists(data: bytes) -> None:
    """Any texts name pages that are there, each once and turned by a quarter of a circle or more, or are refused in words."""
    keep, drop, turn = (text(part) for part in split(data, 3))
    for count in COUNTS:
        try:
            pages = wanted_pages(count, keep, drop, [turn] if turn else [])
        except PageListError as error:
            assert str(error)
            continue
        numbers = [number for number, _ in pages]
        assert len(set(numbers)) == len(numbers)
        assert all(1 <= number <= count for number in numbers)
        assert {degrees for _, degrees in pages} <= {0, 90, 180, 270}


def fuzz_page_sources(data: bytes) -> None:
    """Any text is a document with its pages, of which nothing is lost, or is refused."""
    try:
        document_id, pages = read_source(text(data))
    except PageListError as error:
        assert str(error)
        return
    assert document_id
    assert text(data) == (f"{document_id}:{pages}" if pages else document_id)


TARGETS = (
    Target(fuzz_page_lists, seeds=(b"1,3-5,8-", b"\xff2\xffall:90", b"4-1\xff\xff2,4:-90", b"1-999999999")),
    Target(fuzz_page_sources, seeds=(b"5", b"7:1-3,9-")),
)
