"""`is:inbox` and its like: what a document is besides its words."""

from pathlib import Path

import pytest

from actors.index.errors import QueryError
from actors.index.grammar import parse
from actors.index.marks import Mark
from actors.index.messages import SearchRequest, Suggestion
from actors.index.query import Match, Word, render
from actors.store.nouns.access import NOBODYS, AccessId
from actors.store.nouns.archive import DocumentId, DocumentState, DocumentWarning
from tests.index.archive import NOW, Bench, document
from tests.index.cabinet import Cabinet

HERS = AccessId(7)
SOME = (NOBODYS,)
PLAIN = DocumentWarning("SIGNED", "This document is signed.")
NAMING = DocumentWarning("NEAR_DUPLICATE", "This document is like document 1.", documents=(DocumentId(1),))
QUOTING = DocumentWarning("RULE_UNUSABLE", "The rule of 'Secret' took too long.")


@pytest.fixture
def cabinet() -> Cabinet:
    cabinet = Cabinet()
    cabinet.let_in(cabinet.tag("new"))
    return cabinet


@pytest.fixture
def bench(tmp_path: Path, cabinet: Cabinet) -> Bench:
    """Hold documents of each kind, the last one for somebody else alone."""
    documents = [
        document(1, "inbox failed", tags=cabinet.tags("new", "tax")),
        document(2, state=DocumentState.FAILED, tags=cabinet.tags("tax"), warnings=(PLAIN,)),
        document(3, state=DocumentState.ACCEPTED),
        document(4, state=DocumentState.PROCESSING, warnings=(NAMING,)),
        document(5, tags=cabinet.tags("post"), warnings=(QUOTING,)),
        document(6, state=DocumentState.FAILED, tags=cabinet.tags("new"), warnings=(PLAIN,), access=HERS),
    ]
    return Bench(tmp_path, documents, cabinet)


def found(bench: Bench, query: str, sight: tuple[AccessId, ...] | None = SOME) -> list[int]:
    return sorted(hit.document_id for hit in bench.searcher.search(SearchRequest(query, NOW, 100, sight=sight)).hits)


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("is:inbox", [1, 6]),
        ("IS:Inbox", [1, 6]),
        ('is:"inbox"', [1, 6]),
        ("is:failed", [2, 6]),
        ("is:processing", [3, 4]),
        ("is:warned", [2, 4, 5, 6]),
        ("-is:inbox", [2, 3, 4, 5]),
        ("is:(inbox OR processing)", [1, 3, 4, 6]),
        ("is:inbox tag:tax", [1]),
        ("is:inbox inbox", [1]),
    ],
)
def test_a_mark_finds_what_bears_it(bench: Bench, query: str, ids: list[int]) -> None:
    assert found(bench, query, sight=None) == ids


def test_what_is_hidden_is_not_found_by_its_marks(bench: Bench) -> None:
    assert {mark: found(bench, f"is:{mark}") for mark in Mark} == {
        Mark.INBOX: [1],
        Mark.FAILED: [2],
        Mark.PROCESSING: [3, 4],
        # A warning that may name what is hidden is told to who sees everything alone.
        Mark.WARNED: [2],
    }


def test_a_hidden_tag_of_the_inbox_marks_nothing_for_who_may_not_see_it(bench: Bench, cabinet: Cabinet) -> None:
    cabinet.restrict(cabinet.tag("new"), HERS)
    assert found(bench, "is:inbox") == []
    assert found(bench, "-is:inbox") == [1, 2, 3, 4, 5]
    assert found(bench, "is:inbox", (NOBODYS, HERS)) == [1, 6]


def test_what_is_the_inbox_may_change_without_the_documents(bench: Bench, cabinet: Cabinet) -> None:
    cabinet.let_in(cabinet.tag("post"))
    assert found(bench, "is:inbox", None) == [1, 5, 6]
    cabinet.let_in(cabinet.tag("new"), inbox=False)
    assert found(bench, "is:inbox", None) == [5]
    cabinet.let_in(cabinet.tag("post"), inbox=False)
    assert found(bench, "is:inbox", None) == []


def test_the_marks_are_completed(bench: Bench) -> None:
    assert [one.text for one in bench.searcher.suggest("is:").suggestions] == [f"is:{mark}" for mark in Mark]
    assert bench.searcher.suggest("tax is:in").suggestions == (Suggestion("is:inbox", 0),)
    assert Suggestion("is:", 0) in bench.searcher.suggest("is").suggestions


@pytest.mark.parametrize("mark", Mark)
def test_a_mark_is_written_as_it_is_read(mark: Mark) -> None:
    node = parse(f"is:{mark}", NOW.date())
    assert node == Word(mark, "is", Match.WHOLE)
    assert parse(render(node), NOW.date()) == node


@pytest.mark.parametrize(("query", "column"), [("is:new", 3), ("tax is:*", 7), ("is:>inbox", 4), ("is:[a to b]", 3), ("is:in*", 3)])
def test_what_no_document_is_gets_told_what_there_is(query: str, column: int) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query, NOW.date())
    assert caught.value.expected == "one of inbox, processing, failed, warned, as in is:inbox"
    assert caught.value.column - column in (0, 1)
