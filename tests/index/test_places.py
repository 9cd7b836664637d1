"""Any place in the order of titles is found as by walking there."""

import random
from pathlib import Path

import pytest
import tantivy
from tantivy import Query

from actors.index.entry import title_key
from actors.index.generation import current
from actors.index.messages import Order, OrderField
from actors.index.places import COLUMN, NEAR, near_place
from actors.index.schema import open_index
from tests.index.archive import Bench, document

COUNT = 3 * NEAR


def titled(number: int, chance: random.Random) -> str:
    """Make titles as archives have them: half of them alike to the last letter, some of them empty or of other scripts."""
    return chance.choice(("Kontoauszug", "Kontoauszug", f"Rechnung {chance.randint(1, 40)}", "Ёлка", "", f"{number}"))


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    chance = random.Random(3)
    made = [
        document(number, "word", title=titled(number, chance), size_bytes=chance.choice((1, 5, number))) for number in range(1, COUNT + 1)
    ]
    return Bench(tmp_path_factory.mktemp("titled"), made)


def by_title(bench: Bench) -> list[int]:
    return [one.id for one in sorted(bench.archive.documents.values(), key=lambda one: title_key(one.title, one.id))]


def searcher_of(root: Path) -> tantivy.Searcher:
    generation = current(root)
    assert generation is not None
    return open_index(generation.documents).searcher()


@pytest.mark.parametrize("near", [0, 7, 150])
def test_little_is_left_before_a_place_and_what_follows_is_the_same(bench: Bench, near: int) -> None:
    searcher, whole = searcher_of(bench.root), by_title(bench)
    for place in (0, 1, near, COUNT // 3, COUNT // 2, COUNT - near - 1, COUNT - 1):
        query, left = near_place(searcher, Query.all_query(), place, COUNT, near)
        found = searcher.search(query, 5, order_by_field=COLUMN, offset=left, order=tantivy.Order.Asc)
        ids = searcher.fast_field_values("id", [address for _, address in found.hits])
        assert (left <= max(near, 1), ids) == (True, whole[place : place + 5])


@pytest.mark.parametrize("descending", [False, True])
def test_a_search_begins_anywhere_in_the_order_of_titles(bench: Bench, descending: bool) -> None:
    whole = by_title(bench)[:: -1 if descending else 1]
    for skip in (NEAR - 1, NEAR + 1, COUNT // 2, COUNT - NEAR - 1, COUNT - 3):
        answer = bench.answer("word", limit=7, order=Order(OrderField.TITLE, descending), skip=skip)
        assert ([hit.document_id for hit in answer.hits], answer.total) == (whole[skip : skip + 7], COUNT)
        if answer.next_after:
            following = bench.answer("word", limit=7, order=Order(OrderField.TITLE, descending), after=answer.next_after)
            assert [hit.document_id for hit in following.hits] == whole[skip + 7 : skip + 14]
