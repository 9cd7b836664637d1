"""What is learned from, asked for and answered: the messages of this room."""

from collections.abc import Iterable
from dataclasses import dataclass

# The first pages say what a document is about.
MOST_LETTERS = 20_000


@dataclass(frozen=True, slots=True)
class Lesson:
    """A document that somebody has tagged: its text (`lesson_text`) and its tags."""

    text: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A tag that a document may deserve, and how likely it is, from 0 to 1."""

    tag: str
    probability: float


@dataclass(frozen=True, slots=True)
class Figures:
    """How well tags were told that training was not shown: the counts and their micro-averaged F1, at a probability of one half."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def f1(self) -> float:
        """Join precision and recall; 0 where there was nothing to tell."""
        told = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / told if told else 0.0


@dataclass(frozen=True, slots=True)
class TrainTags:
    """Learn from the archive as it is. `change` names its present state, so that the model can say what it was learned from."""

    change: str


@dataclass(frozen=True, slots=True)
class Trained:
    """A model is in its place."""

    documents: int
    tags: int
    figures: Figures


def lesson_text(title: str, pages: Iterable[str]) -> str:
    """Join what is learned from and what is suggested for: the title and the first pages, as far as they count."""
    text = title
    for page in pages:
        if len(text) >= MOST_LETTERS:
            break
        text = f"{text}\n{page}"
    return text[:MOST_LETTERS]
