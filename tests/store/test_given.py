"""What a document is given of all that is proposed: a machine leaves to a person what is a person's, and tags keep their kin."""

from collections.abc import Iterable, Sequence

from hypothesis import given
from hypothesis import strategies as st

from actors.store.assignments.given import PERSONS, Bid, Change, Kept, Place, Standing, decide, firmer
from actors.store.catalog.tag_tree import TagTree
from actors.store.nouns.assignments import Aspect, Giver, Reason
from actors.store.nouns.catalog import LabelId

#     1
#   2   3
#   4
PARENTS = {2: 1, 3: 1, 4: 2}
TAGS = range(1, 5)
TREE = TagTree((LabelId(tag), f"tag {tag}", LabelId(PARENTS[tag]) if tag in PARENTS else None) for tag in TAGS)
SINGLE = (Aspect.TITLE, Aspect.CREATED_DATE, Aspect.ASN, Aspect.CORRESPONDENT, Aspect.DOCUMENT_TYPE, Aspect.STORAGE_PATH)
MACHINES = (Giver.RULE, Giver.CLASSIFIER)

SINGLES = st.sampled_from(SINGLE).map(Place) | st.integers(1, 3).map(lambda field: Place(Aspect.FIELD, field))
TAG_PLACES = st.sampled_from(TAGS).map(lambda tag: Place(Aspect.TAG, tag))


def closed(tags: Iterable[int]) -> set[int]:
    """Add the tags above."""
    return {one for tag in tags for one in (tag, *TREE.above(LabelId(tag)))}


# As many of each: most givers are alike.
GIVERS = (Giver.USER, Giver.DELIVERY, Giver.RULE, Giver.CLASSIFIER)


@st.composite
def standings(draw: st.DrawFn) -> Standing:
    tags = {Place(Aspect.TAG, tag): True for tag in closed(draw(st.sets(st.sampled_from(TAGS))))}
    values = draw(st.dictionaries(SINGLES, st.sampled_from("abc"), max_size=3)) | tags
    known = draw(st.lists(st.none() | st.sampled_from(GIVERS), min_size=len(TAGS), max_size=len(TAGS)))
    givers = {Place(Aspect.TAG, tag): giver for tag, giver in zip(TAGS, known, strict=True) if giver is not None}
    return Standing(values, givers | draw(st.dictionaries(SINGLES, st.sampled_from(GIVERS), max_size=3)))


def tag_bids(givers: Sequence[Giver]) -> st.SearchStrategy[Bid]:
    return st.builds(Bid, TAG_PLACES, st.sampled_from([True, None]), st.sampled_from(givers).map(Reason))


def bids_of(givers: Sequence[Giver]) -> st.SearchStrategy[list[Bid]]:
    singles = st.builds(Bid, SINGLES, st.none() | st.sampled_from("abc"), st.sampled_from(givers).map(Reason))
    return st.lists(tag_bids(givers) | singles, max_size=6)


def after(standing: Standing, changes: Iterable[Change]) -> Standing:
    values, givers = dict(standing.values), dict(standing.givers)
    for change in changes:
        values[change.place] = change.value
        givers[change.place] = change.reason.giver
    return Standing({place: value for place, value in values.items() if value is not None}, givers)


@given(standings(), bids_of(MACHINES))
def test_a_machine_never_changes_what_a_person_gave_or_took_away(standing: Standing, bids: list[Bid]) -> None:
    changed = {change.place for change in decide(standing, bids, TREE)}
    assert {standing.givers[place] for place in changed if place in standing.givers} <= set(MACHINES)
    assert all(place not in standing.values or place in standing.givers or place.aspect is Aspect.TITLE for place in changed)


@given(standings(), st.lists(tag_bids(GIVERS), min_size=1, max_size=4))
def test_a_document_bears_the_tags_above_its_own_whoever_gives_and_takes(standing: Standing, bids: list[Bid]) -> None:
    values = after(standing, decide(standing, bids, TREE)).values
    tags = {place.subject for place in values if place.aspect is Aspect.TAG}
    assert tags == closed(tags)


@given(standings(), bids_of(GIVERS))
def test_a_persons_last_word_counts_else_the_first_machines(standing: Standing, bids: list[Bid]) -> None:
    values = after(standing, decide(standing, bids, TREE)).values
    expected: dict[Place, Kept] = {}
    for place in {bid.place for bid in bids if bid.place.aspect is not Aspect.TAG}:
        persons = [bid.value for bid in bids if bid.place == place and bid.reason.giver in PERSONS]
        machines = [bid.value for bid in bids if bid.place == place and standing.is_free(place)]
        expected[place] = persons[-1] if persons else machines[0] if machines else standing.values.get(place)
    assert {place: values.get(place) for place in expected} == expected


@given(standings(), bids_of(GIVERS))
def test_a_change_tells_what_was_before_and_is_one(standing: Standing, bids: list[Bid]) -> None:
    changes = decide(standing, bids, TREE)
    assert all(change.before == standing.values.get(change.place) != change.value for change in changes)
    assert len({change.place for change in changes}) == len(changes)


@given(standings(), bids_of(MACHINES))
def test_the_same_proposals_again_change_nothing(standing: Standing, bids: list[Bid]) -> None:
    standing = Standing({place: value for place, value in standing.values.items() if place.aspect is not Aspect.TAG}, standing.givers)
    giving = [bid for bid in bids if bid.value is not None]
    once = after(standing, decide(standing, giving, TREE))
    assert decide(once, giving, TREE) == ()


def bid(tag: int, value: bool | None, giver: Giver) -> Bid:
    return Bid(Place(Aspect.TAG, tag), value, Reason(giver, "why"))


def tags_after(standing: Standing, *bids: Bid) -> set[int]:
    return {place.subject for place in after(standing, decide(standing, bids, TREE)).values}


def bearing(*tags: int, giver: Giver = Giver.RULE) -> Standing:
    places = [Place(Aspect.TAG, tag) for tag in closed(tags)]
    return Standing(dict.fromkeys(places, True), dict.fromkeys(places, giver))


def test_a_tag_comes_with_those_above_and_goes_with_those_below() -> None:
    assert tags_after(Standing(), bid(4, True, Giver.USER)) == {4, 2, 1}
    assert tags_after(bearing(4, 3), bid(2, None, Giver.USER)) == {1, 3}


def test_kin_tell_which_tag_they_came_with() -> None:
    own, parent = decide(Standing(), [bid(2, True, Giver.RULE)], TREE)
    assert (own.reason, parent.reason) == (Reason(Giver.RULE, "why"), Reason(Giver.RULE, "with the tag 'tag 2' below it"))


def test_a_new_tag_brings_back_the_one_above_it_that_goes_in_the_same_breath() -> None:
    assert tags_after(bearing(1), bid(1, None, Giver.USER), bid(3, True, Giver.USER)) == {1, 3}


def test_a_machine_brings_no_tag_below_one_that_a_person_took_away() -> None:
    refused = Standing({}, {Place(Aspect.TAG, 1): Giver.USER})
    assert tags_after(refused, bid(4, True, Giver.CLASSIFIER)) == set()


def test_a_machine_brings_nothing_for_the_sake_of_a_tag_that_a_person_took_away() -> None:
    refused = Standing({}, {Place(Aspect.TAG, 4): Giver.USER})
    assert tags_after(refused, bid(4, True, Giver.RULE)) == set()


def test_a_machine_takes_no_tag_away_above_one_that_a_person_gave() -> None:
    standing = bearing(1)
    mixed = Standing({**standing.values, Place(Aspect.TAG, 3): True}, {**standing.givers, Place(Aspect.TAG, 3): Giver.USER})
    assert tags_after(mixed, bid(1, None, Giver.WORKFLOW)) == {1, 3}
    assert tags_after(bearing(3), bid(1, None, Giver.WORKFLOW)) == set()


def test_what_is_looked_at_as_firm_is_free_for_no_machine() -> None:
    ruled, coded, taken, empty = (Place(aspect) for aspect in SINGLE[-4:])
    standing = Standing({ruled: 1, coded: 2}, {ruled: Giver.RULE, coded: Giver.BARCODE, taken: Giver.WORKFLOW})
    places = (ruled, coded, taken, empty)
    assert [standing.is_free(place) for place in places] == [True, True, True, True]
    seen = firmer(standing, frozenset({Giver.RULE}), keep_values=False)
    assert [seen.is_free(place) for place in places] == [True, False, False, True]
    seen = firmer(standing, frozenset({Giver.RULE, Giver.WORKFLOW}), keep_values=True)
    assert [seen.is_free(place) for place in places] == [False, False, True, True]
    assert seen.values == standing.values
