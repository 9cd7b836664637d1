"""The life of the daemon: it begins, serves, and ends, in order or in time; or begins anew, when Ray is gone."""

import asyncio
import os
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NoReturn

import structlog

from actors.runtime.strays import end_strays, ray_ended
from actors.store.files.data_dir import DataDir
from daemon.certificates.watch import watch_certificates
from daemon.engine import needed_processes, ray_address
from daemon.greeting import greeting
from daemon.head import Head
from daemon.house import open_house
from daemon.next_life import begin_next_life, end_children, ends_told, pause_after, recent
from daemon.settings.model import Settings
from daemon.shutdown import stop_on_signals
from daemon.systemd import systemd_of

log = structlog.get_logger()

STOP_SECONDS = 8.0
TOO_OFTEN = (
    "{lost} of Ray has ended, as {times} times within ten minutes, and all actors with it.\n"
    "Nothing is lost: start scribad again, it goes on. See whether memory is short."
)


async def run(settings: Settings, head: Head | None, environment: Mapping[str, str]) -> None:
    """Serve until the first SIGTERM or Ctrl-C, then let everyone finish what is in hand.

    `environment` is that of the process as it was started: Ray and we add to it.
    """
    stop = stop_on_signals()
    started = time.monotonic()
    systemd = systemd_of(environment, os.getpid())
    telling = asyncio.create_task(systemd.keep_telling(), name="tell systemd")
    certificates = watch_certificates(settings.encryption(), DataDir(settings.data_dir), partial(datetime.now, UTC))
    async with AsyncExitStack() as house:
        house.callback(telling.cancel)
        code = await open_house(settings, head, certificates, stop, house)
        log.info("serving", seconds=round(time.monotonic() - started, 2))
        systemd.tell_ready(f"serving on {settings.listen}")
        print(greeting(settings, certificates.shown if certificates else None, code), flush=True)  # noqa: T201  # for the person who started us
        lost = await stopped_or_lost(stop, settings)
        if lost:
            begin_again(lost, settings, environment)
        log.info("stopping")
        systemd.tell_stopping()
        end_in_time(settings)


async def stopped_or_lost(stop: asyncio.Event, settings: Settings) -> str | None:
    """Wait for the signal, or for the end of Ray; name the process of Ray's that has ended."""
    ray, signal = asyncio.create_task(ray_ended(ray_address(settings), needed_processes(settings))), asyncio.create_task(stop.wait())
    await asyncio.wait((ray, signal), return_when=asyncio.FIRST_COMPLETED)
    ended = None if signal.done() else ray.result()
    for task in (ray, signal):
        task.cancel()
    return ended


def begin_again(lost: str, settings: Settings, environment: Mapping[str, str]) -> NoReturn:
    """Begin a new life when Ray is gone: no actor comes back, and every call to one would hang. Or end, where that never helps."""
    ends = recent([*ends_told(environment), time.monotonic()], time.monotonic())
    log.error("ray ended", lost=lost, times=len(ends))
    if pause_after(ends) is None:
        print(TOO_OFTEN.format(lost=lost, times=len(ends)), file=sys.stderr)  # noqa: T201  # for a person
        leave(1, ray_address(settings))
    end_strays(ray_address(settings))
    end_children()
    begin_next_life(ends, environment)


def end_in_time(settings: Settings) -> None:
    """Make sure that we are gone in time, whatever hangs: Ray does, when its own processes were told to end, too. Nothing is lost."""
    deadline = threading.Timer(STOP_SECONDS, leave, [0, ray_address(settings)])
    deadline.daemon = True
    deadline.start()


def leave(code: int, ray_address: Path) -> NoReturn:
    """End this process and whatever it has started, without another word to any of them."""
    end_strays(ray_address)
    os._exit(code)
