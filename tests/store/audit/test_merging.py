"""What one transaction did is told once."""

from actors.store.audit.merging import merged
from actors.store.nouns.audit import UNTOLD, Act, AuditNoun, Change, Deed


def deed(act: Act, *changes: Change, subject: int = 1, noun: AuditNoun = AuditNoun.DOCUMENT) -> Deed:
    return Deed(act, noun, subject, "letter", changes)


def test_changes_of_one_thing_are_one_deed_from_the_first_value_to_the_last() -> None:
    first, second = Change("title", "a", "b"), Change("title", "b", "c")
    assert merged([deed(Act.CHANGED, first), deed(Act.CHANGED, second)]) == [deed(Act.CHANGED, Change("title", "a", "c"))]


def test_a_change_back_and_forth_is_none() -> None:
    assert merged([deed(Act.CHANGED, Change("title", "a", "b")), deed(Act.CHANGED, Change("title", "b", "a"))]) == []


def test_a_value_that_is_not_told_is_changed_all_the_same() -> None:
    untold = deed(Act.CHANGED, Change("password_hash", UNTOLD, UNTOLD))
    assert merged([untold]) == [untold]


def test_what_is_changed_or_queued_with_the_making_of_a_thing_belongs_to_that() -> None:
    made, title = deed(Act.CREATED), Change("title", "", "a")
    assert merged([made, deed(Act.ORDERED, Change("job", "", "document")), deed(Act.CHANGED, title)]) == [deed(Act.CREATED, title)]


def test_each_tag_is_a_change_of_its_own() -> None:
    one, other = Change("tag", "", "a", labels=(1,)), Change("tag", "b", "", labels=(2,))
    assert merged([deed(Act.CHANGED, one, other)]) == [deed(Act.CHANGED, one, other)]


def test_a_joined_change_keeps_all_that_its_values_name() -> None:
    changes = Change("correspondent", "A", "B", labels=(1, 2)), Change("correspondent", "B", "C", labels=(2, 3))
    assert merged([deed(Act.CHANGED, *changes)]) == [deed(Act.CHANGED, Change("correspondent", "A", "C", labels=(1, 2, 3)))]


def test_things_stay_apart() -> None:
    deeds = [deed(Act.CHANGED, Change("title", "a", "b"), subject=one) for one in (1, 2)]
    assert merged(deeds) == deeds
