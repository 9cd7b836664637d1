"""Somebody at the archive: drops files, uploads, searches, and types commands."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from types import TracebackType
from typing import Self

import scriba
from scriba.v1.admin_pb2 import Job, ListJobsRequest
from scriba.v1.documents_pb2 import Document, FileKind, GetDocumentRequest, UploadDocumentResponse
from scriba.v1.search_pb2 import SearchResult
from tests.running import Daemon, outer_environment, wait_until

READ_SECONDS = 100.0
COMMAND_SECONDS = 100.0
PROGRAM = (sys.executable, "-c", "from scriba_cli.main import main; main()")


@dataclass(frozen=True, slots=True)
class Typed:
    """What a command has answered."""

    code: int
    out: str
    err: str


class Person:
    """Uses one daemon, by the SDK and by the command line."""

    def __init__(self, daemon: Daemon) -> None:
        self.daemon = daemon
        self.client = daemon.client()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.client.close()

    def drop(self, name: str, content: bytes) -> None:
        """Put a file into the watched folder, whole at once, as a scanner's program does."""
        place = self.daemon.data.consume / name
        place.parent.mkdir(parents=True, exist_ok=True)
        staged = self.daemon.data.root / "staged"
        staged.write_bytes(content)
        staged.rename(place)

    def upload(self, name: str, content: bytes) -> UploadDocumentResponse:
        """Upload a file and don't wait for it."""
        return self.client.upload(BytesIO(content), filename=name)

    def put(self, name: str, content: bytes) -> Document:
        """Upload a file, wait until it is read or given up, and look at it."""
        answer = self.upload(name, content)
        self.wait(answer.job_id)
        return self.look(answer.document.id)

    def wait(self, job_id: str) -> Job:
        """Wait for the end of a job."""
        return list(self.client.follow_jobs([job_id]))[-1]

    def job_of(self, document_id: str) -> Job:
        """Find the newest job on a document."""
        return self.client.admin.ListJobs(ListJobsRequest(document_id=document_id, page_size=1)).jobs[0]

    def wait_until(self, condition: Callable[[], bool], seconds: float = READ_SECONDS) -> None:
        """Wait until something is so."""
        wait_until(condition, seconds, self.daemon.story)

    def wait_for_file(self, name: str) -> Document:
        """Wait until a dropped file is read or given up, and look at it."""
        self.wait_until(lambda: self.find_file(name) is not None and self.daemon.settled())
        document = self.find_file(name)
        assert document is not None
        return document

    def find_file(self, name: str) -> Document | None:
        """Look for the document that a file has become."""
        return next((each for each in self.client.list_documents() if each.original_filename == name), None)

    def look(self, document_id: str) -> Document:
        """Get a document as it is now."""
        return self.client.documents.GetDocument(GetDocumentRequest(id=document_id)).document

    def search(self, query: str) -> list[SearchResult]:
        """Search with highlights."""
        return list(self.client.search_documents(query))

    def finds(self, query: str) -> list[str]:
        """Search, and give the ids of what is found."""
        return [result.document.id for result in self.search(query)]

    def take(self, document_id: str, kind: FileKind.ValueType = FileKind.FILE_KIND_ORIGINAL, page: int = 0) -> bytes:
        """Download a file of a document."""
        _, chunks = self.client.open_download(document_id, kind, page=page)
        return b"".join(chunks)

    def text(self, document_id: str) -> str:
        """Download the text of a document, its pages parted by a form feed."""
        return self.take(document_id, FileKind.FILE_KIND_TEXT).decode()

    def type(self, *words: str, stdin: str = "", environment: dict[str, str] | None = None) -> Typed:
        """Type a command `scriba …` and wait for its end."""
        done = subprocess.run(
            [*PROGRAM, *words],
            input=stdin,
            env=environment or self.environment(),
            cwd=self.daemon.data.root.parent,
            capture_output=True,
            text=True,
            check=False,
            timeout=COMMAND_SECONDS,
        )
        return Typed(done.returncode, done.stdout, done.stderr)

    def environment(self) -> dict[str, str]:
        """Give the environment that a command needs to reach the daemon."""
        return {
            **outer_environment(),
            "SCRIBA_SERVER": self.daemon.address,
            "SCRIBA_TOKEN_FILE": str(self.daemon.data.local_token),
            "XDG_STATE_HOME": str(self.daemon.data.root.parent / "home"),
        }


def refusal(error: scriba.Error) -> tuple[str, str]:
    """Give the kind and the reason of a refused call."""
    return type(error).__name__, error.reason
