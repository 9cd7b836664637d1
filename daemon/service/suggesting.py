"""What was learned, asked about one document."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from actors.classifier.lessons import lesson_text
from actors.store.catalog_types import Label, LabelId, LabelKind, Matching
from actors.store.types import Document, DocumentId
from daemon.service.ports import Archive


@dataclass(frozen=True, slots=True)
class NamedSuggestion:
    """A label that a document may deserve. `sure` tells that a new document would get it; it is `like` some filed ones."""

    label: Label
    probability: float
    sure: bool
    like: tuple[DocumentId, ...]


class LabelSuggestions:
    """Proposes labels for documents; whether one is given is up to a person."""

    def __init__(self, archive: Archive) -> None:
        self._store = archive.store
        self._suggester = archive.suggester

    def of(self, document_id: DocumentId) -> Sequence[NamedSuggestion]:
        """Propose labels that a document does not bear, kind by kind, likeliest first; raises DocumentNotFound."""
        document = self._store.documents.get(document_id)
        return list(self._suggest(document))

    def tags_of(self, document_id: DocumentId) -> Sequence[NamedSuggestion]:
        """Propose tags that a document does not bear, likeliest first; raises DocumentNotFound."""
        return [suggestion for suggestion in self.of(document_id) if suggestion.label.kind is LabelKind.TAG]

    def _suggest(self, document: Document) -> Iterator[NamedSuggestion]:
        found = self._suggester.suggest(lesson_text(self._store.pages.texts(document.id)))
        suggestions = [suggestion for kind in found.values() for suggestion in kind]
        labels = self._store.catalog.labels.still_there(suggestion.label for suggestion in suggestions)
        borne = labels_of(document)
        for suggestion in suggestions:
            label = labels.get(suggestion.label)
            # A tag may have become one of the inbox since it was learned.
            if label is not None and label.id not in borne and not label.facts.inbox:
                sure = suggestion.sure and label.facts.rule.matching is Matching.AUTO
                yield NamedSuggestion(label, suggestion.probability, sure, suggestion.like)


def labels_of(document: Document) -> frozenset[LabelId]:
    """Give all labels that a document bears."""
    single = (document.correspondent, document.document_type, document.storage_path)
    return frozenset((*document.tag_ids, *(label.id for label in single if label is not None)))
