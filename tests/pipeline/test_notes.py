"""What is shown of jobs on their way, and how seldom it is written."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from actors.pipeline.notes import Notes
from actors.store.errors import StoreUnavailable
from actors.store.nouns.archive import JobId
from actors.store.nouns.jobs import Progress

NOW = datetime(2026, 1, 1, tzinfo=UTC)


class ScriptedJobs:
    """Keeps what is written, loses the jobs it is told to, and fails as often as it is told to."""

    def __init__(self) -> None:
        self.written: list[Sequence[Progress]] = []
        self.lost: set[JobId] = set()
        self.failures = 0
        self.meanwhile: Callable[[], None] = lambda: None

    def progress(self, notes: Sequence[Progress], now: datetime) -> set[JobId]:
        if self.failures:
            self.failures -= 1
            raise StoreUnavailable("the database is away")
        self.written.append(notes)
        lost = self.lost & {note.job_id for note in notes}
        self.meanwhile()
        return lost


class Dropped:
    """Remembers whose work was dropped."""

    def __init__(self) -> None:
        self.jobs: list[JobId] = []

    async def drop(self, job_id: JobId) -> None:
        self.jobs.append(job_id)


def note(job: int, step: str, done: int = 0) -> Progress:
    return Progress(JobId(job), 1, step, done, 3)


async def test_notes_that_come_together_are_written_together_the_newest_of_each_job() -> None:
    jobs = ScriptedJobs()
    notes = Notes(jobs, lambda: NOW, Dropped().drop)
    for told in (note(1, "rendered"), note(2, "rendered"), note(1, "read")):
        notes.note(told)
    await notes.close()
    assert [sorted(written, key=lambda each: each.job_id) for written in jobs.written] == [[note(1, "read"), note(2, "rendered")]]


async def test_the_last_note_goes_with_the_end_of_its_job() -> None:
    jobs = ScriptedJobs()
    notes = Notes(jobs, lambda: NOW, Dropped().drop)
    notes.note(note(1, "read"))
    await notes.close()
    notes.note(note(1, "ready", 3))
    assert notes.take(JobId(1)) == note(1, "ready", 3)
    assert notes.take(JobId(1)) is None
    await notes.close()
    assert jobs.written == [[note(1, "read")]]


async def test_work_on_a_job_that_is_anothers_by_now_is_dropped() -> None:
    jobs, dropped = ScriptedJobs(), Dropped()
    jobs.lost = {JobId(2)}
    notes = Notes(jobs, lambda: NOW, dropped.drop)
    notes.note(note(1, "read"))
    notes.note(note(2, "read"))
    await notes.close()
    assert dropped.jobs == [2]


async def test_work_that_was_begun_anew_is_not_dropped_for_what_the_former_has_noted() -> None:
    jobs, dropped = ScriptedJobs(), Dropped()
    jobs.lost = {JobId(2)}
    notes = Notes(jobs, lambda: NOW, dropped.drop)

    def begin_anew() -> None:
        if jobs.lost:
            jobs.lost.clear()
            notes.note(replace(note(2, "rendered"), fence=2))

    jobs.meanwhile = begin_anew
    notes.note(note(2, "read"))
    await notes.close()
    assert (dropped.jobs, [each.fence for written in jobs.written for each in written]) == ([], [1, 2])


async def test_a_database_that_is_away_for_a_moment_costs_a_note_and_no_more() -> None:
    jobs = ScriptedJobs()
    jobs.failures = 1
    notes = Notes(jobs, lambda: NOW, Dropped().drop)
    notes.note(note(1, "rendered"))
    await notes.close()
    await asyncio.sleep(0)
    notes.note(note(1, "read"))
    await notes.close()
    assert jobs.written == [[note(1, "read")]]
