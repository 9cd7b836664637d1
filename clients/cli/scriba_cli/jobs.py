"""Jobs: list, start again, stop."""

from enum import StrEnum
from typing import Annotated

import typer
from rich.text import Text

import scriba
from scriba.v1.admin_pb2 import CancelJobRequest, Job, JobState, ListJobsRequest, ListJobsResponse, RetryJobRequest
from scriba_cli import wording
from scriba_cli.options import JobIds, Json
from scriba_cli.proto_json import print_json
from scriba_cli.session import for_each, open_client
from scriba_cli.terminal import add_column, add_text_column, new_table, out, plain, print_table, say

_PAGE = 500
_SHOWN = 50


class State(StrEnum):
    """Where a job can stand."""

    QUEUED = "queued"
    RUNNING = "running"
    RETRYING = "retrying"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


def list_jobs(
    state: Annotated[list[State] | None, typer.Option("--state", "-s", help="Only these; may be repeated.")] = None,
    document: Annotated[str, typer.Option("--document", metavar="ID", help="Only those of this document.")] = "",
    limit: Annotated[
        int | None, typer.Option("--limit", "-n", min=1, help=f"How many at most (default: {_SHOWN}; all with --json).")
    ] = None,
    as_json: Json = False,
) -> None:
    """List jobs, newest first."""
    states = [JobState.Value(f"JOB_STATE_{each.name}") for each in state or []]
    request = ListJobsRequest(page_size=_PAGE, states=states, document_id=document)
    answer = ListJobsResponse()
    with open_client() as client:
        most = limit if limit or as_json else _SHOWN
        for page in scriba.pages(client.admin.ListJobs, request, lambda page: len(page.jobs), most):
            answer.jobs.extend(page.jobs)
            answer.next_page_token = page.next_page_token
    if as_json:
        print_json(answer)
    else:
        _print_jobs(answer)


def retry(job_ids: JobIds, as_json: Json = False) -> None:
    """Queue failed or cancelled jobs again."""
    with open_client() as client:

        def retry_one(job_id: str) -> None:
            answer = client.admin.RetryJob(RetryJobRequest(id=job_id))
            if as_json:
                print_json(answer)
            else:
                say(f"job {plain(job_id)} is {wording.job_state(answer.job)}")

        for_each(job_ids, client, retry_one)


def cancel(job_ids: JobIds, as_json: Json = False) -> None:
    """Stop jobs; their documents stay."""
    with open_client() as client:

        def cancel_one(job_id: str) -> None:
            answer = client.admin.CancelJob(CancelJobRequest(id=job_id))
            if as_json:
                print_json(answer)
            else:
                say(f"job {plain(job_id)} is {wording.job_state(answer.job)}")

        for_each(job_ids, client, cancel_one)


def _print_jobs(answer: ListJobsResponse) -> None:
    if not answer.jobs:
        say("no jobs")
        return
    table = new_table()
    add_column(table, "Job", right=True)
    add_text_column(table, "Document")
    add_column(table, "State")
    add_column(table, "Step")
    add_column(table, "Pages", right=True)
    add_column(table, "Changed")
    for job in answer.jobs:
        state = wording.job_state(job)
        style = wording.STATE_STYLES.get(state, "")
        changed = wording.moment(job.update_time)
        table.add_row(job.id, plain(job.label), Text(state, style=style), job.step, wording.pages_of(job), changed)
    print_table(table)
    for job in answer.jobs:
        if job.error:
            out.print(error_line(job))
    if answer.next_page_token:
        say(f"the newest {len(answer.jobs)}; --limit shows more")


def error_line(job: Job) -> Text:
    """Say why a job failed, and when it goes on by itself."""
    again = f" (tried again at {wording.moment(job.retry_time)[11:]})" if job.state == JobState.JOB_STATE_RETRYING else ""
    return Text(plain(f"job {job.id}: {job.error}{again}"), style="red")
