"""A job's story: queued, tried, tried again, ended, and told to whoever watches."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from actors.store.errors import DocumentNotFound, JobActive, JobEnded, JobNotFailed, JobNotFound
from actors.store.files.data_dir import DataDir
from actors.store.nouns.archive import DocumentId, DocumentState, JobId
from actors.store.nouns.jobs import Job, JobKind, JobState, Progress
from actors.store.nouns.pages import PageRecord, PageState
from actors.store.opening import open_store
from actors.store.store import Store
from tests.store.making import START, at, deliver, document_id, leased

READ = (JobKind.DOCUMENT, "letter", {"ocr_mode": "force", "ocr_language": "deu+eng"})


def document_of(job: Job) -> DocumentId:
    assert job.document_id is not None
    return job.document_id


def test_a_missing_job_is_not_found(store: Store) -> None:
    with pytest.raises(JobNotFound, match="7"):
        store.jobs.get(JobId(7))
    with pytest.raises(JobNotFound, match="7"):
        store.jobs.cancel(JobId(7), START)
    with pytest.raises(JobNotFound, match="7"):
        store.jobs.retry(JobId(7), START)


def test_progress_is_seen_and_keeps_the_lease(store: Store) -> None:
    job = leased(store)
    store.jobs.progress([Progress(job.id, job.fence, "read", 3, 9)], at(50))
    now = store.jobs.get(job.id)
    assert (now.step, now.pages_done, now.pages_total, now.update_time) == ("read", 3, 9, at(50))
    assert store.jobs.lease("another", 1, at(109)) == []


def test_a_job_that_is_done_has_ended(store: Store) -> None:
    job = leased(store)
    store.jobs.succeed(job.id, job.fence, at(5))
    ended = store.jobs.get(job.id)
    assert (ended.state, ended.finish_time, ended.error) == (JobState.SUCCEEDED, at(5), "")
    assert store.jobs.lease("another", 10, at(9999)) == []


def test_a_job_waits_until_its_work_begins_and_anew_once_it_was_given_back_or_retried(store: Store) -> None:
    deliver(store, "letter")
    (job,) = store.jobs.lease("worker", 1, at(7))
    assert (job.queue_time, job.start_time) == (START, at(7))
    store.jobs.fail(job.id, job.fence, "slow", retryable=True, now=at(8), jitter=0.0)
    (job,) = store.jobs.lease("worker", 1, at(30))
    assert job.start_time == at(7)
    store.jobs.release(job.id, job.fence, at(31))
    assert store.jobs.get(job.id).start_time is None
    (job,) = store.jobs.lease("worker", 1, at(40))
    store.jobs.fail(job.id, job.fence, "broken", retryable=False, now=at(41), jitter=0.0)
    again = store.jobs.retry(job.id, at(100))
    assert (job.start_time, again.queue_time, again.start_time) == (at(40), at(100), None)


def test_a_failed_job_is_tried_five_times_with_growing_pauses(store: Store) -> None:
    job, now = leased(store), 0.0
    for attempt, pause in ((1, 15), (2, 30), (3, 60), (4, 120)):
        assert job.attempt == attempt
        waiting = store.jobs.fail(job.id, job.fence, "the disk is slow", retryable=True, now=at(now), jitter=0.0)
        assert (waiting.state, waiting.error, waiting.retry_time) == (JobState.RETRYING, "the disk is slow", at(now + pause))
        assert store.jobs.lease("early", 10, at(now + pause - 1)) == []
        now += pause
        (job,) = store.jobs.lease("worker", 10, at(now))
    dead = store.jobs.fail(job.id, job.fence, "the disk is slow", retryable=True, now=at(now), jitter=0.0)
    assert (dead.state, dead.attempt, dead.retry_time, dead.finish_time) == (JobState.FAILED, 5, None, at(now))
    assert store.documents.get(document_of(job)).state is DocumentState.FAILED
    assert store.jobs.lease("worker", 10, at(99999)) == []


def test_a_job_that_fails_in_vain_is_given_up_at_once(store: Store) -> None:
    job = leased(store)
    dead = store.jobs.fail(job.id, job.fence, "not a PDF", retryable=False, now=at(1), jitter=0.0)
    assert (dead.state, dead.error) == (JobState.FAILED, "not a PDF")
    assert [warning.message for warning in store.documents.get(document_of(job)).warnings] == ["not a PDF"]
    assert document_of(job) in [marked for marked, _ in store.outbox.pending(10)]


def test_a_released_job_is_first_in_the_queue_and_has_lost_no_attempt(store: Store) -> None:
    job = leased(store)
    deliver(store, "later", now=at(1))
    store.jobs.release(job.id, job.fence, at(9))
    first, _ = store.jobs.lease("worker", 2, at(9))
    assert (first.id, first.attempt) == (job.id, 1)


def test_a_cancelled_job_ends_and_its_document_says_so(store: Store) -> None:
    job = leased(store)
    cancelled = store.jobs.cancel(job.id, at(3))
    assert (cancelled.state, cancelled.finish_time) == (JobState.CANCELLED, at(3))
    document = store.documents.get(document_of(job))
    assert (document.state, [warning.code for warning in document.warnings]) == (DocumentState.FAILED, ["CANCELLED"])
    with pytest.raises(JobEnded, match="cancelled"):
        store.jobs.cancel(job.id, at(4))


def test_cancelling_a_second_reading_before_it_began_leaves_the_document_ready(store: Store) -> None:
    job = leased(store)
    store.documents.set_result(document_of(job), job.fence, DocumentState.READY, "de", [], has_archive=False, now=START)
    store.jobs.succeed(job.id, job.fence, START)
    store.jobs.cancel(store.jobs.enqueue(document_of(job), *READ, START), START)
    assert store.documents.get(document_of(job)).state is DocumentState.READY


def test_only_a_job_that_failed_can_be_retried(store: Store) -> None:
    job = leased(store)
    with pytest.raises(JobNotFailed, match="running"):
        store.jobs.retry(job.id, START)
    store.jobs.succeed(job.id, job.fence, START)
    with pytest.raises(JobNotFailed, match="succeeded"):
        store.jobs.retry(job.id, START)


def test_a_retried_job_has_all_its_attempts_and_keeps_its_pages(store: Store) -> None:
    job = leased(store)
    store.pages.begin(document_of(job), job.id, job.fence, [(1, "", True), (2, "", True)])
    store.pages.save(document_of(job), job.id, job.fence, PageRecord(1, PageState.DONE, "read"))
    store.jobs.fail(job.id, job.fence, "broken", retryable=False, now=START, jitter=0.0)
    queued = store.jobs.retry(job.id, at(9))
    assert (queued.state, queued.attempt, queued.error, queued.finish_time) == (JobState.QUEUED, 0, "", None)
    assert store.documents.get(document_of(job)).state is DocumentState.ACCEPTED
    assert store.pages.pending(document_of(job)) == [2]
    assert [job.attempt for job in store.jobs.lease("worker", 1, at(9))] == [1]


def test_a_document_is_read_by_one_job_at_a_time(store: Store) -> None:
    job = leased(store)
    with pytest.raises(JobActive) as caught:
        store.jobs.enqueue(document_of(job), *READ, START)
    assert caught.value.job_id == job.id
    store.jobs.fail(job.id, job.fence, "broken", retryable=False, now=START, jitter=0.0)
    second = store.jobs.enqueue(document_of(job), *READ, START)
    assert (store.jobs.get(second).options, store.jobs.get(second).label) == (READ[2], "letter")
    with pytest.raises(JobActive):
        store.jobs.retry(job.id, START)


def test_a_refused_job_leaves_the_pages_as_they_are(store: Store) -> None:
    job = leased(store)
    store.pages.begin(document_of(job), job.id, job.fence, [(1, "own text", False)])
    with pytest.raises(JobActive):
        store.jobs.enqueue(document_of(job), *READ, START)
    assert store.pages.pending(document_of(job)) == []


def test_a_job_on_a_missing_document_is_refused(store: Store) -> None:
    with pytest.raises(DocumentNotFound):
        store.jobs.enqueue(DocumentId(7), *READ, START)


def test_the_index_is_rebuilt_by_one_job_at_a_time(store: Store) -> None:
    document_id(store)
    first = store.jobs.enqueue(None, JobKind.REBUILD_INDEX, "index", {}, START)
    with pytest.raises(JobActive):
        store.jobs.enqueue(None, JobKind.REBUILD_INDEX, "index", {}, START)
    store.jobs.cancel(first, START)
    assert store.jobs.enqueue(None, JobKind.REBUILD_INDEX, "index", {}, START) > first


def test_jobs_are_listed_newest_first_by_state_and_document(store: Store) -> None:
    for number in range(6):
        deliver(store, f"{number}")
    running = store.jobs.lease("worker", 2, START)
    store.jobs.cancel(JobId(6), START)

    def ids(*states: JobState, document: DocumentId | None = None, after: JobId | None = None, limit: int = 10) -> list[int]:
        return [job.id for job in store.jobs.list(states, document, after, limit)]

    assert [job.id for job in running] == [1, 2]
    assert ids() == [6, 5, 4, 3, 2, 1]
    assert ids(JobState.RUNNING, JobState.CANCELLED) == [6, 2, 1]
    assert ids(JobState.RUNNING, JobState.QUEUED, limit=3) == [5, 4, 3]
    assert ids(JobState.RUNNING, JobState.QUEUED, after=JobId(3), limit=3) == [2, 1]
    assert ids(document=DocumentId(4)) == [4]
    assert ids(JobState.RUNNING, document=DocumentId(4)) == []


@pytest.mark.parametrize(
    "write",
    [
        lambda store, job: store.jobs.progress([Progress(job.id, job.fence, "read", 1, 2)], START),
        lambda store, job: store.jobs.succeed(job.id, job.fence, START),
        lambda store, job: store.jobs.fail(job.id, job.fence, "no", True, START, 0.0),
        lambda store, job: store.jobs.fail(job.id, job.fence, "no", False, START, 0.0),
        lambda store, job: store.jobs.release(job.id, job.fence, START),
        lambda store, job: store.jobs.cancel(job.id, START),
        lambda store, job: store.jobs.take_over(START),
        lambda store, job: store.jobs.lease("another", 1, at(60)),
    ],
)
def test_every_write_of_a_job_is_a_change(store: Store, write: Callable[[Store, Job], object]) -> None:
    job = leased(store)
    seen = store.jobs.last_change()
    assert store.jobs.changed_since(seen, 10) == []
    write(store, job)
    changed = store.jobs.changed_since(seen, 10)
    assert [(each.id, each.change) for each in changed] == [(job.id, store.jobs.last_change())]
    assert changed == [store.jobs.get(job.id)]


def test_a_purge_never_gives_a_change_number_twice(store: Store) -> None:
    first = document_id(store)
    before = store.jobs.last_change()
    store.documents.delete(first, None, START)
    store.documents.purge(first)
    assert store.jobs.last_change() == before
    deliver(store, "second")
    assert [job.change for job in store.jobs.changed_since(before, 10)] == [before + 1]


def test_a_watcher_misses_no_change_of_many_writers(store: Store, url: str, data: DataDir) -> None:
    jobs = [leased(store, f"{number}") for number in range(4)]
    stores = [open_store(url, data) for _ in jobs]
    ended = Event()

    def work(number: int) -> None:
        for page in range(1, 16):
            stores[number].jobs.progress([Progress(jobs[number].id, jobs[number].fence, "read", page, 15)], START)

    def watch() -> dict[JobId, int]:
        seen, place = {}, 0
        while True:
            last_look = ended.is_set()
            for job in store.jobs.changed_since(place, 2):
                assert job.change > place
                place, seen[job.id] = job.change, job.pages_done
            if last_look and place == store.jobs.last_change():
                return seen

    with ThreadPoolExecutor(5) as threads:
        watcher = threads.submit(watch)
        for worker in [threads.submit(work, number) for number in range(4)]:
            worker.result()
        ended.set()
        assert watcher.result() == {job.id: 15 for job in jobs}
    for opened in stores:
        opened.close()
