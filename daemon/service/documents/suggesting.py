"""What a document may deserve, asked by a person."""

from collections.abc import Sequence
from dataclasses import replace

from actors.store.nouns.archive import Document, DocumentId
from actors.store.nouns.catalog import LabelId, LabelKind
from actors.understanding.stored import stored_facts
from actors.understanding.suggesting import Suggested, SuggestedLabel
from daemon.service.ports import Archive


class Suggestions:
    """Proposes values for documents; whether one is given is up to a person."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._understanding = archive.understanding
        self._now = archive.now

    def of(self, document_id: DocumentId) -> Suggested:
        """Propose days, and labels that are seen and that a document does not bear; raises DocumentNotFound."""
        store = self._archive.store
        document = store.documents.get(document_id)
        suggested = self._understanding.suggest(stored_facts(store, document, self._now().tzinfo))
        borne, seen = labels_of(document), store.catalog.labels.still_there(one.label.id for one in suggested.labels)
        return replace(suggested, labels=tuple(one for one in suggested.labels if one.label.id in seen and one.label.id not in borne))

    def tags_of(self, document_id: DocumentId) -> Sequence[SuggestedLabel]:
        """Propose tags that a document does not bear, likeliest first; raises DocumentNotFound."""
        return [one for one in self.of(document_id).labels if one.label.kind is LabelKind.TAG]


def labels_of(document: Document) -> frozenset[LabelId]:
    """Give all labels that a document bears."""
    single = (document.correspondent, document.document_type, document.storage_path)
    return frozenset((*document.tag_ids, *(label.id for label in single if label is not None)))
