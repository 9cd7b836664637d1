"""The store as the trainer sees it."""

from collections.abc import Iterator, Sequence

from actors.classifier.lessons import Lesson, lesson_text
from actors.store.nouns.archive import DocumentId
from actors.store.store import Store

# Few enough that even books do not fill the memory: of each the first pages count.
READ_AT_ONCE = 20
MOST_PAGES = 20


class FiledLessons:
    """Gives the trainer what people have filed; the classifier knows no database."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def newest(self, limit: int) -> Sequence[Lesson]:
        """Give so many filed documents at most, those first that came in last."""
        return [Lesson(document.id, document.revision, document.labels) for document in self._store.filed.newest(limit)]

    def texts(self, documents: Sequence[DocumentId]) -> Iterator[tuple[DocumentId, str]]:
        """Give the texts of documents; one without any page, or gone, has none."""
        for begin in range(0, len(documents), READ_AT_ONCE):
            batch = documents[begin : begin + READ_AT_ONCE]
            pages = self._store.pages.texts_of(batch, 1, MOST_PAGES)
            yield from ((document, lesson_text(pages.get(document, ()))) for document in batch)
