"""Tags, as barcodes name them."""

from collections.abc import Sequence

import regex  # type: ignore[import-untyped]  # the package has no types

# A match takes microseconds; an expression that runs wild must not hold up the archive (RELIABILITY, user regexes).
MATCH_SECONDS = 0.1
LONGEST_TAG = 200


def read_tags(payload: str, mapping: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Read the tags that a code names: each part between commas is a code of its own. TimeoutError: an expression took too long."""
    tags = (_tag(part.strip(), mapping) for part in payload.split(","))
    return tuple(dict.fromkeys(tag for tag in tags if tag))


def _tag(code: str, mapping: Sequence[tuple[str, str]]) -> str:
    """Make a tag by the first expression that matches the beginning of a code; '' where none does."""
    for pattern, substitute in mapping:
        expression = regex.compile(pattern, regex.IGNORECASE)
        if expression.match(code, timeout=MATCH_SECONDS):
            return str(expression.sub(substitute, code, count=1, timeout=MATCH_SECONDS)).strip()[:LONGEST_TAG]
    return ""
