"""What labels and custom fields are called now. The index knows them by their ids alone, so a new name touches no document in it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from threading import Lock
from typing import Protocol

from actors.index.analysis import fold, words
from actors.index.sight import Sight
from actors.index.vocabulary import Vocabulary, vocabulary_of
from actors.store.nouns.access import AccessId
from actors.store.nouns.catalog import Field, FieldId, FieldKind, LabelId, LabelKind

# An option is told from those of other fields by the field.
OptionKey = tuple[FieldId, int]
# The kinds of fields whose values are options.
CHOOSING = (FieldKind.CHOICE, FieldKind.CHOICES)
# Who sees what is remembered for so many at once; it is worked out in a few milliseconds.
_MOST_NARROWED = 100


class CatalogueNames(Protocol):
    """What everything is called at one moment. No two labels share an id, of whatever kind they are."""

    @property
    def stamp(self) -> int:
        """The number that tells this state from others; that of an earlier one when there was a change meanwhile."""

    @property
    def labels(self) -> Mapping[LabelKind, Mapping[LabelId, str]]:
        """The names of labels; a kind without any may be left out."""

    @property
    def fields(self) -> Sequence[Field]:
        """The custom fields."""

    @property
    def inbox(self) -> Collection[LabelId]:
        """The tags that what is new bears."""

    @property
    def restricted(self) -> Mapping[LabelId, AccessId]:
        """The classes of access of labels that not everyone sees."""


class Catalogue(Protocol):
    """Where names come from. Called from any thread."""

    def stamp(self) -> int:
        """Give a number that is another as soon as any label or field is; asked before each search, so it has to be cheap."""

    def names(self) -> CatalogueNames:
        """Give all names; read after each change, so 10,000 have to be quick."""


@dataclass(frozen=True, slots=True)
class CustomField:
    """A custom field, as far as search looks at it."""

    id: FieldId
    name: str
    kind: FieldKind


class Names:
    """The names of one state of the catalogue, held in memory. Never changes. `hidden` are labels that bear no name for whoever asks."""

    def __init__(self, known: CatalogueNames, before: "Names | None" = None) -> None:
        """Take names in; those that are in `before` cost next to nothing."""
        self.stamp = known.stamp
        self.hidden = frozenset[LabelId]()
        self.inbox = frozenset(known.inbox)
        self._restricted = dict(known.restricted)
        self._narrowed = dict[frozenset[LabelId], Names]()
        self.fields = tuple(CustomField(field.id, field.facts.name, field.kind) for field in known.fields)
        options = _options(known.fields)
        self.options: Vocabulary[OptionKey] = before.options.changed(options) if before else vocabulary_of(options)
        labels = {kind: known.labels.get(kind, {}) for kind in LabelKind}
        self._labels = {kind: before.labels(kind).changed(names) if before else vocabulary_of(names) for kind, names in labels.items()}
        self._by_key = defaultdict[str, list[CustomField]](list)
        for field in self.fields:
            self._by_key[field_key(field.name)].append(field)

    def labels(self, kind: LabelKind) -> Vocabulary[LabelId]:
        """Give the names of all labels of a kind."""
        return self._labels[kind]

    def seen(self, sight: Sight) -> "Names":
        """Give the names of what somebody sees: all of them where nothing is hidden from him."""
        if sight is None or not self._restricted:
            return self
        open_ones = frozenset(sight)
        hidden = frozenset(label for label, access in self._restricted.items() if access not in open_ones)
        if not hidden:
            return self
        known = self._narrowed.get(hidden)
        if known is None:
            known = self._narrowed[hidden] = self._without(hidden)
            while len(self._narrowed) > _MOST_NARROWED:
                self._narrowed.pop(next(iter(self._narrowed)), None)
        return known

    def _without(self, hidden: frozenset[LabelId]) -> "Names":
        other = copy(self)
        other.hidden = hidden
        other._labels = {  # noqa: SLF001  # a Names is made of another
            kind: known.changed({label: name for label, name in known.names.items() if label not in hidden})
            for kind, known in self._labels.items()
        }
        return other

    def field(self, name: str) -> CustomField | None:
        """Find a custom field; case, accents and punctuation matter only where nothing else tells two names apart."""
        found = self._by_key.get(field_key(name), [])
        return next((field for field in found if field.name == name), found[0] if found else None)


class NewestNames:
    """Holds the names that the catalogue has now, for many threads; they are read anew after a change alone."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._lock = Lock()
        self._held: Names | None = None

    def get(self) -> Names:
        """Give the names of now."""
        held, stamp = self._held, self._catalogue.stamp()
        if held is not None and held.stamp == stamp:
            return held
        with self._lock:
            # Another thread may have read them while this one waited, and there may have been a change since.
            if self._held is None or self._held.stamp != self._catalogue.stamp():
                self._held = Names(self._catalogue.names(), self._held)
            return self._held


def field_key(name: str) -> str:
    """Write a custom field's name as it is compared."""
    return "_".join(words(name)) or fold(name)


def _options(fields: Sequence[Field]) -> dict[OptionKey, str]:
    choosing = (field for field in fields if field.kind in CHOOSING)
    return {(field.id, number): name for field in choosing for number, name in (field.facts.options or {}).items()}
