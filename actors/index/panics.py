"""Tantivy's panics, which damaged files bring about, as errors of ours."""

from collections.abc import Iterator
from contextlib import contextmanager

from actors.index.errors import IndexUnavailable


@contextmanager
def damage_as_error(what: str) -> Iterator[None]:
    """Raise IndexUnavailable for what tantivy says of files that are missing, damaged or of another make."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise IndexUnavailable(f"{what}: {error}") from error
    except BaseException as error:
        # PanicException is a BaseException that cannot be imported; anything else goes on its way.
        if type(error).__name__ != "PanicException":
            raise
        raise IndexUnavailable(f"{what}: {error}") from error
