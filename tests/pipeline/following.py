"""Documents that come, are followed to their end, and are looked at then."""

import asyncio
from datetime import UTC, datetime

from actors.pipeline.pipeline import PipelineState
from actors.store.nouns.archive import Document, DocumentId, DocumentOrder, JobId
from actors.store.nouns.jobs import JobState
from actors.store.store import Store
from tests.pipeline.cast import Stage, until, working
from tests.store.making import deliver

ACTIVE = (JobState.QUEUED, JobState.RUNNING, JobState.RETRYING)


def accepted(store: Store, content: str = "letter") -> tuple[DocumentId, JobId]:
    """Take a document in."""
    answer = deliver(store, content, now=datetime.now(UTC))
    assert answer.job_id is not None
    return answer.document_id, answer.job_id


def state_of(store: Store, job: JobId) -> JobState:
    """Tell where a job is."""
    return store.jobs.get(job).state


async def finished(stage: Stage, job: JobId, state: JobState = JobState.SUCCEEDED) -> PipelineState:
    """Work until a job has come to a state, and tell what the pipeline says then."""
    async with working(stage.pipeline()) as pipeline:
        await until(lambda: state_of(stage.store, job) is state)
        while (last := await pipeline.state()).documents_at_work:  # it cleans up when all is written
            await asyncio.sleep(0.005)
    return last


async def all_done(stage: Stage) -> None:
    """Work until no job is left."""
    async with working(stage.pipeline()) as pipeline:
        await until(lambda: not stage.store.jobs.list(ACTIVE, None, None, 1))
        while (await pipeline.state()).documents_at_work:
            await asyncio.sleep(0.005)


def documents(store: Store, *, deleted: bool = False) -> list[Document]:
    """List all documents but those in the trash, or these alone, the oldest first."""
    found = store.documents.list(DocumentOrder(), None, 100, deleted)
    return sorted(found, key=lambda document: document.id)
