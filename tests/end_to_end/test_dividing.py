"""A batch with separator sheets becomes the documents that it holds, also when the process that divides it is killed."""

import os
import signal
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import pytest

from actors.failpoints import Failpoint, Moment, Order, Point
from actors.ocr.binding.assembly import assemble_document
from actors.ocr.messages import AssembleDocument, ChosenPages, OcrSettings
from scriba.v1.documents_pb2 import Document, DocumentState, ListDocumentsRequest, UndeleteDocumentRequest
from tests.barcodes.scans import digital_batch, scanned_batch
from tests.end_to_end.invariants import Sent, broken_invariants, lost_files
from tests.end_to_end.person import Person
from tests.faults.archive import SECONDS, Orders
from tests.running import Daemon, running, wait_until

SETTINGS = {
    "consumer_stability_delay": "0.3",
    "consumer_enable_barcodes": "true",
    "consumer_enable_asn_barcode": "true",
    "consumer_enable_tag_barcode": "true",
    "consumer_subdirs_as_tags": "true",
    "consumer_recursive": "true",
}
LOOKED_AT = Failpoint(Moment.AFTER, Point.RENDERED)


@pytest.fixture(scope="module")
def orders(tmp_path_factory: pytest.TempPathFactory) -> Orders:
    return Orders(tmp_path_factory.mktemp("orders") / "orders")


@pytest.fixture(scope="module")
def daemon(tmp_path_factory: pytest.TempPathFactory, orders: Orders) -> Iterator[Daemon]:
    """A daemon that heeds barcodes."""
    with running(tmp_path_factory.mktemp("dividing") / "data", failpoints=str(orders.folder), **SETTINGS) as own:
        yield own


@pytest.fixture
def person(daemon: Daemon) -> Iterator[Person]:
    with Person(daemon) as somebody:
        yield somebody


@pytest.fixture(scope="module")
def sent() -> dict[str, Sent]:
    """All that should be in the archive by now, by name."""
    return {}


def part_of(batch: bytes, numbers: Sequence[int], tmp_path: Path) -> bytes:
    """Give the bytes that a part must have."""
    source, target = tmp_path / "batch.pdf", tmp_path / "part.pdf"
    source.write_bytes(batch)
    mark = f"{sha256(batch).hexdigest()} {','.join(map(str, numbers))}"
    assemble_document(AssembleDocument((ChosenPages(source, "application/pdf", tuple(numbers)),), target, mark, OcrSettings()))
    return target.read_bytes()


def trash(person: Person) -> list[Document]:
    return list(person.client.documents.ListDocuments(ListDocumentsRequest(show_deleted=True, page_size=100)).documents)


def ready_files(person: Person) -> set[str]:
    return {each.original_filename for each in person.client.list_documents() if each.state == DocumentState.DOCUMENT_STATE_READY}


def test_a_dropped_batch_becomes_documents_with_their_numbers_and_tags(person: Person, sent: dict[str, Sent], tmp_path: Path) -> None:
    batch = scanned_batch(
        ("a letter about siskins", ""), ("", "PATCHT"), ("a bill for wagtails", "ASN00042"), ("its second page", "TAG:paid")
    )
    person.drop("Home/batch.pdf", batch)
    person.wait_until(lambda: ready_files(person) >= {"batch-1.pdf", "batch-2.pdf"} and person.daemon.settled())
    sent["batch-1.pdf"] = Sent(part_of(batch, [1], tmp_path), "siskins")
    sent["batch-2.pdf"] = Sent(part_of(batch, [3, 4], tmp_path), "wagtails")
    letter, bill = person.find_file("batch-1.pdf"), person.find_file("batch-2.pdf")
    assert letter is not None
    assert bill is not None
    assert (letter.title, letter.page_count, sorted(letter.tags)) == ("batch (1/2)", 1, ["Home"])
    assert (bill.page_count, sorted(bill.tags), bill.archive_serial_number) == (2, ["Home", "paid"], 42)
    (scan,) = trash(person)
    assert [warning.message for warning in scan.warnings] == [f"Barcodes split this scan into the documents {letter.id} and {bill.id}."]
    assert lost_files(person.daemon, {"batch.pdf": Sent(batch, "")}) == []
    assert broken_invariants(person, sent) == []


@pytest.mark.parametrize(
    "place",
    [Failpoint(Moment.BEFORE, Point.STORED), Failpoint(Moment.BEFORE, Point.COMMITTED), Failpoint(Moment.AFTER, Point.COMMITTED)],
    ids=lambda place: place.name,
)
def test_a_kill_while_a_batch_is_divided_costs_time_and_nothing_else(
    person: Person, orders: Orders, sent: dict[str, Sent], place: Failpoint, tmp_path: Path
) -> None:
    name, words = f"post {place.name}", [f"starling{place.moment}{place.point}", f"redstart{place.moment}{place.point}"]
    batch = digital_batch((words[0], ""), ("", "PATCHT"), (words[1], ""))
    orders.arm(LOOKED_AT, Order.HOLD)
    person.drop(f"{name}.pdf", batch)
    wait_until(lambda: orders.held(LOOKED_AT), SECONDS, person.daemon.story)
    # The intake has come by these places already; the next one is the pipeline, with the parts.
    orders.arm(place)
    pid = int((orders.folder / f"{LOOKED_AT.name}.held").read_text())
    orders.forget(LOOKED_AT)
    os.kill(pid, signal.SIGCONT)
    wait_until(lambda: not orders.armed(place), SECONDS, person.daemon.story)
    assert lost_files(person.daemon, {name: Sent(batch, "")}) == []
    wait_until(lambda: ready_files(person) >= {f"{name}-1.pdf", f"{name}-2.pdf"} and person.daemon.settled(), SECONDS, person.daemon.story)
    for number, page, word in ((1, 1, words[0]), (2, 3, words[1])):
        sent[f"{name}-{number}.pdf"] = Sent(part_of(batch, [page], tmp_path), word)
    assert lost_files(person.daemon, {name: Sent(batch, "")}) == []
    assert broken_invariants(person, sent) == []


def test_a_batch_that_is_taken_out_of_the_trash_is_read_as_a_whole(person: Person, sent: dict[str, Sent]) -> None:
    scan = next(each for each in trash(person) if each.original_filename == "post before-stored.pdf")
    person.client.documents.UndeleteDocument(UndeleteDocumentRequest(id=scan.id))
    person.wait_until(lambda: person.daemon.settled() and person.look(scan.id).state == DocumentState.DOCUMENT_STATE_READY)
    whole = person.look(scan.id)
    assert ([warning.code for warning in whole.warnings], whole.page_count) == (["SPLIT"], 3)
    assert scan.id in person.finds("starlingbeforestored")
    sent |= {"whole": Sent(person.take(scan.id), "")}
    # Its words stand in its parts as well, so that they find more than one document.
    assert [words for words in broken_invariants(person, sent) if not words.startswith("I5")] == []
