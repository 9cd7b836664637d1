"""The checker sees what it is there to see: an archive is doctored in every way that an invariant forbids."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import pytest
from sqlalchemy import update

from actors.store.database import Database
from actors.store.nouns.archive import DocumentState
from actors.store.opening import open_store
from actors.store.rows.archive import DocumentRow
from scriba.v1.documents_pb2 import Document
from scriba.v1.notes_pb2 import CreateNoteRequest, DeleteNoteRequest
from tests.end_to_end.invariants import Sent, broken_invariants, lost_files, note, stray_processes
from tests.end_to_end.person import Person
from tests.invariants.documents import expired_leases
from tests.invariants.leftovers import descriptors_left_open, processes_left_over
from tests.invariants.originals import files
from tests.running import Daemon, running
from tests.store.making import deliver

# A checkup works in a process of its own, which takes its time on a busy machine.
pytestmark = pytest.mark.timeout(600)

SENT = {f"letter-{number}.txt": Sent(f"letter {number} about goldfinch{number}\n".encode(), f"goldfinch{number}") for number in range(3)}


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Daemon]:
    """A daemon whose archive is doctored; each test leaves it as it was."""
    with running(tmp_path_factory.mktemp("doctored") / "data", consumer_stability_delay="0.3") as daemon:
        with Person(daemon) as person:
            for name, each in SENT.items():
                person.drop(name, each.content)
            person.wait_until(lambda: len(daemon.documents()) == len(SENT) and daemon.settled())
        yield daemon


@pytest.fixture
def person(own: Daemon) -> Iterator[Person]:
    """Somebody who uses it."""
    with Person(own) as person:
        yield person


def kinds(wrong: list[str]) -> set[str]:
    """Name the invariants that are broken."""
    return {words.split(":")[0] for words in wrong}


def first(person: Person) -> Document:
    """Give the document that is doctored."""
    document = person.find_file("letter-0.txt")
    assert document is not None
    return document


def set_state(daemon: Daemon, document: Document, state: DocumentState) -> None:
    """Write a state behind everybody's back."""
    with closing(Database(daemon.store_url)) as database, database.write() as session:
        session.execute(update(DocumentRow).where(DocumentRow.id == int(document.id)).values(state=state))


def test_a_sound_archive_breaks_nothing(person: Person) -> None:
    assert broken_invariants(person, SENT, note(person.daemon), purged=["nightingale"]) == []


def test_a_document_that_is_missing_too_many_or_delivered_more_often_breaks_i1(person: Person) -> None:
    missing = broken_invariants(person, SENT | {"more.txt": Sent(b"more", "")})
    assert kinds(missing) == {"I1", "I3"}
    assert kinds(broken_invariants(person, {name: SENT[name] for name in list(SENT)[1:]})) == {"I1", "I2"}
    assert kinds(broken_invariants(person, SENT | {"letter-0.txt": replace(SENT["letter-0.txt"], times=2)})) == {"I1"}


def test_an_original_that_is_changed_or_gone_breaks_i2_i3_and_i9(person: Person) -> None:
    [original] = person.daemon.data.originals.glob(f"*/{SENT['letter-0.txt'].sha256}*")
    noted = note(person.daemon)
    content = original.read_bytes()
    original.chmod(0o644)
    assert kinds(broken_invariants(person, SENT, noted)) == {"I6", "I9"}
    original.write_bytes(content.replace(b"letter", b"ladder"))
    original.chmod(0o444)
    assert kinds(broken_invariants(person, SENT, noted)) == {"I2", "I3", "I6", "I9"}
    original.chmod(0o644)
    original.write_bytes(content)
    original.chmod(0o444)
    assert kinds(broken_invariants(person, SENT)) == set()


def test_work_without_an_end_breaks_i4(person: Person) -> None:
    document = first(person)
    for state in (DocumentState.PROCESSING, DocumentState.FAILED):
        set_state(person.daemon, document, state)
        assert "I4" in kinds(broken_invariants(person, SENT))
    set_state(person.daemon, document, DocumentState.READY)
    assert broken_invariants(person, SENT) == []


def test_a_word_that_finds_nothing_another_or_a_ghost_breaks_i5(person: Person) -> None:
    assert kinds(broken_invariants(person, SENT | {"letter-0.txt": replace(SENT["letter-0.txt"], word="goldfinch1")})) == {"I5"}
    assert kinds(broken_invariants(person, SENT | {"letter-0.txt": replace(SENT["letter-0.txt"], word="heron")})) == {"I5"}
    assert kinds(broken_invariants(person, SENT, purged=["goldfinch2"])) == {"I5"}


@pytest.mark.parametrize("name", ["local.token", "cluster.token"])
def test_a_secret_in_an_answer_or_in_the_log_breaks_i7(person: Person, name: str) -> None:
    secret = (person.daemon.data.secrets / name).read_text().strip()
    newest = next(iter(person.client.list_documents(limit=1))).id
    note = person.client.notes.CreateNote(CreateNoteRequest(document_id=newest, text=f"about {secret}")).note
    assert kinds(broken_invariants(person, SENT)) == {"I7"}
    person.client.notes.DeleteNote(DeleteNoteRequest(document_id=newest, id=note.id))
    size = person.daemon.log.stat().st_size
    with person.daemon.log.open("a") as log:
        log.write(f"{secret}\n")
    assert kinds(broken_invariants(person, SENT)) == {"I7"}
    with person.daemon.log.open("r+b") as log:
        log.truncate(size)
    assert broken_invariants(person, SENT) == []


def test_a_file_that_is_left_over_breaks_i8(person: Person) -> None:
    for folder in (person.daemon.data.incoming, person.daemon.data.pages):
        left = folder / "left"
        left.touch()
        assert kinds(broken_invariants(person, SENT)) == {"I8"}
        left.unlink()


def test_a_process_or_a_descriptor_that_is_left_over_breaks_i8(own: Daemon) -> None:
    with own.data.database.open() as held:
        stray = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=[held.fileno()])
    assert kinds(processes_left_over(own, seconds=0)) == {"I8"}
    assert kinds(stray_processes([psutil.Process(stray.pid)], seconds=0)) == {"I8"}
    stray.communicate(b"end")
    assert stray_processes([psutil.Process(stray.pid)] if psutil.pid_exists(stray.pid) else []) == []
    assert processes_left_over(own) == []
    for who in ("the daemon", "the actors"):
        assert kinds(descriptors_left_open(own, {who: [3]}, seconds=0)) == {"I8"}


def test_a_lease_that_ran_out_and_a_file_that_vanished_are_seen_without_the_daemon(tmp_path: Path) -> None:
    daemon = Daemon(tmp_path / "data")
    late = datetime.now(UTC) - timedelta(seconds=70)
    with closing(open_store(daemon.store_url, daemon.data)) as store:
        deliver(store, SENT["letter-0.txt"].content.decode(), now=late)
        store.jobs.lease("a pipeline", 1, late)
    assert kinds(expired_leases(daemon.store_url)) == {"I4"}
    assert lost_files(daemon, SENT) == [f"I3: letter-{number}.txt is neither in the folder nor in the archive" for number in (1, 2)]
    (daemon.data.consume / "letter-1.txt").write_bytes(SENT["letter-1.txt"].content)
    files(daemon.data)[0].unlink()
    assert [words[:16] for words in lost_files(daemon, SENT)] == ["I3: letter-0.txt", "I3: letter-2.txt"]
