"""The reading side of the index, for another process than the writing one."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC
from functools import partial
from pathlib import Path
from threading import Lock
from typing import IO

import tantivy
from tantivy import Query

from actors.index.basis import Basis
from actors.index.disk import is_the_disks
from actors.index.errors import IndexUnavailable, NotIndexed
from actors.index.facets import count_facets
from actors.index.generation import Generation, current
from actors.index.grammar import parse
from actors.index.highlights import highlight
from actors.index.lexicon import Lexicon
from actors.index.loosening import loosened
from actors.index.messages import Hit, SearchAnswer, SearchRequest, SuggestAnswer
from actors.index.names import Catalogue, Names, NewestNames
from actors.index.ordering import Find, Page, find_page
from actors.index.page_texts import PageTexts, pages_of
from actors.index.panics import damage_as_error
from actors.index.plan import Plan, make_plan
from actors.index.query import Node
from actors.index.schema import document_schema, open_index
from actors.index.sight import Sight, seen
from actors.index.similar import beginning, find_similar
from actors.index.suggest import suggest
from actors.store.nouns.archive import DocumentId

_Stamp = tuple[int, int, int]
# Each switch of generations can pull a directory away under an opening reader once.
_ATTEMPTS = 5
# Documents whose first pages are read by one query: a page of answers.
_TEXTS_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class _Opened:
    """One generation, open. `hold` keeps it from being removed."""

    generation: Generation
    hold: IO[bytes]
    documents: tantivy.Index
    words: tantivy.Index


@dataclass(frozen=True, slots=True)
class _View:
    """One state of the index: everything that a search sees."""

    opened: _Opened
    stamps: tuple[_Stamp, ...]
    documents: tantivy.Searcher
    lexicon: Lexicon


class Searcher:
    """Searches the index in `root`; safe to use from many threads. What was committed is seen by the next call, and so is a new name."""

    def __init__(self, root: Path, page_texts: PageTexts, catalogue: Catalogue, on_damage: Callable[[], None] = lambda: None) -> None:
        """Open nothing yet. `on_damage` is called in any thread when the index cannot be used and shall be looked at."""
        self._root = root
        self._page_texts = page_texts
        self._names = NewestNames(catalogue)
        self._on_damage = on_damage
        self._lock = Lock()
        self._view: _View | None = None

    def search(self, request: SearchRequest) -> SearchAnswer:
        """Find documents. Raises QueryError, CursorError, IndexUnavailable."""
        view, names = self._seen(request.sight)
        node = parse(request.query, request.now.date(), names) if isinstance(request.query, str) else request.query
        finds = None if request.sight is None else partial(_is_found, view, request.sight)
        basis = Basis(view.lexicon, names, request.now.tzinfo or UTC, finds)
        with self._damage_noted("the index could not be searched", OSError):
            plan, page = _found(view, node, basis, request)
            looser = loosened(node) if request.loosen and page.total < request.limit else None
            if looser is not None:
                node = looser
                plan, page = _found(view, node, basis, request)
            facets = count_facets(view.documents, plan.query, request.facets, names)
            hits = tuple(self._highlighted(view, node, page.finds) if request.highlight else map(_hit, page.finds))
        return SearchAnswer(hits, page.total, page.next_after, facets)

    def suggest(self, text: str, cursor: int = 0, limit: int = 10, sight: Sight = None) -> SuggestAnswer:
        """Complete the word before the cursor, from what may be seen."""
        view, names = self._seen(sight)
        with self._damage_noted("the index could not be searched", OSError):
            return suggest(view.documents, names, text, cursor, limit, sight)

    def similar(self, document_id: DocumentId, limit: int = 10, sight: Sight = None) -> tuple[Hit, ...]:
        """List the documents whose text is most like that of one, of those that may be seen. Raises NotIndexed."""
        view = self._current()
        with self._damage_noted("the index could not be searched", OSError):
            if not _is_found(view, sight, document_id):
                raise NotIndexed(f"document {document_id} is not in the index")
            found = find_similar(view.documents, document_id, self._beginnings, limit, sight)
        return tuple(Hit(other, score) for other, score in found)

    def keep_up(self) -> None:
        """Open the newest state before anybody searches, so that it is at hand when the disk lets nothing be opened."""
        with suppress(IndexUnavailable):
            self._current()

    def count(self) -> int:
        """Count the documents that can be found."""
        return int(self._current().documents.num_docs)

    def close(self) -> None:
        """Let the files go."""
        with self._lock:
            if self._view is not None:
                self._view.opened.hold.close()
            self._view = None

    @contextmanager
    def _damage_noted(self, what: str, *others: type[Exception]) -> Iterator[None]:
        try:
            with damage_as_error(what, *others):
                yield
        except IndexUnavailable:
            self._on_damage()
            raise

    def _seen(self, sight: Sight) -> tuple[_View, Names]:
        """Give the newest state, and names no older than it: a label that a document in it bears, and that is seen, has one."""
        view = self._current()
        return view, self._names.get().seen(sight)

    def _beginnings(self, document_ids: Sequence[DocumentId]) -> dict[DocumentId, str]:
        return {document_id: beginning(pages) for document_id, pages in pages_of(document_ids, self._page_texts).items()}

    def _highlighted(self, view: _View, node: Node, finds: Sequence[Find]) -> Iterator[Hit]:
        for begin in range(0, len(finds), _TEXTS_AT_ONCE):
            some = finds[begin : begin + _TEXTS_AT_ONCE]
            pages = pages_of([find.document_id for find in some], self._page_texts)
            for find in some:
                title, language = json.loads(bytes(view.documents.doc(find.address)["card"][0]))
                yield Hit(find.document_id, find.score, highlight(node, title, language, pages[find.document_id]))

    def _current(self) -> _View:
        """Give the newest state; three `stat` calls when nothing has changed."""
        with self._lock:
            for _ in range(_ATTEMPTS):
                with suppress(FileNotFoundError):  # the generation was removed while it was opened: look again which one is in use
                    if self._view is None or self._view.stamps != _stamps(self._view.opened.generation):
                        self._view = self._newest(self._view)
                    return self._view
            self._on_damage()  # or a file is missing
            raise IndexUnavailable("the index changes faster than it can be opened")

    def _newest(self, known: _View | None) -> _View:
        """Open the newest state or, on a disk where nothing can be opened since nothing can be locked, stay with the one that is open."""
        try:
            return self._refreshed()
        except IndexUnavailable as error:
            if known is None or not is_the_disks(error, self._root):
                raise
            return known

    def _refreshed(self) -> _View:
        generation = current(self._root)
        if generation is None:
            raise IndexUnavailable("the index is being made")
        opened = self._view.opened if self._view is not None else None
        # Stamps are taken first: a commit meanwhile makes the next call look again.
        stamps = _stamps(generation)
        if opened is None or opened.generation != generation:
            opened = self._reopened(generation)
        with self._damage_noted("the index does not open", OSError, ValueError):
            # Documents before words, as words are committed before documents: no document is seen whose words are not.
            opened.documents.reload()
            opened.words.reload()
            documents = opened.documents.searcher()
            return _View(opened, stamps, documents, Lexicon(documents, opened.words.searcher()))

    def _reopened(self, generation: Generation) -> _Opened:
        hold = generation.hold()
        with self._damage_noted("the index does not open", OSError, ValueError):
            documents = open_index(generation.documents)
            words = open_index(generation.words)
        if self._view is not None:
            self._view.opened.hold.close()
        return _Opened(generation, hold, documents, words)


def _is_found(view: _View, sight: Sight, document_id: DocumentId) -> bool:
    """Tell whether a document is there for somebody."""
    itself = seen(Query.term_query(document_schema(), "id", document_id), sight)
    return bool(view.documents.search(itself, 1, count=False).hits)


def _found(view: _View, node: Node, basis: Basis, request: SearchRequest) -> tuple[Plan, Page]:
    plan = make_plan(node, basis)
    plan = replace(plan, query=seen(plan.query, request.sight))
    return plan, find_page(view.documents, plan, request.order, request.after, request.limit, request.skip)


def _hit(find: Find) -> Hit:
    return Hit(find.document_id, find.score)


def _stamps(generation: Generation) -> tuple[_Stamp, ...]:
    """Tell whether a generation or a commit has changed; tantivy replaces meta.json at each commit."""
    return tuple(
        (status.st_mtime_ns, status.st_ino, status.st_size)
        for status in (path.stat() for path in (generation.pointer, generation.documents / "meta.json", generation.words / "meta.json"))
    )
