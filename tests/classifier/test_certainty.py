"""Margins become probabilities, and these decisions."""

import numpy as np
import pytest

from actors.classifier.certainty import Line, probabilities, told
from actors.store.nouns.catalog import LabelKind

MARGINS = np.array([[1.0, 0.0, 0.5], [0.0, 0.0, 2.0]], np.float32)


def test_tags_are_likely_each_by_itself() -> None:
    likely = probabilities(LabelKind.TAG, MARGINS, Line(2.0, -1.0))
    assert likely == pytest.approx(1 / (1 + np.exp(1 - 2 * MARGINS)))
    assert told(LabelKind.TAG, likely).tolist() == [[True, False, False], [False, False, True]]


def test_of_kinds_that_a_document_has_one_of_the_probabilities_add_up_with_none() -> None:
    likely = probabilities(LabelKind.CORRESPONDENT, MARGINS, Line(2.0, 1.0))
    # The last column is that of none, and gets the offset.
    raised = np.exp(2 * MARGINS + [0, 0, 1])
    assert likely == pytest.approx((raised / raised.sum(axis=1, keepdims=True))[:, :2])


def test_one_label_is_told_at_most_and_none_where_none_is_likelier() -> None:
    likely = np.array([[0.4, 0.35], [0.3, 0.2], [0.0, 0.9]], np.float32)
    assert told(LabelKind.DOCUMENT_TYPE, likely).tolist() == [[True, False], [False, False], [False, True]]
    assert told(LabelKind.DOCUMENT_TYPE, likely[:, :0]).shape == (3, 0)


def test_margins_beyond_all_measure_are_probabilities_too() -> None:
    for kind in (LabelKind.TAG, LabelKind.STORAGE_PATH):
        likely = probabilities(kind, np.array([[-1e6, 1e6, 1e6]], np.float32), Line(50.0, 0.0))
        assert ((likely >= 0) & (likely <= 1)).all()
