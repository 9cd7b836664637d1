"""Highlights, facets, orders, pages, completion and likeness."""

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from actors.index.errors import CursorError, NotIndexed, QueryError
from actors.index.messages import FacetCount, FacetField, Order, OrderField, SearchAnswer, SearchRequest, Suggestion
from actors.index.ordering import MAX_RELEVANT
from actors.index.query import Word
from actors.store.nouns.archive import DocumentId
from tests.index.archive import NOW, Bench, document
from tests.index.cabinet import Cabinet

LETTER = document(
    1,
    "Sehr geehrte Damen und Herren,\nanbei die Rechnungen der Haftpflicht-\nversicherung.",
    "Seite zwei: 32 Track MIDI\nSequence Recorder, 𝔘nicode und ﬁne print.",
    "nichts",
    "Noch eine Rechnung: RE-0815-2024.",
    title="Rechnung der Versicherung",
    language="de",
)


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("letter"), [LETTER, document(2, "这是一个测试文件", title="测试", language="zh")])


def test_a_book_is_read_until_there_are_enough_pieces_to_show(tmp_path: Path) -> None:
    pages = [f"{'early ' if number <= 3 else ''}{'late' if number == 70 else 'filling'}" for number in range(1, 101)]
    bench = Bench(tmp_path, [document(1, *pages)])
    assert (bench.marked("early", 1), bench.archive.looks) == ([(1, "early"), (2, "early"), (3, "early")], [(1, 8)])
    assert (bench.marked("late", 1), bench.archive.looks[1:]) == ([(70, "late")], [(1, 8), (9, 72), (73, 584)])


def test_words_are_found_by_a_part_that_few_and_that_very_many_share(tmp_path: Path) -> None:
    many = [f"x{number:03d}mark" for number in range(600)]
    bench = Bench(tmp_path, [document(number, word) for number, word in enumerate(many, 1)])
    assert (bench.find("*mark*", limit=1000), bench.find("*5mark", limit=1000)) == ([*range(1, 601)], [*range(6, 601, 10)])


@pytest.mark.parametrize(
    ("query", "marks"),
    [
        ("geehrte", [(1, "geehrte")]),
        ("rechnung", [(0, "Rechnung"), (1, "Rechnungen"), (4, "Rechnung")]),
        ("Versicherung", [(0, "Versicherung"), (1, "Haftpflicht- versicherung")]),
        ('"track midi sequence"', [(2, "Track MIDI Sequence")]),
        ('"Rechnung der"', [(0, "Rechnung der")]),
        ("seq*", [(2, "Sequence")]),
        ("*corder", [(2, "Recorder")]),
        ("*eque*", [(2, "Sequence")]),
        ("recordre~", [(2, "Recorder")]),
        ("sehrr~", [(1, "Sehr")]),
        ("fine", [(2, "ﬁne")]),
        ("unicode", [(2, "𝔘nicode")]),
        ("0815", [(4, "0815")]),
        ("RE-0815", [(4, "RE-0815")]),
        ("title:rechnung", [(0, "Rechnung")]),
        ("text:rechnung", [(1, "Rechnungen"), (4, "Rechnung")]),
        ("track -whisky", [(2, "Track")]),
        ("track OR whisky", [(2, "Track")]),
        ("language:de", []),
    ],
)
def test_finds_are_marked_where_they_stand(letter: Bench, query: str, marks: list[tuple[int, str]]) -> None:
    assert letter.marked(query, 1) == marks


def test_pairs_of_letters_are_marked(letter: Bench) -> None:
    assert letter.marked('"测试文件"', 2) == [(1, "测试文件")]
    assert letter.marked("测试", 2) == [(0, "测试"), (1, "测试")]


def test_a_highlight_is_a_short_piece_around_the_find(tmp_path: Path) -> None:
    bench = Bench(tmp_path, [document(1, "left " * 500 + "needle " + "right " * 500)])
    (piece,) = bench.hit("needle", 1).highlights
    assert len(piece.text) < 300
    assert piece.text.startswith("left ")
    assert [piece.text[start:end] for start, end in piece.ranges] == ["needle"]


def test_a_document_of_many_pages_shows_a_few_pieces(tmp_path: Path) -> None:
    bench = Bench(tmp_path, [document(1, *(f"page {number} word" for number in range(600)))])
    assert [piece.page for piece in bench.hit("word", 1).highlights] == [1, 2, 3]
    assert [piece.page for piece in bench.hit('"page 599 word"', 1).highlights] == [600]


def test_highlights_are_left_out_when_nobody_wants_them(letter: Bench) -> None:
    assert letter.answer("rechnung", highlight=False).hits[0].highlights == ()


def test_a_tree_is_searched_like_its_text(letter: Bench) -> None:
    by_text = letter.searcher.search(SearchRequest("rechnung", NOW))
    assert letter.searcher.search(SearchRequest(Word("rechnung"), NOW)) == by_text


def test_many_threads_search_at_once_while_the_index_changes(tmp_path: Path) -> None:
    bench = Bench(tmp_path, [document(number, f"word w{number}", language="en") for number in range(1, 51)])

    def work(number: int) -> tuple[int, list[tuple[int, str]]]:
        return len(bench.find("words")), bench.marked(f"w{number}", number)

    with ThreadPoolExecutor(8) as pool:
        working = [pool.submit(work, number) for number in range(1, 51)]
        for number in range(51, 56):
            bench.archive.put(document(number, "word", language="en"))
            bench.apply()
        answers = [future.result() for future in working]
    assert all(50 <= count <= 55 and marks == [(1, f"w{number}")] for number, (count, marks) in enumerate(answers, start=1))
    assert len(bench.find("words")) == 55


def test_a_wrong_query_is_an_error_with_its_place(letter: Bench) -> None:
    with pytest.raises(QueryError):
        letter.find("nofield:x")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """Make documents that are alike in pairs and more, so that orders have ties."""
    cabinet = Cabinet()
    documents = [
        replace(
            document(
                number, f"word {'word ' * (number % 3)} unique{number}", title=f"title {number % 4}", language="en" if number % 2 else "de"
            ),
            created=None if number % 10 == 0 else date(2020 + number % 3, 1, 1),
            added=NOW - timedelta(days=number % 7),
            tags=cabinet.tags("all", f"tag {number % 5}"),
            correspondent=cabinet.correspondent(f"firm {number % 2}"),
            mime="application/pdf" if number % 4 else "image/png",
            type=cabinet.type("letter"),
            asn=None if number % 3 else 2**32 - number,
            page_count=number % 6,
            size_bytes=2**40 if number == 120 else 1_000 * (number % 8),
        )
        for number in range(1, 121)
    ]
    random.Random(5).shuffle(documents)
    return Bench(tmp_path_factory.mktemp("many"), documents, cabinet)


ORDERS = [Order(field, descending) for field in OrderField for descending in (True, False)]


@pytest.mark.parametrize("order", ORDERS, ids=str)
@pytest.mark.parametrize("query", ["word", "tag:all", "", "unique1 OR word"])
def test_pages_one_after_another_are_the_whole_answer(many: Bench, order: Order, query: str) -> None:
    whole = [hit.document_id for hit in many.answer(query, limit=1000, order=order).hits]
    paged, answer = list[int](), many.answer(query, limit=7, order=order)
    paged += [hit.document_id for hit in answer.hits]
    while answer.next_after:
        answer = many.answer(query, limit=7, order=order, after=answer.next_after)
        assert answer.total == 120
        paged += [hit.document_id for hit in answer.hits]
    assert paged == whole
    assert sorted(paged) == list(range(1, 121))


@pytest.mark.parametrize("order", ORDERS, ids=str)
@pytest.mark.parametrize("query", ["word", "tag:all"])
def test_what_is_skipped_is_passed_over_from_the_beginning_or_from_a_place(many: Bench, order: Order, query: str) -> None:
    whole = [hit.document_id for hit in many.answer(query, limit=1000, order=order).hits]
    for skip in (0, 1, 50, 60, 61, 113, 119, 120, 121, 10_000_000):
        answer = many.answer(query, limit=7, order=order, skip=skip)
        assert ([hit.document_id for hit in answer.hits], answer.total) == (whole[skip : skip + 7], 120)
        assert (answer.next_after != "") == (skip + 7 < 120)
        if answer.next_after:
            following = many.answer(query, limit=5, order=order, after=answer.next_after)
            assert [hit.document_id for hit in following.hits] == whole[skip + 7 : skip + 12]
            further = many.answer(query, limit=5, order=order, after=answer.next_after, skip=40)
            assert ([hit.document_id for hit in further.hits], further.total) == (whole[skip + 47 : skip + 52], 120)


def test_finds_of_equal_score_come_by_id_whatever_their_place_in_the_index(tmp_path: Path) -> None:
    ids = [10**8 + number for number in range(60)]  # so large that their freshness is the same
    random.Random(6).shuffle(ids)
    bench = Bench(tmp_path, [document(ids[0], "word")])
    for begin in range(1, 60, 20):
        bench.archive.put(*(document(number, "word") for number in ids[begin : begin + 20]))
        bench.apply()
    first = bench.answer("word", limit=25)
    second = bench.answer("word", limit=25, after=first.next_after)
    assert [hit.document_id for hit in first.hits + second.hits] == sorted(ids)[:50]


def test_orders_are_by_their_field_then_by_id(many: Bench) -> None:
    documents = many.archive.documents.values()

    def ids(field: OrderField, descending: bool) -> list[int]:
        return [hit.document_id for hit in many.answer("tag:all", limit=1000, order=Order(field, descending)).hits]

    by_added = [one.id for one in sorted(documents, key=lambda one: (one.added, one.id))]
    by_created = [one.id for one in sorted(documents, key=lambda one: (one.created or date.min, one.id))]
    by_title = [one.id for one in sorted(documents, key=lambda one: (one.title, one.id))]
    assert ids(OrderField.ADDED, False) == by_added
    assert ids(OrderField.ADDED, True) == by_added[::-1]
    assert ids(OrderField.CREATED, False) == by_created
    assert ids(OrderField.CREATED, True) == by_created[::-1]
    assert ids(OrderField.TITLE, False) == by_title
    assert ids(OrderField.TITLE, True) == by_title[::-1]
    by_pages = [one.id for one in sorted(documents, key=lambda one: (one.page_count, one.id))]
    by_size = [one.id for one in sorted(documents, key=lambda one: (one.size_bytes, one.id))]
    assert len({one.page_count for one in documents}) > 1 < len({one.size_bytes for one in documents})
    assert ids(OrderField.PAGES, False) == by_pages
    assert ids(OrderField.PAGES, True) == by_pages[::-1]
    assert ids(OrderField.SIZE, False) == by_size
    assert ids(OrderField.SIZE, True) == by_size[::-1]
    assert ids(OrderField.RELEVANCE, True) == by_added[::-1]  # nothing to be relevant by: the newest first


def test_what_has_no_number_comes_last_in_both_directions(many: Bench) -> None:
    documents = many.archive.documents.values()
    numbered = [one.id for one in sorted(documents, key=lambda one: (one.asn or 0, one.id)) if one.asn is not None]
    others = sorted(one.id for one in documents if one.asn is None)
    assert 7 < len(numbered) < 113
    for descending, wanted in ((False, numbered + others), (True, numbered[::-1] + others[::-1])):
        found = many.answer("tag:all", limit=1000, order=Order(OrderField.ASN, descending)).hits
        assert [hit.document_id for hit in found] == wanted


def test_a_page_is_not_moved_by_what_comes_before_it(tmp_path: Path) -> None:
    bench = Bench(tmp_path, [document(number, "word", title=f"m{number:03d}") for number in range(1, 31)])
    order = Order(OrderField.TITLE, descending=False)
    first = bench.answer("word", limit=10, order=order)
    bench.archive.put(document(100, "word", title="a first one"), document(101, "word", title="m010x"))
    bench.archive.delete(2)
    bench.apply()
    second = bench.answer("word", limit=10, order=order, after=first.next_after)
    assert [hit.document_id for hit in second.hits] == [101, *range(11, 20)]


def test_a_cursor_of_another_order_is_refused(many: Bench) -> None:
    after = many.answer("word", limit=5, order=Order(OrderField.TITLE)).next_after
    for cursor in (after, "rubbish", "[]", '["added", true, true]', '["title", true, "x] OR *"]'):
        with pytest.raises(CursorError):
            many.answer("word", order=Order(OrderField.ADDED), after=cursor)


def test_relevance_is_bounded_to_what_a_person_would_turn(many: Bench) -> None:
    answer = many.answer("word", after=f'["relevance", true, {MAX_RELEVANT}]')
    assert (answer.hits, answer.next_after) == ((), "")


def test_facets_count_the_finds(many: Bench) -> None:
    request = SearchRequest("word", NOW, limit=1, facets=tuple(FacetField), highlight=False)
    facets = dict(many.searcher.search(request).facets)
    assert facets[FacetField.TAG] == (FacetCount("all", 120), *(FacetCount(f"tag {number}", 24) for number in range(5)))
    assert facets[FacetField.CORRESPONDENT] == (FacetCount("firm 0", 60), FacetCount("firm 1", 60))
    assert facets[FacetField.TYPE] == (FacetCount("letter", 120),)
    assert facets[FacetField.LANGUAGE] == (FacetCount("de", 60), FacetCount("en", 60))
    assert facets[FacetField.MIME] == (FacetCount("application/pdf", 90), FacetCount("image/png", 30))
    assert facets[FacetField.CREATED_YEAR] == (FacetCount("2020", 36), FacetCount("2021", 36), FacetCount("2022", 36))


def test_facets_are_of_the_query_not_of_the_page(many: Bench) -> None:
    answer: SearchAnswer = many.searcher.search(SearchRequest('"unique7"', NOW, facets=(FacetField.TAG,), highlight=False))
    assert answer.facets == ((FacetField.TAG, (FacetCount("all", 1), FacetCount("tag 2", 1))),)


@pytest.mark.parametrize(
    ("query", "loosen", "found"),
    [
        ('"support"', False, []),
        ('"support"', True, [1]),
        ('"no support"', True, []),
        ('"vote"', False, [2]),
        ('"vote"', True, [2, 1]),
        ('"12"', True, []),
        ('"support" OR "12"', True, []),
    ],
)
def test_a_lone_quoted_word_that_is_rare_is_looked_for_inside_others_too(
    tmp_path: Path, query: str, loosen: bool, found: list[int]
) -> None:
    bench = Bench(tmp_path, [document(1, "—esupport, no votes in 3127"), document(2, "a vote of many votes")])
    answer: SearchAnswer = bench.searcher.search(SearchRequest(query, NOW, loosen=loosen))
    assert [hit.document_id for hit in answer.hits] == found


@pytest.mark.parametrize(
    ("text", "cursor", "start", "first"),
    [
        ("ta", 0, 0, [Suggestion("tag:", 0)]),
        ("word cre", 0, 5, [Suggestion("created:", 0)]),
        ("word -ta", 0, 6, [Suggestion("tag:", 0)]),
        ("(ti", 0, 1, [Suggestion("title:", 0), Suggestion("title", 0)]),
        ("wor", 0, 0, [Suggestion("word", 120)]),
        ("wor rest", 3, 0, [Suggestion("word", 120)]),
        ("fie", 0, 0, [Suggestion("field.", 0)]),
        ("tag:", 0, 0, [Suggestion("tag:all", 120)]),
        ("tag:ta", 0, 0, [Suggestion(f'tag:"tag {number}"', 24) for number in range(5)]),
        ('tag:"tag 3', 0, 0, [Suggestion('tag:"tag 3"', 24)]),
        ("word correspondent:1", 0, 5, [Suggestion('correspondent:"firm 1"', 60)]),
        ("mime:pdf", 0, 0, [Suggestion("mime:application/pdf", 90)]),
        ("state:r", 0, 0, [Suggestion("state:ready", 0)]),
        ("title:ti", 0, 0, [Suggestion("title:title", 120)]),
        ("added:last w", 0, 11, []),
        ('added:"last w', 0, 0, [Suggestion('added:"last week"', 0)]),
        ("created:to", 0, 0, [Suggestion("created:today", 0)]),
        ("nofield:x", 0, 0, []),
        ("asn:1", 0, 0, []),
        ("", 0, 0, []),
    ],
)
def test_what_is_typed_is_completed(many: Bench, text: str, cursor: int, start: int, first: list[Suggestion]) -> None:
    answer = many.searcher.suggest(text, cursor)
    found = [one for one in answer.suggestions if one.text != "title"]
    assert (answer.start, found[: len(first)]) == (start, [one for one in first if one.text != "title"])


def test_words_of_deleted_documents_are_not_suggested(tmp_path: Path) -> None:
    bench = Bench(tmp_path, [document(1, "secretword"), document(2, "other")])
    bench.archive.delete(1)
    bench.apply()
    assert bench.searcher.suggest("secret").suggestions == ()


def test_similar_documents_come_with_the_most_alike_first(tmp_path: Path) -> None:
    bench = Bench(
        tmp_path,
        [
            document(1, "the quick brown fox jumps over the lazy dog near the river bank"),
            document(2, "a quick brown fox jumped over a lazy dog at the river"),
            document(3, "the quick invoice lists taxes, totals and the due date"),
            document(4, "invoice with taxes and totals"),
            document(5, ""),
            document(6, "12345"),
        ],
    )
    assert [hit.document_id for hit in bench.searcher.similar(DocumentId(1))][:1] == [2]
    assert [hit.document_id for hit in bench.searcher.similar(DocumentId(4))][:1] == [3]
    scores = [hit.score for hit in bench.searcher.similar(DocumentId(1))]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1.000001 for score in scores)
    assert bench.searcher.similar(DocumentId(1), limit=1)[0].document_id == 2


def test_a_document_without_words_is_like_none(tmp_path: Path) -> None:
    bench = Bench(tmp_path, [document(1, ""), document(2, "12345"), document(3, "lonely")])
    assert [bench.searcher.similar(DocumentId(number)) for number in (1, 2, 3)] == [(), (), ()]
    with pytest.raises(NotIndexed):
        bench.searcher.similar(DocumentId(99))
