"""Follows jobs as they change, over broken connections."""

from collections.abc import Callable, Iterator, Sequence

from scriba.backoff import Backoff
from scriba.errors import Cancelled, DeadlineExceeded, Error, Unavailable
from scriba.v1.admin_pb2 import WatchJobsRequest, WatchJobsResponse
from scriba.v1.admin_pb2_grpc import AdminServiceStub


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
        except (Unavailable, Cancelled, DeadlineExceeded) as error:
            lost = error
        finally:
            call.cancel()  # type: ignore[no-untyped-call]  # the stubs leave it out
        failures += 1
        if retry.is_over(failures):
            raise lost
        if on_lost:
            on_lost(lost)
        retry.wait(failures)
