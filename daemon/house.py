"""The daemon's parts: everything is started in order here, and ended in the opposite one."""

import asyncio
from contextlib import AsyncExitStack

from daemon.certificates.watch import CertificateWatch
from daemon.doors import open_doors
from daemon.ground import lay_ground
from daemon.keeping.keepers import start_keepers
from daemon.settings.model import Settings


async def open_house(settings: Settings, certificates: CertificateWatch | None, stop: asyncio.Event, house: AsyncExitStack) -> None:
    """Start every part; what is started is ended by the stack in the opposite order."""
    ground = await lay_ground(settings, stop, house)
    keepers = start_keepers(ground, house)
    await open_doors(ground, keepers, certificates, house)
