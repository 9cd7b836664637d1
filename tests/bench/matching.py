"""What rules cost: a thousand of them over made-up letters, at once and the plain way, each rule one regular expression after another."""

import random
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from time import perf_counter

from actors.matching.matcher import Matcher
from actors.store.nouns.catalog import Matching, MatchRule
from tests.bench.report import Report
from tests.bench.search_corpus import documents, vocabulary
from tests.bench.timing import p50, p99, time_of

RULES = 1_000
COSTLY_RULES = 50
DOCUMENTS = 10_000
ARCHIVE = 100_000
PLAIN_DOCUMENTS = 40
COSTLY_DOCUMENTS = 400

PlainRule = tuple[Matching, Sequence[re.Pattern[str]]]


def measure(_folder: Path) -> Report:
    """Ask all rules of each letter, one letter after another, as a re-run over the archive does."""
    rules, texts = word_rules(), list(letters())
    begun = perf_counter()
    matcher = Matcher(enumerate(rules))
    compile_ms = (perf_counter() - begun) * 1000
    times = [time_of(lambda text=text: matcher.match(text)) for text in texts]  # type: ignore[misc]  # mypy can't infer defaults
    plain = [plain_rule(rule) for rule in rules]
    plain_texts = texts[:: DOCUMENTS // PLAIN_DOCUMENTS]
    plain_times = [time_of(lambda text=text: fitting(plain, text)) for text in plain_texts]  # type: ignore[misc]  # likewise
    found = [len(matcher.match(text).matches) for text in plain_texts]
    assert found == [len(fitting(plain, text)) for text in plain_texts]
    costly = Matcher(enumerate([*regexes(), *nearly()]))
    costly_times = [time_of(lambda text=text: costly.match(text)) for text in texts[:COSTLY_DOCUMENTS]]  # type: ignore[misc]  # likewise
    return {
        "matching": {
            "rules": RULES,
            "documents": DOCUMENTS,
            "matches_per_document": sum(found) / len(found),
            "compile_ms": compile_ms,
            "p50_ms": p50(times),
            "p99_ms": p99(times),
            "rerun_seconds": sum(times) / 1000,
            "rerun_100k_seconds": sum(times) / 1000 * ARCHIVE / DOCUMENTS,
            "plain_p50_ms": p50(plain_times),
            "ratio_to_plain_way": p50(plain_times) / p50(times),
            "regexes_and_fuzzy_50_each_p50_ms": p50(costly_times),
        }
    }


def letters() -> Iterator[str]:
    """Make the texts of letters."""
    return ("\n".join(letter.pages) for letter in islice(documents(DOCUMENTS), DOCUMENTS))


def word_rules() -> list[MatchRule]:
    """Make rules of words rather rare and very rare: any or all of two or three words, some as a phrase, or a phrase alone."""
    chance, known = random.Random(3), vocabulary()
    rules = []
    for number in range(RULES):
        chosen = [known[int(len(known) ** chance.uniform(0.4, 1))] for _ in range(chance.randint(2, 3))]
        kind = (Matching.ANY, Matching.ALL, Matching.EXACT)[number % 3]
        rules.append(MatchRule(kind, f'{chosen[0]} "{" ".join(chosen[1:])}"' if kind is not Matching.EXACT else " ".join(chosen[:2])))
    return rules


def regexes() -> Iterator[MatchRule]:
    """Make regular expressions as people write them."""
    return (MatchRule(Matching.REGEX, rf"\b{word}\w*\s+(?:no\.?|RE-)\s*\d{{4,}}") for word in vocabulary()[:COSTLY_RULES])


def nearly() -> Iterator[MatchRule]:
    """Make fuzzy rules of two words."""
    known = vocabulary()
    return (MatchRule(Matching.FUZZY, f"{known[place]} {known[-place]}") for place in range(1, COSTLY_RULES + 1))


def plain_rule(rule: MatchRule) -> PlainRule:
    """Compile each word and phrase of a rule by itself."""
    terms = [rule.pattern] if rule.matching is Matching.EXACT else ["".join(pair) for pair in re.findall(r'"([^"]+)"|(\S+)', rule.pattern)]
    phrases = [r"\s+".join(map(re.escape, term.split())) for term in terms]
    return rule.matching, [re.compile(rf"\b{phrase}\b", re.IGNORECASE) for phrase in phrases]


def fitting(rules: Sequence[PlainRule], text: str) -> list[PlainRule]:
    """Ask one rule after another."""
    return [
        (kind, terms) for kind, terms in rules if (any if kind is Matching.ANY else all)(term.search(text) is not None for term in terms)
    ]
