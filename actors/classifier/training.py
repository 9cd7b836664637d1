"""Learns tags from tagged documents; the one place that knows scikit-learn."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array  # type: ignore[import-untyped]  # has no types
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]  # has no types
from sklearn.model_selection import StratifiedKFold, cross_val_predict  # type: ignore[import-untyped]  # has no types

from actors.classifier.about import About
from actors.classifier.features import Buckets, Counts, Vocabulary, Weights, choose_vocabulary, count
from actors.classifier.lessons import Figures, Lesson
from actors.classifier.model import TagModel

MOST_DOCUMENTS = 20_000
# Long documents count for several: together they take at most about 300 MiB while they are learned.
MOST_LETTERS_IN_ALL = 50_000_000
MOST_TAGS = 200
# A tag needs as many documents with it and without it: one for each part of the cross-validation.
FEWEST_DOCUMENTS = 3
SEED = 20_261_125
# Inverse strengths of regularisation, chosen on generated archives of 12 to 1,000 documents; a tenth or ten times as much changes little.
MARGIN_C = 10.0
CERTAINTY_C = 1.0

Margins = NDArray[np.float64]
Truths = NDArray[np.bool_]


def train_tags(lessons: Iterable[Lesson], change: str) -> TagModel:
    """Learn every tag that enough documents have. The same lessons give the same model."""
    counted, borne = list[tuple[Buckets, Counts]](), list[tuple[str, ...]]()
    for lesson in bounded(lessons):
        counted.append(count(lesson.text))
        borne.append(lesson.tags)
    vocabulary = choose_vocabulary([buckets for buckets, _ in counted])
    tags = tags_to_learn(borne)
    truths = np.array([[tag in own for tag in tags] for own in borne], np.bool_).reshape(len(borne), len(tags))
    vectors = _matrix([vocabulary.vector(*found) for found in counted], len(vocabulary.buckets))
    return _learn(vectors, truths, vocabulary, tags, change)


def bounded(lessons: Iterable[Lesson], most: int = MOST_DOCUMENTS, most_letters: int = MOST_LETTERS_IN_ALL) -> Iterator[Lesson]:
    """Take as many lessons as memory allows, from the front, so the newest should come first."""
    letters = 0
    for number, lesson in enumerate(lessons):
        letters += len(lesson.text)
        if number == most or letters > most_letters:
            return
        yield lesson


def tags_to_learn(borne: Sequence[tuple[str, ...]], most: int = MOST_TAGS) -> tuple[str, ...]:
    """Choose the tags that enough documents have and enough have not, the most used ones, sorted."""
    uses = Counter(tag for tags in borne for tag in tags)
    enough = [tag for tag, used in uses.items() if FEWEST_DOCUMENTS <= used <= len(borne) - FEWEST_DOCUMENTS]
    return tuple(sorted(sorted(enough, key=lambda tag: (-uses[tag], tag))[:most]))


def _learn(vectors: csr_array, truths: Truths, vocabulary: Vocabulary, tags: tuple[str, ...], change: str) -> TagModel:
    weights = np.zeros((len(vocabulary.buckets), len(tags)), np.float32)
    offsets = np.zeros(len(tags), np.float32)
    margins = np.zeros(truths.shape)
    if vectors.shape[1]:
        for column in range(len(tags)):
            judge = _judge()
            margins[:, column] = cross_val_predict(judge, vectors, truths[:, column], cv=_parts(), method="decision_function")
            judge.fit(vectors, truths[:, column])
            weights[:, column], offsets[column] = judge.coef_[0], judge.intercept_[0]
    slope, offset = calibrate(margins, truths)
    about = About(tags, change, len(truths), figures(slope * margins + offset, truths))
    return TagModel(about, vocabulary, (slope * weights).astype(np.float32), (slope * offsets + offset).astype(np.float32))


def calibrate(margins: Margins, truths: Truths) -> tuple[float, float]:
    """Find the line that makes probabilities of margins (Platt): balanced classes and small archives leave them too high or too low."""
    if not truths.any():
        return 1.0, 0.0
    fitted = LogisticRegression(C=CERTAINTY_C).fit(margins.reshape(-1, 1), truths.ravel())
    # A slope below zero means that nothing was learned: then every document is as likely as any other.
    return max(0.0, float(fitted.coef_[0, 0])), float(fitted.intercept_[0])


def figures(margins: Margins, truths: Truths) -> Figures:
    """Compare what is likelier than not with what is true."""
    told = margins > 0
    return Figures(int((told & truths).sum()), int((told & ~truths).sum()), int((~told & truths).sum()))


def _judge() -> LogisticRegression:
    # The dual form takes a fortieth of the time here: there are more buckets than documents.
    return LogisticRegression(
        C=MARGIN_C, class_weight="balanced", solver="liblinear", dual=True, tol=1e-3, max_iter=1000, random_state=SEED
    )


def _parts() -> StratifiedKFold:
    return StratifiedKFold(FEWEST_DOCUMENTS, shuffle=True, random_state=SEED)


def _matrix(rows: Sequence[tuple[Buckets, Weights]], width: int) -> csr_array:
    places = np.concatenate([np.zeros(0, np.int32), *(places for places, _ in rows)])
    values = np.concatenate([np.zeros(0, np.float32), *(values for _, values in rows)])
    ends = np.cumsum([0, *(len(places) for places, _ in rows)], dtype=np.int32)
    return csr_array((values, places, ends), shape=(len(rows), width))
