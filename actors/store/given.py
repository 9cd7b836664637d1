"""Which of the values that are proposed a document gets. Pure: what stands and what is proposed go in, the changes come out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from actors.store.assignment_types import Aspect, Giver, Reason
from actors.store.catalog_types import LabelId
from actors.store.tag_tree import TagTree

# Values as they are kept: a label's id, text, a number, a date as ISO 8601; None for no value. Of a tag: whether it is borne.
Kept = object

PERSONS = frozenset({Giver.USER, Giver.DELIVERY})


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


def decide(standing: Standing, bids: Sequence[Bid], tree: TagTree) -> tuple[Change, ...]:
    """Choose, in the order of the bids: of several for one place a person's last one counts, else the first machine's.

    A tag comes with all that stand above it, and goes with all below it.
    """
    changes = dict[Place, Change]()
    for bid in bids:
        for one in _with_kin(bid, standing, tree):
            _take(one, standing, changes)
    return tuple(change for change in changes.values() if change.value != change.before)


def _take(bid: Bid, standing: Standing, changes: dict[Place, Change]) -> None:
    person = bid.reason.giver in PERSONS
    if person or (standing.is_free(bid.place) and bid.place not in changes):
        changes[bid.place] = Change(bid.place, bid.value, standing.values.get(bid.place), bid.reason)


def _with_kin(bid: Bid, standing: Standing, tree: TagTree) -> Iterator[Bid]:
    """Give a bid and those that follow from it; none where a machine would bring back what a person has taken away."""
    if bid.place.aspect is not Aspect.TAG:
        yield bid
        return
    tag = LabelId(bid.place.subject)
    kin = tree.above(tag) if bid.value else [one for one in tree.below(tag) if Place(Aspect.TAG, one) in standing.values]
    places = [Place(Aspect.TAG, one) for one in kin]
    barred = [place for place in places if place not in standing.values and not standing.is_free(place)]
    if bid.value and barred and bid.reason.giver not in PERSONS:
        return
    yield bid
    name = tree.name(tag)
    words = f"with the tag '{name}' {'below' if bid.value else 'above'} it"
    for place in places:
        if bid.value is None or place not in standing.values:
            yield Bid(place, bid.value, replace(bid.reason, words=words))
