"""Which of the values that are proposed a document gets. Pure: what stands and what is proposed go in, the changes come out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from actors.store.catalog.tag_tree import TagTree
from actors.store.nouns.assignments import Aspect, Giver, Reason
from actors.store.nouns.catalog import LabelId

# Values as they are kept: a label's id, text, a number, a date as ISO 8601; None for no value. Of a tag: whether it is borne.
Kept = object

PERSONS = frozenset({Giver.USER, Giver.DELIVERY})
# Who files again when rules are others, or more was learned. What all others gave, they know better: barcodes and e-invoices are not asked
# again, and workflows are surer than rules.
YIELDING = frozenset({Giver.RULE, Giver.CLASSIFIER})


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """What a value is given to. `subject` is the tag's or the field's id, 0 for all else."""

    aspect: Aspect
    subject: int = 0


@dataclass(frozen=True, slots=True)
class Bid:
    """A value for a place, and why; the value None empties it."""

    place: Place
    value: Kept
    reason: Reason


@dataclass(frozen=True, slots=True)
class Change:
    """A value that a place gets, and the one that it had."""

    place: Place
    value: Kept
    before: Kept
    reason: Reason


@dataclass(frozen=True, slots=True)
class Standing:
    """What a document has now (empty places are left out), and who gave or emptied each place last, where that is known."""

    values: Mapping[Place, Kept] = field(default_factory=dict)
    givers: Mapping[Place, Giver] = field(default_factory=dict)

    def is_free(self, place: Place) -> bool:
        """Tell whether a machine may change it: not what a person gave or took away, nor what was there before reasons were kept."""
        giver = self.givers.get(place)
        if giver is not None:
            return giver not in PERSONS
        return place not in self.values or place.aspect is Aspect.TITLE


def firmer(standing: Standing, yielding: frozenset[Giver], keep_values: bool) -> Standing:
    """Look at what others than the `yielding` gave or emptied last as a person's, and with `keep_values` at all that is there."""
    givers = {place: giver if giver in yielding else Giver.USER for place, giver in standing.givers.items()}
    return Standing(standing.values, givers | dict.fromkeys(standing.values if keep_values else (), Giver.USER))


def decide(standing: Standing, bids: Sequence[Bid], tree: TagTree) -> tuple[Change, ...]:
    """Choose, in the order of the bids: of several for one place a person's last one counts, else the first machine's.

    A tag comes with all that stand above it, and goes with all below it.
    """
    changes = dict[Place, Change]()
    for bid in bids:
        for one in _with_kin(bid, standing, changes, tree):
            changes[one.place] = Change(one.place, one.value, standing.values.get(one.place), one.reason)
    return tuple(change for change in changes.values() if change.value != change.before)


def _with_kin(bid: Bid, standing: Standing, changes: Mapping[Place, Change], tree: TagTree) -> list[Bid]:
    """Give a bid and those that follow from it. A machine gets all of them or, where one is not free, none."""
    needed = [] if bid.place.aspect is not Aspect.TAG else _kin(bid, standing, changes, tree)
    places = (bid.place, *(one.place for one in needed))
    if bid.reason.giver not in PERSONS and not all(standing.is_free(place) and place not in changes for place in places):
        return []
    return [bid, *needed]


def _kin(bid: Bid, standing: Standing, changes: Mapping[Place, Change], tree: TagTree) -> list[Bid]:
    """Give the bids for tags above or below that are not yet as they must be."""
    tag = LabelId(bid.place.subject)
    name = tree.name(tag)
    which = f"the tag '{name}'" if name else "a tag"
    words = f"with {which} {'below' if bid.value else 'above'} it"
    places = [Place(Aspect.TAG, one) for one in (tree.above(tag) if bid.value else tree.below(tag))]
    values = {place: changes[place].value if place in changes else standing.values.get(place) for place in places}
    return [Bid(place, bid.value, replace(bid.reason, words=words)) for place in places if values[place] != bid.value]
