"""Real scans with barcodes, dropped into a real daemon, become the documents that their list says."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from scriba.v1.documents_pb2 import DeleteDocumentRequest, Document, ListDocumentsRequest, PurgeDocumentRequest
from tests.corpus.manifest import CORPUS, MISSING, papers
from tests.end_to_end.person import Person
from tests.running import Daemon, running

pytestmark = pytest.mark.skipif(not papers(), reason=MISSING)
SCANS = CORPUS / "barcodes"
SETTINGS = {
    "consumer_stability_delay": "0.3",
    "consumer_enable_barcodes": "true",
    "consumer_enable_asn_barcode": "true",
    "consumer_enable_tag_barcode": "true",
}
DIVIDING = SETTINGS | {"consumer_tag_barcode_split": "true"}
OWN_WORDS = SETTINGS | {"consumer_barcode_string": "ADAR-NEXTDOC", "consumer_asn_barcode_prefix": "CUSTOM-PREFIX-"}


@dataclass(frozen=True, slots=True)
class Made:
    """A document: its pages, its number (0: none), its tags, and the codes of warnings about barcodes."""

    pages: int
    asn: int = 0
    tags: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


TWO_LETTERS = (Made(1), Made(1))
DIVIDED = {
    "barcode-128-asn-too-large.pdf": (Made(1, warnings=("ASN_TOO_LARGE",)),),
    "barcode-39-asn-123.pdf": (Made(1, asn=123),),
    "barcode-39-asn-custom-prefix.pdf": (Made(1),),
    "barcode-fax-image.pdf": TWO_LETTERS,
    "patch-code-t-double.pdf": TWO_LETTERS,
    "patch-code-t-middle-distorted.pdf": TWO_LETTERS,
    "patch-code-t-middle-reverse.pdf": TWO_LETTERS,
    "patch-code-t-middle-unreadable.pdf": (Made(3),),
    "patch-code-t-middle.pdf": TWO_LETTERS,
    "patch-code-t-middle.tiff": TWO_LETTERS,
    "patch-code-t.pdf": (Made(1),),
    "split-by-tag-basic.pdf": (Made(1), Made(2, tags=("invoice",)), Made(3, tags=("receipt",))),
    "split-by-tag-multiple-per-page.pdf": (Made(1), Made(2, tags=("expense", "invoice")), Made(2, tags=("receipt",))),
}
NUMBERED = tuple(Made(pages, asn) for pages, asn in ((2, 123), (1, 124), (3, 125), (2, 126), (2, 127)))
BY_OWN_WORDS = {
    "barcode-39-asn-custom-prefix.pdf": (Made(1, asn=123),),
    "many-qr-codes.pdf": TWO_LETTERS,
    "patch-code-t-middle.pdf": (Made(3),),
    "split-by-tag-basic.pdf": (Made(6, tags=("invoice", "receipt")),),
}
OF_BARCODES = {"ASN_TOO_LARGE", "ASN_AMBIGUOUS", "NOT_SPLIT", "TAG_CODE_SLOW"}


@pytest.fixture
def dividing(tmp_path: Path) -> Iterator[Daemon]:
    with running(tmp_path / "data", **DIVIDING) as daemon:
        yield daemon


@pytest.fixture
def own_words(tmp_path: Path) -> Iterator[Daemon]:
    with running(tmp_path / "data", **OWN_WORDS) as daemon:
        yield daemon


def drop(person: Person, scans: Iterable[str]) -> None:
    """Drop scans, and wait until all is read."""
    for scan in scans:
        person.drop(scan, (SCANS / scan).read_bytes())
    person.wait_until(person.daemon.settled)


def made_of(person: Person, scan: str) -> tuple[Made, ...]:
    """Describe what a scan has become: itself, or the documents that it names."""
    itself = person.find_file(scan)
    if itself is not None:
        return (summary(itself),)
    trash = person.client.documents.ListDocuments(ListDocumentsRequest(show_deleted=True, page_size=100)).documents
    (notice,) = (
        warning.message for each in trash if each.original_filename == scan for warning in each.warnings if warning.code == "SPLIT"
    )
    return tuple(summary(person.look(number)) for number in re.findall("[0-9]+", notice))


def unexpected(person: Person, expected: Mapping[str, tuple[Made, ...]]) -> dict[str, tuple[Made, ...]]:
    """Give what became of scans where it is not what was expected."""
    made = {scan: made_of(person, scan) for scan in expected}
    return {scan: documents for scan, documents in made.items() if documents != expected[scan]}


def summary(document: Document) -> Made:
    """Describe a document."""
    codes = tuple(warning.code for warning in document.warnings if warning.code in OF_BARCODES)
    return Made(document.page_count, document.archive_serial_number, tuple(sorted(document.tags)), codes)


def purge(person: Person, scan: str) -> None:
    document = person.find_file(scan)
    assert document is not None
    person.client.documents.DeleteDocument(DeleteDocumentRequest(id=document.id))
    person.client.documents.PurgeDocument(PurgeDocumentRequest(id=document.id))


@pytest.mark.timeout(300)
def test_scans_are_divided_as_their_list_says(dividing: Daemon) -> None:
    with Person(dividing) as person:
        drop(person, DIVIDED)
        assert unexpected(person, DIVIDED) == {}
        purge(person, "barcode-39-asn-123.pdf")  # whose number the next scan has, too
        drop(person, ["split-by-asn-1.pdf"])
        assert made_of(person, "split-by-asn-1.pdf") == NUMBERED


@pytest.mark.soak
def test_own_words_on_sheets_and_labels_are_heeded_and_tags_divide_only_where_asked_to(own_words: Daemon) -> None:
    with Person(own_words) as person:
        drop(person, BY_OWN_WORDS)
        assert unexpected(person, BY_OWN_WORDS) == {}


def test_every_scan_of_the_list_is_dropped() -> None:
    listed = {Path(paper.name).name for paper in papers() if paper.name.startswith("barcodes/")}
    assert {*DIVIDED, *BY_OWN_WORDS, "split-by-asn-1.pdf"} == listed
