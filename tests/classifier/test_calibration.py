"""Probabilities are fitted to what came true, and nothing is given unasked without a record that is good enough."""

import numpy as np
import pytest

from actors.classifier.calibration import FEWEST_RIGHT, LEAST_PRECISION, calibrate, figures, least_sure, misjudged
from actors.classifier.certainty import Line, probabilities
from actors.classifier.lessons import Figures
from actors.classifier.model import NEVER
from actors.store.nouns.catalog import LabelKind

CHANCE = np.random.default_rng(7)
NOT_TOLD = np.zeros((0, 1), np.bool_)


@pytest.mark.parametrize("line", [Line(8.0, -4.0), Line(20.0, -6.0)])
def test_the_line_of_tags_is_found_again(line: Line) -> None:
    margins = CHANCE.random((4000, 3), np.float32)
    found = calibrate(LabelKind.TAG, margins, CHANCE.random(margins.shape) < probabilities(LabelKind.TAG, margins, line))
    assert (found.slope, found.offset) == pytest.approx((line.slope, line.offset), rel=0.1)


@pytest.mark.parametrize("line", [Line(8.0, 2.0), Line(14.0, -1.0)])
def test_the_line_of_kinds_that_a_document_has_one_of_is_found_again(line: Line) -> None:
    margins = CHANCE.random((4000, 4), np.float32)
    likely = probabilities(LabelKind.CORRESPONDENT, margins, line)
    shares = np.concatenate([likely, 1 - likely.sum(axis=1, keepdims=True)], axis=1)
    drawn = (CHANCE.random((4000, 1)) > shares.cumsum(axis=1)[:, :-1]).sum(axis=1)
    found = calibrate(LabelKind.CORRESPONDENT, margins, drawn[:, np.newaxis] == np.arange(4))
    assert found.slope == pytest.approx(line.slope, rel=0.1)
    assert found.offset == pytest.approx(line.offset, abs=0.2)


def test_margins_that_say_the_opposite_are_not_believed() -> None:
    margins, truths = np.array([[-2.0], [-1.0], [1.0], [2.0]], np.float32), np.array([[True], [True], [False], [False]])
    assert calibrate(LabelKind.TAG, margins, truths).slope == 0
    assert calibrate(LabelKind.TAG, margins, ~truths).slope > 0
    both = np.concatenate([margins, -margins], axis=1)
    assert calibrate(LabelKind.DOCUMENT_TYPE, both, np.concatenate([truths, ~truths], axis=1)).slope < 1


@pytest.mark.parametrize("always", [True, False])
def test_what_is_always_or_never_true_is_nearly_certain(always: bool) -> None:
    margins = np.zeros((9, 2), np.float32)
    likely = probabilities(LabelKind.TAG, margins, calibrate(LabelKind.TAG, margins, np.full((9, 2), always)))
    assert likely == pytest.approx(float(always), abs=0.001)


def record(*decisions: tuple[float, bool]) -> tuple[np.ndarray, np.ndarray]:
    """Write down what was told of one label, and whether it was right."""
    return np.array([[likely] for likely, _ in decisions], np.float32), np.array([[right] for _, right in decisions])


def test_a_record_without_fault_lets_a_label_be_given() -> None:
    likely, truths = record(*[(0.9, True)] * 40, *[(0.6, True)] * 10)
    assert least_sure(LabelKind.TAG, likely, truths)[0] == pytest.approx(0.6)


def test_what_goes_wrong_below_a_probability_is_not_given_below_it() -> None:
    likely, truths = record(*[(0.9, True)] * 40, *[(0.6, True)] * 5, *[(0.6, False)] * 5)
    assert least_sure(LabelKind.TAG, likely, truths)[0] == pytest.approx(0.9)


def test_a_handful_of_right_answers_is_no_record() -> None:
    assert least_sure(LabelKind.TAG, *record(*[(0.99, True)] * 17))[0] == NEVER
    assert least_sure(LabelKind.TAG, *record(*[(0.99, True)] * 18))[0] < NEVER


def test_a_label_needs_right_answers_of_its_own() -> None:
    likely = np.full((60, 2), 0.99, np.float32)
    likely[FEWEST_RIGHT - 1 :, 1] = 0.0
    least = least_sure(LabelKind.TAG, likely, likely > 0.5)
    assert least.tolist() == pytest.approx([0.99, NEVER])


def test_a_label_that_often_goes_wrong_is_not_given_though_its_kind_goes_well() -> None:
    likely = np.full((400, 2), 0.99, np.float32)
    likely[20:, 1] = 0.0
    truths = likely > 0.5
    truths[:10, 1] = False
    least = least_sure(LabelKind.TAG, likely, truths)
    assert (truths & (likely > 0.5)).sum() / (likely > 0.5).sum() > LEAST_PRECISION
    assert least.tolist() == pytest.approx([0.99, NEVER])


def test_without_documents_nothing_is_sure() -> None:
    assert least_sure(LabelKind.TAG, NOT_TOLD.astype(np.float32), NOT_TOLD)[0] == NEVER


def test_figures_count_what_is_told_and_what_would_have_been_given() -> None:
    likely, truths = record((0.9, True), (0.8, False), (0.6, True), (0.3, True), (0.1, False))
    found = figures(LabelKind.TAG, likely, truths, np.array([0.7], np.float32))
    assert found == Figures(right=2, wrong=1, missed=1, surely_right=1, surely_wrong=1, misjudged=found.misjudged)
    assert found.f1 == pytest.approx(2 / 3)


def test_the_calibration_error_is_how_far_shares_are_from_what_was_said() -> None:
    likely, truths = record(*[(0.85, True)] * 5, *[(0.85, False)] * 5, *[(0.25, True)] * 1, *[(0.25, False)] * 3, *[(0.0, False)] * 99)
    assert misjudged(likely, truths) == pytest.approx(0.35 * 10 / 14)
    assert misjudged(NOT_TOLD.astype(np.float32), NOT_TOLD) == 0
