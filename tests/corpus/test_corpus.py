"""Real documents go the whole way: kept as they are, read or visibly failed, and found by what they say."""

import hashlib
import stat
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from scriba.v1.documents_pb2 import Document, DocumentState
from tests.corpus.manifest import MISSING, Paper, papers
from tests.end_to_end.invariants import files_left_over, work_that_is_stuck
from tests.end_to_end.person import Person
from tests.running import running, wait_until

QUICK = (
    "scans/skew.pdf",
    "scans/jbig2.pdf",
    "scans/multi-page-images.pdf",
    "images/simple.gif",
    "images/simple.heic",
    "images/phototest-rotated-180.png",
    "born-digital/simple.pdf",
    "signed-encrypted/signed.pdf",
    "signed-encrypted/password-is-test.pdf",
    "broken/png-named.pdf",
    "broken/invalid.pdf",
)
# Pages of a gigapixel, read in minutes: those go through the folder, in the soak.
SLOW = ("broken/enormous.pdf", "broken/hugemono.pdf")
LEAST_FOUND = 0.98
MOST_SECONDS = 3000.0

pytestmark = pytest.mark.skipif(not papers(), reason=MISSING)


def unlike_expected(documents: Mapping[str, Document], sent: Sequence[Paper]) -> list[str]:
    """Tell which documents are not in the state that is expected of them."""
    wrong = []
    for paper in sent:
        document = documents.get(paper.sha256)
        if document is None:
            wrong.append(f"{paper.name}: is not there")
        elif document.state != DocumentState.DOCUMENT_STATE_READY and not paper.may_fail:
            wrong.append(f"{paper.name}: failed: {[warning.message for warning in document.warnings]}")
        elif paper.is_trouble and document.state == DocumentState.DOCUMENT_STATE_READY and not document.warnings:
            wrong.append(f"{paper.name}: is ready without a warning, though {paper.expect}")
    return wrong


def originals_that_differ(person: Person, sent: Sequence[Paper]) -> list[str]:
    """Tell which stored files are not what was sent, or may be written."""
    wrong = []
    for paper in sent:
        stored = list(person.daemon.data.originals.glob(f"*/{paper.sha256}*"))
        if len(stored) != 1 or hashlib.sha256(stored[0].read_bytes()).hexdigest() != paper.sha256:
            wrong.append(f"{paper.name}: {stored}")
        elif stat.S_IMODE(stored[0].stat().st_mode) != 0o444:
            wrong.append(f"{paper.name}: may be written")
    return wrong


def phrases_not_found(person: Person, documents: Mapping[str, Document], sent: Sequence[Paper]) -> list[str]:
    """Search as a person does, several words in quotes and one without, and tell what is not found in its document."""
    return [
        f"{paper.name}: {phrase}"
        for paper in sent
        for phrase in paper.phrases
        if documents[paper.sha256].id not in person.finds(f'"{phrase}"' if " " in phrase else phrase)
    ]


def test_a_handful_of_real_documents_go_the_whole_way(person: Person) -> None:
    sent = [paper for paper in papers() if paper.name in QUICK]
    assert len(sent) == len(QUICK)
    answers = [person.upload(paper.path.name, paper.path.read_bytes()) for paper in sent]
    for answer in answers:
        person.wait(answer.job_id)
    documents = {answer.document.sha256: person.look(answer.document.id) for answer in answers}
    assert unlike_expected(documents, sent) == []
    assert originals_that_differ(person, sent) == []
    assert phrases_not_found(person, documents, sent) == []


def test_broken_documents_end_as_expected_whether_sent_by_rpc_or_by_command(person: Person) -> None:
    sent = [paper for paper in papers() if paper.name.startswith("broken/") and paper.name not in SLOW]
    answers = [person.upload(paper.path.name, paper.path.read_bytes()) for paper in sent]
    jobs = [person.wait(answer.job_id or next(iter(person.client.list_jobs(document_id=answer.document.id))).id) for answer in answers]
    documents = {answer.document.sha256: person.look(answer.document.id) for answer in answers}
    assert unlike_expected(documents, sent) == []
    assert originals_that_differ(person, sent) == []
    typed = person.type("upload", *(str(paper.path) for paper in sent), "--wait")
    assert (typed.code, "Traceback" in typed.err) == (5, False)
    assert [job.error for job in jobs if job.error and job.error not in typed.err.replace("\n", " ")] == []


@pytest.mark.soak
@pytest.mark.timeout(MOST_SECONDS + 300)
def test_the_whole_corpus_dropped_into_the_folder_is_kept_read_and_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sent = papers()
    with running(tmp_path / "data", consumer_recursive="true") as daemon, Person(daemon) as person:
        for paper in sent:
            person.drop(paper.name, paper.path.read_bytes())
        wait_until(daemon.settled, MOST_SECONDS, daemon.story)
        documents = {document.sha256: document for document in person.client.list_documents()}
        assert len(list(person.client.list_documents())) == len({paper.sha256 for paper in sent})
        assert unlike_expected(documents, sent) == []
        assert originals_that_differ(person, sent) == []
        assert work_that_is_stuck(person, list(documents.values())) + files_left_over(daemon.data) == []
        asked = sum(len(paper.phrases) for paper in sent)
        missing = phrases_not_found(person, documents, sent)
        with capsys.disabled():
            sys.stdout.write("\n  ".join([f"\nfound {asked - len(missing)} of {asked} phrases", *missing]) + "\n")
        assert len(missing) <= (1 - LEAST_FOUND) * asked
