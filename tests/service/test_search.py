"""Search through the real server, index and searcher."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import grpc
import pytest
from google.protobuf.field_mask_pb2 import FieldMask

from actors.index.index import Index
from actors.index.searcher import Searcher
from actors.store.nouns.archive import DocumentId, DocumentState, DocumentWarning
from actors.store.store import Store
from daemon.cast.shelf import Shelf
from scriba.v1 import catalog_pb2, documents_pb2, search_pb2
from tests.service.house import NOW, House, failing, open_house


@dataclass
class Library:
    """A house whose index is real."""

    house: House
    index: Index

    async def titles(self, query: str) -> list[str]:
        answer = await self.house.search.SearchDocuments(search_pb2.SearchDocumentsRequest(query=query))
        return [result.document.title for result in answer.results]


@pytest.fixture
async def library(store: Store) -> AsyncIterator[Library]:
    index, searcher = Index(Shelf(store), store.data.index), Searcher(store.data.index, store.pages.texts_of, store.catalog)
    await index.apply()
    async with open_house(store, index=index, searcher=searcher) as house:
        house.read(
            "Tax notice", "The tax office writes.", "Figures follow.", "Pay 100 euros by the 29th of February.", tags=("tax", "2024")
        )
        house.read("Rent", "The rent goes up by 100 euros.", tags=("home",))
        house.read("Recipe", "Flour, eggs and a pinch of salt.", tags=("home",))
        await index.apply()
        yield Library(house, index)
    searcher.close()
    await index.stop()
    await index.run()


async def test_a_document_is_found_by_a_word_on_its_third_page(library: Library) -> None:
    answer = await library.house.search.SearchDocuments(search_pb2.SearchDocumentsRequest(query="February"))
    (result,) = answer.results
    assert (result.document.title, answer.total_size, answer.next_page_token) == ("Tax notice", 1, "")
    (highlight,) = result.highlights
    assert highlight.page == 3
    assert [highlight.text[found.start : found.end] for found in highlight.ranges] == ["February"]
    assert result.score > 0
    quiet = await library.house.search.SearchDocuments(search_pb2.SearchDocumentsRequest(query="February", skip_highlights=True))
    assert not quiet.results[0].highlights


async def test_an_edit_is_found_as_soon_as_it_is_answered(library: Library) -> None:
    document = documents_pb2.Document(id="3", title="Pancakes")
    request = documents_pb2.UpdateDocumentRequest(document=document, update_mask=FieldMask(paths=["title"]))
    await library.house.documents.UpdateDocument(request)
    assert await library.titles("pancakes") == ["Pancakes"]
    assert await library.titles("title:recipe") == []


async def test_a_trashed_document_is_no_longer_found_and_comes_back(library: Library) -> None:
    await library.house.documents.DeleteDocument(documents_pb2.DeleteDocumentRequest(id="3"))
    assert await library.titles("flour") == []
    await library.house.documents.UndeleteDocument(documents_pb2.UndeleteDocumentRequest(id="3"))
    assert await library.titles("flour") == ["Recipe"]


async def test_a_find_that_the_database_has_no_more_is_left_out(library: Library) -> None:
    store = library.house.store
    store.documents.delete(DocumentId(2), None, NOW)  # behind the index's back
    assert await library.titles("euros") == ["Tax notice"]
    store.documents.purge(DocumentId(2))
    assert await library.titles("euros") == ["Tax notice"]
    store.documents.delete(DocumentId(1), None, NOW)
    store.documents.purge(DocumentId(1))
    assert await library.titles("euros") == []


async def test_finds_come_in_pages_of_one_query(library: Library) -> None:
    first = await library.house.search.SearchDocuments(search_pb2.SearchDocumentsRequest(query="euros", page_size=1, order_by="title"))
    token = first.next_page_token
    second = await library.house.search.SearchDocuments(
        search_pb2.SearchDocumentsRequest(query="euros", page_size=1, order_by="title", page_token=token)
    )
    assert [answer.results[0].document.title for answer in (first, second)] == ["Rent", "Tax notice"]
    assert (first.total_size, second.next_page_token) == (2, "")
    for other in (
        search_pb2.SearchDocumentsRequest(query="flour", order_by="title", page_token=token),
        search_pb2.SearchDocumentsRequest(query="euros", order_by="title desc", page_token=token),
    ):
        assert (await failing(library.house.search.SearchDocuments(other))).reason == "PAGE_TOKEN_MISMATCH"


@pytest.mark.parametrize(("order_by", "titles"), [("page_count", ["Rent", "Tax notice"]), ("page_count desc", ["Tax notice", "Rent"])])
async def test_finds_begin_wherever_their_reader_wants(library: Library, order_by: str, titles: list[str]) -> None:
    def asked(skip: int, token: str = "") -> search_pb2.SearchDocumentsRequest:
        return search_pb2.SearchDocumentsRequest(query="euros", page_size=1, order_by=order_by, skip=skip, page_token=token)

    search = library.house.search.SearchDocuments
    first, second, beyond = [await search(asked(skip)) for skip in (0, 1, 2)]
    assert [result.document.title for answer in (first, second, beyond) for result in answer.results] == titles
    assert (first.total_size, second.total_size, beyond.total_size) == (2, 2, 2)
    assert (second.next_page_token, beyond.next_page_token) == ("", "")
    assert not (await search(asked(1, first.next_page_token))).results
    listed = await library.house.documents.ListDocuments(
        documents_pb2.ListDocumentsRequest(filter="euros", order_by=order_by, page_size=1, skip=1)
    )
    assert ([document.title for document in listed.documents], listed.total_size) == (titles[1:], 2)


async def test_the_inbox_is_found_by_what_its_tags_are_now(library: Library) -> None:
    assert await library.titles("is:inbox") == []
    catalog = library.house.catalog
    labels = (await catalog.ListLabels(catalog_pb2.ListLabelsRequest(kind=catalog_pb2.LABEL_KIND_TAG, name_part="home"))).labels
    change = catalog_pb2.Label(id=labels[0].id, inbox=True)
    await catalog.UpdateLabel(catalog_pb2.UpdateLabelRequest(label=change, update_mask=FieldMask(paths=["inbox"])))
    assert sorted(await library.titles("is:inbox")) == ["Recipe", "Rent"]
    assert await library.titles("is:inbox salt") == ["Recipe"]


async def test_what_is_not_read_yet_what_failed_and_what_has_a_warning_are_found(library: Library) -> None:
    store, index = library.house.store, library.index
    document_id = DocumentId(int(library.house.accept("coming", title="Coming")))
    await index.apply()
    assert await library.titles("is:processing") == ["Coming"]
    job = library.house.work()
    warning = DocumentWarning("PAGE_FAILED", "Page 1 could not be read.", 1)
    store.documents.set_result(document_id, job.fence, DocumentState.FAILED, "", (warning,), False, NOW)
    await index.apply()
    found = {mark: await library.titles(f"is:{mark}") for mark in ("processing", "failed", "warned")}
    assert found == {"processing": [], "failed": ["Coming"], "warned": ["Coming"]}


@pytest.mark.parametrize(
    ("order_by", "titles"), [("title", ["Recipe", "Rent"]), ("title desc", ["Rent", "Recipe"]), ("", ["Recipe", "Rent"])]
)
async def test_a_filtered_list_speaks_the_grammar_of_search(library: Library, order_by: str, titles: list[str]) -> None:
    request = documents_pb2.ListDocumentsRequest(filter="tag:home", order_by=order_by)
    answer = await library.house.documents.ListDocuments(request)
    assert ([document.title for document in answer.documents], answer.total_size) == (titles, 2)


async def test_a_filtered_list_comes_in_pages_too(library: Library) -> None:
    seen, token = [], ""
    while True:
        request = documents_pb2.ListDocumentsRequest(filter="tag:home", page_size=1, page_token=token)
        answer = await library.house.documents.ListDocuments(request)
        seen += [document.title for document in answer.documents]
        token = answer.next_page_token
        if not token:
            break
    assert seen == ["Recipe", "Rent"]


@pytest.mark.parametrize("rpc", ["search", "list"])
async def test_a_wrong_query_is_told_with_column_and_what_was_expected(library: Library, rpc: str) -> None:
    if rpc == "search":
        call = library.house.search.SearchDocuments(search_pb2.SearchDocumentsRequest(query="euros AND ("))
    else:
        call = library.house.documents.ListDocuments(documents_pb2.ListDocumentsRequest(filter="euros AND ("))
    failure = await failing(call)
    assert (failure.code, failure.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "QUERY_INVALID")
    assert int(failure.metadata["column"]) >= 11
    assert failure.metadata["expected"]
    assert list(failure.violations) == ["query" if rpc == "search" else "filter"]


@pytest.mark.parametrize("order_by", ["relevance desc", "size", "id", "title asc"])
async def test_an_order_that_finds_do_not_have_is_refused(library: Library, order_by: str) -> None:
    failure = await failing(library.house.search.SearchDocuments(search_pb2.SearchDocumentsRequest(query="euros", order_by=order_by)))
    assert (failure.code, list(failure.violations)) == (grpc.StatusCode.INVALID_ARGUMENT, ["order_by"])


async def test_the_trash_has_no_filter(library: Library) -> None:
    request = documents_pb2.ListDocumentsRequest(filter="tag:home", show_deleted=True)
    assert list((await failing(library.house.documents.ListDocuments(request))).violations) == ["filter"]


async def test_finds_are_counted_by_what_they_have_in_common(library: Library) -> None:
    request = search_pb2.SearchDocumentsRequest(query="euros", facets=[search_pb2.FACET_FIELD_TAG, search_pb2.FACET_FIELD_MIME])
    facets = {
        facet.field: {count.value: count.count for count in facet.counts}
        for facet in (await library.house.search.SearchDocuments(request)).facets
    }
    assert facets == {search_pb2.FACET_FIELD_TAG: {"2024": 1, "home": 1, "tax": 1}, search_pb2.FACET_FIELD_MIME: {"text/plain": 2}}
    request = search_pb2.SearchDocumentsRequest(facets=[search_pb2.FACET_FIELD_UNSPECIFIED])
    assert list((await failing(library.house.search.SearchDocuments(request))).violations) == ["facets"]


async def test_a_query_is_completed_before_the_cursor(library: Library) -> None:
    answer = await library.house.search.SuggestQueries(search_pb2.SuggestQueriesRequest(query="tag:ho"))
    assert ("home", 2) in {(one.text.removeprefix("tag:"), one.document_count) for one in answer.suggestions}
    answer = await library.house.search.SuggestQueries(search_pb2.SuggestQueriesRequest(query="flo rent", cursor=3))
    assert ([one.text for one in answer.suggestions], answer.start) == (["flour"], 0)


async def test_documents_alike_are_found_from_one(library: Library) -> None:
    answer = await library.house.search.FindSimilarDocuments(search_pb2.FindSimilarDocumentsRequest(id="1"))
    assert "1" not in [result.document.id for result in answer.results]
    failure = await failing(library.house.search.FindSimilarDocuments(search_pb2.FindSimilarDocumentsRequest(id="9")))
    assert (failure.code, failure.reason) == (grpc.StatusCode.NOT_FOUND, "DOCUMENT_NOT_FOUND")
    library.house.accept("not yet indexed")
    failure = await failing(library.house.search.FindSimilarDocuments(search_pb2.FindSimilarDocumentsRequest(id="4")))
    assert (failure.code, failure.reason) == (grpc.StatusCode.NOT_FOUND, "NOT_INDEXED")


async def test_search_without_an_index_says_to_come_again(store: Store) -> None:
    searcher = Searcher(store.data.index, store.pages.texts_of, store.catalog)
    async with open_house(store, searcher=searcher) as house:
        failure = await failing(house.search.SearchDocuments(search_pb2.SearchDocumentsRequest(query="euros")))
    assert (failure.code, failure.reason) == (grpc.StatusCode.UNAVAILABLE, "INDEX_UNAVAILABLE")
    assert failure.retry_seconds > 0
