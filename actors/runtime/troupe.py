"""The actors that one process has begun on Ray, and keeps alive."""

import asyncio
import time
from collections.abc import Callable
from typing import Any, TypeVar, cast

import ray
from ray.exceptions import ActorUnavailableError, RayActorError, RayTaskError
from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

from actors.runtime.host import Host
from actors.runtime.proxy import Proxy
from actors.runtime.supervisor import Supervisor, Watched

T = TypeVar("T")

# Calls that may wait in one actor; beyond it Ray makes the callers wait.
CALLS_AT_ONCE = 1000
RESTART_LOOK_SECONDS = 0.1


class Troupe:
    """The actors that one process has begun and keeps alive; they end with it."""

    def __init__(self, prepare: Callable[[str], None] | None = None) -> None:
        self._prepare = prepare
        self._supervisors: dict[str, tuple[Supervisor, asyncio.Task[None], Any]] = {}

    def spawn(
        self,
        name: str,
        factory: Callable[[], object],
        port: type[T],  # noqa: ARG002  # gives the answer its type
        *,
        niceness: int = 0,
        node_id: str | None = None,
        patience_seconds: float = 30.0,
    ) -> T:
        """Begin an actor in a process of its own and give what speaks to it, typed as its port.

        `factory` runs over there. `node_id` pins the actor to a machine; without it, it stands beside the caller.
        """
        place = NodeAffinitySchedulingStrategy(node_id or ray.get_runtime_context().get_node_id(), soft=False)
        handle: Any = (
            ray.remote(Host)
            .options(num_cpus=0, max_restarts=-1, max_task_retries=0, max_concurrency=CALLS_AT_ONCE, scheduling_strategy=place)
            .remote(name, niceness, self._prepare)
        )
        supervisor = Supervisor(name, lambda: _reach(handle), lambda: _begin(handle, factory), RayActorError, time.monotonic)
        self._supervisors[name] = (supervisor, asyncio.create_task(supervisor.keep(), name=f"supervise {name}"), handle)
        return cast("T", Proxy(handle, patience_seconds))

    def works(self, name: str) -> bool:
        """Tell whether an actor works; one that has not begun, or is about to begin again, does not."""
        return self._supervisors[name][0].watched.working

    def watched(self) -> list[Watched]:
        """Tell how each actor fares."""
        return [supervisor.watched for supervisor, _, _ in self._supervisors.values()]

    def forget(self, name: str) -> None:
        """Give up an actor whose machine is gone."""
        supervisor, task, _ = self._supervisors.pop(name)
        supervisor.stop()
        task.cancel()

    async def stop(self, name: str, seconds: float) -> None:
        """Let one actor finish what it has in hand, for so long at most, then end its process."""
        supervisor, task, handle = self._supervisors.pop(name)
        supervisor.stop()
        try:
            async with asyncio.timeout(seconds):
                await handle.stop.remote()
                await task
        except (TimeoutError, RayActorError):
            task.cancel()
        ray.kill(handle)


async def _reach(handle: Any) -> None:
    # Until a killed process is there again, Ray answers that the actor is unavailable: at once, or after a second or two.
    while True:
        try:
            await handle.__ray_ready__.remote()
        except ActorUnavailableError:
            await asyncio.sleep(RESTART_LOOK_SECONDS)
        else:
            return


async def _begin(handle: Any, factory: Callable[[], object]) -> None:
    # Not given to the constructor: Ray keeps those arguments where they may be lost, and could then not restart the actor.
    try:
        await handle.begin.remote(factory)
    except RayTaskError as error:
        raise cast("Exception", error.cause) from None
