"""The store as the trainer sees it."""

from collections.abc import Iterator

from actors.classifier.lessons import Lesson, lesson_text
from actors.store.store import Store

# Few enough that even books do not fill the memory.
READ_AT_ONCE = 20


class TaggedLessons:
    """Gives the trainer what people have tagged; the classifier knows no database."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def newest(self, limit: int) -> Iterator[Lesson]:
        """Give so many tagged documents at most, those first that came in last."""
        ids = self._store.tagged.newest(limit)
        for begin in range(0, len(ids), READ_AT_ONCE):
            entries = self._store.documents.for_index(ids[begin : begin + READ_AT_ONCE])
            # They come in any order; the same archive shall teach the same.
            for entry in sorted(entries, key=lambda entry: entry.document.id, reverse=True):
                yield Lesson(lesson_text(entry.document.title, entry.texts), entry.document.tags)
