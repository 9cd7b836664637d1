"""What somebody may not see is found by nothing, counted nowhere, and completes no word."""

from collections.abc import Iterator

import pytest

from actors.index.errors import NotIndexed
from actors.index.messages import FacetCount, FacetField, Order, OrderField, SearchRequest, Suggestion
from actors.index.searcher import Searcher
from actors.index.sight import Sight
from actors.store.nouns.access import AccessId
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.catalog import FieldKind
from tests.index.archive import NOW, Bench, document
from tests.index.cabinet import Cabinet

MINE, OTHERS, HIDDEN = (AccessId(number) for number in (2, 3, 4))
SOME: Sight = (MINE, OTHERS)
TEXT = "the invoice of the water works for the house by the lake"


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    cabinet = Cabinet()
    tax, secret = cabinet.tag("tax"), cabinet.tag("secret")
    links = ((cabinet.field("related", FieldKind.DOCUMENTS), FieldKind.DOCUMENTS, (2, 3)),)
    bench = Bench(
        tmp_path_factory.mktemp("index"),
        [
            document(1, TEXT + " minestrone", access=MINE, tags=(tax,), language="en", custom=links),
            document(2, TEXT + " otherwise", access=OTHERS, tags=(tax,), language="en"),
            document(3, TEXT + " otherworld canary", title="canary", access=HIDDEN, tags=(tax, secret), language="de"),
        ],
        cabinet,
    )
    yield bench.searcher
    bench.searcher.close()


def found(searcher: Searcher, query: str, sight: Sight) -> tuple[list[int], int]:
    answer = searcher.search(SearchRequest(query, NOW, sight=sight))
    return sorted(hit.document_id for hit in answer.hits), answer.total


@pytest.mark.parametrize(
    "query", ["", "invoice", "inv*", '"water works"', "nvoic", "tag:tax", "-minestrone OR invoice", "language:de OR invoice", "id:>0"]
)
def test_a_query_finds_and_counts_what_may_be_seen(searcher: Searcher, query: str) -> None:
    whole, total = found(searcher, query, None)
    assert (len(whole), DocumentId(3) in whole) == (total, True)
    seen = [one for one in whole if one != 3]
    assert found(searcher, query, SOME) == (seen, len(seen))
    assert found(searcher, query, (HIDDEN,)) == ([3], 1)
    assert found(searcher, query, ()) == ([], 0)


@pytest.mark.parametrize("query", ["canary", "title:canary", "tag:secret", "language:de", "id:3", "otherworld"])
def test_nothing_finds_a_hidden_document(searcher: Searcher, query: str) -> None:
    assert found(searcher, query, None) == ([3], 1)
    assert found(searcher, query, SOME) == ([], 0)


@pytest.mark.parametrize("query", ["field.related:3", "field.related:[3 to 3]", "field.related:>2", "field.related:[1 to 9]"])
def test_a_link_to_a_hidden_document_is_not_found(searcher: Searcher, query: str) -> None:
    assert found(searcher, query, None) == ([1], 1)
    assert found(searcher, query, SOME) == ([], 0)
    assert found(searcher, "field.related:2", SOME) == ([1], 1)
    assert found(searcher, "field.related:1e300 OR field.related:-1", SOME) == ([], 0)


@pytest.mark.parametrize("field", OrderField)
def test_pages_hold_what_may_be_seen_alone(searcher: Searcher, field: OrderField) -> None:
    order = Order(field)
    first = searcher.search(SearchRequest("invoice", NOW, 1, "", order, sight=SOME))
    second = searcher.search(SearchRequest("invoice", NOW, 1, first.next_after, order, sight=SOME))
    assert sorted(hit.document_id for hit in (*first.hits, *second.hits)) == [1, 2]
    assert (first.total, second.total, second.next_after) == (2, 2, "")


def test_a_filter_changes_no_score(searcher: Searcher) -> None:
    whole = {hit.document_id: hit.score for hit in searcher.search(SearchRequest("minestrone OR invoice", NOW)).hits}
    some = {hit.document_id: hit.score for hit in searcher.search(SearchRequest("minestrone OR invoice", NOW, sight=SOME)).hits}
    assert some == {document_id: score for document_id, score in whole.items() if document_id != 3}


def test_facets_count_what_may_be_seen(searcher: Searcher) -> None:
    facets = (FacetField.TAG, FacetField.LANGUAGE)
    answer = searcher.search(SearchRequest("invoice", NOW, facets=facets, sight=SOME))
    assert answer.facets == ((FacetField.TAG, (FacetCount("tax", 2),)), (FacetField.LANGUAGE, (FacetCount("en", 2),)))


def test_completion_offers_no_word_that_stands_in_hidden_documents_alone(searcher: Searcher) -> None:
    for begun in ("can", "otherworld", "tag:sec", "language:d", "title:can"):
        assert searcher.suggest(begun).suggestions != (), begun
        assert searcher.suggest(begun, sight=SOME).suggestions == (), begun
    assert [one.text for one in searcher.suggest("other", sight=SOME).suggestions] == ["otherwise"]
    assert searcher.suggest("tag:ta", sight=SOME).suggestions == (Suggestion("tag:tax", 2),)
    assert searcher.suggest("tag:ta").suggestions == (Suggestion("tag:tax", 3),)


def test_the_like_of_a_document_are_those_that_may_be_seen(searcher: Searcher) -> None:
    assert {hit.document_id for hit in searcher.similar(DocumentId(1), sight=None)} == {2, 3}
    assert {hit.document_id for hit in searcher.similar(DocumentId(1), sight=SOME)} == {2}
    with pytest.raises(NotIndexed, match=r"^document 3 is not in the index$"):
        searcher.similar(DocumentId(3), sight=SOME)
