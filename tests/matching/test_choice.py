"""Of several labels of which a document may have one, the one whose rule says most is chosen, whatever the order."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from actors.matching.choice import Choice, choose
from actors.matching.fits import Fit, Match
from actors.matching.matcher import Matcher
from actors.store.nouns.catalog import Label, LabelFacts, LabelId, LabelKind, Matching, MatchRule


def label(number: int, name: str, matching: Matching = Matching.EXACT, pattern: str = "") -> Label:
    """Make a correspondent that is found by its name, or otherwise."""
    return Label(LabelId(number), LabelKind.CORRESPONDENT, 1, LabelFacts(name, MatchRule(matching, pattern or name)))


def chosen(text: str, *labels: Label) -> Choice | None:
    """Choose among labels whose rules fit a text."""
    return choose(Matcher((each, each.facts.rule) for each in labels).match(text).matches)


def test_the_rule_that_says_most_is_chosen_and_tells_why() -> None:
    bank, austria, german = label(1, "Bank"), label(2, "Bank Austria"), label(3, "Deutsche Bank")
    for labels in permutations([bank, austria, german]):
        choice = chosen("Deutsche Bank, Frankfurt", *labels)
        assert choice is not None
        assert choice.label == german
        assert choice.why == "the phrase 'Deutsche Bank', which says more than the word 'Bank' (Bank)"
        assert [match.subject for match in choice.others] == [bank]


def test_of_equals_the_oldest_is_chosen() -> None:
    newer, older = label(9, "Alpha"), label(4, "Omega")
    choice = chosen("Alpha and Omega", newer, older)
    assert choice is not None
    assert choice.label == older
    assert choice.why == "the word 'Omega'; the word 'Alpha' (Alpha) says as much for a newer label"


def test_a_rule_that_fits_anything_says_least() -> None:
    anything, fuzzy, word = label(1, "A", Matching.REGEX, ".*"), label(2, "B", Matching.FUZZY, "invoices"), label(3, "C", pattern="invoice")
    choice = chosen("invoice invoices", anything, fuzzy, word)
    assert choice is not None
    assert [choice.label, *(match.subject for match in choice.others)] == [word, fuzzy, anything]


def test_where_nothing_fits_nothing_is_chosen() -> None:
    assert chosen("a letter", label(1, "Bank")) is None


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(0, 9)), min_size=1, unique_by=lambda pair: pair[0]), st.data())
def test_the_order_of_rules_never_counts(pairs: list[tuple[int, int]], data: st.DataObject) -> None:
    matches = [Match(label(number, f"L{number}"), Fit("", (), letters)) for number, letters in pairs]
    assert choose(data.draw(st.permutations(matches))) == choose(matches)
