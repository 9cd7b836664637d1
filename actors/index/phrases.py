"""The ways in which the words of a phrase may stand in a text."""

from actors.index.analysis import Token, is_paired, tokens

_HYPHENS = frozenset("-‐‑")


def phrase_variants(text: str) -> list[list[str]]:
    """List the rows of words that the phrase stands for: hyphened words apart, and as one word, as a hyphen at a line's end leaves them."""
    found = list(tokens(text))
    apart = [token.text for token in found]
    together = _without_hyphens(text, found)
    if not apart:
        return []
    return [apart] if together == apart else [apart, together]


def _without_hyphens(text: str, found: list[Token]) -> list[str]:
    row, before = list[str](), None
    for token in found:
        if before is not None and token.start - before.end == 1 and text[before.end] in _HYPHENS and not is_paired(token.text):
            row[-1] += token.text
        else:
            row.append(token.text)
        before = token
    return row
