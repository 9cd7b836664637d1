"""When labels are learned anew."""

import math

import pytest

from actors.classifier.schedule import FEWEST_DOCUMENTS, PAUSE_SECONDS, SHARE, is_due


@pytest.mark.parametrize(
    ("trained", "present", "documents", "seconds", "due"),
    [
        (None, "a", FEWEST_DOCUMENTS, math.inf, True),
        (None, "a", FEWEST_DOCUMENTS - 1, math.inf, False),
        (None, "a", FEWEST_DOCUMENTS, PAUSE_SECONDS - 1, False),
        ("a", "a", 1000, math.inf, False),
        ("a", "b", 1000, PAUSE_SECONDS - 1, False),
        ("a", "b", 1000, PAUSE_SECONDS, True),
        ("a", "b", 0, PAUSE_SECONDS, True),
    ],
)
def test_training_is_due(trained: str | None, present: str, documents: int, seconds: float, due: bool) -> None:
    assert is_due(trained, present, documents, seconds) is due


def test_a_training_that_takes_long_is_rarely_made() -> None:
    assert not is_due("a", "b", 1000, SHARE * 60 - 1, took_seconds=60)
    assert is_due("a", "b", 1000, SHARE * 60, took_seconds=60)
