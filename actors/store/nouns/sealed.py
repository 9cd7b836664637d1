"""Secrets as they are kept: sealed, so that who reads the database or a copy of it reads none (actors/sealing)."""

from typing import NewType

Sealed = NewType("Sealed", str)
# Before each, so that what an older version has kept plain is known.
MARK = "sealed:"


def is_sealed(kept: str) -> bool:
    """Tell whether a secret is kept sealed."""
    return kept.startswith(MARK)
