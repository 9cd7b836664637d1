"""I6, as the kernel sees it: nobody opens an original for writing, from its accept to the end of its document's way, and beyond."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from watchdog.events import FileClosedEvent, FileSystemEventHandler
from watchdog.observers import Observer

from scriba.v1.documents_pb2 import ReprocessDocumentRequest
from tests.end_to_end.person import Person
from tests.ocr.papers import scan_pdf
from tests.running import wait_until

EVERY_FOLDER = [f"{number:02x}" for number in range(256)]


class Writers(FileSystemEventHandler):
    """Notes every file that somebody closes who had it open for writing, whether he wrote or not."""

    def __init__(self) -> None:
        self.closed: list[Path] = []

    def on_closed(self, event: FileClosedEvent) -> None:
        """Note it."""
        self.closed.append(Path(str(event.src_path)))


@contextmanager
def watched(originals: Path) -> Iterator[Writers]:
    """Let the kernel tell of writers, in every folder that an original may come into."""
    for name in EVERY_FOLDER:
        (originals / name).mkdir(mode=0o700, exist_ok=True)
    writers, observer = Writers(), Observer()
    observer.schedule(writers, str(originals), recursive=True, event_filter=[FileClosedEvent])
    observer.start()
    try:
        yield writers
    finally:
        observer.stop()
        observer.join()


@pytest.mark.timeout(600)
def test_no_original_is_opened_for_writing_on_the_whole_way_of_its_document(person: Person) -> None:
    paper = scan_pdf("a page", "about the shrike")
    with watched(person.daemon.data.originals) as writers:
        person.drop("shrike.pdf", paper)
        document = person.wait_for_file("shrike.pdf")
        person.drop("shrike again.pdf", paper)
        person.wait_until(lambda: person.look(document.id).duplicate_count == 1)
        person.wait(person.client.documents.ReprocessDocument(ReprocessDocumentRequest(id=document.id)).job_id)
        assert person.take(document.id) == paper
        [original] = person.daemon.data.originals.glob(f"*/{document.sha256}*")
        assert writers.closed == []
        # What the proof rests on: a writer would have been seen. The file keeps its bytes.
        original.chmod(0o644)
        original.open("ab").close()
        original.chmod(0o444)
        wait_until(lambda: writers.closed == [original], 10)
