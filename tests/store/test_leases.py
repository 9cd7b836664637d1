"""A job is held by one worker at a time, and no worker holds it for ever."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from actors.store.errors import StaleFence
from actors.store.files.data_dir import DataDir
from actors.store.nouns.archive import DocumentId, DocumentState, JobId
from actors.store.nouns.jobs import Job, JobState, Progress
from actors.store.opening import open_store
from actors.store.store import Store
from tests.store.making import START, at, deliver, leased


def lease_again(store: Store, job: Job, seconds: float) -> Job:
    """Lease the one job that is due."""
    (again,) = store.jobs.lease("another", 10, at(seconds))
    assert again.id == job.id
    return again


def test_a_leased_job_is_at_work(store: Store) -> None:
    job = leased(store)
    assert (job.state, job.attempt, job.fence > 0) == (JobState.RUNNING, 1, True)
    assert store.documents.get(DocumentId(job.document_id or 0)).state is DocumentState.PROCESSING
    assert store.jobs.lease("another", 10, at(59)) == []


def test_jobs_are_leased_in_the_order_they_came_and_no_more_than_asked(store: Store) -> None:
    jobs = [deliver(store, f"{number}", now=at(-number)).job_id for number in range(4)]
    assert [job.id for job in store.jobs.lease("worker", 3, START)] == [jobs[3], jobs[2], jobs[1]]
    assert [job.id for job in store.jobs.lease("worker", 3, START)] == [jobs[0]]


def test_a_heartbeat_makes_a_lease_last(store: Store) -> None:
    job = leased(store)
    assert store.jobs.heartbeat([(job.id, job.fence)], at(45)) == set()
    assert store.jobs.lease("another", 10, at(104)) == []
    lease_again(store, job, 105)


def test_a_heartbeat_tells_which_leases_are_lost(store: Store) -> None:
    kept, cancelled, taken = leased(store, "kept"), leased(store, "cancelled"), leased(store, "taken")
    store.jobs.cancel(cancelled.id, at(1))
    store.jobs.heartbeat([(kept.id, kept.fence)], at(30))
    lease_again(store, taken, 61)
    leases = [(job.id, job.fence) for job in (kept, cancelled, taken)]
    assert store.jobs.heartbeat([*leases, (JobId(99), 1)], at(62)) == {cancelled.id, taken.id, JobId(99)}


def test_every_write_with_an_old_fence_is_refused(store: Store) -> None:
    old = leased(store)
    new = lease_again(store, old, 60)
    assert new.fence > old.fence
    for write in (
        lambda: store.jobs.succeed(old.id, old.fence, at(61)),
        lambda: store.jobs.fail(old.id, old.fence, "no", True, at(61), 0.0),
        lambda: store.jobs.release(old.id, old.fence, at(61)),
    ):
        with pytest.raises(StaleFence):
            write()
    assert store.jobs.progress([Progress(old.id, old.fence, "read", 1, 2)], at(61)) == {old.id}
    assert store.jobs.get(new.id) == new


def test_a_job_that_killed_three_workers_is_given_up(store: Store) -> None:
    job = leased(store)
    lease_again(store, job, 60)
    last = lease_again(store, job, 120)
    assert last.attempt == 1
    assert store.jobs.lease("another", 10, at(180)) == []
    dead = store.jobs.get(job.id)
    assert (dead.state, dead.finish_time, dead.retry_time) == (JobState.FAILED, at(180), None)
    assert "killed 3 times" in dead.error
    document = store.documents.get(DocumentId(job.document_id or 0))
    assert document.state is DocumentState.FAILED
    assert [(warning.code, warning.message) for warning in document.warnings] == [("PROCESSING_FAILED", dead.error)]
    assert store.originals.path(document).read_bytes() == b"letter"


def test_a_page_done_between_two_kills_begins_the_count_again(store: Store) -> None:
    job = leased(store)
    for seconds in (60, 120):
        job = lease_again(store, job, seconds)
    store.jobs.progress([Progress(job.id, job.fence, "read", 1, 9)], at(125))
    for seconds in (185, 245):
        job = lease_again(store, job, seconds)
    store.jobs.progress([Progress(job.id, job.fence, "read", 1, 9)], at(250))
    assert store.jobs.lease("another", 10, at(310)) == []
    assert store.jobs.get(job.id).state is JobState.FAILED


def test_a_new_run_takes_the_jobs_of_the_former_one_first(store: Store) -> None:
    running = leased(store)
    waiting = deliver(store, "waiting", now=at(1)).job_id
    assert store.jobs.take_over(at(2)) == 1
    with pytest.raises(StaleFence):
        store.jobs.succeed(running.id, running.fence, at(2))
    again = store.jobs.lease("new run", 10, at(2))
    assert [job.id for job in again] == [running.id, waiting]
    assert (again[0].fence > running.fence, again[0].attempt) == (True, 1)


def test_the_death_of_a_run_counts_against_no_job(store: Store) -> None:
    job = leased(store)
    for seconds in range(1, 9):
        store.jobs.take_over(at(seconds))
        assert lease_again(store, job, seconds).attempt == 1


def test_two_owners_never_hold_the_same_job(store: Store, url: str, data: DataDir) -> None:
    for number in range(24):
        deliver(store, f"{number}")
    stores = [open_store(url, data) for _ in range(4)]
    start = Barrier(8)

    def take_all(owner: int) -> list[tuple[JobId, int]]:
        mine = stores[owner % len(stores)]
        start.wait()
        held: list[tuple[JobId, int]] = []
        while jobs := mine.jobs.lease(f"owner {owner}", 2, START):
            held += [(job.id, job.fence) for job in jobs]
        return held

    with ThreadPoolExecutor(8) as threads:
        held = [lease for leases in threads.map(take_all, range(8)) for lease in leases]
    for opened in stores:
        opened.close()
    assert Counter(job_id for job_id, _ in held) == Counter(range(1, 25))
    assert len({fence for _, fence in held}) == 24
    assert store.jobs.heartbeat(held, START) == set()


@pytest.mark.parametrize("hours", [-24 * 365 * 56, -24, -1, 1, 24])
def test_a_clock_that_was_set_moves_leases_and_pauses_along(store: Store, hours: int) -> None:
    kept, failed = leased(store, "kept"), leased(store, "failed")
    store.jobs.fail(failed.id, failed.fence, "away", retryable=True, now=START, jitter=0.0)
    waiting = deliver(store, "waiting").job_id
    by = timedelta(hours=hours)
    store.jobs.clock_moved(by, at(10) + by)
    assert [job.id for job in store.jobs.lease("another", 10, at(14) + by)] == [waiting]
    assert [job.id for job in store.jobs.lease("another", 10, at(15) + by)] == [failed.id]
    assert [job.id for job in store.jobs.lease("another", 10, at(60) + by)] == [kept.id]


def test_a_lease_that_was_renewed_after_the_clock_was_set_back_is_kept(store: Store) -> None:
    before = leased(store, "before", now=at(3_600))
    since = leased(store, "since", now=at(3_600))
    store.jobs.heartbeat([(since.id, since.fence)], at(2))
    store.jobs.clock_moved(timedelta(hours=-1), at(4))
    assert store.jobs.lease("another", 10, at(59)) == []
    assert [job.id for job in store.jobs.lease("another", 10, at(64))] == [before.id, since.id]


def test_what_was_written_with_a_clock_of_tomorrow_is_due_when_a_new_run_begins(store: Store) -> None:
    tomorrow = at(86_400)
    failed = leased(store, "failed", now=tomorrow)
    store.jobs.fail(failed.id, failed.fence, "away", retryable=True, now=tomorrow, jitter=0.0)
    queued = deliver(store, "queued", now=tomorrow).job_id
    running = leased(store, "running", now=tomorrow)
    store.jobs.take_over(START)
    assert {job.id for job in store.jobs.lease("new run", 10, START)} == {queued, running.id}
    assert [job.id for job in store.jobs.lease("new run", 10, at(18))] == [failed.id]


def test_a_job_that_is_put_off_waits_a_little_and_loses_no_attempt(store: Store) -> None:
    for seconds in range(0, 150, 15):
        (job,) = [leased(store)] if not seconds else store.jobs.lease("worker", 1, at(seconds))
        assert job.attempt == 1
        store.jobs.put_off(job.id, job.fence, "the disk is full", at(seconds))
        waiting = store.jobs.get(job.id)
        assert (waiting.state, waiting.attempt, waiting.retry_time) == (JobState.RETRYING, 0, at(seconds + 15))
