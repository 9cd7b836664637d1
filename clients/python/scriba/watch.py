"""Follows jobs as they change, over broken connections."""

from collections.abc import Callable, Iterator, Sequence

from scriba.backoff import Backoff
from scriba.errors import Cancelled, DeadlineExceeded, Error, Unavailable
from scriba.v1.admin_pb2 import GetJobRequest, Job, JobState, WatchJobsRequest, WatchJobsResponse
from scriba.v1.admin_pb2_grpc import AdminServiceStub

ENDED_STATES = frozenset({JobState.JOB_STATE_SUCCEEDED, JobState.JOB_STATE_FAILED, JobState.JOB_STATE_CANCELLED})

# A job may end before the watch, which begins with the jobs that have not ended, first looks; so now and then each is asked after.
LOOK_AGAIN_SECONDS = 10.0
MOST_WATCHED = 1000  # the contract's bound on job ids

_LOST = (Unavailable, Cancelled, DeadlineExceeded)


def watch_jobs(
    admin: AdminServiceStub, job_ids: Sequence[str], resume_token: str, retry: Backoff, on_lost: Callable[[Error], None] | None
) -> Iterator[WatchJobsResponse]:
    """Give each change of the jobs, until the caller stops; after a break it goes on behind the last change that arrived.

    Raises the last error when `retry` says that it is enough.
    """
    failures = 0
    while True:
        call = admin.WatchJobs(WatchJobsRequest(resume_token=resume_token, job_ids=job_ids))
        try:
            for change in call:
                failures = 0
                resume_token = change.resume_token
                yield change
            lost: Error = Unavailable("the server ended the watch")
        except _LOST as error:
            lost = error
        finally:
            call.cancel()  # type: ignore[no-untyped-call]  # the stubs leave it out
        failures += 1
        if retry.is_over(failures):
            raise lost
        if on_lost:
            on_lost(lost)
        retry.wait(failures)


def follow_jobs(admin: AdminServiceStub, job_ids: Sequence[str], retry: Backoff, on_lost: Callable[[Error], None] | None) -> Iterator[Job]:
    """Give these jobs as they are and as they change, until all have ended.

    Raises NotFound for a job that isn't there, and the last error when `retry` says that it is enough.
    """
    waiting = dict.fromkeys(job_ids)
    failures = 0
    while waiting:
        try:
            for job in _look_and_watch(admin, list(waiting)):
                failures = 0
                if job.id not in waiting:  # it had ended at the first look, and the watch tells again how
                    continue
                if job.state in ENDED_STATES:
                    waiting.pop(job.id, None)
                yield job
                if not waiting:
                    return
        except _LOST as error:
            failures += 1
            if retry.is_over(failures):
                raise
            if on_lost:
                on_lost(error)
        retry.wait(max(failures, 1))


def _look_and_watch(admin: AdminServiceStub, job_ids: Sequence[str]) -> Iterator[Job]:
    for job_id in job_ids:
        yield admin.GetJob(GetJobRequest(id=job_id)).job
    call = admin.WatchJobs(WatchJobsRequest(job_ids=job_ids[:MOST_WATCHED]), timeout=LOOK_AGAIN_SECONDS)
    try:
        for change in call:
            yield change.job
    except DeadlineExceeded:
        return
    finally:
        call.cancel()  # type: ignore[no-untyped-call]  # the stubs leave it out
