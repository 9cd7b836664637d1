"""Tells our own disk from a damaged document when something can't be written."""

from collections.abc import Iterator
from contextlib import contextmanager

from actors.disk_errors import TROUBLE
from actors.ocr.errors import DiskTrouble


@contextmanager
def writing() -> Iterator[None]:
    """Raise DiskTrouble where the disk fails that is written to, also where a library tells it in an error of its own."""
    try:
        yield
    except Exception as error:  # each library has a class of its own for it; all else is raised again
        found = _disk_error(error)
        if found is None:
            raise
        raise DiskTrouble(f"a file could not be written: {found.strerror}") from error


def _disk_error(error: BaseException) -> OSError | None:
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, OSError) and seen.errno in TROUBLE:
            return seen
        seen = seen.__cause__ or seen.__context__
    return None
