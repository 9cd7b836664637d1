"""What was learned, and how it is kept: plain arrays (.npz) beside a description (JSON). Nothing in either is ever run."""

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from actors.classifier.about import About, read_model, write_model
from actors.classifier.features import Vocabulary, Weights, count
from actors.classifier.lessons import Suggestion

LEAST_PROBABILITY = 0.2


@dataclass(frozen=True, slots=True, eq=False)
class TagModel:
    """For each tag a weight of every bucket, and one that is always added. `weights` has the shape (buckets, tags)."""

    about: About
    vocabulary: Vocabulary
    weights: Weights
    offsets: Weights

    def suggest(self, text: str) -> tuple[Suggestion, ...]:
        """Propose tags for a text (`lesson_text`), likeliest first; none where no word is known."""
        places, values = self.vocabulary.vector(*count(text))
        if not len(places):
            return ()
        # Where the exponential function is too large for a float, the probability is 0, as it should be.
        with np.errstate(over="ignore"):
            probabilities = 1 / (1 + np.exp(-(values @ self.weights[places] + self.offsets)))
        likely = [Suggestion(tag, float(p)) for tag, p in zip(self.about.tags, probabilities, strict=True) if p >= LEAST_PROBABILITY]
        return tuple(sorted(likely, key=lambda suggestion: (-suggestion.probability, suggestion.tag)))


def save(model: TagModel, folder: Path) -> None:
    """Put a model into the place of the one before; who reads meanwhile finds one of them, whole, or none for a moment."""
    file = io.BytesIO()
    vocabulary = model.vocabulary
    np.savez(file, buckets=vocabulary.buckets, rarity=vocabulary.rarity, weights=model.weights, offsets=model.offsets)
    write_model(model.about, file.getvalue(), folder)


def load(folder: Path) -> TagModel:
    """Read the model; raises ModelUnusable."""
    about, weights = read_model(folder)
    with np.load(io.BytesIO(weights), allow_pickle=False) as arrays:
        return TagModel(about, Vocabulary(arrays["buckets"], arrays["rarity"]), arrays["weights"], arrays["offsets"])
