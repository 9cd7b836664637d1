"""What follows when the work on a job fails. Pure."""

from collections.abc import Iterator
from enum import StrEnum

from actors.disk_errors import TROUBLE
from actors.index.errors import IndexNotWritten
from actors.ocr.errors import DecoderKilled, DecoderStopped, DiskTrouble, OcrError
from actors.pipeline.kills import MAX_STOPS
from actors.pipeline.scripts import ScriptFailed
from actors.pipeline.work import NothingReadable
from actors.store.errors import DocumentNotEditable, DocumentNotFound, OriginalMissing, StaleFence, StoreUnavailable
from actors.store.identity.errors import OrdererGone
from actors.store.jobs.retry_policy import MAX_KILLS
from actors.store.versions.errors import VersionError

_HOPELESS = (
    DocumentNotEditable,
    DocumentNotFound,
    NothingReadable,
    OcrError,
    OrdererGone,
    OriginalMissing,
    ScriptFailed,
    VersionError,
)


class Ending(StrEnum):
    """The ways in which a job that failed goes on: not here any more, later and at no cost, not at all, as one attempt less."""

    LOST = "lost"
    PUT_OFF = "put_off"
    HOPELESS = "hopeless"
    RETRY = "retry"


def ending_of(error: BaseException, attempt: int) -> tuple[Ending, BaseException]:
    """Decide on the errors that ended a job, and name the one that says why: pages at work together can fail for several reasons."""
    return min(((_ending(leaf, attempt), leaf) for leaf in leaves(error)), key=lambda found: list(Ending).index(found[0]))


def leaves(error: BaseException) -> Iterator[BaseException]:
    """Give the single errors of a group."""
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from leaves(inner)
    else:
        yield error


def is_trouble_of_the_store(error: BaseException) -> bool:
    """Tell whether a disk or the database failed, for which no document can be blamed."""
    if isinstance(error, OSError):
        return error.errno in TROUBLE
    return isinstance(error, StoreUnavailable | DiskTrouble | IndexNotWritten)


def _ending(error: BaseException, attempt: int) -> Ending:
    if isinstance(error, StaleFence):
        return Ending.LOST
    if is_trouble_of_the_store(error):
        return Ending.PUT_OFF
    if isinstance(error, DecoderKilled):
        tries = MAX_STOPS if isinstance(error, DecoderStopped) else MAX_KILLS
        return Ending.RETRY if attempt < tries else Ending.HOPELESS
    if isinstance(error, _HOPELESS):
        return Ending.HOPELESS
    return Ending.RETRY
