"""What a killed decoder means for the work that it had in hand (RELIABILITY R5)."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from actors.ocr.errors import DecoderKilled, DecoderStopped
from actors.store.jobs.retry_policy import MAX_KILLS

T = TypeVar("T")

# Who passed a limit may have met a machine under pressure, and each further try costs the whole limit again.
MAX_STOPS = 2


class Patience:
    """Counts the decoders that one piece of work has cost. A crash may be its fault or a killer's, who seldom comes three times."""

    def __init__(self, stops: int = MAX_STOPS) -> None:
        self._kills_left = MAX_KILLS
        self._stops_left = stops

    def has_ended(self, error: DecoderKilled) -> bool:
        """Take note of one more decoder that ended so, and tell whether the work is given up."""
        self._kills_left -= 1
        self._stops_left -= isinstance(error, DecoderStopped)
        return self._kills_left <= 0 or self._stops_left <= 0


async def despite_kills(call: Callable[[], Awaitable[T]]) -> T:
    """Call again where the decoder was killed; one that passed its limits holds up all other documents, so that is not tried again."""
    patience = Patience(stops=1)
    while True:
        try:
            return await call()
        except DecoderKilled as error:
            if patience.has_ended(error):
                raise
