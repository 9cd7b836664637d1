"""Takes a bulk edit to its end, some documents at a time."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence

import structlog

from actors.failpoints import Point, around
from actors.index.errors import IndexUnavailable
from actors.pipeline.ports import Room
from actors.store.assignments.giving import Wanted
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.bulk_edits import BulkAction, BulkOrder
from actors.store.nouns.jobs import Job
from actors.understanding.going_over import proposed

# One transaction takes some tens of milliseconds for so many; whoever else writes waits no longer than for a document's result.
DOCUMENTS_AT_ONCE = 50
# Between two transactions others get their turn: it rests for a part of what the last one took.
REST_PER_WORK = 0.25
# Each look of the index is a commit of its own.
DOCUMENTS_PER_LOOK = 1_000

log = structlog.get_logger()


async def edit_many(job: Job, room: Room, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
    """Go on where the job stands. Raises StaleFence once it is cancelled or another's."""
    edits = room.store.bulk_edits
    order, documents = await asyncio.to_thread(lambda: (edits.order(job.id), edits.documents(job.id)))
    position, seen = job.pages_done, job.pages_done
    while position < len(documents):
        some = documents[position : position + DOCUMENTS_AT_ONCE]
        wanted = await asyncio.to_thread(_wanted, room, order, some)
        begun = time.monotonic()
        position = await asyncio.to_thread(_step, room, job, position, some, len(documents), wanted)
        if position - seen >= DOCUMENTS_PER_LOOK or position >= len(documents):
            seen = position
            await _show(room)
        await sleep(REST_PER_WORK * (time.monotonic() - begun))


def _wanted(room: Room, order: BulkOrder, documents: Sequence[DocumentId]) -> Wanted:
    """Ask rules and learning before the transaction begins, where they are to have their say again."""
    if order.action is not BulkAction.APPLY_RULES:
        return {}
    return proposed(room.store, room.understanding.labels, documents, order.kinds)


def _step(room: Room, job: Job, position: int, some: Sequence[DocumentId], total: int, wanted: Wanted) -> int:
    """Do some documents in one transaction, and answer where to go on."""
    with around(room.checkpoint, Point.COMMITTED):
        return room.store.bulk_edits.step(job.id, job.fence, position, some, total, room.now(), wanted)


async def _show(room: Room) -> None:
    """Let the index follow; one that is away finds what waits for it by itself."""
    try:
        await room.index.apply()
    except (IndexUnavailable, room.lost) as error:
        log.warning("bulk edit not indexed yet", error=str(error))
