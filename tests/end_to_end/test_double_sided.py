"""A stack that was scanned front by front, then back by back, becomes one document."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scriba.v1.documents_pb2 import Document, ListDocumentsRequest
from tests.corpus.manifest import CORPUS, MISSING, papers
from tests.end_to_end.invariants import Sent, lost_files
from tests.end_to_end.person import Person
from tests.invariants.checked import check_finds
from tests.ocr.papers import digital_pdf
from tests.running import Daemon, running

SETTINGS = {
    "consumer_stability_delay": "0.3",
    "consumer_enable_collate_double_sided": "true",
    "consumer_recursive": "true",
}


@pytest.fixture(scope="module")
def daemon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Daemon]:
    with running(tmp_path_factory.mktemp("sides") / "data", **SETTINGS) as own:
        yield own


@pytest.fixture
def person(daemon: Daemon) -> Iterator[Person]:
    with Person(daemon) as somebody:
        yield somebody


def trash(person: Person) -> list[Document]:
    return list(person.client.documents.ListDocuments(ListDocumentsRequest(show_deleted=True, page_size=100)).documents)


def pages(person: Person, document: Document) -> list[str]:
    return [page.strip() for page in person.text(document.id).split("\f")]


def test_two_people_scan_at_once_and_a_restart_comes_between_fronts_and_backs(person: Person) -> None:
    fronts = {name: digital_pdf(f"{name} page 1", f"{name} page 3") for name in ("anna", "bert")}
    backs = {name: digital_pdf(f"{name} page 4", f"{name} page 2") for name in ("anna", "bert")}
    for name, content in fronts.items():
        person.drop(f"{name}/double-sided/{name}.pdf", content)
    person.wait_until(lambda: len(person.daemon.documents()) == 2)
    person.daemon.stop()
    person.daemon.start()
    for name, content in backs.items():
        person.drop(f"{name}/double-sided/backs of {name}.pdf", content)
    person.wait_until(lambda: len(trash(person)) == 4 and person.daemon.settled())
    made = {document.title: pages(person, document) for document in person.client.list_documents()}
    assert made == {name: [f"{name} page {number}" for number in (1, 2, 3, 4)] for name in ("anna", "bert")}
    assert lost_files(person.daemon, {name: Sent(content, "") for name, content in {**fronts, **backs}.items()}) == []
    assert check_finds(person.daemon) == []


def test_a_wrong_count_is_told_and_both_scans_are_documents(person: Person) -> None:
    person.drop("double-sided/one.pdf", digital_pdf("a front alone"))
    person.wait_until(lambda: person.find_file("one.pdf") is not None)
    person.drop("double-sided/two.pdf", digital_pdf("its back", "and one too many"))
    person.wait_until(lambda: person.find_file("two.pdf") is not None and person.daemon.settled())
    for name in ("one.pdf", "two.pdf"):
        document = person.find_file(name)
        assert document is not None
        assert [warning.message.rpartition(": ")[2] for warning in document.warnings if warning.code == "NOT_JOINED"] == [
            "its fronts have 1 pages and its backs 2"
        ]


@pytest.mark.skipif(not papers(), reason=MISSING)
def test_the_samples_of_the_list_become_one_document_in_order(person: Person) -> None:
    for side in ("odd", "even"):
        person.drop(f"double-sided/{side}.pdf", Path(CORPUS / "double-sided" / f"double-sided-{side}.pdf").read_bytes())
        person.wait_until(lambda side=side: not (person.daemon.data.consume / "double-sided" / f"{side}.pdf").exists())  # type: ignore[misc]
    person.wait_until(person.daemon.settled)
    document = person.find_file("odd.pdf")
    assert document is not None
    assert pages(person, document) == [f"This is page {number}" for number in (1, 2, 3, 4, 5)]
