"""What was learned, and how it is kept: plain arrays (.npz) beside a description (JSON). Nothing in either is ever run."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from actors.classifier.about import About, ModelUnusable, read_model, write_model
from actors.classifier.arrays import Arrays, ArraysUnusable, Forms, pack, unpack
from actors.classifier.certainty import Line, probabilities, told
from actors.classifier.examples import Examples, make_examples
from actors.classifier.features import Vocabulary, Weights, count
from actors.classifier.lessons import Suggestion, Suggestions
from actors.classifier.tallies import BUCKETS, Tallies, joined
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.catalog import LabelId, LabelKind

LEAST_PROBABILITY = 0.2
MOST_LIKE = 3
# No probability is as high.
NEVER = 2.0

_FORMS: Forms = {
    "buckets": (np.int32, 1),
    "rarity": (np.float32, 1),
    "documents": (np.int64, 1),
    "ends": (np.int64, 1),
    "example_buckets": (np.int32, 1),
    "counts": (np.uint8, 1),
}
_KIND_FORMS: Forms = {"weights": (np.float32, 2), "means": (np.float32, 1), "least_sure": (np.float32, 1), "line": (np.float64, 1)}


@dataclass(frozen=True, slots=True, eq=False)
class Judge:
    """Tells the labels of one kind by how like a text is to each example.

    `weights` has the shape (examples, columns), `means` (columns,); columns are those of `Margins`. From its probability in `least_sure`
    on, a label may be given without asking.
    """

    labels: tuple[LabelId, ...]
    weights: Weights
    means: Weights
    line: Line
    least_sure: Weights


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """All that was learned."""

    about: About
    vocabulary: Vocabulary
    examples: Examples
    judges: Mapping[LabelKind, Judge]

    def suggest(self, text: str) -> Suggestions:
        """Propose labels for a text (`lesson_text`); none where no word is known."""
        row = self.vocabulary.weigh(joined([count(text)]))
        if not len(row.places) or not self.judges:
            return {}
        alike = self.examples.likeness(row)
        found = {kind: tuple(self._suggest(kind, judge, alike)) for kind, judge in self.judges.items()}
        return {kind: suggestions for kind, suggestions in found.items() if suggestions}

    def _suggest(self, kind: LabelKind, judge: Judge, alike: Weights) -> Iterator[Suggestion]:
        margins = (alike @ judge.weights + judge.means)[np.newaxis]
        likely = probabilities(kind, margins, judge.line)
        sure = told(kind, likely)[0] & (likely[0] >= judge.least_sure)
        for place in np.argsort(-likely[0], kind="stable").tolist():
            if likely[0, place] < LEAST_PROBABILITY:
                return
            like = self._like(alike * judge.weights[:, place])
            yield Suggestion(judge.labels[place], float(likely[0, place]), bool(sure[place]), like)

    def _like(self, speaking: Weights) -> tuple[DocumentId, ...]:
        most = np.argsort(-speaking, kind="stable")[:MOST_LIKE]
        return tuple(DocumentId(int(self.examples.documents[place])) for place in most if speaking[place] > 0)


def save(model: Model, folder: Path) -> int:
    """Put a model into the place of the one before, and tell its bytes; who reads meanwhile finds one, whole, or none for a moment."""
    examples, arrays = model.examples, dict[str, NDArray[np.generic]]()
    arrays |= {"buckets": model.vocabulary.buckets, "rarity": model.vocabulary.rarity, "documents": examples.documents}
    arrays |= {"ends": examples.tallies.ends, "example_buckets": examples.tallies.buckets, "counts": examples.tallies.counts}
    for kind, judge in model.judges.items():
        arrays |= {f"{kind}.weights": judge.weights, f"{kind}.means": judge.means, f"{kind}.least_sure": judge.least_sure}
        arrays[f"{kind}.line"] = np.array([judge.line.slope, judge.line.offset])
    weights = pack(arrays)
    write_model(model.about, weights, folder)
    return len(weights)


def load(folder: Path) -> Model:
    """Read the model; raises ModelUnusable."""
    about, weights = read_model(folder)
    return parse_model(about, weights)


def parse_model(about: About, weights: bytes) -> Model:
    """Make a model of its description and its weights; raises ModelUnusable."""
    forms = {f"{kind}.{name}": form for kind in about.kinds for name, form in _KIND_FORMS.items()}
    try:
        arrays = unpack(weights, {**_FORMS, **forms})
    except ArraysUnusable as error:
        raise ModelUnusable(str(error)) from error
    vocabulary = Vocabulary(arrays["buckets"], arrays["rarity"])
    tallies = Tallies(arrays["ends"], arrays["example_buckets"], arrays["counts"])
    _require_sound(vocabulary, tallies, arrays)
    examples = make_examples(arrays["documents"], tallies, vocabulary)
    judges = {kind: _judge(kind, learned.labels, arrays, len(tallies)) for kind, learned in about.kinds.items()}
    return Model(about, vocabulary, examples, judges)


def _require_sound(vocabulary: Vocabulary, tallies: Tallies, arrays: Arrays) -> None:
    buckets, rarity = vocabulary.buckets, vocabulary.rarity
    if len(buckets) != len(rarity) or (buckets < 0).any() or (buckets >= BUCKETS).any() or len(np.unique(buckets)) != len(buckets):
        raise ModelUnusable("its vocabulary is damaged")
    # A rarity that is none would make weights that are none; an example without a known feature would be like nothing.
    if not ((rarity > 0) & (rarity < np.float32(BUCKETS))).all() or not tallies.sound() or not (tallies.lengths > 0).all():
        raise ModelUnusable("its weights or its examples are damaged")
    if len(arrays["documents"]) != len(tallies) or not np.isin(tallies.buckets, buckets).all():
        raise ModelUnusable("its examples do not fit its vocabulary")


def _judge(kind: LabelKind, labels: tuple[LabelId, ...], arrays: Arrays, examples: int) -> Judge:
    weights, means, least_sure, line = (arrays[f"{kind}.{name}"] for name in _KIND_FORMS)
    columns = len(labels) + (kind is not LabelKind.TAG)
    if weights.shape != (examples, columns) or means.shape != (columns,) or least_sure.shape != (len(labels),) or line.shape != (2,):
        raise ModelUnusable(f"its {kind.value} weights are of another shape")
    if not all(np.isfinite(array).all() and (np.abs(array) < 1e6).all() for array in (weights, means, least_sure, line)):
        raise ModelUnusable(f"its {kind.value} weights are no numbers")
    return Judge(labels, weights, means, Line(float(line[0]), float(line[1])), least_sure)
