"""An archive in memory, which keeps the port's promises, and an index of it on disk."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from actors.index.index import Index
from actors.index.messages import Hit, Order, SearchAnswer, SearchRequest
from actors.index.searcher import Searcher
from actors.index.source import IndexDocument
from actors.store.nouns.archive import DocumentId
from tests.index.cabinet import Cabinet

NOW = datetime(2024, 5, 15, 12, 0, tzinfo=UTC)


def document(number: int, *pages: str, title: str = "", language: str = "", **fields: object) -> IndexDocument:
    """Make a document; further fields as in IndexDocument."""
    made = IndexDocument(DocumentId(number), 1, title or f"document {number}", pages, NOW, NOW, language=language, page_count=len(pages))
    return replace(made, **fields)  # type: ignore[arg-type]  # the fields are checked by their class


class Archive:
    """Documents with their outbox. Safe for threads, as the port asks."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.documents: dict[DocumentId, IndexDocument] = {}
        self.outbox: dict[DocumentId, int] = {}
        self.looks: list[tuple[int, int]] = []

    def put(self, *documents: IndexDocument) -> None:
        """Store documents; one that is there gets the next revision."""
        with self._lock:
            for one in documents:
                known = self.documents.get(one.id)
                fresh = replace(one, revision=known.revision + 1 if known else 1)
                self.documents[one.id] = fresh
                self.outbox[one.id] = fresh.revision

    def delete(self, number: int) -> None:
        """Put a document in the trash."""
        with self._lock:
            gone = self.documents.pop(DocumentId(number))
            self.outbox[gone.id] = gone.revision + 1

    def pending(self, limit: int) -> Sequence[tuple[DocumentId, int]]:
        """List changes."""
        with self._lock:
            return sorted(self.outbox.items())[:limit]

    def done(self, handled: Sequence[tuple[DocumentId, int]]) -> None:
        """Forget changes, unless there is a newer one."""
        with self._lock:
            for document_id, revision in handled:
                if self.outbox.get(document_id) == revision:
                    del self.outbox[document_id]

    def for_index(self, ids: Collection[DocumentId]) -> dict[DocumentId, IndexDocument]:
        """Read documents."""
        with self._lock:
            return {document_id: self.documents[document_id] for document_id in ids if document_id in self.documents}

    def ids(self, after: DocumentId, limit: int) -> Sequence[DocumentId]:
        """List ids."""
        with self._lock:
            return sorted(document_id for document_id in self.documents if document_id > after)[:limit]

    def count(self) -> int:
        """Count documents."""
        return len(self.documents)

    def page_texts(self, document_ids: Sequence[DocumentId], first: int, last: int) -> dict[DocumentId, Sequence[str]]:
        """Give the texts of some pages of documents; `looks` keeps which were asked for."""
        self.looks.append((first, last))
        return {document_id: self.documents[document_id].pages[first - 1 : last] for document_id in document_ids}


class Bench:
    """An archive with its index and a searcher, for tests that only search. Labels and fields are called as the cabinet says."""

    def __init__(self, root: Path, documents: Sequence[IndexDocument], cabinet: Cabinet | None = None) -> None:
        self.archive = Archive()
        self.archive.put(*documents)
        self.root = root
        self.searcher = Searcher(root, self.archive.page_texts, cabinet or Cabinet())
        self.apply()

    def apply(self) -> None:
        """Bring changes into the index; each call is a life of its own."""

        async def once() -> None:
            index = Index(self.archive, self.root)
            running = asyncio.create_task(index.run())
            await index.apply()
            await index.stop()
            await running

        asyncio.run(once())

    def answer(
        self, query: str, limit: int = 100, order: Order | None = None, after: str = "", highlight: bool = False, skip: int = 0
    ) -> SearchAnswer:
        """Search."""
        asked = SearchRequest(query, NOW, limit=limit, order=order or Order(), after=after, highlight=highlight, skip=skip)
        return self.searcher.search(asked)

    def find(self, query: str, limit: int = 100) -> list[int]:
        """Give the ids found, ascending."""
        return sorted(hit.document_id for hit in self.answer(query, limit).hits)

    def ranked(self, query: str) -> list[int]:
        """Give the ids found, the best first."""
        return [hit.document_id for hit in self.answer(query).hits]

    def hit(self, query: str, number: int) -> Hit:
        """Give one find with its highlights."""
        hits = self.answer(query, highlight=True).hits
        return next(hit for hit in hits if hit.document_id == number)

    def marked(self, query: str, number: int) -> list[tuple[int, str]]:
        """Give the pages and texts that are marked in one find."""
        highlights = self.hit(query, number).highlights
        return [(piece.page, piece.text[start:end]) for piece in highlights for start, end in piece.ranges]
