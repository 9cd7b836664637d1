"""What somebody may see is counted, in whatever way, as by hand."""

from collections.abc import Iterator

import pytest

from actors.index.messages import Suggestion
from actors.index.schema import open_index
from actors.index.searcher import Searcher
from actors.index.sight import Sight
from actors.index.tally import Tally
from actors.store.nouns.access import AccessId
from tests.index.archive import Bench, document
from tests.index.cabinet import Cabinet

# More than are looked for one by one.
CLASSES = 12
DOCUMENTS = 60
SIGHTS: list[Sight] = [None, (), (AccessId(1),), *(tuple(AccessId(one) for one in range(1, last)) for last in (8, 9, 10, 13, 40))]
WORDS = {f"word{divisor}": divisor for divisor in range(1, 24)}


def access(number: int) -> AccessId:
    return AccessId(number * 7 % CLASSES + 1)


def by_hand(divisor: int, sight: Sight) -> int:
    return sum(1 for number in range(1, DOCUMENTS + 1) if number % divisor == 0 and (sight is None or access(number) in sight))


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    cabinet = Cabinet()
    papers = []
    for number in range(1, DOCUMENTS + 1):
        words = [word for word, divisor in WORDS.items() if number % divisor == 0]
        papers.append(document(number, " ".join(words), access=access(number), tags=cabinet.tags(*words), language="en"))
    bench = Bench(tmp_path_factory.mktemp("index"), papers, cabinet)
    bench.archive.put(document(DOCUMENTS + 1, "word1 word2", access=access(1)))
    bench.apply()
    bench.archive.delete(DOCUMENTS + 1)  # it stays in the dictionary
    bench.apply()
    yield bench
    bench.searcher.close()


@pytest.fixture
def searcher(bench: Bench) -> Searcher:
    return bench.searcher


@pytest.mark.parametrize("sight", SIGHTS, ids=lambda sight: "all" if sight is None else str(len(sight)))
def test_each_word_and_label_is_counted_as_by_hand(searcher: Searcher, sight: Sight) -> None:
    for word, divisor in WORDS.items():
        count = by_hand(divisor, sight)
        for text in (f"text:{word}", f"tag:{word}"):
            counts = {one.text.split(":")[-1]: one.count for one in searcher.suggest(text, limit=100, sight=sight).suggestions}
            assert counts.get(word, 0) == count, text


@pytest.mark.parametrize("limit", [1, 3, 10])
@pytest.mark.parametrize("sight", SIGHTS, ids=lambda sight: "all" if sight is None else str(len(sight)))
def test_the_first_words_that_may_be_seen_are_completed(searcher: Searcher, sight: Sight, limit: int) -> None:
    every = searcher.suggest("text:word", limit=100).suggestions
    seen = [Suggestion(one.text, by_hand(WORDS[one.text.removeprefix("text:")], sight)) for one in every]
    assert list(searcher.suggest("text:word", limit=limit, sight=sight).suggestions) == [one for one in seen if one.count][:limit]


def test_more_classes_than_are_told_apart_are_counted_too(bench: Bench) -> None:
    sight = SIGHTS[-2]
    searcher = open_index(next(bench.root.glob("g*")) / "documents").searcher()
    for word, divisor in WORDS.items():
        assert Tally(searcher, sight, told_apart=2).of("body", word) == by_hand(divisor, sight)
