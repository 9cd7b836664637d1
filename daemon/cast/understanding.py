"""Who makes sense of documents, with the catalogue of the store and what was learned."""

from collections.abc import Sequence
from datetime import date, datetime, tzinfo

from actors.classifier.suggester import Suggester
from actors.store.nouns.catalog import Field, FieldId, FieldKind, Label
from actors.store.store import Store
from actors.understanding.settings import UnderstandingSettings
from actors.understanding.understanding import Understanding


class StoredCatalogue:
    """The catalogue as the database has it."""

    def __init__(self, store: Store) -> None:
        self._catalog = store.catalog
        self.stamp = store.catalog.stamp

    def labels(self) -> Sequence[Label]:
        """Give all labels."""
        return self._catalog.labels.all()

    def fields(self) -> Sequence[Field]:
        """Give all custom fields."""
        return self._catalog.fields.list()

    def ensure_fields(self, wanted: dict[str, FieldKind]) -> dict[str, FieldId]:
        """Find fields by name and kind, and make those of which there is none."""
        return dict(self._catalog.fields.ensure(wanted))


def make_understanding(settings: UnderstandingSettings, store: Store, zone: tzinfo) -> Understanding:
    """Build it on the store; in the zone a day begins and ends."""

    def today() -> date:
        return datetime.now(zone).date()

    return Understanding(settings, StoredCatalogue(store), Suggester(store.data.classifier), today)
