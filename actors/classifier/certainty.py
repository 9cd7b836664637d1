"""How margins become probabilities, and these decisions. The same in training and use."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from actors.store.nouns.catalog import LabelKind

# One column for each label; with kinds of which a document has one, another stands behind them for none of those labels.
Margins = NDArray[np.float32]
Probabilities = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Line:
    """What margins are multiplied by, and what is added: to each, or where a document has one label, to the margin of none."""

    slope: float
    offset: float


def probabilities(kind: LabelKind, margins: Margins, line: Line) -> Probabilities:
    """Tell how likely each label is. Of kinds that a document has one of, all together are as likely as that it has one."""
    if kind is LabelKind.TAG:
        # Far margins would be too large for an exponential function; there is nothing to tell beyond.
        each: Probabilities = 1 / (1 + np.exp(-np.clip(line.slope * margins + line.offset, -50, 50)))
        return each
    scores = line.slope * margins
    scores[:, -1] += line.offset
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Probabilities = raised / raised.sum(axis=1, keepdims=True)
    return shares[:, :-1]


def told(kind: LabelKind, likely: Probabilities) -> NDArray[np.bool_]:
    """Mark the labels that are told: tags that are likelier than not, else the likeliest label where none is less likely."""
    if kind is LabelKind.TAG:
        return likely > 0.5
    best = np.zeros(likely.shape, np.bool_)
    if likely.shape[1]:
        places = likely.argmax(axis=1)
        rows = np.arange(len(likely))
        best[rows, places] = likely[rows, places] > 1 - likely.sum(axis=1)
    return best
