"""A folder of this machine whose files go into an archive elsewhere: each once, and none removed before its document is ready."""

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import grpc
import pytest

import scriba
from actors.store.nouns.archive import Document, DocumentOrder, DocumentState
from scriba_cli.resting_files import Facts, Resting, files_in
from scriba_cli.sending_files import FileChanged, Labels, named, send
from scriba_cli.watch_folder import FolderWatch, watch_on
from tests.clients.fake_archive import FakeArchive
from tests.clients.fake_server import FakeServer
from tests.clients.telling import Capture, told
from tests.service.house import House

ONCE = ("--once", "--settle", "0")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "scans"
    folder.mkdir()
    return folder


def documents(house: House) -> list[Document]:
    return sorted(house.store.documents.list(DocumentOrder(), None, 99, deleted=False), key=lambda document: document.original_filename)


def worker(house: House, state: DocumentState, before: Callable[[], None] = lambda: None) -> Callable[[], None]:
    """Work on the next job as the pipeline does, to an end."""

    def work() -> None:
        now = datetime.now(UTC)  # the intake's own time
        for job in house.store.jobs.lease("test", 9, now):
            before()
            assert job.document_id is not None
            house.store.documents.set_result(job.document_id, job.fence, state, "en", (), False, now)
            house.store.jobs.succeed(job.id, job.fence, now)

    return work


def test_what_lies_in_a_folder_is_sent_with_its_labels_and_never_twice(house: House, folder: Path, capsys: Capture) -> None:
    for name in ("b.txt", "a.txt"):
        (folder / name).write_text(name)
    labels = ("--tag", "hall", "--correspondent", "Scanner", "--type", "Letter")
    _, said = told(capsys, "watch-folder", str(folder), *labels, *ONCE)
    assert said.splitlines() == [
        "a.txt (5 B) is document 1, read by job 1",
        "b.txt (5 B) is document 2, read by job 2",
    ]
    found = documents(house)
    assert [(one.original_filename, one.tags, one.correspondent and one.correspondent.name) for one in found] == [
        ("a.txt", ("hall",), "Scanner"),
        ("b.txt", ("hall",), "Scanner"),
    ]
    lines, _ = told(capsys, "watch-folder", str(folder), "--json", *ONCE)
    assert [json.loads(line)["document"]["id"] for line in lines] == ["1", "2"]
    assert [(one.original_filename, one.duplicate_count) for one in documents(house)] == [("a.txt", 0), ("b.txt", 0)]
    assert sorted(path.name for path in folder.iterdir()) == ["a.txt", "b.txt"]


def test_a_file_is_removed_once_its_document_is_ready(house: House, folder: Path, capsys: Capture) -> None:
    (folder / "a.txt").write_text("words")
    seen = list[bool]()
    house.pipeline.work = worker(house, DocumentState.READY, lambda: seen.append((folder / "a.txt").exists()))
    _, said = told(capsys, "watch-folder", str(folder), "--delete", *ONCE)
    assert said.splitlines()[-1] == "a.txt is ready, and removed here"
    assert (seen, list(folder.iterdir()), len(documents(house))) == ([True], [], 1)


def test_a_file_whose_document_failed_stays(house: House, folder: Path, capsys: Capture) -> None:
    (folder / "a.txt").write_text("words")
    house.pipeline.work = worker(house, DocumentState.FAILED)
    _, said = told(capsys, "watch-folder", str(folder), "--delete", *ONCE, code=1)
    assert said.splitlines()[-1] == f"{folder}/a.txt stays: its document could not be read"
    assert (folder / "a.txt").read_text() == "words"


def test_a_file_that_became_another_is_sent_though_its_size_and_time_are_the_same(house: House, folder: Path, capsys: Capture) -> None:
    (folder / "a.txt").write_text("words")
    told(capsys, "watch-folder", str(folder), *ONCE)
    facts = (folder / "a.txt").stat()
    (folder / "a.txt").write_text("other")
    os.utime(folder / "a.txt", ns=(facts.st_atime_ns, facts.st_mtime_ns))
    told(capsys, "watch-folder", str(folder), *ONCE)
    assert len(documents(house)) == 2


def test_a_refused_file_is_told_and_does_not_stop_the_others(house: House, folder: Path, capsys: Capture) -> None:
    (folder / "a.txt").write_bytes(bytes(4 * 1024**2 + 1))
    (folder / "b.txt").write_text("words")
    _, said = told(capsys, "watch-folder", str(folder), *ONCE, code=5)
    assert "a.txt: the file has 4194305 bytes" in said
    assert "it stays, and is tried again in 30 seconds, or when it changes" in said
    assert [one.original_filename for one in documents(house)] == ["b.txt"]


def test_a_server_that_is_away_is_told_once_and_waited_for(
    archive: FakeArchive, server: FakeServer, client: scriba.Client, folder: Path, capsys: Capture
) -> None:
    watch = FolderWatch(client, folder, recursive=False, settle_seconds=0, labels=Labels(), delete=False)
    server.stop()
    (folder / "a.txt").write_text("words")
    waits = list[float]()

    def pause(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            server.start()
            grpc.channel_ready_future(client._channel).result(30)
        if watch.sent:
            raise KeyboardInterrupt

    patience = scriba.Backoff(attempts=99, first_seconds=1, longest_seconds=60, pause=pause, chance=lambda: 1.0)
    with pytest.raises(KeyboardInterrupt):
        watch_on(watch, client.server, patience, iter(range(1000)).__next__)
    said = capsys.readouterr().err
    assert (said.count("no answer from"), said.count("answers again"), waits[:3]) == (1, 1, [1.0, 2.0, 4.0])
    assert len(archive.documents) == 1


def test_a_folder_that_is_gone_for_a_while_is_told_once(client: scriba.Client, folder: Path, capsys: Capture) -> None:
    watch = FolderWatch(client, folder / "mounted", recursive=False, settle_seconds=0, labels=Labels(), delete=False)
    for now in range(3):
        watch.look(now)
    assert capsys.readouterr().err == f"{folder}/mounted can't be looked at: No such file or directory; it is tried again\n"
    (folder / "mounted").mkdir()
    (folder / "mounted" / "a.txt").write_text("words")
    watch.look(4)
    assert watch.sent == 1


def test_what_nobody_meant_is_left_alone(folder: Path) -> None:
    (folder / "inside" / ".git").mkdir(parents=True)
    (folder / "@eaDir").mkdir()
    for name in (
        ".hidden",
        "~$letter.docx",
        "Thumbs.db",
        "half.PART",
        "scan.tmp",
        "a.pdf",
        "inside/b.pdf",
        "inside/.git/c",
        "@eaDir/d.pdf",
    ):
        (folder / name).write_text("x")
    (folder / "empty.pdf").touch()
    (folder / "link.pdf").symlink_to(folder / "a.pdf")
    os.mkfifo(folder / "fifo.pdf")
    assert [path.name for path in files_in(folder, recursive=False)] == ["a.pdf"]
    assert [path.name for path in files_in(folder, recursive=True)] == ["a.pdf", "b.pdf"]


def test_a_file_is_due_when_it_has_rested_and_again_when_it_has_changed() -> None:
    resting, path = Resting(2.0), Path("a")
    first, second = Facts(1, 1, 1), Facts(2, 1, 1)
    assert [resting.look({path: facts}, now) for facts, now in ((first, 0.0), (second, 1.9), (second, 3.8))] == [[], [], []]
    assert resting.waiting
    assert resting.look({path: second}, 3.9) == [(path, second)]
    resting.sent(path)
    assert not resting.waiting
    assert [resting.look({path: facts}, now) for facts, now in ((second, 9.0), (first, 10.0), (first, 12.0))] == [[], [], [(path, first)]]


def test_a_refused_file_is_due_after_ever_longer_pauses() -> None:
    resting, path, facts = Resting(0.0), Path("a"), Facts(1, 1, 1)
    resting.look({path: facts}, 0.0)
    assert [resting.refused(path, 0.0) for _ in range(7)] == [30, 60, 120, 240, 480, 900, 900]
    assert not resting.waiting
    assert [resting.look({path: facts}, now) for now in (899.0, 900.0)] == [[], [(path, facts)]]


def test_a_file_that_changes_while_it_is_sent_is_not_done_with(client: scriba.Client, folder: Path) -> None:
    path = folder / "a.txt"
    path.write_text("words")
    (facts,) = files_in(folder, recursive=False).values()
    with pytest.raises(FileChanged):
        named(path, Facts(facts.size + 1, facts.mtime_ns, facts.inode))
    path.write_text("other words")
    with pytest.raises(FileChanged):
        send(client, path, facts, Labels())
