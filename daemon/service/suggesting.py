"""What was learned, asked about one document."""

from collections.abc import Sequence

from actors.classifier.lessons import Suggestion, lesson_text
from actors.store.types import DocumentId
from daemon.service.ports import Archive


class TagSuggestions:
    """Proposes tags for documents; whether one is given is up to a person."""

    def __init__(self, archive: Archive) -> None:
        self._store = archive.store
        self._suggester = archive.suggester

    def of(self, document_id: DocumentId) -> Sequence[Suggestion]:
        """Propose tags that a document does not bear, likeliest first; raises DocumentNotFound."""
        document = self._store.documents.get(document_id)
        found = self._suggester.suggest(lesson_text(document.title, self._store.pages.texts(document_id)))
        return [suggestion for suggestion in found if suggestion.tag not in document.tags]
