"""Fronts and backs find each other, and become pages in their order."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.collation.interleaving import MoreBacksThanFronts, SheetPage, Side, interleaved
from actors.collation.pairing import Pair, Waiting, pairs
from actors.store.nouns.archive import DocumentId

HALF_AN_HOUR = timedelta(minutes=30)


def order(fronts: int, backs: int) -> list[str]:
    return [f"{page.side.value[0]}{page.number}" for page in interleaved(fronts, backs)]


def scans(*minutes: float) -> list[Waiting]:
    """Scans made at these minutes, numbered from 1 in the order given."""
    return [Waiting(DocumentId(number), int(minute * 60_000_000_000)) for number, minute in enumerate(minutes, 1)]


def test_backs_come_between_fronts_from_the_last_to_the_first() -> None:
    assert order(3, 3) == ["f1", "b3", "f2", "b2", "f3", "b1"]
    assert order(1, 1) == ["f1", "b1"]


def test_the_last_sheets_may_have_no_back() -> None:
    assert order(3, 2) == ["f1", "b2", "f2", "b1", "f3"]
    assert order(4, 1) == ["f1", "b1", "f2", "f3", "f4"]
    assert order(2, 0) == ["f1", "f2"]


def test_more_backs_than_fronts_are_refused() -> None:
    with pytest.raises(MoreBacksThanFronts, match="2 pages and its backs 3"):
        interleaved(2, 3)


@given(st.integers(0, 60), st.integers(0, 60))
def test_every_page_comes_once_and_fronts_keep_their_order(fronts: int, backs: int) -> None:
    if backs > fronts:
        return
    pages = interleaved(fronts, backs)
    assert [page.number for page in pages if page.side is Side.FRONT] == list(range(1, fronts + 1))
    assert [page.number for page in pages if page.side is Side.BACK] == list(range(backs, 0, -1))
    assert all(before.side is not page.side for before, page in pairwise(pages[: 2 * backs]))
    assert not pages or pages[0] == SheetPage(Side.FRONT, 1)


@pytest.mark.parametrize(
    ("made_at", "expected"),
    [
        ((0, 5), [(1, 2)]),
        ((5, 0), [(2, 1)]),
        ((0, 30), [(1, 2)]),
        ((0, 30.1), []),
        ((0,), []),
        ((), []),
        ((0, 1, 2, 3), [(1, 2), (3, 4)]),
        ((0, 1, 2), [(1, 2)]),
        ((0, 60, 61), [(2, 3)]),
        ((0, 0), [(1, 2)]),
    ],
)
def test_scans_pair_in_the_order_in_which_they_were_made(made_at: tuple[float, ...], expected: list[tuple[int, int]]) -> None:
    assert pairs(scans(*made_at), HALF_AN_HOUR) == [Pair(DocumentId(fronts), DocumentId(backs)) for fronts, backs in expected]
