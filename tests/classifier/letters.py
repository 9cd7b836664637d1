"""Letters of four kinds, as an archive holds them: a few telling words among many that all letters share."""

import random

from actors.classifier.lessons import Lesson

TELLING = {
    "energy": "electricity meter reading kilowatt tariff supplier grid gas consumption heating",
    "health": "patient diagnosis treatment surgery practice prescription therapy dentist clinic fee",
    "tax": "assessment revenue office income allowance return refund deduction declaration fiscal",
    "travel": "flight booking hotel passenger departure luggage ticket arrival itinerary reservation",
}
SHARED = (
    "dear customer we thank you for your letter of please pay the total amount within days date number street city kind regards account "
    "bank transfer reference invoice enclosed find questions call office hours yours sincerely attached copy contract change address until"
)


class Post:
    """Writes letters; the same seed writes the same ones."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)

    def letter(self, kind: str, telling: float = 0.08) -> str:
        """Write a letter of a kind: so many of its words tell of it, the others could stand in any."""
        words = (TELLING[kind] if self._chance.random() < telling else SHARED for _ in range(self._chance.randint(60, 200)))
        return " ".join(self._chance.choice(choice.split()) for choice in words)

    def lessons(self, count: int, mistaken: float = 0.05) -> list[tuple[str, Lesson]]:
        """Write tagged letters, each with its true kind: a few bear a wrong tag, a third also one that has no ground in the text."""
        kinds = sorted(TELLING)
        found = []
        for number in range(count):
            kind = kinds[number % len(kinds)]
            tag = self._chance.choice(kinds) if self._chance.random() < mistaken else kind
            more = ("2024",) if self._chance.random() < 1 / 3 else ()
            found.append((kind, Lesson(self.letter(kind), (tag, *more))))
        return found
