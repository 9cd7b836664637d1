"""The quick ways give what the slow ones give."""

import random
from datetime import date

import pytest

from actors.index.analysis import tokens
from actors.index.grammar import parse
from actors.index.highlights import MAX_HIGHLIGHTS, cut, highlight
from actors.index.hints import neighbourhoods
from actors.index.matching import Rule, find_ranges, text_rules

GERMAN = ("haft", "pflicht", "vers", "icher", "ung", "Straße", "é", "ning", "42")
PARTS = (
    GERMAN,
    ("Æther", "ŒUVRE", "ﬁnd", "ſs", "½", "12", "e\u0301", "Ǆ", "straSSe"),
    ("ёлка", "Йод", "ΣΊΣΥΦΟΣ", "σ", "…", "№", "™"),
    ("أحمد", "بـاب", "שָׁלוֹם", "ישראל", "हिन्दी", "ज़"),
    ("東京", "がぎ", "ｶﾞ", "한국", "한국", "ไทย", "Ａ", "𝐀", "Ⲁ"),
)


def made_text(chance: random.Random, parts: tuple[str, ...] = GERMAN, words: int = 300) -> str:
    """Write words with all that may stand between and within them."""
    written = ""
    for _ in range(words):
        word = "".join(chance.choices(parts, k=chance.randint(1, 4)))
        if chance.random() < 0.1:
            at = chance.randrange(len(word))
            word = word[:at] + chance.choice(("-\n", "-\r\n  ", "\u00ad", "\u00ad\n")) + word[at:]
        written += word + chance.choice((" ", " ", "\n", ", ", ". ", "-", " – "))
    return written


def thorough(text: str, rules: tuple[Rule, ...]) -> list[tuple[int, int]]:
    """Find with every word of the text in hand at once, and join the finds that overlap."""
    words, letters = list(tokens(text)), [0] * (len(text) + 1)
    rows = [(words[at : at + len(rule.tests)], rule) for rule in rules for at in range(len(words) - len(rule.tests) + 1)]
    spans = {(row[0].start, row[-1].end) for row, rule in rows if all(test(word) for test, word in zip(rule.tests, row, strict=True))}
    # 1 between two letters that one find holds: finds that only touch stay apart.
    for begin, end in spans:
        letters[begin + 1 : end] = [1] * (end - begin - 1)
    begins = sorted(begin for begin in {begin for begin, _ in spans} if not letters[begin])
    ends = sorted(end for end in {end for _, end in spans} if not letters[end])
    return list(zip(begins, ends, strict=True))


@pytest.mark.parametrize("seed", range(20))
def test_western_text_is_cut_into_the_same_words_as_any_other(seed: int) -> None:
    text = made_text(random.Random(seed))
    *words, greek = tokens(f"{text} Ω")
    assert (words, greek.text) == (list(tokens(text)), "ω")


@pytest.mark.parametrize("parts", PARTS, ids=lambda parts: parts[0])
@pytest.mark.parametrize("seed", range(20))
def test_highlights_are_those_of_a_look_at_the_whole_text(seed: int, parts: tuple[str, ...]) -> None:
    chance = random.Random(seed)
    text = made_text(chance, parts)
    words = [token.text for token in tokens(text)]
    at = chance.randrange(len(words) - 5)
    word, row = words[at], " ".join(words[at : at + chance.randint(2, 5)])
    for query in (word, f"{word[:3]}*", f'"{row}"', word[1:], f"{word}~", f"{word} OR {chance.choice(words)}"):
        for language in ("de", "en", ""):
            node = parse(query, date(2024, 5, 15))
            whole = cut(1, text, thorough(text, text_rules(node, language)), MAX_HIGHLIGHTS)
            assert highlight(node, "", language, [text]) == tuple(whole)
            assert len(whole) <= MAX_HIGHLIGHTS


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("wer eine Haftpflicht-\nversicherung hat", "pflichtvers"),
        ("wer eine große Straße kennt", "strasse"),
        ("wer eine große Straße kennt", "sse"),
        ("ein Œuvre für zwei", "oeuv"),
        ("der Ποταμός am Meer", "ποταμοσ"),
    ],
)
def test_only_the_words_around_a_hint_are_looked_at(text: str, hint: str) -> None:
    filling = "und so fort " * 50
    whole = f"{filling}{text} {filling}"
    parts = [whole[begin:end] for begin, end in neighbourhoods(whole, frozenset({hint}), 2)]
    assert len(parts) == 1
    assert all(word in parts[0] for word in text.split()[2:-1])
    assert len(parts[0]) < 2 * len(text)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("a promise of garden, then garden gates and more", '"garden gates"'),
        ("a promise of gar-\n  den- \r\nga\u00ad\ntes and more", "gardengates"),
        ("the garden – that of – gates and more", '"garden that of gates"'),
    ],
)
def test_a_find_near_another_hint_or_over_several_lines_is_seen(text: str, query: str) -> None:
    rules = text_rules(parse(query, date(2024, 5, 15)), "en")
    assert list(find_ranges(text, rules)) == thorough(text, rules) != []


def test_no_other_word_is_looked_at_for_a_lone_one() -> None:
    text = "wer eine Haftpflicht-\nversicherung hat"
    assert [text[begin:end] for begin, end in neighbourhoods(text, frozenset({"pflicht"}), 0)] == ["Haftpflicht-\nversicherung"]


def test_a_text_without_a_hint_is_not_looked_at() -> None:
    assert list(neighbourhoods("nothing of that", frozenset({"else"}), 2)) == []
