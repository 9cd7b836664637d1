"""Who checks the archive; there only while it does."""

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import partial

import psutil

from actors.checkup.checkup import Checkup, examine
from actors.checkup.messages import CheckOrder, Progress, Report, Reported
from actors.runtime.troupe import Troupe
from actors.store.store import join_store
from daemon.cast.binder import make_binder
from daemon.cast.painter import FirstPages
from daemon.keeping.checks import Examiner, reports_of
from daemon.script import Script

# Each thing is mended in one go or not at all; there is nothing to finish.
STOP_SECONDS = 1.0


async def make_checkup(script: Script) -> Checkup:
    """Build it. It reads whole disks, so it does when nobody else wants to."""
    psutil.Process().ionice(psutil.IOPRIO_CLASS_IDLE)
    return Checkup(partial(steps_of, script, asyncio.get_running_loop()))


def steps_of(script: Script, loop: asyncio.AbstractEventLoop, order: CheckOrder) -> Iterator[Progress | Reported]:
    """Open the store and go through an order. A store that cannot be opened ends the order with words, not the process."""
    with closing(join_store(script.store_url, script.data)) as store:
        painter = FirstPages(store, partial(make_binder, script), loop)
        yield from examine(store, painter, partial(datetime.now, UTC), order)


async def reports_apart(script: Script, order: CheckOrder) -> AsyncGenerator[Report, None]:
    """Carry out an order in a process that ends with it; raises ActorLost when it ends before."""
    troupe = Troupe(script.prepare)
    checkup = troupe.spawn("checkup", partial(make_checkup, script), Examiner, niceness=script.niceness, patience_seconds=0.0)
    try:
        async for report in reports_of(checkup, order):
            yield report
    finally:
        await troupe.stop("checkup", STOP_SECONDS)
