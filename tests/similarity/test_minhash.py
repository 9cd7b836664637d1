"""Signatures estimate what texts have in common, and their bands find the texts that have much."""

import random

from actors.similarity.fingerprint import fingerprint_of, likeness
from actors.similarity.minhash import BANDS, FEWEST_SHINGLES, VALUES, bands_of, estimate, shingles, signature_of
from actors.similarity.tokens import VERSION, Tokens, tokens_of
from actors.store.nouns.likeness import Fingerprint


def text(words: int, seed: int) -> list[str]:
    chance = random.Random(seed)
    return [f"w{chance.choice('abcdefgh')}{chance.choice('mnopqrst')}{chance.choice('aeiou')}{number}" for number in range(words)]


def with_common(share: float, seed: int, words: int = 400) -> tuple[Tokens, Tokens]:
    """Make two texts whose shingles are so far the same."""
    common = round(words * 2 * share / (1 + share))
    first, one, other = text(common, seed), text(words - common, seed + 1), text(words - common, seed + 2)
    return tokens_of(" ".join(w.translate(LETTERS) for w in first + one)), tokens_of(" ".join(w.translate(LETTERS) for w in first + other))


LETTERS = str.maketrans("0123456789", "jkqvxyzfgh")


def test_the_estimate_is_near_what_is_so() -> None:
    for share in (0.0, 0.3, 0.6, 0.9, 1.0):
        for seed in range(5):
            one, other = with_common(share, 100 * seed)
            here, there = shingles(one), shingles(other)
            true = len(here & there) / len(here | there)
            first, second = signature_of(one), signature_of(other)
            assert first is not None
            assert second is not None
            assert abs(estimate(first, second) - true) <= 0.2  # four times the deviation of so many values


def test_like_texts_share_bands_and_others_none() -> None:
    shared = {0.7: 0, 0.05: 0}
    for share in shared:
        for seed in range(40):
            one, other = (fingerprint_of(tokens) for tokens in with_common(share, 1000 * seed))
            shared[share] += bool(set(one.bands) & set(other.bands))
    assert shared[0.7] >= 39
    assert shared[0.05] <= 1


def test_a_signature_is_the_same_for_ever() -> None:
    signature = signature_of(tokens_of("the same text has the same signature on every machine and in every version of Python 12345"))
    assert signature is not None
    assert (VERSION, len(signature), len(bands_of(signature))) == (1, VALUES, BANDS)
    assert [int(value) for value in signature[:3]] == [239283126, 310137285, 669862696]
    assert bands_of(signature)[0] == 3683562456591537199


def test_the_order_of_pages_changes_little() -> None:
    pages = [" ".join(text(80, seed)) for seed in range(4)]
    one, other = (fingerprint_of(tokens_of(" ".join(order))) for order in (pages, pages[::-1]))
    assert likeness(one.signature, other.signature) > 0.9


def test_a_text_that_says_little_has_no_bands() -> None:
    few = " ".join(f"word{letter}" for letter in "abcdefghijkl")
    assert len(shingles(tokens_of(few))) == FEWEST_SHINGLES - 1
    assert fingerprint_of(tokens_of(few)) == Fingerprint(VERSION)
    assert len(fingerprint_of(tokens_of(f"{few} more")).bands) == BANDS


def test_scripts_without_spaces_have_signatures() -> None:
    one = fingerprint_of(tokens_of("本契約は甲乙双方の合意により成立し期間は一年とする"))
    other = fingerprint_of(tokens_of("請求書の金額は消費税を含み月末までに振り込むこと"))
    assert (len(one.bands), likeness(one.signature, one.signature)) == (BANDS, 1.0)
    assert likeness(one.signature, other.signature) < 0.1


def test_signatures_of_another_form_are_unlike() -> None:
    signature = fingerprint_of(tokens_of(" ".join(text(50, 1)))).signature
    assert [likeness(signature, b""), likeness(b"", b""), likeness(signature, signature[:-4])] == [0.0, 0.0, 0.0]
