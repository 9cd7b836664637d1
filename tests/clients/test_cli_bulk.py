"""`scriba bulk`, against the real servicers; the job is done beside the test, as the pipeline does it."""

import json
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from actors.store.nouns.archive import DocumentId
from actors.store.nouns.jobs import JobKind
from scriba_cli.main import run
from tests.clients.real_server import real_server
from tests.service.house import NOW, TOKEN, House

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """Serve an archive of two documents, with somebody who does what is queued."""
    with real_server(tmp_path) as (address, house):
        monkeypatch.setenv("SCRIBA_SERVER", address)
        monkeypatch.setenv("SCRIBA_TOKEN", TOKEN)
        for title in ("one", "two"):
            house.read(title)
        ended = threading.Event()
        worker = threading.Thread(target=work, args=(house, ended))
        worker.start()
        yield house
        ended.set()
        worker.join()


def work(house: House, ended: threading.Event) -> None:
    while not ended.wait(0.02):
        for job in house.store.jobs.lease("test", 10, NOW):
            if job.kind is JobKind.BULK_EDIT:
                ids = house.store.bulk_edits.documents(job.id)
                house.store.bulk_edits.step(job.id, job.fence, 0, ids, len(ids), NOW)
            house.store.jobs.succeed(job.id, job.fence, NOW)


def title(house: House, document: int) -> str:
    return house.store.documents.get(DocumentId(document)).title


def test_documents_are_changed_and_changed_back(house: House, capsys: Capture) -> None:
    assert run(["bulk", "edit", "1", "2", "--title", "All", "--add-tag", "tax"]) == 0
    assert "2 documents changed" in capsys.readouterr().err
    assert (title(house, 1), house.store.documents.get(DocumentId(2)).tags) == ("All", ("tax",))
    (job,) = [job for job in house.store.jobs.list((), None, None, 10) if job.kind is JobKind.BULK_EDIT]
    assert run(["bulk", "undo", str(job.id)]) == 0
    assert [title(house, number) for number in (1, 2)] == ["one", "two"]


def test_a_document_that_cannot_be_changed_is_named_and_the_code_is_five(house: House, capsys: Capture) -> None:
    assert run(["bulk", "edit", "1", "77", "--correspondent", "Bank"]) == 5
    shown = capsys.readouterr().err
    assert "1 document changed, 1 could not be" in shown
    assert "77: there is no document 77" in shown


def test_a_dry_run_tells_how_many(house: House, capsys: Capture) -> None:
    assert run(["bulk", "delete", "1", "2", "--dry-run"]) == 0
    assert "2 documents would be taken; nothing was changed" in capsys.readouterr().err
    assert house.store.documents.count(deleted=True) == 0


def test_documents_are_read_again_in_another_language(house: House) -> None:
    assert run(["bulk", "reprocess", "1", "--mode", "redo", "--language", "deu+eng"]) == 0
    newest = house.store.jobs.list((), DocumentId(1), None, 1)[0]
    assert (newest.kind, newest.options) == (JobKind.DOCUMENT, {"ocr_mode": "redo", "ocr_language": "deu+eng"})
    assert run(["bulk", "reprocess", "1", "--mode", "odd"]) == 2


def test_a_query_that_finds_nothing_says_so(house: House, capsys: Capture) -> None:
    assert run(["bulk", "reprocess", "--query", "nothing"]) == 0
    assert "no documents" in capsys.readouterr().err


def test_the_trash_is_filled_and_restored(house: House, capsys: Capture) -> None:
    assert run(["bulk", "delete", "1", "2", "--json"]) == 0
    edit = json.loads(capsys.readouterr().out)["bulk_edit"]
    assert (edit["document_count"], edit["changed_count"], edit["failed_count"], edit["failures"]) == ("2", "2", "0", [])
    assert run(["bulk", "restore", "--trash"]) == 0
    assert house.store.documents.count(deleted=True) == 0


def test_who_does_not_wait_is_told_the_job(house: House, capsys: Capture) -> None:
    assert run(["bulk", "edit", "1", "--title", "All", "--no-wait"]) == 0
    assert "is queued; `scriba watch" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["1", "--query", "x"], [], ["1"]])
def test_it_must_be_said_which_and_what(house: House, words: list[str]) -> None:
    assert run(["bulk", "edit", *words]) == 2


def test_many_documents_come_as_one_zip(house: House, tmp_path: Path, capsys: Capture) -> None:
    target = tmp_path / "all.zip"
    assert run(["download", "1", "2", "--zip", str(target)]) == 0
    assert zipfile.ZipFile(target).namelist() == ["one.txt", "two.txt"]
    assert run(["download", "1", "--zip", str(target)]) == 1
    assert "is there already" in capsys.readouterr().err
    assert run(["download", "77", "--zip", str(target), "--force"]) == 1
    assert (len(zipfile.ZipFile(target).namelist()), [*tmp_path.glob(".scriba-*")]) == (2, [])


@pytest.mark.parametrize("words", [["1", "2"], [], ["--zip", "x.zip"], ["1", "--zip", "x.zip", "--query", "x"]])
def test_a_download_says_which_and_where(house: House, words: list[str]) -> None:
    assert run(["download", *words]) == 2
