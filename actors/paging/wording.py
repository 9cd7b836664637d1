"""What is done to pages, in words: they are a version's label until a person gives it another."""

from collections.abc import Iterable, Sequence

from actors.store.nouns.archive import DocumentId
from actors.store.nouns.page_orders import TurnedPage

# Names of pages and documents beyond these are counted.
MOST_NAMED = 8
_LEFT, _HALF, _RIGHT = 270, 180, 90
_TURNED = {_RIGHT: "turned", _HALF: "turned upside down", _LEFT: "turned to the left"}


def words_of_edit(page_count: int, pages: Sequence[TurnedPage]) -> str:
    """Say what was done: "pages 2 and 3 turned, page 4 left out, in another order"."""
    kept = [page.number for page in pages]
    left_out = sorted(set(range(1, page_count + 1)) - set(kept))
    parts = [f"{_named('page', _of_turn(pages, turn))} {words}" for turn, words in _TURNED.items() if _of_turn(pages, turn)]
    parts += [f"{_named('page', left_out)} left out"] if left_out else []
    parts += ["in another order"] if kept != sorted(kept) else []
    return ", ".join(parts)


def words_of_joining(others: Sequence[DocumentId]) -> str:
    """Say with what a document was joined: "joined with documents 7 and 8"."""
    return f"joined with {_named('document', others)}"


def _of_turn(pages: Iterable[TurnedPage], turn: int) -> list[int]:
    return sorted(page.number for page in pages if page.turn == turn)


def _named(noun: str, numbers: Sequence[int]) -> str:
    """Name some things by their numbers, those that follow each other by the first and the last; too many are counted."""
    runs = list(_runs(numbers))
    if len(runs) > MOST_NAMED:
        return f"{len(numbers)} {noun}s"
    names = [str(first) if first == last else f"{first} to {last}" for first, last in runs]
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"{noun}{'s' if len(numbers) > 1 else ''} {listed}"


def _runs(numbers: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Put numbers together that follow each other, three or more; two stand alone."""
    begin = 0
    for end in range(1, len(numbers) + 1):
        if end == len(numbers) or numbers[end] != numbers[end - 1] + 1:
            run = numbers[begin:end]
            yield from [(run[0], run[-1])] if len(run) > 2 else [(one, one) for one in run]
            begin = end
