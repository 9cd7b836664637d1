"""A text becomes the same numbers everywhere."""

import numpy as np

from actors.classifier.features import Vocabulary, choose_vocabulary, count, words
from actors.classifier.lessons import MOST_LETTERS, lesson_text
from actors.classifier.tallies import BUCKETS, Tallies, joined


def counted(*texts: str) -> Tallies:
    return joined(count(text) for text in texts)


def features(text: str) -> dict[int, int]:
    buckets, counts = count(text)
    return dict(zip(buckets.tolist(), counts.tolist(), strict=True))


def test_the_same_text_has_the_same_buckets_at_every_start() -> None:
    # A word twice, its parts " gas" and "gas " twice, and the pair of it with itself. A process of another day finds these same numbers.
    assert features("Gas: GAS") == {33441: 2, 630847: 2, 943555: 2, 697120: 1}


def test_words_pairs_and_parts_of_words_are_counted() -> None:
    one, other = features("meter"), features("meters")
    # The word itself differs; "_met", "mete" and "eter" are the same.
    assert len(one.keys() & other.keys()) == 3
    assert len(one) == 1 + 4
    assert len(features("gas meter").keys() - features("gas").keys() - one.keys()) == 1


def test_words_of_one_letter_have_no_parts() -> None:
    assert len(features("請求書")) == 3 + 2


def test_words_are_whole_in_every_script() -> None:
    assert words("Größe ﬁnden, A4-Blatt x") == ["grösse", "finden", "a4", "blatt"]
    assert words("हिन्दी में") == ["हिन्दी", "में"]
    assert words("請求書") == ["請", "求", "書"]


def test_a_text_without_words_has_no_buckets() -> None:
    assert features(" – 7 ") == {}


def test_what_is_repeated_without_end_is_counted_to_255() -> None:
    assert max(features("gas " * 1000).values()) == 255


def test_buckets_are_used_evenly() -> None:
    buckets = np.unique(np.concatenate([count(f"word{number}")[0] for number in range(20_000)]))
    assert 0 <= buckets.min() < BUCKETS / 100
    assert BUCKETS * 99 / 100 < buckets.max() < BUCKETS
    # The words, and the parts that hold two or three of their digits: nearly all of them fall alone.
    assert len(buckets) > 20_000


def test_only_the_first_pages_count() -> None:
    assert lesson_text(["one", "two"]) == "one\ntwo"
    assert len(lesson_text(["x" * MOST_LETTERS, "never"])) == MOST_LETTERS
    assert lesson_text([]) == ""


def test_a_vocabulary_holds_what_documents_share_the_commonest_first() -> None:
    tallies = counted("gas meter", "gas bill", "gas meter", "hotel")
    vocabulary = choose_vocabulary(tallies)
    shared, twice = count("gas")[0], count("gas meter")[0]
    assert set(vocabulary.buckets.tolist()) == set(twice.tolist())
    assert set(vocabulary.buckets[: len(shared)].tolist()) == set(shared.tolist())
    assert (np.diff(vocabulary.rarity) >= 0).all()


def test_a_vocabulary_knows_its_own() -> None:
    vocabulary = choose_vocabulary(counted("gas", "gas"))
    known = vocabulary.known(counted("gas meter", "hotel", "gas"))
    assert known.lengths.tolist() == [len(count("gas")[0]), 0, len(count("gas")[0])]


def test_rare_words_weigh_more_and_a_text_has_length_one() -> None:
    vocabulary = choose_vocabulary(counted("gas meter", "gas meter", "gas bill", "gas"))
    rows = vocabulary.weigh(counted("gas meter"))
    weight = dict(zip(vocabulary.buckets[rows.places].tolist(), rows.weights.tolist(), strict=True))
    gas, meter = (set(count(word)[0].tolist()) for word in ("gas", "meter"))
    assert min(weight[bucket] for bucket in meter) > max(weight[bucket] for bucket in gas) > 0
    assert np.isclose(rows.weights @ rows.weights, 1)


def test_many_texts_are_weighed_as_each_one() -> None:
    texts = ["gas meter", "hotel", "", "gas gas bill"]
    vocabulary = choose_vocabulary(counted("gas meter", "gas bill", "gas meter"))
    rows = vocabulary.weigh(counted(*texts))
    for number, text in enumerate(texts):
        alone = vocabulary.weigh(counted(text))
        begin, end = rows.ends[number] - rows.lengths[number], rows.ends[number]
        assert rows.places[begin:end].tolist() == alone.places.tolist()
        assert np.array_equal(rows.weights[begin:end], alone.weights)


def test_without_any_word_there_is_nothing_to_weigh() -> None:
    empty = Vocabulary(np.zeros(0, np.int32), np.zeros(0, np.float32))
    assert empty.weigh(counted("gas")).lengths.tolist() == [0]
    assert choose_vocabulary(joined([])).buckets.tolist() == []
