"""Lists of pages are read as people mean them, and what cannot be is said at once."""

import pytest

from scriba_cli.page_lists import PageListError, read_pages, read_source, read_turns, wanted_pages


@pytest.mark.parametrize(
    ("text", "pages"),
    [("3", [3]), ("1,3-5", [1, 3, 4, 5]), ("4-", [4, 5, 6]), ("6-4, 1", [6, 5, 4, 1]), ("2-2", [2]), ("6-", [6])],
)
def test_a_list_names_pages_in_the_order_written(text: str, pages: list[int]) -> None:
    assert read_pages(text, 6) == pages


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is no page"),
        ("1,,2", "is no page"),
        ("-3", "is no page"),
        ("1-2-3", "is no page"),
        ("²", "is no page"),
        ("7", "there is no page 7: the document has 6"),
        ("0-2", "there is no page 0"),
        ("1-999999999", "there is no page 999999999"),
        ("1-3,2", "a page twice"),
        (",".join(["1-6"] * 1_000), "a page twice"),
    ],
)
def test_what_is_no_list_of_pages_is_refused_with_the_forms_there_are(text: str, words: str) -> None:
    with pytest.raises(PageListError, match=words):
        read_pages(text, 6)


def test_turns_add_up() -> None:
    assert read_turns(["2,4:90", "4:90", "all:180", "1:-90", "3:180"], 4, [1, 2, 3, 4]) == {1: 90, 2: 270}
    for text in ("2", "2:", "2:45", ":90", "all", "x:90"):
        with pytest.raises(PageListError):
            read_turns([text], 4, [1, 2])


def test_pages_are_kept_or_left_out_and_turned() -> None:
    assert wanted_pages(4, "", "2", ["3:90"]) == [(1, 0), (3, 90), (4, 0)]
    assert wanted_pages(4, "4,1", "", []) == [(4, 0), (1, 0)]
    with pytest.raises(PageListError, match="page 2 is to be turned, but it is left out"):
        wanted_pages(4, "", "2", ["2:90"])
    with pytest.raises(PageListError, match="kept and left out"):
        wanted_pages(4, "1-2", "2", [])


def test_all_that_is_left_is_turned() -> None:
    with pytest.raises(PageListError):
        wanted_pages(3, "1", "", ["2:90"])
    assert wanted_pages(3, "3,1", "", ["all:90"]) == [(3, 90), (1, 90)]


def test_a_source_is_a_document_with_or_without_pages() -> None:
    assert (read_source("5"), read_source("5:1-3,7")) == (("5", ""), ("5", "1-3,7"))
    for text in ("", ":1", "5:"):
        with pytest.raises(PageListError):
            read_source(text)
