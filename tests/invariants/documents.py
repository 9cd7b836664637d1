"""I1, I2, I4 and I5: what the archive says of its documents is what was handed in."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from actors.store.database import Database
from actors.store.nouns.jobs import JobState
from actors.store.rows.archive import JobRow
from scriba.v1.documents_pb2 import Document, DocumentState
from tests.end_to_end.person import Person
from tests.invariants.sent import Sent, deliveries
from tests.running import ACTIVE

ENDED = (DocumentState.DOCUMENT_STATE_READY, DocumentState.DOCUMENT_STATE_FAILED)
# A lease that has run out is taken by the next look of the pipeline, which comes every second.
LEASE_GRACE = timedelta(seconds=5)
SHA256_LETTERS = 64


def not_one_document_each(documents: Sequence[Document], sent: Mapping[str, Sent]) -> list[str]:
    """I1: exactly one document for each distinct source, and each further delivery of it is noted."""
    wanted = deliveries(sent)
    there = Counter(document.sha256 for document in documents)
    wrong = [f"I1: {name} is no document" for name, each in sent.items() if each.sha256 not in there]
    for document in documents:
        if document.sha256 not in wanted:
            wrong.append(f"I1: {document.original_filename} was never sent")
        elif there[document.sha256] > 1:
            wrong.append(f"I1: {document.original_filename} is there {there[document.sha256]} times")
        elif document.duplicate_count != wanted[document.sha256] - 1:
            came = document.duplicate_count + 1
            wrong.append(f"I1: {document.original_filename} was sent {wanted[document.sha256]} times, {came} are noted")
    return wrong


def bytes_that_differ(person: Person, documents: Sequence[Document], sent: Mapping[str, Sent]) -> list[str]:
    """I2: what is stored is what was sent, what the row says, and what is given out."""
    wrong = []
    by_sha = {each.sha256: each.content for each in sent.values()}
    by_name: defaultdict[str, list[Path]] = defaultdict(list)
    for path in person.daemon.data.originals.glob("*/*"):
        by_name[path.name[:SHA256_LETTERS]].append(path)
    for document in documents:
        stored = by_name[document.sha256]
        if len(stored) != 1 or stored[0].read_bytes() != by_sha.get(document.sha256):
            wrong.append(f"I2: {document.original_filename} is not what was sent: {stored}")
        if hashlib.sha256(person.take(document.id)).hexdigest() != document.sha256:
            wrong.append(f"I2: {document.original_filename} is given out as something else")
    return wrong


def work_that_is_stuck(person: Person, documents: Sequence[Document]) -> list[str]:
    """I4: every document is ready or has visibly failed, no job is at work, and no lease has run out."""
    unfinished = [f"I4: {each.original_filename} is in state {each.state}" for each in documents if each.state not in ENDED]
    silent = [
        f"I4: {each.original_filename} has failed without a word"
        for each in documents
        if each.state == DocumentState.DOCUMENT_STATE_FAILED and not each.warnings
    ]
    working = [f"I4: job {job.id} is {job.state}" for job in person.client.list_jobs(ACTIVE)]
    return unfinished + silent + working + expired_leases(person.daemon.store_url)


def expired_leases(store_url: str) -> list[str]:
    """Look into the database itself for leases that nobody has renewed."""
    late = select(JobRow.id).where(JobRow.state == JobState.RUNNING, JobRow.due_time < datetime.now(UTC) - LEASE_GRACE)
    with closing(Database(store_url)) as database, database.read() as session:
        return [f"I4: the lease of job {job} has run out" for job in session.scalars(late)]


def words_not_found(person: Person, documents: Sequence[Document], sent: Mapping[str, Sent], purged: Sequence[str]) -> list[str]:
    """I5: each ready document is found by its own word, and by nothing else; what was purged is not found any more."""
    by_sha = {document.sha256: document.id for document in documents if document.state == DocumentState.DOCUMENT_STATE_READY}
    wrong = []
    for each in sent.values():
        found = person.finds(each.word) if each.word else []
        if each.word and found != [by_sha.get(each.sha256, "")]:
            wrong.append(f"I5: {each.word} is found in {found}")
    ghosts = [f"I5: {word} was purged, and is found in {found}" for word in purged if (found := person.finds(word))]
    return wrong + ghosts + strangers_in_the_index(person, documents)


def strangers_in_the_index(person: Person, documents: Sequence[Document]) -> list[str]:
    """Find everything there is: it is all the documents, each once."""
    everything = Counter(person.finds("*"))
    ready = {document.id for document in documents if document.state in ENDED}
    wrong = [f"I5: document {each} is found, and there is none" for each in everything.keys() - {document.id for document in documents}]
    wrong += [f"I5: document {each} is not found" for each in ready - everything.keys()]
    return wrong + [f"I5: document {each} is found twice" for each, times in everything.items() if times > 1]
