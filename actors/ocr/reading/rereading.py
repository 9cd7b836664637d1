"""Read first, doubt later: one reading where it will do, another only while the best one so far is doubtful."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PIL import Image

from actors.ocr.engines.engine import Engine, Orientation, Reading
from actors.ocr.errors import OutOfTime
from actors.ocr.messages import OcrSettings, When
from actors.ocr.reading import doubt
from actors.ocr.reading.doubt import Treatment
from actors.ocr.reading.lean import Lean
from actors.ocr.reading.skew import find_ink, find_lean, turned_mask
from actors.ocr.reading.treatment import treat, turn, turn_words, untreat


@dataclass(frozen=True, slots=True)
class BestReading:
    """The reading that won, its boxes in pixels of the page turned upright, what was done for it, and how many readings there were.

    `languages` are all that were tried, those of the winner first. `script` is one that nothing installed reads, or ''.
    """

    reading: Reading
    treatment: Treatment
    readings: int
    languages: tuple[str, ...] = ()
    script: str = ""


class Rereading:
    """One page on its way to its best reading. `clock` counts seconds; `deadline` is a time on it."""

    def __init__(
        self, grey: Image.Image, dpi: float, engine: Engine, settings: OcrSettings, clock: Callable[[], float], deadline: float
    ) -> None:
        self._grey = grey
        self._dpi = dpi
        self._engine = engine
        self._settings = settings
        self._clock = clock
        self._deadline = deadline
        self._ink = find_ink(grey, dpi)
        self._orientation: Orientation | None = None
        self._oriented = False
        self._tried: list[str] = []
        self._best = BestReading(Reading(), Treatment(), 0)

    def best(self, languages: tuple[str, ...]) -> BestReading:
        """Read the page as often as its readings leave doubt. Raises OutOfTime only when not even the first one ended in time."""
        if self._ink.share < doubt.BLANK:
            return self._best
        along, across = find_lean(self._ink.mask), find_lean(self._ink.mask.T)
        sideways = doubt.lies_sideways(along, across)
        self._read(self._first(sideways=sideways, languages=languages))
        try:
            self._settle_orientation(sideways=sideways)
            self._improve()
        except OutOfTime:
            pass  # the best reading so far stands
        return self._told()

    def _told(self) -> BestReading:
        best, installed = self._best, self._engine.languages()
        languages = tuple(dict.fromkeys([*best.treatment.languages, *self._tried]))
        return replace(best, languages=languages, script=doubt.unread_script(self._orientation, best.reading, languages, installed))

    def _first(self, *, sideways: bool, languages: tuple[str, ...]) -> Treatment:
        settings = self._settings
        turned = 0
        if settings.rotate is When.ALWAYS or (settings.rotate is When.AUTO and sideways):
            orientation = self._orient()
            if orientation is not None and doubt.is_certain(orientation):
                turned = orientation.turned
        return doubt.first_treatment(turned, self._lean(turned), settings.deskew, settings.clean, languages)

    def _settle_orientation(self, *, sideways: bool) -> None:
        best = self._best
        if self._settings.rotate is When.NEVER:
            return
        if doubt.reads_downwards(best.reading):
            size = turn(self._grey, best.treatment.turned).size
            words = turn_words(best.reading.words, 270, size)
            treatment = replace(best.treatment, turned=(best.treatment.turned + 270) % 360)
            self._best = replace(best, reading=replace(best.reading, words=words), treatment=treatment)
        elif doubt.is_lost(best.reading):
            for turned in doubt.turns_to_try(self._orient(), sideways=sideways):
                if turned != best.treatment.turned and doubt.is_lost(self._best.reading):
                    skew = doubt.straightening(self._lean(turned), self._settings.deskew)
                    self._read(replace(best.treatment, turned=turned, skew=skew), guessed=not doubt.is_certain(self._orient()))

    def _improve(self) -> None:
        """Try what may help a page that lies right but reads badly, one thing upon the other where it helped."""
        scale = doubt.rescaling(self._best.reading, self._dpi, self._grey.width * self._grey.height)
        if scale != 1.0:
            self._read(replace(self._best.treatment, scale=scale))
        if doubt.is_lost(self._best.reading) and self._best.treatment.skew and self._settings.deskew is When.AUTO:
            self._read(replace(self._best.treatment, skew=0.0))
        if doubt.is_doubtful(self._best.reading) and self._settings.clean is When.AUTO:
            self._read(doubt.cleaned(self._best.treatment))
        if doubt.is_lost(self._best.reading):
            orientation = self._orient()
            script = orientation.script if orientation is not None and doubt.is_certain(orientation) else ""
            other = doubt.other_languages(script, self._best.treatment.languages, self._engine.languages())
            if other:
                self._read(replace(self._best.treatment, languages=other))

    def _read(self, treatment: Treatment, *, guessed: bool = False) -> None:
        """Read once, and keep the reading when it is the best so far; one of a guessed turn only when it makes sense."""
        upright = turn(self._grey, treatment.turned)
        treated = treat(upright, treatment)
        reading = self._engine.read(treated, treatment.languages, self._dpi * treatment.scale, self._seconds_left())
        self._tried += treatment.languages
        count = self._best.readings + 1
        wins = doubt.is_better(reading, self._best.reading) and not (guessed and doubt.is_lost(reading))
        if count == 1 or wins:
            self._best = BestReading(untreat(reading, treatment, treated.size, upright.size), treatment, count)
        else:
            self._best = replace(self._best, readings=count)

    def _orient(self) -> Orientation | None:
        if not self._oriented:
            self._orientation = self._engine.orient(self._grey, self._dpi, self._seconds_left())
            self._oriented = True
        return self._orientation

    def _lean(self, turned: int) -> Lean:
        return find_lean(turned_mask(self._ink, turned))

    def _seconds_left(self) -> float:
        left = self._deadline - self._clock()
        if left <= 0:
            raise OutOfTime("no time is left for another reading")
        return left
