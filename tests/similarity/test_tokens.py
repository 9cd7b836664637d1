"""What is left of a text for comparing it."""

import pytest

from actors.similarity.tokens import MOST_CHARACTERS, Tokens, tokens_of


@pytest.mark.parametrize(
    ("text", "words", "numbers"),
    [
        ("Dear Mrs Weber, thank you!", ("dear", "mrs", "weber", "thank", "you"), ()),
        ("Rechnung 2024-117 vom 12.03.2024: 1.234,56 EUR", ("rechnung", "vom", "eur"), ("2024117", "12032024", "123456")),
        ("SÜẞE GRÜẞE naïve", ("susse", "grusse", "naive"), ()),
        ("ﬁne ＡＢＣ １２", ("fine", "abc"), ("12",)),
        ("§ 13 and $ 20.50", ("and",), ("813", "82050")),
        ("", (), ()),
        ("— … !", (), ()),
    ],
)
def test_a_text_is_taken_apart_into_words_and_numbers(text: str, words: tuple[str, ...], numbers: tuple[str, ...]) -> None:
    assert tokens_of(text) == Tokens(words, numbers)


@pytest.mark.parametrize(
    ("printed", "read"),
    [("1500", "l5O0"), ("08.07.2024", "O8.O7.2024"), ("modern", "modem"), ("full moon", "fuil moon"), ("wave", "vvave")],
)
def test_letters_that_scanners_confuse_are_the_same(printed: str, read: str) -> None:
    assert tokens_of(printed) == tokens_of(read)


@pytest.mark.parametrize(
    ("text", "words"),
    [("東京都庁", ("東京", "京都", "都庁")), ("税", ("税",)), ("ABC東京", ("abc", "東京")), ("กขคง", ("กข", "ขค", "คง"))],
)
def test_scripts_without_spaces_become_pairs_of_letters(text: str, words: tuple[str, ...]) -> None:
    assert tokens_of(text) == Tokens(words, ())


def test_a_number_and_a_word_without_a_space_are_two() -> None:
    assert tokens_of("6xFiling April2024") == Tokens(("xfiiing", "aprii"), ("6", "2024"))


def test_a_book_is_compared_by_its_beginning() -> None:
    assert len(tokens_of("word " * MOST_CHARACTERS).words) == MOST_CHARACTERS / 5
