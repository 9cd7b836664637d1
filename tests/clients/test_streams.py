"""Uploads, downloads and watches that break off, and go on."""

import io
import os
from pathlib import Path

import pytest

import scriba
from scriba.v1 import admin_pb2, documents_pb2
from tests.clients.fake_archive import FakeArchive
from tests.clients.fake_server import FakeServer

CHUNK = 256 * 1024
CONTENT = os.urandom(5 * CHUNK + 77)


def letter(folder: Path, content: bytes = CONTENT) -> Path:
    file = folder / "letter.pdf"
    file.write_bytes(content)
    return file


def test_an_upload_arrives_with_what_is_said_of_it(client: scriba.Client, archive: FakeArchive, tmp_path: Path) -> None:
    answer = client.upload(letter(tmp_path), title="Rent", tags=["home", "2024"], created_date="2024-02-29")
    assert archive.files[answer.document.id, documents_pb2.FILE_KIND_ORIGINAL] == CONTENT
    document = answer.document
    assert (document.title, list(document.tags), document.created_date) == ("Rent", ["home", "2024"], "2024-02-29")
    assert document.original_filename == "letter.pdf"
    assert answer.job_id


@pytest.mark.parametrize("chunk", [1, 3, 5])
def test_an_upload_that_breaks_goes_on_where_it_stood(client: scriba.Client, archive: FakeArchive, tmp_path: Path, chunk: int) -> None:
    archive.faults.uploads = [chunk * CHUNK]
    answer = client.upload(letter(tmp_path))
    assert archive.files[answer.document.id, documents_pb2.FILE_KIND_ORIGINAL] == CONTENT
    assert archive.upload_offsets == [0, chunk * CHUNK]


def test_an_upload_that_breaks_often_but_moves_is_not_given_up(client: scriba.Client, archive: FakeArchive, tmp_path: Path) -> None:
    content = os.urandom(20 * CHUNK)
    archive.faults.uploads = [number * CHUNK for number in range(1, 20)]
    client.upload(letter(tmp_path, content))
    assert archive.upload_offsets == [number * CHUNK for number in range(20)]


def test_an_upload_that_no_longer_moves_is_given_up(client: scriba.Client, archive: FakeArchive, tmp_path: Path) -> None:
    archive.faults.uploads = [0] * 20
    with pytest.raises(scriba.Unavailable):
        client.upload(letter(tmp_path), request_id="a-known-upload")
    assert archive.upload_offsets == [0] * 4


def test_an_upload_named_again_sends_only_the_rest(client: scriba.Client, archive: FakeArchive, tmp_path: Path) -> None:
    archive.parts["a-known-upload"] = bytearray(CONTENT[:1000])
    client.upload(letter(tmp_path), request_id="a-known-upload")
    assert archive.upload_offsets == [1000]
    assert bytes(archive.parts["a-known-upload"]) == CONTENT


def test_a_refused_upload_is_not_tried_again(client: scriba.Client, archive: FakeArchive, tmp_path: Path) -> None:
    archive.parts["a-known-upload"] = bytearray(b"other bytes")
    with pytest.raises(scriba.Aborted, match="not those that were announced"):
        client.upload(letter(tmp_path), request_id="a-known-upload")
    assert len(archive.upload_offsets) == 1


def test_progress_grows_to_the_whole(client: scriba.Client, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    client.upload(letter(tmp_path), on_progress=lambda passed, total: seen.append((passed, total)))
    assert seen == [(min(number * CHUNK, len(CONTENT)), len(CONTENT)) for number in range(1, 7)]


def test_an_empty_file_and_an_open_file_are_taken(client: scriba.Client, archive: FakeArchive, tmp_path: Path) -> None:
    assert client.upload(letter(tmp_path, b"")).document.size_bytes == 0
    opened = io.BytesIO(b"some text")
    assert client.upload(opened, filename="note.txt").document.original_filename == "note.txt"
    assert not opened.closed


def test_an_open_file_without_a_name_needs_one(client: scriba.Client) -> None:
    with pytest.raises(ValueError, match="filename"):
        client.upload(io.BytesIO(b"some text"))


def test_a_download_is_whole_under_its_own_name(client: scriba.Client, archive: FakeArchive, tmp_path: Path) -> None:
    archive.add_document("Rent", CONTENT)
    downloaded = client.download("1", tmp_path)
    assert downloaded.path == tmp_path / "Rent.pdf"
    assert downloaded.info.mime_type == "application/pdf"
    assert downloaded.path.read_bytes() == CONTENT
    assert [file.name for file in tmp_path.iterdir()] == ["Rent.pdf"]


def test_a_download_that_breaks_goes_on_where_it_stood(client: scriba.Client, archive: FakeArchive, tmp_path: Path) -> None:
    archive.add_document("Rent", CONTENT)
    archive.faults.downloads = [300_000, 300_000, 1_000_000]
    seen: list[int] = []
    client.download("1", tmp_path / "out.pdf", on_progress=lambda passed, _: seen.append(passed))
    assert (tmp_path / "out.pdf").read_bytes() == CONTENT
    assert archive.download_offsets == [0, 300_000, 300_000, 1_000_000]
    assert seen == sorted(set(seen))


def test_a_download_with_wrong_bytes_leaves_nothing(client: scriba.Client, archive: FakeArchive, tmp_path: Path) -> None:
    archive.add_document("Rent", CONTENT)
    archive.files["1", documents_pb2.FILE_KIND_ORIGINAL] = CONTENT[:-1] + b"?"
    with pytest.raises(scriba.DataLoss):
        client.download("1", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_download_spares_a_file_that_is_there(client: scriba.Client, archive: FakeArchive, tmp_path: Path) -> None:
    archive.add_document("Rent", CONTENT)
    (tmp_path / "Rent.pdf").write_bytes(b"mine")
    with pytest.raises(FileExistsError):
        client.download("1", tmp_path, replace=False)
    assert (tmp_path / "Rent.pdf").read_bytes() == b"mine"


@pytest.mark.parametrize("name", ["../../evil.pdf", "/etc/evil.pdf", "..\\..\\evil.pdf"])
def test_no_server_chooses_the_folder(client: scriba.Client, archive: FakeArchive, tmp_path: Path, name: str) -> None:
    archive.add_document("Rent", CONTENT, original_filename=name)
    assert client.download("1", tmp_path).path == tmp_path / "evil.pdf"


def test_a_file_that_a_document_does_not_have_is_not_found(client: scriba.Client, archive: FakeArchive, tmp_path: Path) -> None:
    archive.add_document("Rent", CONTENT)
    with pytest.raises(scriba.NotFound):
        client.download("1", tmp_path, documents_pb2.FileKind.FILE_KIND_ARCHIVE)
    assert list(tmp_path.iterdir()) == []


def test_a_watch_goes_on_behind_what_it_has_seen(client: scriba.Client, archive: FakeArchive) -> None:
    archive.faults.watches = [2, 1]
    lost: list[scriba.Error] = []
    for number in range(1, 6):
        archive.put_job("1", admin_pb2.JOB_STATE_RUNNING, pages_done=number, pages_total=5)
    changes = client.watch_jobs(on_lost=lost.append)
    assert [next(changes).job.pages_done for _ in range(5)] == [1, 2, 3, 4, 5]
    changes.close()  # type: ignore[attr-defined]  # a generator
    assert archive.watch_tokens == ["", "2", "3"]
    assert [type(error) for error in lost] == [scriba.Unavailable] * 2


def test_a_watch_outlives_a_server_that_starts_again(client: scriba.Client, server: FakeServer, archive: FakeArchive) -> None:
    archive.put_job("1", admin_pb2.JOB_STATE_RUNNING)
    changes = client.watch_jobs(retry=scriba.Backoff(attempts=100, first_seconds=0.02, longest_seconds=0.1))
    assert next(changes).job.state == admin_pb2.JOB_STATE_RUNNING
    server.stop()
    archive.put_job("1", admin_pb2.JOB_STATE_SUCCEEDED)
    server.start()
    assert next(changes).job.state == admin_pb2.JOB_STATE_SUCCEEDED


def test_a_watch_of_a_server_that_stays_away_ends(client: scriba.Client, server: FakeServer) -> None:
    server.stop()
    with pytest.raises(scriba.Unavailable):
        next(client.watch_jobs())


def test_jobs_that_had_ended_before_are_followed_to_their_end(client: scriba.Client, archive: FakeArchive) -> None:
    archive.put_job("1", admin_pb2.JOB_STATE_SUCCEEDED)
    archive.put_job("2", admin_pb2.JOB_STATE_FAILED)
    assert {job.id: job.state for job in client.follow_jobs(["1", "2"])} == {
        "1": admin_pb2.JOB_STATE_SUCCEEDED,
        "2": admin_pb2.JOB_STATE_FAILED,
    }


def test_following_goes_on_over_a_lost_connection(client: scriba.Client, archive: FakeArchive) -> None:
    archive.faults.watches = [0]
    archive.put_job("1", admin_pb2.JOB_STATE_RUNNING)
    lost: list[scriba.Error] = []

    def end_it(error: scriba.Error) -> None:
        lost.append(error)
        archive.put_job("1", admin_pb2.JOB_STATE_SUCCEEDED)

    assert [job.state for job in client.follow_jobs(["1"], on_lost=end_it)][-1] == admin_pb2.JOB_STATE_SUCCEEDED
    assert len(lost) == 1


def test_a_job_that_is_not_there_is_not_followed(client: scriba.Client) -> None:
    with pytest.raises(scriba.NotFound):
        list(client.follow_jobs(["9"]))


def test_waits_grow_to_their_bound_and_vary() -> None:
    waits: list[float] = []
    backoff = scriba.Backoff(attempts=9, first_seconds=1, longest_seconds=6, pause=waits.append, chance=lambda: 1.0)
    for failures in (1, 2, 3, 4, 1000):
        backoff.wait(failures)
    scriba.Backoff(first_seconds=1, pause=waits.append, chance=lambda: 0.0).wait(1)
    assert waits == [1, 2, 4, 6, 6, 0.5]
