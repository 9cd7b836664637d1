"""Questions as people put them, from the made-up archive's own words; the same seed asks the same."""

import random
from collections.abc import Callable

from scriba.v1 import search_pb2
from scriba.v1.search_pb2 import FacetField, SearchDocumentsRequest
from tests.bench.search_corpus import vocabulary

# Ranks in a Zipf vocabulary: words that are in most documents, in some, in next to none.
FREQUENT, USUAL, RARE = (5, 50), (50, 20_000), (20_000, 150_000)
TAGS = 40

Ask = Callable[[], SearchDocumentsRequest]


class Questions:
    """Makes questions of each kind."""

    def __init__(self, documents: int) -> None:
        self._documents = documents
        self._words = vocabulary()
        self._chance = random.Random(3)

    def word(self, ranks: tuple[int, int] = USUAL) -> str:
        """Choose a word between two ranks, as often a frequent as a rare one."""
        low, high = ranks
        return self._words[int(low * (high / low) ** self._chance.random())]

    def kinds(self) -> dict[str, Ask]:
        """Give a maker of questions for each kind of search."""
        word, every = self.word, list(FacetField.values())[1:]
        return {
            "usual_word": lambda: ask(word()),
            "frequent_word": lambda: ask(word(FREQUENT)),
            "rare_word": lambda: ask(word(RARE)),
            "two_words": lambda: ask(f"{word()} {word()}"),
            "either_word": lambda: ask(f"({word()} OR {word()}) NOT {word()}"),
            "phrase": lambda: ask(f'"{word(FREQUENT)} {word(FREQUENT)}"'),
            "prefix": lambda: ask(f"{word()[:6]}*"),
            "part_of_a_word": lambda: ask(word()[2:9]),
            "part_of_a_code": lambda: ask(f"{self._number():06d}"),
            "fuzzy_word": lambda: ask(f"{word(RARE)}~"),
            "fields_and_word": lambda: ask(
                f'tag:"tag {self._chance.randrange(TAGS)}" created:{2006 + self._chance.randrange(15)} {word()}'
            ),
            "facets": lambda: ask(word(), facets=every),
            "sorted_by_title": lambda: ask(word(), order_by="title"),
            "sorted_by_date": lambda: ask(word(FREQUENT), order_by="created_date desc"),
        }

    def typed(self) -> str:
        """Give the beginning of what somebody types."""
        return self._chance.choice(
            (self.word()[: self._chance.randint(1, 6)], f"{self.word()} tag:ta", "cre", f'tag:"tag {self._number() % 4}')
        )

    def document_id(self) -> str:
        """Choose a document."""
        return str(self._number())

    def _number(self) -> int:
        return self._chance.randint(1, self._documents)


def ask(query: str, order_by: str = "", facets: list[search_pb2.FacetField.ValueType] | None = None) -> SearchDocumentsRequest:
    """Ask for the first page, with highlights as by default."""
    return SearchDocumentsRequest(query=query, order_by=order_by, facets=facets)
