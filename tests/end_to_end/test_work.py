"""Jobs: watched, cancelled, gone on with, and fair to each other."""

import itertools
import json
import subprocess

from scriba.v1.admin_pb2 import CancelJobRequest, GetJobRequest, Job, JobState
from scriba.v1.documents_pb2 import DocumentState
from tests.end_to_end.person import PROGRAM, Person
from tests.ocr.papers import scan_pdf

BOOK = scan_pdf(*(f"page {number} of the long book\nabout dragons" for number in range(1, 25)))


def job_at(person: Person, job_id: str, pages: int) -> Job:
    """Watch a job until so many of its pages are done."""
    for change in person.client.watch_jobs([job_id]):
        if change.job.pages_done >= pages or change.job.state == JobState.JOB_STATE_SUCCEEDED:
            return change.job
    raise AssertionError("the watch ended")


def pages_done(person: Person, job_id: str) -> int:
    """Ask how many pages are done."""
    return person.client.admin.GetJob(GetJobRequest(id=job_id)).job.pages_done


def test_a_cancelled_job_stops_reading_and_goes_on_where_it_was(person: Person) -> None:
    answer = person.upload("book.pdf", BOOK)
    job_at(person, answer.job_id, 3)
    assert person.type("cancel", answer.job_id).code == 0
    stopped = pages_done(person, answer.job_id)
    assert 3 <= stopped < 24
    # Whatever is read now is of other jobs: a letter goes by while the book stands still.
    person.put("between.pdf", scan_pdf("a letter that goes by", "while the book stands still"))
    job = person.client.admin.GetJob(GetJobRequest(id=answer.job_id)).job
    assert (job.state, job.pages_done) == (JobState.JOB_STATE_CANCELLED, stopped)
    assert person.look(answer.document.id).state == DocumentState.DOCUMENT_STATE_FAILED
    assert person.type("retry", answer.job_id).code == 0
    first = next(change.job for change in person.client.watch_jobs([answer.job_id]) if change.job.step == "read")
    assert first.pages_done >= stopped
    assert person.wait(answer.job_id).pages_done == 24
    (found,) = person.search("dragons page 24")
    assert (found.document.id, found.document.state) == (answer.document.id, DocumentState.DOCUMENT_STATE_READY)


def test_a_letter_behind_a_book_is_ready_long_before_it(person: Person) -> None:
    book = person.upload("second book.pdf", scan_pdf(*(f"chapter {number} about wizards" for number in range(24))))
    job_at(person, book.job_id, 1)
    letter = person.put("letter.pdf", scan_pdf("a short letter about a kettle"))
    assert letter.state == DocumentState.DOCUMENT_STATE_READY
    assert pages_done(person, book.job_id) < 20
    person.client.admin.CancelJob(CancelJobRequest(id=book.job_id))


def test_the_watch_tells_every_step_to_the_end(person: Person) -> None:
    answer = person.upload("steps.pdf", scan_pdf("one step", "and another", "and a third"))
    watching = subprocess.Popen(
        [*PROGRAM, "watch", answer.job_id, "--json"], env=person.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    out, _ = watching.communicate(timeout=60)
    jobs = [json.loads(line) for line in out.splitlines()]
    assert watching.returncode == 0
    assert (jobs[-1]["state"], jobs[-1]["step"], jobs[-1]["pages_done"]) == ("JOB_STATE_SUCCEEDED", "ready", 3)
    steps = [step for step, _ in itertools.groupby(job["step"] for job in jobs)]
    assert steps == sorted(steps, key=["", "accepted", "rendered", "read", "bound", "understood", "indexed", "ready"].index)


def test_a_watch_resumes_without_missing_a_change(person: Person) -> None:
    answer = person.upload("resumed.pdf", scan_pdf("the first half", "the second half"))
    changes = person.client.watch_jobs([answer.job_id])
    token = next(changes).resume_token
    person.wait(answer.job_id)
    missed = next(iter(person.client.watch_jobs([answer.job_id], resume_token=token))).job
    assert missed.state == JobState.JOB_STATE_SUCCEEDED
