"""How well labels are told: the figures that tests and the bench look at."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from actors.classifier.counted import Corpus
from actors.classifier.features import count
from actors.classifier.lessons import Lesson, Suggestions
from actors.classifier.tallies import joined
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.catalog import LabelId, LabelKind
from tests.classifier.household import Letter

Told = Sequence[tuple[LabelId, ...]]


@dataclass(frozen=True, slots=True)
class Scores:
    """F1 over all labels alike (micro) and over each label alike (macro); precision and recall of what was told."""

    micro: float
    macro: float
    precision: float
    recall: float


def corpus_of(letters: Iterable[Letter]) -> Corpus:
    """Count letters, the last first, as a training does."""
    newest = list(enumerate(letters, 1))[::-1]
    lessons = [Lesson(DocumentId(number), 1, letter.labels) for number, letter in newest]
    return Corpus(lessons, joined(count(letter.text) for _, letter in newest))


def likeliest(kind: LabelKind, suggestions: Suggestions) -> tuple[LabelId, ...]:
    """Give what a person would take over: tags that are likelier than not, else the first where it is likelier than none."""
    found = suggestions.get(kind, ())
    if kind is LabelKind.TAG:
        return tuple(one.label for one in found if one.probability > 0.5)
    return tuple(one.label for one in found[:1] if one.probability > 1 - sum(other.probability for other in found))


def sure(kind: LabelKind, suggestions: Suggestions) -> tuple[LabelId, ...]:
    """Give what is given without asking."""
    return tuple(one.label for one in suggestions.get(kind, ()) if one.sure)


def scores(told: Told, true: Told) -> Scores:
    """Compare labels that were told with the true ones, document by document."""
    right, wrong, missed = Counter[LabelId](), Counter[LabelId](), Counter[LabelId]()
    for mine, theirs in zip(told, true, strict=True):
        right.update(set(mine) & set(theirs))
        wrong.update(set(mine) - set(theirs))
        missed.update(set(theirs) - set(mine))
    labels = {*right, *wrong, *missed}
    each = [_f1(right[label], wrong[label], missed[label]) for label in labels]
    hits, errors, gaps = right.total(), wrong.total(), missed.total()
    return Scores(_f1(hits, errors, gaps), sum(each) / max(1, len(each)), hits / max(1, hits + errors), hits / max(1, hits + gaps))


def calibration_error(suggestions: Iterable[tuple[Suggestions, Mapping[LabelKind, tuple[LabelId, ...]]]], kind: LabelKind) -> float:
    """Tell how far from probabilities are the shares that came true, in ten bins weighed by their sizes."""
    said, true, sizes = Counter[int](), Counter[int](), 0
    for found, truth in suggestions:
        for one in found.get(kind, ()):
            place = min(9, int(10 * one.probability))
            said[place] += one.probability  # type: ignore[assignment]  # a counter of parts
            true[place] += one.label in truth[kind]
            sizes += 1
    return sum(abs(said[place] - true[place]) for place in range(10)) / max(1, sizes)


def _f1(right: int, wrong: int, missed: int) -> float:
    return 2 * right / (2 * right + wrong + missed) if right + wrong + missed else 1.0
