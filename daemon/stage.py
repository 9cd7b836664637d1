"""The actors of one daemon: begun in the order in which they need each other, ended in the opposite one."""

import asyncio
from collections.abc import Awaitable, Sequence
from functools import partial
from typing import Protocol, TypeVar

from actors.intake.messages import IntakeState
from actors.ocr.binder import BinderState
from actors.pipeline import ports as pipeline_ports
from actors.pipeline.pipeline import PipelineState
from actors.runtime.errors import ActorLost
from actors.runtime.machines import NodeInfo, nodes
from actors.runtime.troupe import Troupe
from actors.store.files.health import StoreHealth
from actors.store.nouns.archive import DocumentId, JobId
from actors.store.nouns.assignments import Assignment
from actors.understanding.going_over import GoOver
from actors.watcher.watcher import FileIntake
from daemon.cast.binder import make_binder
from daemon.cast.index import make_index
from daemon.cast.intake import make_intake
from daemon.cast.pipeline import make_pipeline
from daemon.cast.postman import make_postman
from daemon.cast.watcher import make_watcher
from daemon.keeping.storage_watch import Reports
from daemon.script import Script
from daemon.service.ports import BinderPort, IndexPort, IntakePort, Mailboxes

T = TypeVar("T")

# An actor that is at work answers between two steps of it, in milliseconds.
ANSWER_SECONDS = 1.0
# Who ends together, and what that may take at most: an accept copies a file; a page in hand is given up and read again.
ENDINGS = ((("watcher", "postman", "intake"), 2.0), (("pipeline",), 5.0), (("index", "binder"), 2.0))


class PipelineActor(Protocol):
    """The pipeline, as the daemon speaks to it."""

    async def wake(self) -> None:
        """Hear that a job was queued."""

    async def cancel(self, job_id: JobId) -> None:
        """Stop working on a job."""

    async def rehearse(self, documents: Sequence[DocumentId], order: GoOver) -> Sequence[Assignment]:
        """Tell what rules and learning would give."""

    async def state(self) -> PipelineState:
        """Tell what is at work."""

    async def heed(self, health: StoreHealth) -> None:
        """Hear what the store allows."""


class Reporting(Protocol):
    """An actor that tells what it does."""

    async def state(self) -> object:
        """Tell what was done since the start."""


class IntakeActor(IntakePort, FileIntake, Protocol):
    """The intake with both its doors."""

    async def state(self) -> IntakeState:
        """Tell what was done since the start."""

    async def heed(self, health: StoreHealth) -> None:
        """Hear what the store allows."""


class IndexActor(IndexPort, pipeline_ports.Index, Reporting, Protocol):
    """The index, as the pipeline and the servicers use it."""

    async def apply(self) -> object:
        """Bring the index up to the database."""


class BinderActor(BinderPort, pipeline_ports.Binder, Protocol):
    """The binder, as the pipeline and the servicers use it."""

    async def state(self) -> BinderState:
        """Tell what was done since the start, and how far the decoder is shut in."""


class WatcherActor(Protocol):
    """The watcher; nobody asks anything of it but to work."""


async def answer_soon(call: Awaitable[T]) -> T | None:
    """Wait a moment for an actor; one that is away is asked again at the next look."""
    try:
        return await asyncio.wait_for(call, ANSWER_SECONDS)
    except (TimeoutError, ActorLost):
        return None


class Stage:
    """Begins the actors, and gives the ports that the daemon uses."""

    def __init__(self, script: Script) -> None:
        self._troupe = Troupe(script.prepare)
        spawn = self._troupe.spawn
        # The binder's decoder works beside the readers', and gives way to searching people as they do.
        self.binder = spawn("binder", partial(make_binder, script), BinderActor, niceness=script.niceness)
        self.index = spawn("index", partial(make_index, script), IndexActor)
        self.pipeline = spawn("pipeline", partial(make_pipeline, script, self.binder, self.index), PipelineActor)
        self.intake = spawn("intake", partial(make_intake, script, self.pipeline), IntakeActor)
        self.postman = spawn("postman", partial(make_postman, script, self.intake), Mailboxes)
        spawn("watcher", partial(make_watcher, script, self.intake), WatcherActor)

        self._first_answers = asyncio.gather(self.binder.state(), self.pipeline.state(), self.intake.state(), self.index.state())

    @property
    def has_begun(self) -> bool:
        """Tell whether every actor has answered once since the start."""
        return self._first_answers.done() and self._first_answers.exception() is None

    def working(self) -> dict[str, bool]:
        """Tell of each actor whether it works; one that has not begun, or is about to begin again, does not."""
        return {watched.name: self.has_begun and watched.working for watched in self._troupe.watched()}

    def sandbox(self) -> str:
        """Tell how far this machine's decoders are shut in; '' before they have begun."""
        if not self.has_begun:
            return ""
        binder, *_ = self._first_answers.result()
        return binder.sandbox.value

    async def storage_reports(self) -> Reports:
        """Ask those who write what they have met; who doesn't answer soon has nothing to say this time."""
        intake, pipeline = await asyncio.gather(answer_soon(self.intake.state()), answer_soon(self.pipeline.state()))
        return Reports(
            failures=intake.storage_failures if intake else 0,
            stopped=(intake and intake.stopped) or (pipeline and pipeline.stopped) or "",
        )

    async def heed(self, health: StoreHealth) -> None:
        """Tell those who write what the store allows."""
        await asyncio.gather(answer_soon(self.intake.heed(health)), answer_soon(self.pipeline.heed(health)))

    async def machines(self) -> tuple[Sequence[NodeInfo], PipelineState]:
        """Tell what Ray says of the machines, and the pipeline of its readers there."""
        machines, state = await asyncio.gather(asyncio.to_thread(nodes), self.pipeline.state())
        return machines, state

    async def stop(self) -> None:
        """End the actors, those first that bring work."""
        for names, seconds in ENDINGS:
            await asyncio.gather(*(self._troupe.stop(name, seconds) for name in names))
