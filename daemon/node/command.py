"""What `scribad join` does: joins, lives, and begins anew when the cluster is lost, as a machine that sleeps at night must."""

import asyncio
import os
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import structlog

from actors.runtime.environment import prepare_environment
from actors.runtime.machine import usable_cores
from actors.runtime.ports import free_range, is_free
from daemon.head import versions
from daemon.next_life import become, end_children
from daemon.node.asking import address_towards
from daemon.node.home import NodeHome
from daemon.node.joining import Joined, let_in, patiently
from daemon.start_error import MachineRemoved, StartError
from daemon.systemd import Systemd, systemd_of

log = structlog.get_logger()

# Hands on to the next life that there was one: it waits for the head, where the first tells the person at the keyboard.
VARIABLE = "_SCRIBAD_JOINED_BEFORE"


@dataclass(frozen=True, slots=True)
class JoinOrder:
    """What the person at the keyboard has said. `cores` 0: all; `address` '': the one towards the head; `code` '': has joined before."""

    server: str
    code: str
    work_dir: Path
    cores: int
    address: str
    first_port: int
    allow_unsandboxed: bool


def work_for(order: JoinOrder, environment: Mapping[str, str]) -> None:
    """Read pages for an archive until a signal comes. Raises StartError, scriba.Error; the latter never once it has been let in."""
    home = NodeHome(order.work_dir.absolute())
    home.create()
    shutil.rmtree(home.scratch, ignore_errors=True)
    home.create()
    ports = free_range(order.first_port, is_free)
    if ports is None:
        raise StartError(f"No hundred ports in a row are free from {order.first_port} on: choose others by --port.")
    if ports.first != order.first_port:
        log.warning("ports are taken, others are used", wanted=order.first_port, used=f"{ports.first}-{ports.last}")
    address = order.address or address_towards(order.server)
    systemd = systemd_of(environment, os.getpid())
    joined = _let_in(home, order, address, systemd, waits=VARIABLE in environment)
    os.environ.update(home.place(allow_unsandboxed=order.allow_unsandboxed).told())
    prepare_environment(home.token, home.tls)
    # Ray reads that environment when it is imported, and whoever is refused needs no Ray.
    from daemon.node import life

    end = asyncio.run(life.live(home, joined, life.Work(order.cores or usable_cores(), address, ports), systemd))
    if end is life.End.REMOVED:
        raise MachineRemoved(f"{order.server} has removed this machine. To join again, take a code of `scriba nodes add`.")
    if end is life.End.LOST:
        _begin_anew(environment)


def _let_in(home: NodeHome, order: JoinOrder, address: str, systemd: Systemd, *, waits: bool) -> Joined:
    """Join; a machine that was in before waits for a head that is away."""

    def rest(seconds: float) -> None:
        systemd.tell_alive(f"waits for {order.server}")
        time.sleep(seconds)

    if waits:
        return patiently(lambda: let_in(home, order.server, "", versions(), address), rest)
    return let_in(home, order.server, order.code, versions(), address)


def _begin_anew(environment: Mapping[str, str]) -> NoReturn:
    """Become a new process: Ray keeps what it has read of the old cluster."""
    log.info("begins anew")
    end_children()
    become({**environment, VARIABLE: "1"})
