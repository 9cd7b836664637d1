"""Who opens locked PDFs for threads that wait."""

import asyncio

from actors.errands.opening import Unlock
from actors.ocr.messages import UnlockDocument
from daemon.service.ports import BinderPort


def make_opener(binder: BinderPort, loop: asyncio.AbstractEventLoop) -> Unlock:
    """Build it on a binder that is asked in a loop; that loop's own thread may not wait for it."""

    async def asked(order: UnlockDocument) -> None:
        await binder.unlock(order)

    return lambda order: asyncio.run_coroutine_threadsafe(asked(order), loop).result()
