"""The life of a work node: it joins, reads pages, says that it is there, and leaves in order; or begins anew when the cluster is gone."""

import asyncio
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from enum import Enum, auto

import structlog

import scriba
from actors.runtime.cluster import ClusterSettings, Joining, join_ray
from actors.runtime.machine import usable_memory
from actors.runtime.ports import PortRange
from actors.runtime.strays import NODE_PROCESSES, ray_ended
from daemon.log_relay import relay_logs
from daemon.node.asking import Head, trust_of
from daemon.node.home import NodeHome
from daemon.node.joining import Joined
from daemon.shutdown import arm, stop_on_signals
from daemon.sockets import make_sockets, runtime_dir
from daemon.systemd import Systemd

log = structlog.get_logger()

REPORT_SECONDS = 5.0
# While it leaves: pages take seconds, and whoever waits at a keyboard wants to see the end.
LEAVE_LOOK_SECONDS = 0.5
LEAVE_SECONDS = 20.0


class End(Enum):
    """Why a life ends."""

    WANTED = auto()
    REMOVED = auto()
    LOST = auto()


@dataclass(frozen=True, slots=True)
class Work:
    """What this machine gives: so many cores, reached at an address by ports."""

    cores: int
    address: str
    ports: PortRange


async def live(home: NodeHome, joined: Joined, work: Work, systemd: Systemd) -> End:
    """Work for the archive until a signal comes, the archive removes this machine, or the cluster is lost."""
    stop = stop_on_signals()
    settings = ClusterSettings(home.ray, work.cores, address=work.address, ports=work.ports)
    sockets = make_sockets(home.run, runtime_dir())
    async with AsyncExitStack() as house:
        telling = asyncio.create_task(systemd.keep_telling(), name="tell systemd")
        house.callback(telling.cancel)
        lines = await relay_logs(sockets.log)
        house.callback(lines.close)
        joining = Joining(joined.ray_address, joined.number, usable_memory())
        ray = await asyncio.to_thread(join_ray, settings, joining)
        house.push_async_callback(asyncio.to_thread, ray.stop)
        arm(stop)
        head = Head(joined.membership.head, trust_of(joined.membership))
        house.callback(head.close)
        ports = f"{work.ports.first}-{work.ports.last}"
        log.info("joined", head=joined.membership.head, machine=joined.number, cores=work.cores, ports=ports)
        systemd.tell_ready(f"reads pages for {joined.membership.head}")
        end = await _first_end(home, joined, head, stop)
        if end is End.WANTED:
            log.info("leaving")
            systemd.tell_stopping()
            await _leave(joined, head)
        return end


async def _first_end(home: NodeHome, joined: Joined, head: Head, stop: asyncio.Event) -> End:
    """Wait for the first reason to end."""
    asked = asyncio.create_task(stop.wait(), name="signal")
    ray = asyncio.create_task(ray_ended(home.ray, NODE_PROCESSES), name="watch ray")
    reports = asyncio.create_task(_report(joined, head), name="report")
    waiting = (asked, ray, reports)
    try:
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        if asked.done():
            return End.WANTED
        if ray.done():
            log.warning("cut off from the cluster", lost=ray.result())
            return End.LOST
        return reports.result()
    finally:
        for task in waiting:
            task.cancel()


async def _report(joined: Joined, head: Head) -> End:
    """Say again and again that this machine is there; return when that is no use any more. A head that is away is waited for."""
    while True:
        try:
            answer = await asyncio.to_thread(head.report, joined.membership.key)
        except scriba.Unauthenticated:
            return End.REMOVED
        except scriba.CertificateRefused as error:
            log.warning("the head shows another certificate", error=error.message)
            return End.LOST
        except scriba.Error as error:
            log.debug("the head does not answer", error=error.message)
        else:
            if answer.session != joined.session:
                log.info("the cluster has begun anew")
                return End.LOST
        await asyncio.sleep(REPORT_SECONDS)


async def _leave(joined: Joined, head: Head) -> None:
    """Let the pages in hand be read, for some seconds at most; the head has the others read elsewhere."""
    with suppress(TimeoutError, scriba.Error):
        async with asyncio.timeout(LEAVE_SECONDS):
            await _say_leaving(joined, head)


async def _say_leaving(joined: Joined, head: Head) -> None:
    while True:
        answer = await asyncio.to_thread(head.report, joined.membership.key, leaving=True)
        if not answer.pages_reading:
            return
        await asyncio.sleep(LEAVE_LOOK_SECONDS)
