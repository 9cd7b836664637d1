"""A label that somebody may not see bears no name for him, on documents that he sees too."""

from collections.abc import Iterator

import pytest

from actors.index.facets import MAX_VALUES
from actors.index.messages import FacetCount, FacetField, SearchRequest
from actors.index.searcher import Searcher
from actors.index.sight import Sight
from actors.store.nouns.access import NOBODYS, AccessId
from tests.index.archive import NOW, Bench, document
from tests.index.cabinet import Cabinet

ANNAS = AccessId(7)
BERT: Sight = (NOBODYS,)
ANNA: Sight = (NOBODYS, ANNAS)
# Anna's tags are on all documents, so they would fill the whole list of the most frequent.
SHARED = 3


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    cabinet = Cabinet()
    tax = cabinet.tag("tax")
    secrets = cabinet.tags(*(f"canary {number}" for number in range(MAX_VALUES)))
    bank = cabinet.correspondent("canary bank")
    for label in (*secrets, bank):
        cabinet.restrict(label, ANNAS)
    papers = [document(number, "paper", tags=(*secrets, *(tax,)[: number // 2]), correspondent=bank) for number in range(1, SHARED + 1)]
    bench = Bench(tmp_path_factory.mktemp("index"), [*papers, document(9, "paper", tags=secrets[:1])], cabinet)
    yield bench.searcher
    bench.searcher.close()


def found(searcher: Searcher, query: str, sight: Sight) -> list[int]:
    return sorted(hit.document_id for hit in searcher.search(SearchRequest(query, NOW, sight=sight)).hits)


@pytest.mark.parametrize(
    "query",
    ["canary", "tag:canary", '"canary 3"', 'tag:="canary 3"', "tag:can*", "tag:anar", "correspondent:bank", "correspondent:*", "bank"],
)
def test_no_query_finds_a_document_by_a_hidden_label(searcher: Searcher, query: str) -> None:
    assert set(found(searcher, query, ANNA)) >= {1, 2, 3}
    assert found(searcher, query, BERT) == []


def test_a_document_whose_labels_are_all_hidden_has_none(searcher: Searcher) -> None:
    assert found(searcher, "-tag:*", ANNA) == []
    assert found(searcher, "-tag:*", BERT) == [1, 9]
    assert found(searcher, "tag:*", BERT) == [2, 3]


def test_hidden_labels_take_no_place_among_the_most_frequent(searcher: Searcher) -> None:
    facets = (FacetField.TAG, FacetField.CORRESPONDENT)
    answer = searcher.search(SearchRequest("paper", NOW, facets=facets, sight=BERT))
    assert answer.facets == ((FacetField.TAG, (FacetCount("tax", SHARED - 1),)), (FacetField.CORRESPONDENT, ()))
    tags, banks = searcher.search(SearchRequest("paper", NOW, facets=facets, sight=ANNA)).facets
    assert (tags[1][0], len(tags[1])) == (FacetCount("canary 0", SHARED + 1), MAX_VALUES)
    assert banks[1] == (FacetCount("canary bank", SHARED),)


def test_no_completion_tells_a_hidden_label(searcher: Searcher) -> None:
    for begun in ("tag:can", "correspondent:can", "can"):
        assert [one.text for one in searcher.suggest(begun, sight=BERT).suggestions] == []
    assert [one.text for one in searcher.suggest("tag:", sight=BERT).suggestions] == ["tag:tax"]
    assert searcher.suggest("correspondent:can", sight=ANNA).suggestions != ()
