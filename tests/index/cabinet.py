"""A catalogue in memory, which keeps the port's promises."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from actors.store.nouns.access import AccessId
from actors.store.nouns.catalog import Field, FieldFacts, FieldId, FieldKind, LabelId, LabelKind


@dataclass(frozen=True, slots=True)
class Drawer:
    """All that is in a cabinet at one moment."""

    stamp: int
    labels: Mapping[LabelKind, Mapping[LabelId, str]]
    fields: Sequence[Field]
    restricted: Mapping[LabelId, AccessId]
    inbox: Collection[LabelId] = ()


class Cabinet:
    """Labels and fields; a label is made by the first mention of its name. `reads` counts the looks at all of them."""

    def __init__(self) -> None:
        self._ids = count(1)
        self._stamp = 0
        self._labels: dict[LabelId, tuple[LabelKind, str]] = {}
        self._fields: dict[FieldId, Field] = {}
        self._restricted: dict[LabelId, AccessId] = {}
        self._inbox: set[LabelId] = set()
        self.reads = 0

    def stamp(self) -> int:
        """Tell this state from others."""
        return self._stamp

    def names(self) -> Drawer:
        """Give all. The stamp is taken first."""
        self.reads += 1
        stamp = self._stamp
        labels: dict[LabelKind, dict[LabelId, str]] = {}
        for label_id, (kind, name) in list(self._labels.items()):
            labels.setdefault(kind, {})[label_id] = name
        return Drawer(stamp, labels, tuple(self._fields.values()), dict(self._restricted), frozenset(self._inbox))

    def label(self, kind: LabelKind, name: str) -> LabelId:
        """Give the id of a label."""
        known = next((label for label, named in self._labels.items() if named == (kind, name)), None)
        return known if known is not None else self._made(kind, name)

    def tag(self, name: str) -> LabelId:
        """Give the id of a tag."""
        return self.label(LabelKind.TAG, name)

    def tags(self, *names: str) -> tuple[LabelId, ...]:
        """Give the ids of tags."""
        return tuple(map(self.tag, names))

    def correspondent(self, name: str) -> LabelId:
        """Give the id of a correspondent."""
        return self.label(LabelKind.CORRESPONDENT, name)

    def type(self, name: str) -> LabelId:
        """Give the id of a document type."""
        return self.label(LabelKind.DOCUMENT_TYPE, name)

    def path(self, name: str) -> LabelId:
        """Give the id of a storage path."""
        return self.label(LabelKind.STORAGE_PATH, name)

    def rename(self, label_id: LabelId, name: str) -> None:
        """Call a label something else."""
        self._labels[label_id] = (self._labels[label_id][0], name)
        self._stamp += 1

    def restrict(self, label_id: LabelId, access: AccessId) -> None:
        """Let a label be seen by those alone who reach a class."""
        self._restricted[label_id] = access
        self._stamp += 1

    def let_in(self, label_id: LabelId, inbox: bool = True) -> None:
        """Let a tag be one of what is new, or no more."""
        (self._inbox.add if inbox else self._inbox.discard)(label_id)
        self._stamp += 1

    def remove(self, label_id: LabelId) -> None:
        """Take a label out."""
        del self._labels[label_id]
        self._stamp += 1

    def field(self, name: str, kind: FieldKind, *options: str) -> FieldId:
        """Make a custom field; options have the ids 1, 2, …"""
        field = FieldId(next(self._ids))
        self._fields[field] = Field(field, kind, 1, FieldFacts(name, dict(enumerate(options, 1)) or None))
        self._stamp += 1
        return field

    def rename_field(self, field_id: FieldId, name: str, *options: str) -> None:
        """Call a field and its options something else."""
        field = self._fields[field_id]
        self._fields[field_id] = replace(field, facts=FieldFacts(name, dict(enumerate(options, 1)) or None))
        self._stamp += 1

    def _made(self, kind: LabelKind, name: str) -> LabelId:
        label = LabelId(next(self._ids))
        self._labels[label] = (kind, name)
        self._stamp += 1
        return label
