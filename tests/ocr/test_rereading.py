"""How often a page is read, and which reading stays; with an engine whose answers are known."""

import itertools
from collections.abc import Callable, Sequence

import pytest
from PIL import Image

from actors.ocr.engines.engine import Orientation, Reading
from actors.ocr.errors import OutOfTime
from actors.ocr.messages import OcrSettings, When, Word
from actors.ocr.reading.rereading import BestReading, Rereading
from tests.ocr.paper import leaning, printed, turned

GOOD = 95.0
ORIENTED = Orientation(0, 20.0, "Latin")


class KnownEngine:
    """Answers each reading with the next confidence, and the orientation that it was given; keeps what it was asked."""

    def __init__(self, *confidences: float, orientation: Orientation | None = ORIENTED, words: int = 30) -> None:
        self._confidences = iter(confidences)
        self._orientation = orientation
        self._words = words
        self.pages: list[Image.Image] = []
        self.asked: list[Sequence[str]] = []
        self.oriented = 0

    def languages(self) -> frozenset[str]:
        return frozenset({"eng", "rus"})

    def read(self, image: Image.Image, languages: Sequence[str], dpi: float, seconds: float) -> Reading:
        self.pages.append(image)
        self.asked.append(languages)
        confidence = next(self._confidences)
        words = tuple(Word("letters", 0, 0, 90, 20, confidence, 0) for _ in range(self._words))
        return Reading(words, f"reading {len(self.pages)}", confidence)

    def orient(self, image: Image.Image, dpi: float, seconds: float) -> Orientation | None:
        self.oriented += 1
        return self._orientation


def best(
    engine: KnownEngine, sheet: Image.Image, dpi: float = 300.0, clock: Callable[[], float] = lambda: 0.0, **settings: When
) -> BestReading:
    return Rereading(sheet, dpi, engine, OcrSettings(**settings), clock, 100.0).best(("eng",))  # type: ignore[arg-type]  # only When is given


def test_a_good_page_is_read_once_and_nothing_else_is_asked() -> None:
    engine = KnownEngine(GOOD)
    found = best(engine, printed())
    assert (found.readings, engine.oriented, found.treatment.turned, found.treatment.skew) == (1, 0, 0, 0.0)


def test_a_blank_page_is_not_read_at_all() -> None:
    engine = KnownEngine()
    assert best(engine, Image.new("L", (800, 600), 255)).readings == 0


def test_a_page_upside_down_is_read_twice() -> None:
    engine = KnownEngine(30.0, GOOD, orientation=Orientation(180, 20.0, "Latin"))
    found = best(engine, turned(printed(), 180))
    assert (found.readings, found.treatment.turned, found.reading.text) == (2, 180, "reading 2")
    assert engine.pages[1].tobytes() == printed().tobytes()


def test_a_sideways_page_is_turned_before_its_first_reading() -> None:
    engine = KnownEngine(GOOD, orientation=Orientation(270, 20.0, "Latin"))
    found = best(engine, turned(printed(), 90))
    assert (found.readings, found.treatment.turned) == (1, 270)


def test_a_leaning_page_is_straightened_before_its_first_reading() -> None:
    found = best(KnownEngine(GOOD), leaning(printed(), 4))
    assert found.readings == 1
    assert found.treatment.skew == pytest.approx(-4, abs=0.2)


def test_a_guessed_turn_that_makes_no_sense_is_forgotten() -> None:
    found = best(KnownEngine(30.0, 40.0, 20.0, orientation=None), printed())
    assert found.treatment.turned == 0


def test_what_reads_badly_is_cleaned_and_the_better_reading_stays() -> None:
    engine = KnownEngine(70.0, 75.0)
    found = best(engine, printed())
    assert (found.readings, found.treatment.cleaned, found.reading.confidence) == (2, True, 75.0)
    worse = best(KnownEngine(70.0, 65.0), printed())
    assert (worse.readings, worse.treatment.cleaned, worse.reading.confidence) == (2, False, 70.0)


def test_a_foreign_script_is_read_in_an_installed_language_of_it() -> None:
    engine = KnownEngine(40.0, 41.0, 90.0, orientation=Orientation(0, 20.0, "Cyrillic"))
    found = best(engine, printed())
    assert (found.treatment.languages, engine.asked[-1]) == (("rus",), ("rus",))
    assert (found.languages, found.script) == (("rus", "eng"), "")


@pytest.mark.parametrize(
    ("confidence", "orientation", "script"),
    [
        (40.0, Orientation(0, 20.0, "Hebrew", 50.0), "Hebrew"),
        (40.0, Orientation(0, 20.0, "Hebrew", 5.0), ""),
        (40.0, Orientation(0, 2.0, "Hebrew", 50.0), ""),
        (40.0, Orientation(0, 20.0, "Latin", 50.0), ""),
        (GOOD, Orientation(0, 20.0, "Hebrew", 50.0), ""),
    ],
)
def test_a_script_is_told_when_nothing_makes_sense_and_nothing_installed_reads_it(
    confidence: float, orientation: Orientation, script: str
) -> None:
    found = best(KnownEngine(*[confidence] * 9, orientation=orientation), printed())
    assert (found.script, found.languages) == (script, ("eng",))


def test_a_few_words_on_a_coarse_page_are_read_again_at_twice_the_size() -> None:
    engine = KnownEngine(90.0, 95.0, words=3)
    found = best(engine, printed(), dpi=150.0)
    assert (found.treatment.scale, engine.pages[1].size) == (2.0, (2800, 1800))


def test_never_forbids_every_treatment() -> None:
    engine = KnownEngine(30.0, orientation=Orientation(180, 20.0, "Latin"))
    found = best(engine, leaning(printed(), 4), rotate=When.NEVER, deskew=When.NEVER, clean=When.NEVER)
    assert (found.readings, found.treatment.turned, found.treatment.skew) == (1, 0, 0.0)


def test_always_gives_every_treatment_to_a_good_page() -> None:
    engine = KnownEngine(GOOD, orientation=Orientation(180, 20.0, "Latin"))
    found = best(engine, leaning(printed(), 0.5), rotate=When.ALWAYS, deskew=When.ALWAYS, clean=When.ALWAYS)
    assert (found.readings, found.treatment.turned, found.treatment.cleaned, engine.oriented) == (1, 180, True, 1)
    assert found.treatment.skew == pytest.approx(-0.5, abs=0.2)


def test_no_page_is_read_more_than_six_times() -> None:
    engine = KnownEngine(*[10.0] * 20, orientation=Orientation(0, 20.0, "Cyrillic"))
    assert best(engine, leaning(printed(), 4), dpi=150.0).readings <= 6


def test_when_time_runs_out_the_best_reading_so_far_stands() -> None:
    ticks = itertools.count(step=60.0)
    found = best(KnownEngine(30.0, GOOD, orientation=Orientation(180, 20.0)), printed(), clock=lambda: next(ticks))
    assert (found.readings, found.reading.confidence) == (1, 30.0)


def test_without_time_for_the_first_reading_the_page_fails() -> None:
    with pytest.raises(OutOfTime):
        best(KnownEngine(GOOD), printed(), clock=lambda: 200.0)
