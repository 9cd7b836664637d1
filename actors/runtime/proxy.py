"""A plain object that speaks to an actor in another process."""

import asyncio
import time
from typing import Any, cast

import ray
from ray.exceptions import ActorUnschedulableError, RayActorError, RayTaskError, TaskCancelledError

from actors.runtime.errors import ActorLost

FIRST_PAUSE_SECONDS = 0.05
LONGEST_PAUSE_SECONDS = 1.0
# Its process ended, or cancelled the call at its end; or its machine is gone, and Ray would begin it anew there.
_LOST = (RayActorError, TaskCancelledError, ActorUnschedulableError)


class Proxy:
    """Offers the async methods of a plain actor, wherever it lives; picklable, so one actor can hold another's.

    A call whose actor dies is sent again until `patience_seconds` are over, then raises `ActorLost`: every message of ours may be handled
    twice. Errors that the actor raised arrive as they were raised. A cancelled call is cancelled over there, too.
    """

    def __init__(self, handle: Any, patience_seconds: float) -> None:
        self._handle = handle
        self._patience_seconds = patience_seconds

    def __getattr__(self, method: str) -> "Call":
        if method.startswith("_"):
            raise AttributeError(method)
        return Call(self._handle, method, self._patience_seconds)

    def __reduce__(self) -> tuple[type["Proxy"], tuple[object, float]]:
        return Proxy, (self._handle, self._patience_seconds)


class Call:
    """One method of an actor elsewhere."""

    def __init__(self, handle: Any, method: str, patience_seconds: float) -> None:
        self._handle = handle
        self._method = method
        self._patience_seconds = patience_seconds

    async def __call__(self, *arguments: object) -> object:
        deadline = time.monotonic() + self._patience_seconds
        pause = FIRST_PAUSE_SECONDS
        while True:
            try:
                return await self._once(arguments)
            except ActorLost:
                if time.monotonic() + pause > deadline:
                    raise
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)

    async def _once(self, arguments: tuple[object, ...]) -> object:
        reference: Any = self._handle.call.remote(self._method, arguments)
        answer: asyncio.Future[object] = asyncio.ensure_future(reference)
        try:
            return await asyncio.shield(answer)
        except asyncio.CancelledError:
            answer.add_done_callback(_ignore_outcome)
            ray.cancel(reference)
            raise
        except _LOST as error:
            raise ActorLost(f"the process of {self._method!r} ended before it answered") from error
        except RayTaskError as error:
            raise cast("Exception", error.cause) from error


def _ignore_outcome(answer: "asyncio.Future[object]") -> None:
    """Take note of an answer that nobody waits for any more, so that asyncio does not report it as forgotten."""
    if not answer.cancelled():
        answer.exception()
