"""Tantivy's panics, which damaged files bring about, as errors of ours."""

from collections.abc import Iterator
from contextlib import contextmanager

from actors.index.errors import IndexUnavailable


@contextmanager
def damage_as_error(what: str, *others: type[Exception]) -> Iterator[None]:
    """Raise IndexUnavailable for what tantivy makes of damaged files: panics, and `others` where they mean the same."""
    try:
        yield
    except others as error:
        raise IndexUnavailable(f"{what}: {error}") from error
    except BaseException as error:  # PanicException is one, and cannot be imported; anything else is raised again
        if type(error).__name__ != "PanicException":
            raise
        raise IndexUnavailable(f"{what}: {error}") from error
