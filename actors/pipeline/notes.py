"""Where a document is, for everyone to see."""

import asyncio

from actors.pipeline.ports import Room
from actors.pipeline.steps import Step
from actors.pipeline.work import Work


async def note(work: Work, room: Room, step: Step) -> None:
    """Show everyone where the document is."""
    await asyncio.to_thread(
        room.store.jobs.progress, work.job.id, work.job.fence, step.value, work.pages_done, len(work.records), room.now()
    )
