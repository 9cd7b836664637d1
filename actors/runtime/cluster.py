"""Ray, started and stopped by us, and the actors on it."""

import asyncio
import logging
import os
import shutil
import socket
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

import psutil
import ray
from ray.exceptions import ActorUnavailableError, RayActorError, RayTaskError
from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

from actors.runtime.bare_node import bare_nodes
from actors.runtime.errors import ClusterNotStarted
from actors.runtime.host import Host
from actors.runtime.machine import usable_memory
from actors.runtime.proxy import Proxy
from actors.runtime.supervisor import Supervisor, Watched

T = TypeVar("T")

# The least that Ray takes; pages travel one by one, so more is not needed on one machine.
OBJECT_STORE_BYTES = 80 * 1024 * 1024
# Calls that may wait in one actor; beyond it Ray makes the callers wait.
CALLS_AT_ONCE = 1000
NAMESPACE = "scriba"
# Nobody asks Ray what it did: its table of tasks would grow by 80 MiB with 10,000 documents (measured).
SYSTEM = {"prestart_worker_first_driver": False, "enable_metrics_collection": False, "task_events_report_interval_ms": 0}
NEEDED_PROCESSES = ("gcs_server", "raylet")
RAY_LOOK_SECONDS = 1.0
RESTART_LOOK_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class ClusterSettings:
    """How Ray is started. `address_file` remembers Ray's folder, so that one left behind by a kill is removed at the next start."""

    address_file: Path
    cores: int
    object_store_bytes: int = OBJECT_STORE_BYTES


@dataclass(frozen=True, slots=True)
class NodeInfo:
    """One machine of the cluster."""

    node_id: str
    hostname: str
    head: bool
    alive: bool
    cores: int
    memory_bytes: int


def start_ray(settings: ClusterSettings) -> None:
    """Start a Ray of our own on loopback, in a folder that only we can enter.

    Raises `ClusterNotStarted`.
    """
    end_strays(settings.address_file)
    _remove_stale_folder(settings.address_file)
    # Ray's sockets stand below this folder and a socket's path may have 107 characters, so it cannot stand in the data folder.
    folder = Path(tempfile.mkdtemp(prefix="scriba-"))
    settings.address_file.write_text(str(folder))
    # It warns that it could not take our SIGTERM, which is what we want.
    logging.getLogger("ray").setLevel(logging.ERROR)
    try:
        with bare_nodes():
            ray.init(
                num_cpus=settings.cores,
                namespace=NAMESPACE,
                include_dashboard=False,
                object_store_memory=settings.object_store_bytes,
                log_to_driver=False,
                configure_logging=False,
                logging_level=logging.ERROR,
                _node_ip_address="127.0.0.1",
                _temp_dir=str(folder),
                _system_config=SYSTEM,
            )
    except (RuntimeError, OSError, ValueError) as error:
        raise ClusterNotStarted(f"Ray did not start: {error}. Its logs are in {folder}/session_latest/logs.") from error


def ray_folder(address_file: Path) -> Path:
    """Give the folder of the Ray that was started last."""
    return Path(address_file.read_text().strip())


def end_strays(address_file: Path) -> None:
    """End every process but this one that has files open in the folder of the Ray that was started last.

    When a daemon or a raylet is killed, its workers go on for seconds and Ray's agents for a minute (measured), no longer our children.
    """
    if not address_file.exists():
        return
    folder = ray_folder(address_file)
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            if process.pid != os.getpid() and any(path.startswith(f"{folder}/") for path in open_paths(process)):
                process.kill()


def open_paths(process: psutil.Process) -> list[str]:
    """List the files that a process has open, where the system tells also those that were deleted, which psutil leaves out."""
    descriptors = Path(f"/proc/{process.pid}/fd")
    if not descriptors.is_dir():
        return [file.path for file in process.open_files()]
    paths = []
    for descriptor in descriptors.iterdir():
        with suppress(OSError):
            paths.append(str(descriptor.readlink()))
    return paths


async def ray_ended(address_file: Path) -> str:
    """Wait until something has ended that Ray can't do without; name it. Ray itself goes on as if nothing were, with dead actors."""
    folder = ray_folder(address_file)
    needed = {process: process.name() for process in psutil.Process().children() if process.name() in NEEDED_PROCESSES}
    while True:
        missing = missing_of(needed, folder)
        if missing is not None:
            return missing
        await asyncio.sleep(RAY_LOOK_SECONDS)


def missing_of(needed: Mapping[psutil.Process, str], folder: Path) -> str | None:
    """Look whether Ray's processes run and its folder is there: without its sockets no actor begins again."""
    for name in set(NEEDED_PROCESSES) - set(needed.values()):
        return f"the process {name}"  # it has ended before the first look
    for process, name in needed.items():
        if not process.is_running() or process.status() == psutil.STATUS_ZOMBIE:
            return f"the process {name}"
    return None if folder.is_dir() else f"the folder {folder}"


def stop_ray(settings: ClusterSettings) -> None:
    """End every process that `start_ray` began, and remove their folder."""
    ray.shutdown()
    _remove_stale_folder(settings.address_file)


def _remove_stale_folder(address_file: Path) -> None:
    if address_file.exists():
        folder = ray_folder(address_file)
        if folder.name.startswith("scriba-"):
            shutil.rmtree(folder, ignore_errors=True)
        address_file.unlink()


def nodes() -> list[NodeInfo]:
    """List the machines that Ray knows, the head first."""
    head = ray.get_runtime_context().get_node_id()
    found = [
        NodeInfo(
            node_id=node["NodeID"],
            hostname=node["NodeManagerHostname"],
            head=node["NodeID"] == head,
            alive=node["Alive"],
            cores=int(node["Resources"].get("CPU", 0)),
            memory_bytes=usable_memory() if node["NodeID"] == head else int(node["Resources"].get("memory", 0)),
        )
        for node in ray.nodes()  # type: ignore[no-untyped-call]  # ray leaves it untyped
    ]
    return sorted(found, key=lambda node: (not node.head, node.hostname))


def hostname() -> str:
    """Name this machine."""
    return socket.gethostname()


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
