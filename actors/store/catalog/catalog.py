"""The catalogue: labels, custom fields and saved views, and what names they have now."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from actors.store.catalog.fields import Fields
from actors.store.catalog.labels import Labels
from actors.store.catalog.views import Views
from actors.store.database import Database
from actors.store.nouns.access import NOBODYS, AccessId
from actors.store.nouns.catalog import Field, Label, LabelId, LabelKind
from actors.store.rows import counters
from actors.store.rows.archive import DocumentRow
from actors.store.rows.catalog import LabelRow

_NAMES = select(LabelRow.id, LabelRow.kind, LabelRow.name, LabelRow.access_id, LabelRow.inbox)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All labels and fields at one moment; `stamp` is another number as soon as one of them is another."""

    stamp: int
    labels: Sequence[Label]
    fields: Sequence[Field]


@dataclass(frozen=True, slots=True)
class CatalogNames:
    """What labels are called, and the fields, at one moment: all that search needs, in a tenth of a snapshot's time.

    `restricted` are the classes of access of labels that not everyone sees; `inbox` are the tags of what is new.
    """

    stamp: int
    labels: Mapping[LabelKind, Mapping[LabelId, str]]
    fields: Sequence[Field]
    restricted: Mapping[LabelId, AccessId]
    inbox: Collection[LabelId]


class Catalog:
    """What documents are filed under."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.labels = Labels(database)
        self.fields = Fields(database)
        self.views = Views(database)

    def stamp(self) -> int:
        """Tell one state of labels and fields from another; costs one read of one row."""
        with self._database.read() as session:
            return counters.value(session, counters.CATALOGUE_CHANGE)

    def snapshot(self) -> Snapshot:
        """Give all labels and fields. The stamp is taken first: a change meanwhile makes the next look read them again."""
        stamp = self.stamp()
        return Snapshot(stamp, self.labels.all(), self.fields.list())

    def names(self) -> CatalogNames:
        """Give the names of all labels, and all fields; the stamp is taken first."""
        stamp, labels = self.stamp(), {kind: dict[LabelId, str]() for kind in LabelKind}
        restricted, inbox = dict[LabelId, AccessId](), set[LabelId]()
        with self._database.read() as session:
            for label_id, kind, name, access_id, is_inbox in session.execute(_NAMES):
                labels[kind][LabelId(label_id)] = name
                if access_id != NOBODYS:
                    restricted[LabelId(label_id)] = AccessId(access_id)
                if is_inbox:
                    inbox.add(LabelId(label_id))
        return CatalogNames(stamp, labels, self.fields.list(), restricted, inbox)

    def next_asn(self) -> int:
        """Give the archive serial number after the highest one that is given, in the trash too."""
        with self._database.read() as session:
            return (session.scalars(select(func.max(DocumentRow.asn))).one() or 0) + 1
