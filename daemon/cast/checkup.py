"""Who checks the archive; there only while it does."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from functools import partial

import psutil

from actors.checkup.checkup import Checkup
from actors.checkup.messages import CheckOrder, Report
from actors.runtime.cluster import Troupe
from actors.store.store import open_store
from daemon.cast.binder import make_binder
from daemon.checks import Examiner, reports_of
from daemon.painter import FirstPages
from daemon.script import Script

# Each thing is mended in one go or not at all; there is nothing to finish.
STOP_SECONDS = 1.0


async def make_checkup(script: Script) -> Checkup:
    """Build it on the store. It reads whole disks, so it does when nobody else wants to."""
    psutil.Process().ionice(psutil.IOPRIO_CLASS_IDLE)
    store = open_store(script.store_url, script.data)
    return Checkup(store, FirstPages(store, partial(make_binder, script)), partial(datetime.now, UTC))


async def reports_apart(script: Script, order: CheckOrder) -> AsyncGenerator[Report, None]:
    """Carry out an order in a process that ends with it; raises ActorLost when it ends before."""
    troupe = Troupe(script.prepare)
    checkup = troupe.spawn("checkup", partial(make_checkup, script), Examiner, niceness=script.niceness, patience_seconds=0.0)
    try:
        async for report in reports_of(checkup, order):
            yield report
    finally:
        await troupe.stop("checkup", STOP_SECONDS)
