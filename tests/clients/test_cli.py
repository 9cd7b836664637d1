"""The command `scriba`: what each command does, prints and answers to a script."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

import scriba
from scriba.v1 import admin_pb2, assignments_pb2, catalog_pb2, documents_pb2, search_pb2
from scriba_cli.main import run
from scriba_cli.unfinished import named_upload, notes_folder
from tests.clients.fake_archive import FakeArchive

pytestmark = pytest.mark.usefixtures("signed_in")
Answer = Callable[..., dict[str, object]]


@pytest.fixture
def answer(capsys: pytest.CaptureFixture[str]) -> Answer:
    """Run a command with --json and give what it printed."""

    def answer(*arguments: str) -> dict[str, object]:
        capsys.readouterr()
        assert run([*arguments, "--json"]) == 0
        fields: dict[str, object] = json.loads(capsys.readouterr().out)
        return fields

    return answer


def test_an_upload_answers_with_the_document_and_its_job(answer: Answer, archive: FakeArchive, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"paper")
    fields = answer("upload", str(tmp_path / "a.pdf"), "--tag", "tax", "--tag", "2024", "--title", "Rent", "--created", "2024-02-29")
    assert fields["duplicate"] is False
    assert fields["job_id"] == "j1"
    document = archive.documents["1"]
    assert (document.title, list(document.tags), document.created_date) == ("Rent", ["tax", "2024"], "2024-02-29")


def test_folders_are_uploaded_only_when_asked_and_without_hidden_files(
    archive: FakeArchive, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("b/2.pdf", "a/1.pdf", ".git/3.pdf", "a/.4.pdf"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text(name)
    assert run(["upload", str(tmp_path / "in")]) == 2
    assert run(["upload", "-r", str(tmp_path / "in")]) == 0
    assert [document.original_filename for document in archive.documents.values()] == ["1.pdf", "2.pdf"]
    assert "1.pdf (7 B) is document 1, read by job j1" in capsys.readouterr().err


def test_waiting_for_an_upload_tells_how_it_ended(archive: FakeArchive, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number, state in ((1, admin_pb2.JOB_STATE_SUCCEEDED), (2, admin_pb2.JOB_STATE_FAILED)):
        (tmp_path / str(number)).write_text(str(number))
        archive.settled_jobs[f"j{number}"] = state
    assert run(["upload", "--wait", str(tmp_path / "1")]) == 0
    assert "document 1 is ready: 1" in capsys.readouterr().err
    assert run(["upload", "--wait", str(tmp_path / "2")]) == 1
    assert run(["upload", "--wait", str(tmp_path / "1"), str(tmp_path / "2")]) == 5


def test_a_missing_file_does_not_stop_the_others(archive: FakeArchive, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.pdf").write_text("paper")
    assert run(["upload", str(tmp_path / "none.pdf"), str(tmp_path / "a.pdf")]) == 5
    assert run(["upload", str(tmp_path / "none.pdf")]) == 1
    assert "none.pdf: No such file or directory" in capsys.readouterr().err
    assert len(archive.documents) == 1


def test_an_upload_that_broke_off_goes_on_when_asked_again(client: scriba.Client, archive: FakeArchive, tmp_path: Path) -> None:
    file, notes = tmp_path / "a.pdf", notes_folder(os.environ)
    file.write_bytes(bytes(3 * 256 * 1024))
    archive.faults.uploads = [256 * 1024, *[0] * 4]
    with pytest.raises(scriba.Unavailable), named_upload(notes, client.server, file) as request_id:
        client.upload(file, request_id=request_id)
    archive.upload_offsets.clear()
    assert run(["upload", str(file)]) == 0
    assert archive.upload_offsets == [256 * 1024]
    assert list(notes.iterdir()) == []


@pytest.mark.parametrize("error", [scriba.Unavailable, KeyboardInterrupt])
def test_an_upload_keeps_its_name_while_it_may_go_on(tmp_path: Path, error: type[BaseException]) -> None:
    assert break_off(tmp_path, b"paper", error) == break_off(tmp_path, b"paper", error)


def test_a_refused_upload_loses_its_name(tmp_path: Path) -> None:
    assert break_off(tmp_path, b"paper", scriba.Aborted) != break_off(tmp_path, b"paper", scriba.Aborted)


def test_a_changed_file_is_another_upload(tmp_path: Path) -> None:
    assert break_off(tmp_path, b"paper", scriba.Unavailable) != break_off(tmp_path, b"more paper", scriba.Unavailable)


def break_off(folder: Path, content: bytes, error: type[BaseException]) -> str:
    """Begin to upload a file, and let it break; gives the upload's name."""
    file = folder / "a.pdf"
    file.write_bytes(content)
    os.utime(file, (0, 0))
    names: list[str] = []
    try:
        with named_upload(folder / "notes", "server", file) as request_id:
            names.append(request_id)
            raise error("no")
    except error:
        return names[0]


def test_a_list_as_json_has_every_document_and_every_field(answer: Answer, archive: FakeArchive) -> None:
    for number in range(620):
        archive.add_document(f"Letter {number}")
    fields = answer("list")
    documents = fields["documents"]
    assert isinstance(documents, list)
    assert len(documents) == 620
    assert set(documents[0]) >= {"id", "title", "sha256", "original_filename", "state", "page_count", "language", "warnings"}
    assert documents[0]["state"] == "DOCUMENT_STATE_READY"
    assert (fields["next_page_token"], fields["total_size"]) == ("", "620")


def test_a_list_for_a_person_has_its_bound_and_says_so(archive: FakeArchive, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(60):
        archive.add_document(f"Letter {number}")
    assert run(["list"]) == 0
    shown = capsys.readouterr()
    assert len(shown.out.splitlines()) == 51
    assert "50 of 60" in shown.err


def test_a_list_takes_filter_order_and_trash(archive: FakeArchive, answer: Answer) -> None:
    answer("list", "--filter", "tag:tax", "--sort", "title desc", "--trash", "--limit", "7")
    assert archive.requests == [
        documents_pb2.ListDocumentsRequest(page_size=7, filter="tag:tax", order_by="title desc", show_deleted=True),
    ]


def test_search_shows_the_hits_with_page_and_text(archive: FakeArchive, capsys: pytest.CaptureFixture[str]) -> None:
    archive.add_document("Rent", text="the rent is due")
    assert run(["search", "rent", "is"]) == 0
    assert capsys.readouterr().out.split() == ["1", "Rent", "2024-03-01", "p.", "3", "the", "rent", "is", "due"]


def test_search_as_json_is_one_answer_with_facets(answer: Answer, archive: FakeArchive) -> None:
    for number in range(150):
        archive.add_document(f"Letter {number}", text="rent")
    fields = answer("search", "rent", "--limit", "120", "--facets", "tag", "--sort", "title")
    results = fields["results"]
    assert isinstance(results, list)
    assert len(results) == 120
    assert fields["facets"] == [{"field": "FACET_FIELD_TAG", "counts": [{"value": "tax", "count": "150"}]}]
    assert isinstance(archive.requests[0], search_pb2.SearchDocumentsRequest)
    assert archive.requests[0].order_by == "title"


@pytest.mark.parametrize("command", [["search", "due (rent"], ["list", "--filter", "due (rent"]])
def test_a_wrong_query_is_shown_with_a_caret(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(command) == 1
    assert capsys.readouterr().err.splitlines() == ["column 10: the bracket is not closed; expected )", "  due (rent", "           ^"]


def test_suggestions_of_all_kinds_are_listed_with_their_probability(
    answer: Answer, archive: FakeArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    archive.add_document("Bill")
    archive.add_document("Holiday")
    archive.suggestions["1"] = [
        documents_pb2.LabelSuggestion(
            kind=catalog_pb2.LABEL_KIND_CORRESPONDENT,
            label_id="7",
            name="Power Ltd",
            probability=0.968,
            sure=True,
            giver=assignments_pb2.GIVER_CLASSIFIER,
            reason="like documents 12, 5",
        ),
        documents_pb2.LabelSuggestion(
            kind=catalog_pb2.LABEL_KIND_TAG,
            label_id="9",
            name="home",
            probability=1,
            giver=assignments_pb2.GIVER_RULE,
            reason="the word 'house' and all the others that are said to speak for it",
        ),
    ]
    archive.dates["1"] = [
        documents_pb2.DateSuggestion(
            date="2024-02-29", score=0.92, source=documents_pb2.DATE_SOURCE_TEXT, reason="'Date' before it", page=2, text="29 Feb 2024"
        ),
        documents_pb2.DateSuggestion(date="2023-01-01", score=0.1, source=documents_pb2.DATE_SOURCE_FILE, reason="the file's date"),
    ]
    found = answer("suggest", "1")["labels"]
    assert [(one["kind"], one["name"]) for one in found] == [("LABEL_KIND_CORRESPONDENT", "Power Ltd"), ("LABEL_KIND_TAG", "home")]  # type: ignore[attr-defined]
    assert run(["suggest", "1"]) == 0
    assert [line.rstrip() for line in capsys.readouterr().out.splitlines()] == [
        "Kind           Name       Probability  Why",
        "correspondent  Power Ltd          97%  learned: like documents 12, 5",
        "tag            home              100%  rule: the word 'house' and all the others",
        "                                       that are said to speak for it",
        "",
        "Date        Score  Why",
        "2024-02-29    92%  page 2, '29 Feb 2024': 'Date' before it",
        "2023-01-01    10%  the file's date",
    ]
    assert run(["suggest", "2"]) == 0
    assert "no suggestions" in capsys.readouterr().err


def test_similar_documents_are_found(answer: Answer, archive: FakeArchive) -> None:
    archive.add_document("Rent")
    archive.add_document("Rent again")
    assert [result["document"]["id"] for result in answer("similar", "1")["results"]] == ["2"]  # type: ignore[attr-defined]


def test_show_tells_all_and_the_text(archive: FakeArchive, capsys: pytest.CaptureFixture[str], answer: Answer) -> None:
    document = archive.add_document("Rent", text="page one\fpage two", tags=["home"], signed=True)
    document.warnings.add(code="PAGE_UNREADABLE", message="the picture is empty", page=2)
    assert run(["show", "1"]) == 0
    shown = capsys.readouterr().out
    assert all(part in shown for part in ("Rent", "home", "signed", "page 2: the picture is empty", document.sha256))
    assert run(["show", "1", "--text"]) == 0
    assert capsys.readouterr().out == "page one\fpage two"
    assert answer("show", "1")["document"]["title"] == "Rent"  # type: ignore[index]


def test_a_download_writes_a_file_and_spares_what_is_there(
    archive: FakeArchive, signed_in: Path, capsys: pytest.CaptureFixture[str], answer: Answer
) -> None:
    archive.add_document("Rent", b"paper")
    assert run(["download", "1"]) == 0
    assert (signed_in / "Rent.pdf").read_bytes() == b"paper"
    (signed_in / "Rent.pdf").write_text("mine")
    assert run(["download", "1"]) == 1
    assert "--force" in capsys.readouterr().err
    assert (signed_in / "Rent.pdf").read_text() == "mine"
    assert answer("download", "1", "--force")["info"]["size_bytes"] == "5"  # type: ignore[index]
    assert run(["download", "1", "-o", "other.pdf"]) == 0
    assert (signed_in / "other.pdf").read_bytes() == b"paper"
    assert run(["download", "1", "--archive"]) == 1
    assert run(["download", "1", "--archive", "--text"]) == 2


def test_edit_changes_what_is_named_and_nothing_else(archive: FakeArchive, answer: Answer) -> None:
    archive.add_document("Rent", tags=["home", "old"], created_date="2024-01-01")
    answer("edit", "1", "--add-tag", "tax", "--remove-tag", "old", "--title", "Rent 2024")
    document = archive.documents["1"]
    assert (document.title, list(document.tags), document.created_date) == ("Rent 2024", ["home", "tax"], "2024-01-01")
    answer("edit", "1", "--tag", "only", "--created", "")
    assert (list(document.tags), document.created_date) == (["only"], "")
    answer("edit", "1", "--title", "Not yet", "--dry-run")
    assert document.title == "Rent 2024"
    assert run(["edit", "1"]) == 2


def test_delete_restore_and_purge_go_their_way(archive: FakeArchive, capsys: pytest.CaptureFixture[str]) -> None:
    for title in ("Rent", "Tax"):
        archive.add_document(title)
    assert run(["purge", "1"]) == 1
    assert "not in the trash" in capsys.readouterr().err
    assert run(["delete", "1", "2"]) == 0
    assert run(["restore", "2"]) == 0
    assert run(["purge", "1", "--yes"]) == 0
    assert list(archive.documents) == ["2"]


def test_some_of_many_that_fail_are_told_and_answered_with_5(archive: FakeArchive, capsys: pytest.CaptureFixture[str]) -> None:
    archive.add_document("Rent")
    assert run(["delete", "8", "1", "--json"]) == 5
    shown = capsys.readouterr()
    assert json.loads(shown.out)["document"]["id"] == "1"
    assert shown.err == "8: there is no document 8\n"


def test_reprocess_passes_on_how_to_read(archive: FakeArchive, answer: Answer) -> None:
    archive.add_document("Rent")
    assert answer("reprocess", "1", "--mode", "force", "--language", "deu+eng") == {"job_id": "j1"}
    wanted = documents_pb2.ReprocessDocumentRequest(id="1", ocr_mode=documents_pb2.OCR_MODE_FORCE, ocr_language="deu+eng")
    assert archive.requests == [wanted]


def test_unlock_reads_the_password_from_a_file(archive: FakeArchive, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive.add_document("Locked", encrypted=True)
    (tmp_path / "password").write_text("sesame\n")
    (tmp_path / "wrong").write_text("open\n")
    assert run(["unlock", "1", "--password-file", str(tmp_path / "password")]) == 0
    assert run(["unlock", "1", "--password-file", str(tmp_path / "wrong")]) == 1
    assert capsys.readouterr().err.splitlines()[-2:] == ["wrong password", "  password: it does not open the file"]


def test_jobs_as_json_have_every_job_with_its_state_by_name(answer: Answer, archive: FakeArchive) -> None:
    archive.put_job("1", admin_pb2.JOB_STATE_RUNNING, pages_total=9)
    archive.put_job("2", admin_pb2.JOB_STATE_FAILED)
    jobs = answer("jobs")["jobs"]
    assert isinstance(jobs, list)
    assert [(job["state"], job["document_id"], job["pages_done"], job["error"]) for job in jobs] == [
        ("JOB_STATE_RUNNING", "", 0, ""),
        ("JOB_STATE_FAILED", "", 0, ""),
    ]
    for number in range(3, 600):
        archive.put_job(str(number), admin_pb2.JOB_STATE_SUCCEEDED)
    assert len(answer("jobs")["jobs"]) == 599  # type: ignore[arg-type]
    assert len(answer("jobs", "--state", "failed")["jobs"]) == 1  # type: ignore[arg-type]


def test_jobs_tell_a_person_why_they_failed(archive: FakeArchive, capsys: pytest.CaptureFixture[str]) -> None:
    archive.put_job("2", admin_pb2.JOB_STATE_FAILED, label="broken.pdf", error="it has no page tree")
    assert run(["jobs"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "job 2: it has no page tree"


def test_retry_and_cancel_change_jobs(archive: FakeArchive) -> None:
    archive.put_job("1", admin_pb2.JOB_STATE_FAILED)
    assert run(["retry", "1"]) == 0
    assert archive.jobs["1"].state == admin_pb2.JOB_STATE_QUEUED
    assert run(["retry", "1"]) == 1
    assert run(["cancel", "1"]) == 0
    assert archive.jobs["1"].state == admin_pb2.JOB_STATE_CANCELLED


def test_watching_jobs_ends_with_them_and_tells_how(archive: FakeArchive, capsys: pytest.CaptureFixture[str]) -> None:
    archive.put_job("1", admin_pb2.JOB_STATE_SUCCEEDED, label="a.pdf", step="ready")
    archive.put_job("2", admin_pb2.JOB_STATE_FAILED, error="it has no page tree")
    assert run(["watch", "1"]) == 0
    assert capsys.readouterr().err == "job 1 succeeded ready a.pdf\n"
    assert run(["watch", "2"]) == 1
    assert run(["watch", "1", "2"]) == 5


def test_nodes_as_json_have_a_line_for_each_hostname(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["nodes", "--json"]) == 0
    assert sum('"hostname"' in line for line in capsys.readouterr().out.splitlines()) == 2


def test_stats_and_info_answer(answer: Answer, capsys: pytest.CaptureFixture[str]) -> None:
    told = answer("stats")
    assert (told["documents"], told["characters"]) == ("1234", "9876543")
    assert ('"documents_in_inbox": "17"' in json.dumps(told), '"hostname": "laptop"' in json.dumps(told)) == (True, True)
    assert answer("info")["ocr_languages"] == ["deu", "eng"]
    assert run(["stats"]) == run(["info"]) == run(["nodes"]) == 0
    shown = capsys.readouterr().out
    assert all(words in shown for words in ("1,234", "9,876,543", "  in the inbox", "100 GB of 1.0 TB", "bubblewrap"))
    assert "Database" not in shown  # it is told to those alone who see all documents
