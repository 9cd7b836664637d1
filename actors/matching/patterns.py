"""Regular expressions of people: compiled without harm, or refused with the place that is wrong."""

import re
import unicodedata
from functools import lru_cache
from math import prod

import regex  # type: ignore[import-untyped]  # has no stubs; re can be stopped by nothing

from actors.matching.errors import RuleError

# Each takes some 300 to 700 bytes, and a short pattern may ask for any number: x{1000000}.
MOST_STEPS = 20_000
_KEPT = 4096
_COUNT = re.compile(r"\{(\d+)(?:,\d*)?\}")
_TOKEN = re.compile(rf"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|{_COUNT.pattern}|.", re.DOTALL)
# Comments, classes that may hold others, and brackets in classes: where groups begin and end is then for the library alone to say.
_UNCLEAR = re.compile(r"\(\?#|\(\?[\w-]*V1|\[\^?\]?(?:\\.|[^\]\\(\[)])*[(\[)]", re.DOTALL)
_FREE_SPACING = re.compile(r"\(\?[\w-]*x")


@lru_cache(maxsize=_KEPT)
def compiled(pattern: str, case_sensitive: bool) -> regex.Pattern[str]:
    """Compile a pattern for normal texts, or raise RuleError. Without case, it folds fully (ß is ss), and I stands for i, ı and İ."""
    flags = regex.VERSION0 if case_sensitive else regex.VERSION0 | regex.IGNORECASE | regex.FULLCASE
    if _FREE_SPACING.search(pattern):
        raise RuleError("free spacing, (?x), can't be used in a rule")
    if steps(pattern) > MOST_STEPS:
        raise RuleError(
            f"the pattern repeats too much: written out it has more than {MOST_STEPS} steps; use + or * instead of great numbers"
        )
    try:
        regex.compile(pattern, flags)  # as written: for the place of an error
        return regex.compile(_normal(pattern), flags)
    except regex.error as error:
        raise RuleError(f"the regular expression is wrong: {error.msg}", 1 + (error.pos or 0)) from error
    except RecursionError as error:
        raise RuleError("the regular expression has too many groups inside one another") from error
    except Exception as error:  # the library fails on some wrong patterns, such as `İﬁ(?r)|`, with whatever it came upon
        raise RuleError("the regular expression can't be used; write it more simply") from error


def steps(pattern: str) -> int:
    """Tell how many steps a pattern has at most when its least repetitions are written out, as the library does."""
    if _UNCLEAR.search(pattern):
        return len(pattern) * prod(max(int(count), 1) for count in _COUNT.findall(pattern))
    groups, last = [0], 0
    for token in _TOKEN.finditer(pattern):
        if token[1]:
            more = last * (max(int(token[1]), 1) - 1)
            groups[-1] += more
            last += more
        elif token[0] == "(":
            groups.append(0)
        else:
            last = 1 + (groups.pop() if token[0] == ")" and len(groups) > 1 else 0)
            groups[-1] += last
    return sum(groups)


def _normal(pattern: str) -> str:
    """Bring what a pattern names into the form of normal texts; what becomes a sign of regular expressions by that is none."""
    composed = unicodedata.normalize("NFC", pattern)
    return "".join(letter if letter.isascii() else regex.escape(unicodedata.normalize("NFKC", letter)) for letter in composed)
