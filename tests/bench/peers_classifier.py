"""The peer's way to learn labels, after its documentation: words and pairs of words, and a neural network for each kind of label.

It learns each kind by itself, "none" among the answers; its thresholds and stemming are left out, as they depend on settings.
"""

from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer  # type: ignore[import-untyped]  # has no types
from sklearn.neural_network import MLPClassifier  # type: ignore[import-untyped]  # has no types
from sklearn.preprocessing import MultiLabelBinarizer  # type: ignore[import-untyped]  # has no types

from actors.store.nouns.catalog import LabelId, LabelKind
from tests.classifier.household import Letter
from tests.classifier.scores import Told

NONE = -1
# Stops as soon as little is gained: the quickest that its way can be.
TOLERANCE = 0.01
SEED = 1


class PeersClassifier:
    """Learns from letters, and tells labels of others."""

    def __init__(self, letters: Sequence[Letter], kinds: Sequence[LabelKind]) -> None:
        self._words = CountVectorizer(analyzer="word", ngram_range=(1, 2), min_df=0.01)
        counted = self._words.fit_transform([letter.text for letter in letters])
        self._tags = MultiLabelBinarizer()
        self._networks = {kind: self._learn(kind, counted, [letter.labels[kind] for letter in letters]) for kind in kinds}

    def _learn(self, kind: LabelKind, counted: object, labels: Told) -> MLPClassifier:
        targets = self._tags.fit_transform(labels) if kind is LabelKind.TAG else [one[0] if one else NONE for one in labels]
        return MLPClassifier(tol=TOLERANCE, random_state=SEED).fit(counted, targets)

    def tell(self, kind: LabelKind, text: str) -> tuple[LabelId, ...]:
        """Tell the labels of one kind."""
        answer = self._networks[kind].predict(self._words.transform([text]))
        if kind is LabelKind.TAG:
            return tuple(LabelId(int(tag)) for tag in self._tags.inverse_transform(answer)[0])
        return () if answer[0] == NONE else (LabelId(int(answer[0])),)

    @property
    def size_bytes(self) -> int:
        """Add up the weights and the words; no file is smaller."""
        weights = sum(int(np.asarray(layer).nbytes) for network in self._networks.values() for layer in network.coefs_)
        return weights + sum(len(word.encode()) for word in self._words.vocabulary_)
