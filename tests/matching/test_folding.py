"""The form that is compared is one: what was brought into it stays as it is."""

from hypothesis import given
from hypothesis import strategies as st

from actors.matching.folding import comparable, fold, normal, squeeze

BEYOND = 0x30000  # No letter from here on has case or another form.


def test_no_letter_changes_when_it_is_folded_again() -> None:
    changed = [letter for letter in map(chr, range(BEYOND)) if fold(normal(letter)) != letter]
    folded = [fold(normal(letter)) for letter in changed]
    assert len(changed) > 6_000
    assert [text for text in folded if fold(normal(text)) != text] == []


@given(st.text())
def test_a_folded_text_has_one_kind_of_space_and_no_case(text: str) -> None:
    line = fold(squeeze(normal(text)))
    assert line == " ".join(line.split())
    assert comparable(normal(text.upper()), case_sensitive=False).partition("\n")[0] == fold(squeeze(normal(text.upper())))
