"""What is learned from, asked for and answered: the messages of this room."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from actors.store.nouns.archive import DocumentId
from actors.store.nouns.catalog import LabelId, LabelKind

# The first pages say what a document is about.
MOST_LETTERS = 8_000

Labels = Mapping[LabelKind, tuple[LabelId, ...]]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A document that has been filed, and under what. Its text is the same as long as its revision is."""

    document: DocumentId
    revision: int
    labels: Labels


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A label that a document may deserve, and how likely it is, from 0 to 1.

    `sure` tells that it may be given without asking. `like` are filed documents that speak most for it, those first that do most.
    """

    label: LabelId
    probability: float
    sure: bool = False
    like: tuple[DocumentId, ...] = ()


# For each kind that was learned, the likeliest first.
Suggestions = Mapping[LabelKind, Sequence[Suggestion]]


@dataclass(frozen=True, slots=True)
class Figures:
    """How well labels of a kind were told of documents that learning was not shown: counts of labels.

    `right`, `wrong` and `missed` count the likeliest ones; `surely_right` and `surely_wrong` those of them that would have been given
    without asking. `misjudged` is how far probabilities were from the truth (expected calibration error).
    """

    right: int = 0
    wrong: int = 0
    missed: int = 0
    surely_right: int = 0
    surely_wrong: int = 0
    misjudged: float = 0.0

    @property
    def f1(self) -> float:
        """Join precision and recall; 0 where there was nothing to tell."""
        told = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / told if told else 0.0


@dataclass(frozen=True, slots=True)
class TrainLabels:
    """Learn from the archive as it is. `change` names its present state, so that the model can say what it was learned from."""

    change: str


@dataclass(frozen=True, slots=True)
class Trained:
    """A model is in its place. `read` documents were read for it, the others were known; `learned` is false where all was as before."""

    documents: int
    labels: int
    read: int
    learned: bool


def lesson_text(pages: Iterable[str]) -> str:
    """Join what is learned from and what is suggested for: the first pages, as far as they count.

    No title: people give titles that say all, when they file. New documents have none such, and would be told worse than foretold.
    """
    text = ""
    for page in pages:
        text = f"{text}\n{page}" if text else page
        if len(text) >= MOST_LETTERS:
            break
    return text[:MOST_LETTERS]
