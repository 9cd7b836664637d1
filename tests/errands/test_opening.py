"""Workflows take the password off locked PDFs: once, by the first that opens them, with the original left as it came."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from actors.errands.sending import NOT_YET, PAUSES, Sender
from actors.errands.settings import ErrandSettings
from actors.ocr.errors import DecoderKilled, DecoderStopped, DiskTrouble, DocumentUnreadable
from actors.ocr.files.locks import is_locked, unlock_document
from actors.ocr.messages import UnlockDocument
from actors.runtime.errors import ActorLost
from actors.sealing.seals import Seals, new_key
from actors.store.files.data_dir import DataDir
from actors.store.nouns.archive import Document, DocumentId, DocumentState, NewDocument, SourceKey, SourceKind
from actors.store.nouns.assignments import Giver
from actors.store.nouns.versions import Version
from actors.store.nouns.workflows import Deeds, Errand, Password, RemovePassword, Trigger, TriggerKind, WorkflowFacts
from actors.store.store import Store
from tests.archives import open_archive
from tests.ocr.papers import encrypted_pdf
from tests.store.making import START, staged

PAPER = encrypted_pdf("the statement of the account", password="sesame")
SEALS = Seals([new_key()])
WRONG, FITS, OTHER = (Password(number, SEALS.seal(text)) for number, text in ((1, "tulip"), (2, "sesame"), (3, "crocus")))


@dataclass
class Bench:
    """An archive with a locked document, a clock that the test moves, and a decoder that may fail first."""

    store: Store
    now: datetime = START
    failures: list[Exception] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.workflow = self.store.workflows.create(WorkflowFacts("open", True, (Trigger(TriggerKind.DOCUMENT_ADDED),))).id
        self.id = self.accept("statement.pdf", PAPER)
        self.read(encrypted=True)

    def accept(self, name: str, content: bytes) -> DocumentId:
        new = NewDocument(sha256(content).hexdigest(), len(content), "application/pdf", name, name)
        self.store.originals.put(staged(self.store, content), new.sha256, ".pdf")
        return self.store.documents.accept(new, SourceKey(SourceKind.FOLDER, name), self.now).document_id

    def read(self, *, encrypted: bool) -> None:
        """Take the document to the end of its way, as the pipeline does."""
        (job,) = self.store.jobs.lease("worker", 1, self.now)
        self.store.documents.set_inspection(self.id, job.fence, 0, encrypted, False, (), self.now)
        self.store.documents.set_result(self.id, job.fence, DocumentState.READY, "en", (), False, self.now)
        self.store.jobs.succeed(job.id, job.fence, self.now)

    def want(self, *passwords: Password) -> None:
        errand = Errand(self.workflow, "open", RemovePassword(passwords))
        self.store.workflows.carry_out(self.id, Deeds(ran=(self.workflow,), errands=(errand,)), self.now)

    def do(self) -> int:
        return Sender(self.store, ErrandSettings(), self.unlock, SEALS, lambda: self.now).send_due()

    def unlock(self, order: UnlockDocument) -> None:
        if self.failures:
            raise self.failures.pop()
        unlock_document(order)

    @property
    def document(self) -> Document:
        return self.store.documents.get(self.id)

    @property
    def versions(self) -> list[Version]:
        return list(self.store.versions.list(self.id))

    @property
    def told(self) -> list[str]:
        return [warning.message for warning in self.document.warnings]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    store = open_archive(DataDir(tmp_path / "data"))
    yield Bench(store)
    assert [path for path in store.data.spool.rglob("*") if path.is_file()] == []
    store.close()


def test_the_first_password_that_opens_it_makes_a_version_that_is_read(bench: Bench) -> None:
    bench.want(WRONG, FITS)
    assert (bench.do(), bench.do()) == (1, 0)
    first, second = bench.versions
    assert (first.number, first.file.sha256) == (1, sha256(PAPER).hexdigest())
    assert (second.present, second.facts.filename, second.facts.label) == (True, "statement.pdf", "without its password")
    assert (second.facts.giver, second.facts.words) == (Giver.WORKFLOW, "open")
    assert not is_locked(bench.store.originals.path(bench.document))
    assert bench.store.originals.require(first.file.sha256).read_bytes() == PAPER
    assert bench.document.state is DocumentState.ACCEPTED
    bench.read(encrypted=False)
    assert bench.told == []


def test_where_none_opens_it_a_person_is_told_at_once_and_without_a_password(bench: Bench) -> None:
    before = bench.document
    bench.want(WRONG, OTHER)
    assert (bench.do(), bench.do()) == (1, 0)
    assert bench.told == ["The workflow 'open': none of the 2 passwords opens the PDF"]
    assert bench.store.workflows.get(bench.workflow).error == "none of the 2 passwords opens the PDF"
    assert (bench.document.sha256, bench.document.version_count) == (before.sha256, 1)


def test_of_several_that_do_not_open_it_the_last_tells(bench: Bench) -> None:
    bench.want(WRONG, OTHER)
    bench.want(WRONG)
    assert (bench.do(), bench.do()) == (2, 0)
    assert bench.told == ["The workflow 'open': the password does not open the PDF"]


def test_one_workflow_may_open_what_another_could_not(bench: Bench) -> None:
    bench.want(WRONG)
    bench.want(FITS)
    assert bench.do() == 2
    bench.read(encrypted=False)
    assert (bench.told, bench.document.version) == ([], 2)


def test_two_that_fit_make_one_version(bench: Bench) -> None:
    bench.want(FITS)
    bench.want(FITS)
    assert bench.do() == 2
    assert (len(bench.versions), bench.told) == (2, [])


def test_an_errand_that_was_done_but_not_noted_makes_no_second_version(bench: Bench) -> None:
    bench.want(FITS)
    (due,) = bench.store.errands.due(bench.now, 10)
    bench.do()
    # The daemon died before it noted that: the errand is there, and the version, too.
    bench.store.workflows.carry_out(bench.id, Deeds(errands=(due.errand,)), bench.now)
    assert bench.do() == 0
    bench.read(encrypted=False)
    assert (bench.do(), bench.do()) == (1, 0)
    assert (len(bench.versions), bench.told) == (2, [])


def test_a_disk_or_a_decoder_that_is_away_is_waited_for_and_counts_as_no_try(bench: Bench) -> None:
    bench.want(FITS)
    bench.failures = [DiskTrouble("the disk is full"), ActorLost("binder")] * 3
    for _ in range(6):
        assert (bench.do(), bench.do()) == (1, 0)
        bench.now += NOT_YET
    assert bench.do() == 1
    assert (len(bench.versions), bench.told) == (2, [])


def test_a_decoder_that_was_killed_is_tried_again_and_then_a_warning(bench: Bench) -> None:
    bench.want(FITS)
    for pause in (*PAUSES, timedelta()):
        bench.failures = [DecoderKilled("it was killed")]
        assert bench.do() == 1
        bench.now += pause
    assert bench.do() == 0
    assert bench.told == ["The workflow 'open': its password can't be taken off: it was killed; given up after 4 tries"]


@pytest.mark.parametrize("failure", [DecoderStopped("it took too long"), DocumentUnreadable("it is no PDF")])
def test_what_no_further_try_mends_is_told_at_once(bench: Bench, failure: Exception) -> None:
    bench.want(FITS)
    bench.failures = [failure]
    assert (bench.do(), bench.do()) == (1, 0)
    assert bench.told == [f"The workflow 'open': its password can't be taken off: {failure}"]


def test_a_document_that_is_exactly_the_opened_one_is_named(bench: Bench, tmp_path: Path) -> None:
    locked, opened = tmp_path / "locked.pdf", tmp_path / "opened.pdf"
    locked.write_bytes(PAPER)
    unlock_document(UnlockDocument(locked, SEALS.unseal(FITS.text), opened))
    other = bench.accept("opened.pdf", opened.read_bytes())
    bench.want(FITS)
    bench.do()
    assert bench.told == [f"The workflow 'open': its password can't be taken off: document {other} has exactly this file already"]
    assert len(bench.versions) == 1


def test_what_is_in_the_trash_or_gone_is_left_alone(bench: Bench) -> None:
    for _ in range(2):
        bench.want(FITS)
    bench.store.documents.delete(bench.id, None, bench.now)
    assert (bench.do(), bench.do()) == (2, 0)
    assert (len(bench.versions), bench.told) == (1, [])


def test_no_password_is_shown_where_values_are(bench: Bench) -> None:
    bench.want(FITS)
    shown = (bench.store.errands.due(bench.now, 10), UnlockDocument(Path(), FITS.text, Path()))
    assert [one for one in shown if FITS.text in repr(one)] == []
    bench.do()
