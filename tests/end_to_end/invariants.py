"""What must hold after every fault (RELIABILITY.md), checked from outside on a daemon that runs and has nothing left to do."""

import hashlib
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import psutil

from actors.store.data_dir import DataDir
from actors.store.store import open_store
from actors.store.types import JobState
from scriba.v1.admin_pb2 import Job
from scriba.v1.documents_pb2 import Document, DocumentState
from tests.end_to_end.person import Person
from tests.running import ACTIVE

ENDED = (DocumentState.DOCUMENT_STATE_READY, DocumentState.DOCUMENT_STATE_FAILED)


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that was handed in. `word` stands in no other; empty where nothing can be read."""

    content: bytes
    word: str

    @property
    def sha256(self) -> str:
        """Give the checksum of what was sent."""
        return hashlib.sha256(self.content).hexdigest()


def broken_invariants(person: Person, sent: Mapping[str, Sent]) -> list[str]:
    """Tell what does not hold, in words; `sent` are all the files that were ever handed in, by name."""
    documents = list(person.client.list_documents())
    return [
        *not_one_document_each(documents, sent),
        *bytes_that_differ(person, documents, sent),
        *work_that_is_stuck(person, documents),
        *words_not_found(person, documents, sent),
        *files_left_over(person.daemon.data),
    ]


def not_one_document_each(documents: list[Document], sent: Mapping[str, Sent]) -> list[str]:
    """I1: exactly one document for each distinct source."""
    wanted = sorted({each.sha256 for each in sent.values()})
    there = sorted(document.sha256 for document in documents)
    return [] if there == wanted else [f"I1: {len(wanted)} files were sent, {len(there)} documents are there ({len(set(there))} distinct)"]


def bytes_that_differ(person: Person, documents: list[Document], sent: Mapping[str, Sent]) -> list[str]:
    """I2: what is stored is what was sent, and what the row says; I6: nobody may write to it."""
    wrong = []
    by_sha = {each.sha256: each for each in sent.values()}
    for document in documents:
        stored = list(person.daemon.data.originals.glob(f"*/{document.sha256}*"))
        if len(stored) != 1 or document.sha256 not in by_sha or stored[0].read_bytes() != by_sha[document.sha256].content:
            wrong.append(f"I2: {document.original_filename} is not what was sent: {stored}")
        elif stat.S_IMODE(stored[0].stat().st_mode) != 0o444:
            wrong.append(f"I6: {stored[0]} may be written")
    return wrong


def work_that_is_stuck(person: Person, documents: list[Document]) -> list[str]:
    """I4: no lease that has run out, every document ready or visibly failed."""
    unfinished = [f"I4: {each.original_filename} is in state {each.state}" for each in documents if each.state not in ENDED]
    return unfinished + [f"I4: job {job.id} is {job.state}" for job in active_jobs(person)] + expired_leases(person.daemon.data)


def active_jobs(person: Person) -> list[Job]:
    """List the jobs that have not ended."""
    return list(person.client.list_jobs(ACTIVE))


def expired_leases(data: DataDir) -> list[str]:
    """Look into the database itself for leases that nobody has renewed."""
    store = open_store(data.database_url, data)
    try:
        running = store.jobs.list({JobState.RUNNING}, None, None, 1000)
        return [
            f"I4: job {job.id} has run since {job.update_time}" for job in running if (datetime.now(UTC) - job.update_time).seconds > 60
        ]
    finally:
        store.close()


def words_not_found(person: Person, documents: list[Document], sent: Mapping[str, Sent]) -> list[str]:
    """I5: each document is found by its own word, and by nothing else."""
    wrong = []
    by_sha = {document.sha256: document.id for document in documents if document.state == DocumentState.DOCUMENT_STATE_READY}
    for each in sent.values():
        found = person.finds(each.word) if each.word else []
        if each.word and found != [by_sha.get(each.sha256, "")]:
            wrong.append(f"I5: {each.word} is found in {found}")
    return wrong


def files_left_over(data: DataDir) -> list[str]:
    """I8: the spool and the watched folder are empty."""
    folders = (data.spool, data.consume)
    return [f"I8: {path} is left over" for folder in folders for path in folder.rglob("*") if path.is_file()]


def stray_processes(processes: list[psutil.Process]) -> list[str]:
    """I8: nothing of a daemon's that has ended still runs; `processes` was taken while it did."""
    _, alive = psutil.wait_procs(processes, timeout=10)
    return [f"I8: {process.pid} {command} still runs" for process in alive if (command := command_of(process))]


def command_of(process: psutil.Process) -> str:
    """Give the command line of a process; nothing for one that has ended."""
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""
