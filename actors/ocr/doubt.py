"""When one reading of a page is enough, and what to try when it is not. Pure decisions; the numbers were measured, as said beside each.

Measured with tesseract 5.5 at 300 dpi on eleven printed pages with known text, upright, turned and leaning, and on some sixty pages of scans,
photographs and charts. Confidence is `Reading.confidence`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from actors.ocr.engine import Orientation, Reading
from actors.ocr.messages import When
from actors.ocr.skew import Lean

# Upright pages in a fitting language: 84–97. Turned by 90 or 180: 18–39. Leaning by 12 degrees: no words, or 48–54. A wrong script: 31–55.
LOST = 60.0
# Between 60 and 80 lay charts, maps and photographs of print, where enlarging gained up to 25 points.
DOUBTFUL = 80.0
# A second reading must say clearly more to take the first one's place.
CLEARLY = 1.02
# A page with 12-point words on it has an ink share of 0.0005 and more for a line; specks of dust stay below a fiftieth of that.
BLANK = 0.00001
# Lines lying down were 8 to 25 times sharper along their own axis than across, on sideways pages; tables and charts at most 15 the other way.
SIDEWAYS = 3.0
CLEAR_LINES = 8.0
# Up to 2 degrees cost nothing that can be measured; 3 and 4 lose whole lines (word errors 2 % → 20–45 %). Straightening costs 0.1 of a reading.
LEANING_DEGREES = 1.5
LEAST_DEGREES = 0.1
# Orientation was right in 77 of 77 turned pages with a certainty above 6; below 3 it was as often wrong.
CERTAIN = 5.0
# Below 200 dpi enlarging to 300 halves the median error; at 200 it changes nothing unless type is small and words few.
SMALL_DPI = 250.0
READING_DPI = 300.0
FEW_WORDS = 20
MOST_ENLARGED = 2.0  # three times read worse than two on every photograph


@dataclass(frozen=True, slots=True)
class Treatment:
    """What is done to a page before it is read: turned and straightened clockwise in degrees, then enlarged and cleaned."""

    turned: int = 0
    skew: float = 0.0
    enlarged: float = 1.0
    cleaned: bool = False
    languages: tuple[str, ...] = ()


def legible(reading: Reading) -> float:
    """Estimate how many letters are right: doubtful ones count for little, so that much rubbish never beats a few good words."""
    return sum(sum(map(str.isalnum, word.text)) * (word.confidence / 100) ** 3 for word in reading.words)


def is_lost(reading: Reading) -> bool:
    """Tell whether the engine saw no sense in the page, as when it is turned."""
    return reading.confidence < LOST


def is_doubtful(reading: Reading) -> bool:
    """Tell whether another treatment may read better."""
    return reading.confidence < DOUBTFUL


def is_better(new: Reading, old: Reading) -> bool:
    """Tell whether a new reading takes the place of an old one."""
    return legible(new) > legible(old) * CLEARLY


def lies_sideways(along: Lean, across: Lean) -> bool:
    """Tell from the sharpness of rows (`along`) and columns (`across`) whether a page's lines run up and down."""
    return across.contrast > CLEAR_LINES and across.contrast > SIDEWAYS * along.contrast


def straightening(lean: Lean, when: When) -> float:
    """Choose by how much to straighten a page before it is read; the lean costs a hundredth of a reading to find, so it is found first."""
    least = {When.AUTO: LEANING_DEGREES, When.ALWAYS: LEAST_DEGREES, When.NEVER: float("inf")}[when]
    return lean.degrees if abs(lean.degrees) >= least and lean.contrast > CLEAR_LINES else 0.0


def reads_downwards(reading: Reading) -> bool:
    """Tell whether confident words stand on end: the engine reads a page turned clockwise as it lies, and only the page must be turned."""
    long = [word for word in reading.words if len(word.text) > 2 and word.text.isascii()]
    tall = sum(len(word.text) for word in long if word.bottom - word.top > word.right - word.left)
    return not is_lost(reading) and tall > 0.8 * sum(len(word.text) for word in long) > 0


def turns_to_try(orientation: Orientation | None, *, sideways: bool) -> tuple[int, ...]:
    """List the turns worth a reading, best first; where orientation can't tell there is little text, and a reading costs little."""
    if orientation is not None and orientation.certainty >= CERTAIN:
        return (orientation.turned,)
    guess = (90, 270) if sideways else (180,)
    if orientation is not None and orientation.turned in guess:
        return (orientation.turned, *(turn for turn in guess if turn != orientation.turned))
    return guess


def enlargement(dpi: float, reading: Reading) -> float:
    """Choose how much larger to read a page again: twice where a low resolution makes it doubtful, or a few words make it cheap; else 1."""
    if dpi < SMALL_DPI and (is_doubtful(reading) or len(reading.words) < FEW_WORDS):
        return min(MOST_ENLARGED, READING_DPI / dpi)
    return 1.0


def first_treatment(turned: int, lean: Lean, deskew: When, clean: When, languages: tuple[str, ...]) -> Treatment:
    """Set how a page is read first."""
    return Treatment(turned, straightening(lean, deskew), cleaned=clean is When.ALWAYS, languages=languages)


def cleaned(treatment: Treatment) -> Treatment:
    """Clean as well."""
    return replace(treatment, cleaned=True)


# What tesseract's script names mean in its language codes, the likeliest first.
SCRIPTS: dict[str, Sequence[str]] = {
    "Arabic": ("ara", "fas", "urd"),
    "Armenian": ("hye",),
    "Bengali": ("ben",),
    "Cyrillic": ("rus", "ukr", "bul", "srp", "bel"),
    "Devanagari": ("hin", "mar", "nep", "san"),
    "Fraktur": ("deu_latf", "frk", "Fraktur", "deu_frak", "deu"),
    "Georgian": ("kat",),
    "Greek": ("ell", "grc"),
    "Han": ("chi_sim", "chi_tra", "jpn"),
    "Hangul": ("kor",),
    "Hebrew": ("heb", "yid"),
    "Japanese": ("jpn",),
    "Katakana": ("jpn",),
    "Hiragana": ("jpn",),
    "Korean": ("kor",),
    "Latin": ("eng", "deu", "fra", "spa", "ita"),
    "Tamil": ("tam",),
    "Thai": ("tha",),
}


def other_languages(script: str, used: Iterable[str], installed: frozenset[str]) -> tuple[str, ...]:
    """Choose an installed language for a script that none of the used ones writes; () where there is none."""
    fitting = SCRIPTS.get(script, ())
    if script != "Fraktur" and set(fitting) & set(used):
        return ()
    return next(((language,) for language in fitting if language in installed and language not in used), ())
