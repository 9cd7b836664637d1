"""F12: a file that is still written is not taken in, however slow its writer is; what is taken in is what it wrote in the end."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.end_to_end.invariants import work_that_is_stuck
from tests.end_to_end.person import Person
from tests.faults.plugin import Trials

WRITER = Path(__file__).with_name("writer.py")
# The daemon of these tests takes a file to have settled when it has been the same for 0.3 s.
LONG, SHORT, FOR_EVER = 0.8, 0.05, 600.0
PIECES = 4


@dataclass(frozen=True, slots=True)
class Manner:
    """How a file is written (writer.py), with which pauses, and how often the writer is let go on before it is killed, if at all."""

    name: str
    written: str
    pause: float
    killed: bool = False
    one_document: bool = True


MANNERS = (
    Manner("held open with long pauses", "held", LONG),
    Manner("opened again after short pauses", "reopened", SHORT),
    # At rest for longer than the settle time it is a file like any other, and what comes after is another one.
    Manner("opened again after long pauses", "reopened", LONG, one_document=False),
    Manner("renamed into place", "renamed", LONG),
    Manner("under a working name", "under_a_working_name", LONG),
    Manner("killed in the middle", "held", FOR_EVER, killed=True),
)


@dataclass(frozen=True, slots=True)
class Writing:
    """A file that is being written."""

    manner: Manner
    name: str
    words: list[str]
    writer: "subprocess.Popen[str]"

    @property
    def content(self) -> str:
        """Give what lies there in the end."""
        return "".join(f"{word}\n" for word in (self.words[:1] if self.manner.killed else self.words))


@pytest.mark.fault("F12", each=6, nightly=204)
@pytest.mark.timeout(3600)
def test_slow_writers_files_are_taken_in_whole_and_nothing_they_wrote_is_lost(trials: Trials, person: Person) -> None:
    for number in range(0, trials.count, len(MANNERS)):
        with ExitStack() as at_work:
            writings = [at_work.enter_context(started(person, manner, number)) for manner in MANNERS]
            let_them_write(person, writings)
        person.wait_until(person.daemon.settled)
        assert [wrong for writing in writings for wrong in what_is_wrong(person, writing)] == []
        documents = list(person.client.list_documents())
        assert work_that_is_stuck(person, documents) == []
        assert list(person.daemon.data.incoming.iterdir()) == []
        trials.tried(len(MANNERS))


def let_them_write(person: Person, writings: list[Writing]) -> None:
    """Wait until all have written what they will; one that is to be killed is killed after its first piece."""
    for writing in writings:
        if writing.manner.killed:
            assert writing.writer.stdout is not None
            assert writing.writer.stdout.readline().strip() == writing.words[0]
            assert [each.id for each in person.client.list_documents() if each.original_filename == writing.name] == []
            writing.writer.kill()
        else:
            assert writing.writer.wait(60) == 0


def what_is_wrong(person: Person, writing: Writing) -> Iterator[str]:
    """Tell how the documents that a file became differ from what was written."""
    documents = [each for each in person.client.list_documents(order_by="id") if each.original_filename == writing.name]
    if writing.manner.one_document and len(documents) != 1:
        yield f"{writing.name}: {len(documents)} documents"
    contents = [person.take(document.id).decode() for document in documents]
    if "".join(ended(contents)) != writing.content:
        yield f"{writing.name}: {contents!r}"
    word = writing.content.split()[-1]
    if person.finds(word) != [documents[-1].id]:
        yield f"{writing.name}: {word} is found in {person.finds(word)}"


def ended(contents: list[str]) -> Iterator[str]:
    """Leave out what another goes on: a writer between the accept and the removal of its file has it taken in once more, whole."""
    for content, after in zip(contents, [*contents[1:], ""], strict=True):
        if not after.startswith(content):
            yield content


@contextmanager
def started(person: Person, manner: Manner, number: int) -> Iterator[Writing]:
    """Begin to write a file into the watched folder; no two files of all tests are alike."""
    name = f"{manner.name} {number}.txt"
    words = [f"{manner.written}{manner.pause}x{number}x{piece}".replace(".", "d") for piece in range(PIECES)]
    command = [sys.executable, str(WRITER), manner.written, str(person.daemon.data.consume / name), str(manner.pause), *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        try:
            yield Writing(manner, name, words, writer)
        finally:
            writer.kill()
