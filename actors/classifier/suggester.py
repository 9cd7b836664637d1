"""What was learned, for those who ask."""

from collections.abc import Callable
from pathlib import Path
from threading import Lock

import structlog

from actors.classifier.about import ABOUT, ModelUnusable
from actors.classifier.lessons import Suggestions

Stamp = tuple[int, int, int]

log = structlog.get_logger()


class Suggester:
    """Proposes labels by the model in `folder`; safe to use from many threads. A new model is used from the next call on."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._stamp: Stamp | None = None
        self._suggest: Callable[[str], Suggestions] = nothing

    def suggest(self, text: str) -> Suggestions:
        """Propose labels of each kind for a text (`lesson_text`), likeliest first; none where nothing was learned."""
        with self._lock:
            stamp = stamp_of(self._folder / ABOUT)
            if stamp != self._stamp:
                self._stamp, self._suggest = stamp, learned(self._folder) if stamp else nothing
            suggest = self._suggest
        return suggest(text)


def nothing(_text: str) -> Suggestions:
    """Propose no labels."""
    return {}


def learned(folder: Path) -> Callable[[str], Suggestions]:
    """Load the model; one that is damaged proposes nothing, and is learned anew."""
    # Here, so that a daemon that nobody asks for labels does without numpy.
    from actors.classifier.model import load

    try:
        return load(folder).suggest
    except ModelUnusable as error:
        log.warning("model of labels unusable", reason=str(error))
        return nothing


def stamp_of(path: Path) -> Stamp | None:
    """Tell one state of a file from another; None when it is not there."""
    try:
        state = path.stat()
    except FileNotFoundError:
        return None
    return state.st_ino, state.st_mtime_ns, state.st_size
