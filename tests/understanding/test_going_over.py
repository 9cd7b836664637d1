"""Going over documents again, page by page."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from actors.understanding.going_over import pages_after, slices

IDS = st.lists(st.integers(1, 2**62), unique=True, max_size=300)
SIZES = st.integers(1, 100)


class Shelf:
    """Ids in their order, and how many were asked for at once; one more comes in after each look."""

    def __init__(self, ids: Sequence[int], coming: Sequence[int] = ()) -> None:
        self.ids = sorted(ids)
        self.coming = list(coming)
        self.most = 0

    def read(self, after: int | None, limit: int) -> Sequence[int]:
        page = [one for one in self.ids if one > (after or 0)][:limit]
        self.most = max(self.most, len(page))
        if self.coming:
            self.ids = sorted({*self.ids, self.coming.pop()})
        return page


@given(ids=IDS, size=SIZES)
def test_every_id_is_on_one_page_and_no_page_is_larger_than_asked(ids: list[int], size: int) -> None:
    shelf = Shelf(ids)
    pages = list(pages_after(shelf.read, size))
    assert [one for page in pages for one in page] == sorted(ids)
    assert shelf.most == max(map(len, pages), default=0) <= size


@given(ids=IDS, coming=IDS, size=SIZES)
def test_ids_that_come_meanwhile_neither_repeat_nor_hide_others(ids: list[int], coming: list[int], size: int) -> None:
    seen = [one for page in pages_after(Shelf(ids, coming).read, size) for one in page]
    assert seen == sorted(set(seen))
    assert set(ids) <= set(seen) <= {*ids, *coming}


@given(ids=IDS, size=SIZES)
def test_slices_are_all_ids_in_their_order(ids: list[int], size: int) -> None:
    pages = list(slices(ids, size))
    assert [one for page in pages for one in page] == ids
    assert all(0 < len(page) <= size for page in pages)


def test_a_hundred_thousand_ids_are_read_as_they_are_gone_over() -> None:
    asked: list[int] = []

    def read(after: int | None, limit: int) -> Sequence[int]:
        asked.append(limit)
        return range((after or 0) + 1, min((after or 0) + limit, 100_000) + 1)

    pages = pages_after(read, 100)
    assert next(pages) == range(1, 101)
    assert asked == [100]
    assert sum(map(len, pages)) == 100_000 - 100
    assert len(asked) == 1_001
