"""What is asked of pages becomes an order that can be carried out, or is refused with words that help."""

import pytest

from actors.paging.errors import PagesLocked, PagesRefused
from actors.paging.plans import MOST_PAGES, MOST_PARTS, Source, Wish, edit, join, split
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.page_orders import Outcome, PageOrder, Piece, TurnedPage

FIVE, SIX = DocumentId(5), DocumentId(6)
SOURCE = Source(FIVE, 2, 4)
OTHER = Source(SIX, 1, 2)


def pages(*numbers: int | tuple[int, int]) -> tuple[TurnedPage, ...]:
    return tuple(TurnedPage(*one) if isinstance(one, tuple) else TurnedPage(one) for one in numbers)


def test_an_edit_makes_a_version_of_the_pages_that_are_named() -> None:
    wanted = pages(3, (1, 90))
    assert edit(SOURCE, wanted) == PageOrder(
        Outcome.VERSION, FIVE, ((Piece(FIVE, 2, wanted),),), "page 1 turned, pages 2 and 4 left out, in another order"
    )


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ((), "delete it instead"),
        (pages(1, 2, 3, 4), "nothing would change"),
        (pages(5), "names page 5; document 5 has 4 pages"),
        (pages(0), "names page 0"),
        (pages(-1), "names page -1"),
        (pages(2, 2), "names page 2 twice"),
        (pages((2, 45)), "90, 180 or 270"),
        (pages((2, -90)), "90, 180 or 270"),
    ],
)
def test_what_cannot_be_is_refused(wanted: tuple[TurnedPage, ...], words: str) -> None:
    with pytest.raises(PagesRefused, match=words) as refused:
        edit(SOURCE, wanted)
    assert refused.value.field == "pages"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (Source(FIVE, 1, 4, encrypted=True), "locked with a password"),
        (Source(FIVE, 1, 4, signed=True), "is signed"),
        (Source(FIVE, 1, 4, is_text=True), "is a text"),
        (Source(FIVE, 1, 0), "no pages"),
    ],
)
def test_pages_that_cannot_be_taken_out_are_refused_with_a_way_round(source: Source, words: str) -> None:
    with pytest.raises(PagesLocked, match=words):
        edit(source, pages(1))
    with pytest.raises(PagesLocked, match=words):
        join([Wish(OTHER), Wish(source)], SIX, Outcome.DOCUMENTS, discard=False)


def test_documents_are_joined_with_all_their_pages_where_none_is_named() -> None:
    pieces = (Piece(SIX, 1, pages(1, 2)), Piece(FIVE, 2, pages(4)))
    wishes = [Wish(OTHER), Wish(SOURCE, pages(4))]
    assert join(wishes, FIVE, Outcome.DOCUMENTS, discard=True) == PageOrder(Outcome.DOCUMENTS, FIVE, (pieces,), "", discard=True)
    assert join(wishes, SIX, Outcome.VERSION, discard=False).label == "joined with document 5"


def test_joining_names_two_documents_each_once_and_one_of_them_as_subject() -> None:
    for wishes, subject, field in (
        ([Wish(SOURCE)], FIVE, "sources"),
        ([Wish(SOURCE), Wish(OTHER), Wish(SOURCE)], FIVE, "sources"),
        ([Wish(SOURCE), Wish(OTHER)], DocumentId(7), "subject_id"),
        ([Wish(SOURCE), Wish(Source(SIX, 1, MOST_PAGES))], FIVE, "sources"),
    ):
        with pytest.raises(PagesRefused) as refused:
            join(wishes, subject, Outcome.DOCUMENTS, discard=False)
        assert refused.value.field == field
    with pytest.raises(PagesRefused) as refused:
        join([Wish(SOURCE), Wish(OTHER, pages(3))], FIVE, Outcome.DOCUMENTS, discard=False)
    assert refused.value.field == "sources[1].pages"


def test_each_group_becomes_a_document() -> None:
    parts = ((Piece(FIVE, 2, pages(1, 2)),), (Piece(FIVE, 2, pages((4, 180))),))
    assert split(SOURCE, [pages(1, 2), pages((4, 180))], discard=True) == PageOrder(Outcome.DOCUMENTS, FIVE, parts, discard=True)
    assert len(split(SOURCE, [pages(1), pages(1, 2)], discard=False).parts) == 2  # a page may be wanted in both


@pytest.mark.parametrize("groups", [[], [()], [pages(1), ()], [pages(1, 2, 3, 4)], [pages(1)] * (MOST_PARTS + 1), [pages(9)]])
def test_groups_that_make_no_documents_are_refused(groups: list[tuple[TurnedPage, ...]]) -> None:
    with pytest.raises(PagesRefused):
        split(SOURCE, groups, discard=False)
