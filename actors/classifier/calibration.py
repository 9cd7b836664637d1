"""Finds, on what would have been said of documents that were left out, how sure a margin is and from where on labels are given unasked."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]  # has no types
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]  # has no types

from actors.classifier.certainty import Line, Margins, Probabilities, told
from actors.classifier.features import Weights
from actors.classifier.lessons import Figures
from actors.classifier.model import NEVER
from actors.store.nouns.catalog import LabelKind

# A wrong label costs a person more than a missing one. People's own filing errs in some of a hundred documents, so more is never reached.
LEAST_PRECISION = 0.95
LEAST_SURE = 0.5
# A label that was told right this seldom has shown nothing yet.
FEWEST_RIGHT = 3
# A label's own record counts beside that of its kind as if so many more decisions had come out as those do.
RECORD_WEIGHT = 4
# Slopes are near ten; where few documents leave them open, they are kept there.
USUAL_SLOPE = 10.0
MOST_PAIRS = 1_000_000
BINS = 10

Truths = NDArray[np.bool_]


def calibrate(kind: LabelKind, margins: Margins, truths: Truths) -> Line:
    """Find the line that makes probabilities of margins; columns are those of `Margins`."""
    # A part of the documents tells two numbers well enough.
    every = 1 + margins.size // MOST_PAIRS
    if kind is LabelKind.TAG:
        return _line_of_each(margins[::every], truths[::every])
    return _line_of_one(margins[::every], truths[::every])


def _line_of_each(margins: Margins, truths: Truths) -> Line:
    """Fit one logistic curve for all labels (Platt's)."""
    if not truths.any() or truths.all():
        return Line(0.0, 10.0 if truths.any() else -10.0)
    # The strength of regularisation draws slopes to 0 by the scale of what they multiply.
    fitted = LogisticRegression().fit(USUAL_SLOPE * margins.reshape(-1, 1), truths.ravel())
    # A slope below zero means that nothing was learned: then every document is as likely as any other.
    return Line(max(0.0, USUAL_SLOPE * float(fitted.coef_[0, 0])), float(fitted.intercept_[0]))


def _line_of_one(margins: Margins, truths: Truths) -> Line:
    """Fit one slope for all labels, and how much none of them is likelier than its margin says."""
    true = truths.argmax(axis=1)
    rows = np.arange(len(margins))

    def unlikeliness(line: NDArray[np.float64]) -> float:
        scores = line[0] * margins
        scores[:, -1] += line[1]
        highest = scores.max(axis=1)
        sums = np.log(np.exp(scores - highest[:, np.newaxis]).sum(axis=1)) + highest
        return float((sums - scores[rows, true]).sum() + ((line / USUAL_SLOPE - (1, 0)) ** 2).sum() / 2)

    fitted = minimize(unlikeliness, (USUAL_SLOPE, 0.0), method="Nelder-Mead", bounds=((0.0, 100.0), (-100.0, 100.0)))
    return Line(float(fitted.x[0]), float(fitted.x[1]))


def least_sure(kind: LabelKind, likely: Probabilities, truths: Truths) -> Weights:
    """Find for each label the probability from which on it was told right nearly always; NEVER where there is none.

    The kind as a whole must keep the precision, and each label with its own record too.
    """
    decided = told(kind, likely) & (likely >= LEAST_SURE)
    least = np.full(likely.shape[1], NEVER, np.float32)
    common, precision = _least(likely[decided], truths[decided], 1.0, 2.0)
    for column in range(likely.shape[1]) if common < NEVER else ():
        mine = decided[:, column] & (likely[:, column] >= common)
        right = truths[mine, column]
        if right.sum() >= FEWEST_RIGHT:
            own, _ = _least(likely[mine, column], right, RECORD_WEIGHT * precision, RECORD_WEIGHT)
            least[column] = common if own == likely[mine, column].min() else own
    return least


def _least(likely: Probabilities, right: Truths, added_right: float, added: float) -> tuple[float, float]:
    """Give the least probability at and above which enough is right, and the share that is; some decisions are counted besides."""
    order = np.argsort(-likely, kind="stable")
    shares = (np.cumsum(right[order]) + added_right) / (np.arange(1, len(order) + 1) + added)
    # Of decisions that are equally likely, all are taken or none.
    last = np.diff(likely[order], append=-1.0) < 0
    enough = np.flatnonzero(last & (shares >= LEAST_PRECISION))
    if not len(enough):
        return NEVER, 0.0
    return float(likely[order[enough[-1]]]), float(shares[enough[-1]])


def figures(kind: LabelKind, likely: Probabilities, truths: Truths, least: Weights) -> Figures:
    """Compare what is told with what is true."""
    decided = told(kind, likely)
    sure = decided & (likely >= least)
    return Figures(
        right=int((decided & truths).sum()),
        wrong=int((decided & ~truths).sum()),
        missed=int((~decided & truths).sum()),
        surely_right=int((sure & truths).sum()),
        surely_wrong=int((sure & ~truths).sum()),
        misjudged=round(misjudged(likely, truths), 4),
    )


def misjudged(likely: Probabilities, truths: Truths) -> float:
    """Measure the expected calibration error of what is likely at all: in ten bins, how far from what was said is what came true."""
    shown = likely >= 1 / BINS / 2
    said, true = likely[shown], truths[shown]
    bins = np.minimum((said * BINS).astype(int), BINS - 1)
    gaps = [abs(float(said[bins == one].sum()) - float(true[bins == one].sum())) for one in range(BINS)]
    return sum(gaps) / max(1, len(said))
