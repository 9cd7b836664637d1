"""One paper or two: what a second scan changes parts no paper, and what a template leaves alike makes no two papers one."""

import itertools
import random

import pytest

from actors.similarity.tokens import tokens_of
from actors.similarity.verdict import Verdict, compare
from tests.similarity.papers import TEMPLATES, text_of, write

LETTER = (
    "Northern Power and Light, Mill Lane 7, Ashford. Invoice 2024-10123 of 12.03.2024, customer number 44317. Dear Mrs Weber, "
    "we charge you 412 units at 0.31 EUR, 127.72 EUR in all. Please pay the amount of 127.72 EUR until 26.03.2024 to our "
    "account DE21 5001 0517 5407 3249. For questions you reach us by telephone on working days, and by letter at the address above. "
    "Yours sincerely, Northern Power and Light"
)


def judged(one: str, other: str) -> Verdict:
    verdict = compare(tokens_of(one), tokens_of(other))
    assert compare(tokens_of(other), tokens_of(one)) == verdict, "who is asked first must not matter"
    return verdict


def same(one: str, other: str) -> bool:
    return judged(one, other).same_paper


def test_a_saved_again_text_is_the_same_paper() -> None:
    assert judged(LETTER, LETTER) == Verdict(1.0, same_paper=True)


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("Mill Lane 7", "MillLane 7"),
        ("telephone on working", "tele phone on wor king"),
        ("questions you reach us by telephone", "qucstions you reacb us by telepbone"),
        ("5407 3249", "54073249"),
        ("Yours sincerely", ". ' Yours | sincerely ~"),
        ("Yours sincerely", "Yours sincerely RECEIVED 14.03.2024 paid"),
        ("Northern Power and Light, Mill Lane 7, Ashford. ", ""),
    ],
)
def test_what_a_second_scan_changes_parts_no_paper(printed: str, read: str) -> None:
    assert printed in LETTER
    assert same(LETTER, LETTER.replace(printed, read))


def test_misread_digits_part_no_paper_where_words_are_misread_too() -> None:
    poor = LETTER.replace("questions you reach", "qucstions you rcach").replace("44317", "44817").replace("26.03.2024", "26.03.2074")
    assert same(LETTER, poor)
    assert not same(LETTER, LETTER.replace("44317", "44817").replace("26.03.2024", "26.03.2074"))


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (("2024-10123",), ("2024-10987",)),
        (("12.03.2024", "26.03.2024"), ("12.04.2024", "26.04.2024")),
        (("127.72", "412"), ("98.31", "317")),
        (("Mrs Weber",), ("Mr Castellan",)),
        (("44317",), ("90582",)),
    ],
)
def test_another_date_amount_number_or_name_is_another_paper(here: tuple[str, ...], there: tuple[str, ...]) -> None:
    other = LETTER
    for one, two in zip(here, there, strict=True):
        other = other.replace(one, two)
    verdict = judged(LETTER, other)
    assert verdict.likeness > 0.9
    assert not verdict.same_paper


def test_the_order_of_pages_and_columns_does_not_matter() -> None:
    sentences = LETTER.split(". ")
    assert judged(LETTER, ". ".join(reversed(sentences))) == Verdict(1.0, same_paper=True)


def test_half_a_paper_is_not_the_paper() -> None:
    assert not same(LETTER, LETTER[: len(LETTER) // 2])


def test_other_words_are_another_paper() -> None:
    verdict = judged(LETTER, "entirely other words that stand in no letter of that house")
    assert verdict.likeness < 0.2
    assert not verdict.same_paper


def test_nothing_and_nothing_are_compared_without_an_error() -> None:
    assert [same("", LETTER), judged("", "").likeness] == [False, 1.0]


@pytest.mark.parametrize("kind", TEMPLATES)
def test_two_papers_of_one_template_are_two(kind: str) -> None:
    for seed in range(5):
        papers = [text_of(write(kind, seed, turn)) for turn in range(9)]
        assert not any(same(one, other) for one, other in itertools.combinations(papers, 2))


def garbled(text: str, rate: float, seed: int) -> str:
    """Read a text badly: so many of its letters become others, or are lost."""
    chance = random.Random(seed)
    return "".join(
        chance.choice("etaoinshrdlu") if letter.isalpha() and chance.random() < rate else letter
        for letter in text
        if not letter.isalnum() or chance.random() >= rate / 5
    )


def book(seed: int, numbers_of: int) -> str:
    """Write a thick report: its words by one seed, its numbers by another."""
    chance, figures = random.Random(seed), random.Random(numbers_of)
    vocabulary = LETTER.split()
    return " ".join(str(figures.randint(1, 99_999)) if chance.random() < 0.1 else chance.choice(vocabulary) for _ in range(20_000))


def test_thick_reports_are_judged_too_however_badly_they_are_read() -> None:
    report = book(1, 1)
    assert same(garbled(report, 0.01, 1), garbled(report, 0.01, 2))
    assert not same(garbled(report, 0.01, 1), garbled(book(1, 2), 0.01, 2))
    assert not same(report, book(1, 2))


def test_scripts_without_spaces_are_judged() -> None:
    paper = "本契約は甲乙双方の合意により成立し期間は二〇二四年四月一日より一年とする。料金は12500円とし毎月末日までに支払うものとする。"
    assert same(paper, paper.replace("。", "，"))
    assert not same(paper, paper.replace("12500", "98300"))
