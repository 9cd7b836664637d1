"""A text becomes the same numbers everywhere."""

import numpy as np

from actors.classifier.features import BUCKETS, MOST_BUCKETS, choose_vocabulary, count, words
from actors.classifier.lessons import MOST_LETTERS, lesson_text


def test_the_same_text_has_the_same_buckets_at_every_start() -> None:
    buckets, counts = count("Meter reading: METER reading")
    # Two words, "meter reading" twice and "reading meter" once. A process of another day finds these same numbers.
    assert dict(zip(buckets.tolist(), counts.tolist(), strict=True)) == {16550: 2, 173247: 2, 173576: 1, 181209: 2}


def test_words_are_whole_in_every_script() -> None:
    assert words("Größe ﬁnden, A4-Blatt x") == ["grösse", "finden", "a4", "blatt"]
    assert words("हिन्दी में") == ["हिन्दी", "में"]
    assert words("請求書") == ["請", "求", "書"]


def test_a_text_without_words_has_no_buckets() -> None:
    buckets, counts = count(" – 7 ")
    assert len(buckets) == len(counts) == 0


def test_only_the_first_pages_count() -> None:
    assert lesson_text("title", ["one", "two"]) == "title\none\ntwo"
    assert len(lesson_text("title", ["x" * MOST_LETTERS, "never"] * 50)) == MOST_LETTERS


def test_a_vocabulary_holds_what_documents_share_and_is_bounded() -> None:
    one, other, third = (count(text)[0] for text in ("gas meter", "gas bill", "hotel"))
    assert choose_vocabulary([one, other, third]).buckets.tolist() == count("gas")[0].tolist()
    every = np.arange(BUCKETS, dtype=np.int32)
    assert len(choose_vocabulary([every, every]).buckets) == MOST_BUCKETS


def test_rare_words_weigh_more_and_a_text_has_length_one() -> None:
    documents = [count(text) for text in ("gas meter", "gas meter", "gas bill", "gas")]
    vocabulary = choose_vocabulary([buckets for buckets, _ in documents])
    places, weights = vocabulary.vector(*count("gas meter"))
    weight = dict(zip(vocabulary.buckets[places].tolist(), weights.tolist(), strict=True))
    (gas,), (meter,) = count("gas")[0].tolist(), count("meter")[0].tolist()
    assert weight[meter] > weight[gas] > 0
    assert np.isclose(weights @ weights, 1)


def test_unknown_words_have_no_place() -> None:
    vocabulary = choose_vocabulary([count("gas")[0], count("gas")[0]])
    places, weights = vocabulary.vector(*count("hotel"))
    assert len(places) == len(weights) == 0
