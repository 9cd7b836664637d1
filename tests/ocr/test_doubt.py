"""When a reading is enough and what is tried next: decisions without an engine."""

import pytest

from actors.ocr.engines.engine import Orientation, Reading
from actors.ocr.messages import When, Word
from actors.ocr.reading import doubt
from actors.ocr.reading.lean import Lean


def reading(*words: tuple[str, float], tall: bool = False, height: int = 30) -> Reading:
    made = tuple(Word(text, 0, 0, 10 if tall else 90, 90 if tall else height, confidence, 0) for text, confidence in words)
    letters = sum(len(word.text) for word in made)
    return Reading(made, " ".join(text for text, _ in words), sum(len(w.text) * w.confidence for w in made) / letters if letters else 0)


GOOD = reading(*[("archive", 93.0)] * 30)
RUBBISH = reading(*[("aAIyDIE", 30.0)] * 300)


@pytest.mark.parametrize(
    ("confidence", "lost", "doubtful"),
    [(0.0, True, True), (39.0, True, True), (62.0, False, True), (84.0, False, False), (96.0, False, False)],
)
def test_confidence_tells_upright_pages_from_turned_ones(confidence: float, lost: bool, doubtful: bool) -> None:
    page = reading(("word", confidence))
    assert (doubt.is_lost(page), doubt.is_doubtful(page)) == (lost, doubtful)


def test_much_rubbish_never_beats_a_few_good_words() -> None:
    assert doubt.is_better(reading(("total", 95.0), ("amount", 95.0)), RUBBISH)
    assert not doubt.is_better(RUBBISH, Reading())


def test_more_good_words_beat_fewer_at_the_same_confidence() -> None:
    assert doubt.is_better(GOOD, reading(*[("archive", 93.0)] * 10))


def test_the_same_reading_again_is_no_better() -> None:
    assert not doubt.is_better(GOOD, GOOD)


@pytest.mark.parametrize(
    ("degrees", "contrast", "when", "straightened"),
    [
        (4.0, 20.0, When.AUTO, 4.0),
        (-2.0, 20.0, When.AUTO, -2.0),
        (0.5, 20.0, When.AUTO, 0.0),
        (0.5, 20.0, When.ALWAYS, 0.5),
        (4.0, 20.0, When.NEVER, 0.0),
        (12.0, 1.5, When.AUTO, 0.0),
    ],
)
def test_only_what_clearly_leans_is_straightened(degrees: float, contrast: float, when: When, straightened: float) -> None:
    assert doubt.straightening(Lean(degrees, contrast), when) == straightened


def test_sideways_lines_are_sharper_across_than_along() -> None:
    assert doubt.lies_sideways(Lean(0, 1.7), Lean(0, 38.0))
    assert not doubt.lies_sideways(Lean(0, 38.0), Lean(0, 1.7))
    assert not doubt.lies_sideways(Lean(0, 1.2), Lean(0, 5.0))


def test_a_certain_orientation_is_the_only_turn_tried() -> None:
    assert doubt.turns_to_try(Orientation(180, 12.0), sideways=True) == (180,)


@pytest.mark.parametrize(
    ("orientation", "sideways", "turns"),
    [
        (None, False, (180,)),
        (None, True, (90, 270)),
        (Orientation(270, 2.0), True, (270, 90)),
        (Orientation(0, 1.0), False, (180,)),
    ],
)
def test_without_certainty_the_turns_that_fit_the_lines_are_tried(
    orientation: Orientation | None, sideways: bool, turns: tuple[int, ...]
) -> None:
    assert doubt.turns_to_try(orientation, sideways=sideways) == turns


def test_confident_words_on_end_mean_that_the_page_is_read_downwards() -> None:
    assert doubt.reads_downwards(reading(("archive", 95.0), ("letters", 95.0), tall=True))
    assert not doubt.reads_downwards(reading(("archive", 30.0), tall=True))
    assert not doubt.reads_downwards(GOOD)
    assert not doubt.reads_downwards(Reading())


@pytest.mark.parametrize(
    ("page", "dpi", "pixels", "scale"),
    [
        (GOOD, 150.0, 2_000_000, 1.0),
        (reading(("few", 95.0)), 200.0, 2_000_000, 2.0),
        (reading(("few", 95.0)), 300.0, 8_000_000, 1.0),
        (reading(*[("blurred", 70.0)] * 30), 96.0, 600_000, 2.0),
        (reading(*[("blurred", 70.0)] * 30), 96.0, 30_000_000, 1.0),
        (reading(*[("HUGE", 70.0)] * 30, height=200), 300.0, 60_000_000, 0.2),
    ],
)
def test_a_page_is_read_larger_or_smaller_only_where_it_is_worth_it(page: Reading, dpi: float, pixels: int, scale: float) -> None:
    assert doubt.rescaling(page, dpi, pixels) == scale


def test_another_language_is_tried_only_for_a_script_that_the_used_ones_do_not_write() -> None:
    installed = frozenset({"eng", "deu", "rus", "ukr"})
    assert doubt.other_languages("Cyrillic", ["eng"], installed) == ("rus",)
    assert doubt.other_languages("Cyrillic", ["ukr"], installed) == ()
    assert doubt.other_languages("Latin", ["eng"], installed) == ()
    assert doubt.other_languages("Fraktur", ["eng"], installed) == ("deu",)
    assert doubt.other_languages("Hebrew", ["eng"], installed) == ()
    assert doubt.other_languages("", ["eng"], installed) == ()
