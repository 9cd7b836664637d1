"""Watch: jobs as they go on, over lost connections."""

from typing import Annotated

import typer

import scriba
from scriba.v1.admin_pb2 import GetServerInfoRequest, Job, JobState
from scriba_cli.exit_codes import ExitCode
from scriba_cli.jobs import error_line
from scriba_cli.options import Json
from scriba_cli.progress import JobView
from scriba_cli.proto_json import print_json_line
from scriba_cli.session import finish, interruptible, open_client
from scriba_cli.terminal import err

_GO_ON = "the jobs go on; `scriba watch` shows them again"
# A watch outlives the server: a person ends it, or the jobs do.
PATIENT = scriba.Backoff(attempts=1_000_000)


def watch(
    job_ids: Annotated[list[str] | None, typer.Argument(metavar="[JOB]", help="Only these, until they have ended.")] = None,
    as_json: Json = False,
) -> None:
    """Follow jobs as they go on; with --json one line for each change."""
    with open_client() as client:
        client.admin.GetServerInfo(GetServerInfoRequest())  # a server that isn't there at first is told at once
        if job_ids:
            finish(len(job_ids), failures(follow(client, job_ids, as_json)))
            return
        with interruptible(_GO_ON), JobView() as view:
            for change in client.watch_jobs(retry=PATIENT, on_lost=view.lost):
                if as_json:
                    print_json_line(change)
                else:
                    view.put(change.job)


def follow(client: scriba.Client, job_ids: list[str], as_json: bool = False) -> list[Job]:
    """Show jobs until all have ended, and give them as they ended."""
    last: dict[str, Job] = {}
    with interruptible(_GO_ON), JobView() as view:
        for job in client.follow_jobs(job_ids, retry=PATIENT, on_lost=view.lost):
            if as_json and last.get(job.id) != job:
                print_json_line(job)
            elif not as_json:
                view.put(job)
            last[job.id] = job
    return list(last.values())


def failures(jobs: list[Job]) -> list[ExitCode]:
    """Tell why jobs failed, and give a code for each."""
    failed = [job for job in jobs if job.state != JobState.JOB_STATE_SUCCEEDED]
    for job in failed:
        if job.error:
            err.print(error_line(job))
    return [ExitCode.REFUSED for _ in failed]
