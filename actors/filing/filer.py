"""Places documents in folders after whatever has changed: a document, a name, a template, the rules."""

from collections.abc import Mapping, Sequence
from threading import Lock
from zoneinfo import ZoneInfo

from actors.filing.rules import FilingRules, affected, asks_for_text, place_of
from actors.store.nouns.archive import Document
from actors.store.nouns.catalog import LabelId
from actors.store.nouns.folders import Placed
from actors.store.store import Store
from actors.templates.documents import facts_of

# So many are read and rendered in a tenth of a second, and then written in a few milliseconds: nobody waits for long.
AT_ONCE = 200
# What decides a place stands at the beginning; a long document must not be read whole for it.
_PAGES_OF_TEXT = 100


class Filer:
    """Keeps the places of documents. Threads may share one; what it has not come to when it ends is still to be done at the next start."""

    def __init__(self, store: Store, rules: FilingRules) -> None:
        self._store = store
        self._rules = rules
        self._zone = ZoneInfo(rules.time_zone)
        self._lock = Lock()
        self._begun = False

    def step(self) -> int:
        """Place some documents and tell how many; 0 when each has its place."""
        with self._lock:
            if not self._begun:
                self._begin()
            templates = self._store.places.templates()
            for renamed in self._store.places.renamed():
                self._store.places.place_again(renamed, affected(renamed.kind, templates, self._rules))
            unplaced = self._store.places.unplaced(AT_ONCE)
            if unplaced:
                documents = [one.document for one in unplaced if one.document is not None]
                marks = {one.document_id: one.mark for one in unplaced}
                self._store.places.put(marks, self._placed(documents, templates))
            return len(unplaced)

    def keep_up(self, most: int = AT_ONCE) -> None:
        """Place what has changed, up to so many documents and those of one more step."""
        done = 0
        while done < most and (placed := self.step()):
            done += placed

    def _begin(self) -> None:
        if self._store.places.written_by() != self._rules.number:
            self._store.places.place_all(self._rules.number)
        self._begun = True

    def _placed(self, documents: Sequence[Document], templates: Mapping[LabelId, str]) -> list[Placed]:
        chosen = {document.id: self._template_of(document, templates) for document in documents}
        reading = [document_id for document_id, template in chosen.items() if asks_for_text(template)]
        texts = self._store.pages.texts_of(reading, 1, _PAGES_OF_TEXT) if reading else {}
        return [
            Placed(
                document.id,
                place_of(
                    chosen[document.id],
                    facts_of(document, self._zone, "\n".join(texts.get(document.id, ()))),
                    self._rules.options,
                ),
            )
            for document in documents
        ]

    def _template_of(self, document: Document, templates: Mapping[LabelId, str]) -> str:
        own = templates.get(document.storage_path.id, "") if document.storage_path else ""
        return own or self._rules.template
