"""Labels by their names, for what gives them to documents that are yet to come."""

from collections.abc import Iterable
from dataclasses import dataclass

from actors.intake.names import shown_text
from actors.store.catalog.labels import Labels
from actors.store.errors import LabelNotFound
from actors.store.nouns.catalog import LabelFacts, LabelId, LabelKind
from daemon.service.refusals import InvalidRequest, Violation


@dataclass(frozen=True, slots=True)
class LabelNames:
    """Reads names of labels, which stand in fields of a message of the contract; `message` is what violations call it."""

    labels: Labels
    message: str

    def tags(self, names: Iterable[str]) -> tuple[LabelId, ...]:
        """Find tags, or make them, each once. Raises InvalidRequest for a name that nobody could read."""
        return tuple(dict.fromkeys(self._label("tags", LabelKind.TAG, name) for name in names))

    def correspondent(self, name: str) -> LabelId | None:
        """Find a correspondent, or make it; None for no name. Raises InvalidRequest."""
        return self._label("correspondent", LabelKind.CORRESPONDENT, name) if name else None

    def document_type(self, name: str) -> LabelId | None:
        """Find a document type, or make it; None for no name. Raises InvalidRequest."""
        return self._label("document_type", LabelKind.DOCUMENT_TYPE, name) if name else None

    def storage_path(self, name: str) -> LabelId | None:
        """Find a storage path; None for no name. Raises LabelNotFound: a path needs a template, which no name tells."""
        return self.labels.find(LabelKind.STORAGE_PATH, name).id if name else None

    def _label(self, field: str, kind: LabelKind, name: str) -> LabelId:
        if not (shown := shown_text(name)):
            raise InvalidRequest(Violation(f"{self.message}.{field}", "needs names that can be read"))
        try:
            return self.labels.find(kind, shown).id
        except LabelNotFound:
            return self.labels.create(kind, LabelFacts(shown)).id
