"""The daemon's parts: everything is started in order here, and ended in the opposite one."""

import asyncio
from contextlib import AsyncExitStack
from datetime import UTC, datetime

from daemon.certificates.watch import CertificateWatch
from daemon.doors import open_doors
from daemon.first_run import first_code
from daemon.ground import lay_ground
from daemon.head import Head
from daemon.keeping.keepers import start_keepers
from daemon.settings.model import Settings


async def open_house(
    settings: Settings, head: Head | None, certificates: CertificateWatch | None, stop: asyncio.Event, house: AsyncExitStack
) -> str | None:
    """Start every part; what is started is ended by the stack in the opposite order.

    Give the code by which somebody becomes the first administrator, where there is none.
    """
    ground = await lay_ground(settings, head, stop, house)
    keepers = start_keepers(ground, house)
    await open_doors(ground, keepers, certificates, house)
    return await asyncio.to_thread(first_code, ground.store, datetime.now(UTC))
