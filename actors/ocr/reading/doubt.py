"""When one reading of a page is enough, and what to try when it is not. Pure decisions; the numbers were measured, as said beside each.

Measured with tesseract 5.5 at 300 dpi on eleven printed pages with known text, upright, turned and leaning, and on some sixty pages of
scans, photographs and charts. Confidence is `Reading.confidence`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from actors.ocr.engines.engine import Orientation, Reading
from actors.ocr.messages import When, Word
from actors.ocr.reading.lean import Lean

# Upright pages in a fitting language: 84–97. Turned by 90 or 180: 18–39. Leaning by 12 degrees: no words, or 48–54. A wrong script: 31–55.
LOST = 60.0
# Between 60 and 80 lay charts, maps and photographs of print, where enlarging gained up to 25 points.
DOUBTFUL = 80.0
# A letter read with this confidence is as likely noise as text: below it, words count against their reading.
NOISE = 46.0
# A page with 12-point words on it has an ink share of 0.0005 and more for a line; specks of dust stay below a fiftieth of that.
BLANK = 0.00001
# On sideways pages the lines were 8 to 25 times sharper along their own axis than across it.
SIDEWAYS = 3.0
SIDEWAYS_LINES = 8.0
# Up to 2 degrees cost nothing that can be measured; 3 and 4 lose whole lines (word errors 2 % → 20–45 %).
# Printed pages show their lean with a contrast of 4 to 100, pictures without lines with at most 2.
LEANING_DEGREES = 1.5
LEAST_DEGREES = 0.1
CLEAR_LINES = 4.0
# Orientation was right in 77 of 77 turned pages with a certainty above 6; below 3 it was as often wrong.
CERTAIN = 5.0
# Scripts that were right had 5 to 75, the one that was wrong (a map) had 2.
SURE_SCRIPT = 10.0
# Twice the size gained 8 to 25 points of confidence on small pictures and parted words that ran together; three times read worse again.
SMALL_DPI = 250.0
FEW_WORDS = 20
ENLARGED = 2.0
MOST_ENLARGED_PIXELS = 25_000_000
# Letters 180 pixels high were read with 69, shrunk to 40 with 89.
TALL_PIXELS = 100.0
GOOD_PIXELS = 40.0


@dataclass(frozen=True, slots=True)
class Treatment:
    """What is done to a page before it is read: turned and straightened clockwise in degrees, cleaned, and made larger or smaller."""

    turned: int = 0
    skew: float = 0.0
    scale: float = 1.0
    cleaned: bool = False
    languages: tuple[str, ...] = ()


def legible(words: Sequence[Word]) -> float:
    """Estimate how many letters of a reading are right.

    Doubtful ones count for little and noise counts against, so that rubbish never wins.
    """
    threshold = (NOISE / 100) ** 3
    return sum(sum(map(str.isalnum, word.text)) * ((word.confidence / 100) ** 3 - threshold) for word in words)


def is_lost(reading: Reading) -> bool:
    """Tell whether the engine saw no sense in the page, as when it is turned."""
    return reading.confidence < LOST


def is_doubtful(reading: Reading) -> bool:
    """Tell whether another treatment may read better."""
    return reading.confidence < DOUBTFUL


def is_better(new: Reading, old: Reading) -> bool:
    """Tell whether a new reading takes the place of an old one."""
    return says_more(new.words, old.words)


def says_more(new: Sequence[Word], old: Sequence[Word]) -> bool:
    """Tell whether the words of a new reading take the place of those of an old one."""
    return legible(new) > legible(old)


def lies_sideways(along: Lean, across: Lean) -> bool:
    """Tell from the sharpness of rows (`along`) and columns (`across`) whether a page's lines run up and down."""
    return across.contrast > SIDEWAYS_LINES and across.contrast > SIDEWAYS * along.contrast


def straightening(lean: Lean, when: When) -> float:
    """Choose by how much to straighten a page before it is read; the lean costs a hundredth of a reading to find, so it is found first."""
    least = {When.AUTO: LEANING_DEGREES, When.ALWAYS: LEAST_DEGREES, When.NEVER: float("inf")}[when]
    return lean.degrees if abs(lean.degrees) >= least and lean.contrast > CLEAR_LINES else 0.0


def reads_downwards(reading: Reading) -> bool:
    """Tell whether confident words stand on end: the engine reads a page turned clockwise as it lies, and only the page must be turned."""
    long = [word for word in reading.words if len(word.text) > 2 and word.text.isascii()]
    tall = sum(len(word.text) for word in long if word.bottom - word.top > word.right - word.left)
    return not is_lost(reading) and tall > 0.8 * sum(len(word.text) for word in long) > 0


def is_certain(orientation: Orientation | None) -> bool:
    """Tell whether an orientation can be relied on."""
    return orientation is not None and orientation.certainty >= CERTAIN


def turns_to_try(orientation: Orientation | None, *, sideways: bool) -> tuple[int, ...]:
    """List the turns worth a reading, best first; where orientation can't tell there is little text, and a reading costs little."""
    if orientation is not None and is_certain(orientation):
        return (orientation.turned,)
    guess = (90, 270) if sideways else (180,)
    if orientation is not None and orientation.turned in guess:
        return (orientation.turned, *(turn for turn in guess if turn != orientation.turned))
    return guess


def rescaling(reading: Reading, dpi: float, pixels: int) -> float:
    """Choose how much larger or smaller to read a page of so many pixels again; 1 for not at all.

    Larger where a low resolution makes it doubtful or few words make it cheap, smaller where doubtful words are huge.
    """
    heights = sorted(word.bottom - word.top for word in reading.words)
    height = heights[len(heights) // 2] if heights else 0
    if is_doubtful(reading) and height > TALL_PIXELS:
        return GOOD_PIXELS / height
    worth = is_doubtful(reading) or len(reading.words) < FEW_WORDS
    return ENLARGED if worth and dpi < SMALL_DPI and pixels * ENLARGED**2 <= MOST_ENLARGED_PIXELS else 1.0


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


def unread_script(orientation: Orientation | None, best: Reading, used: Iterable[str], installed: frozenset[str]) -> str:
    """Name the script of a page that nothing installed reads; '' where the page makes sense, or its script is not sure."""
    if orientation is None or not is_lost(best) or not is_certain(orientation) or orientation.script_certainty < SURE_SCRIPT:
        return ""
    fitting = set(SCRIPTS.get(orientation.script, ()))
    return orientation.script if fitting and not fitting & (set(used) | installed) else ""
