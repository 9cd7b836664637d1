"""A real daemon in a process of its own, as a user starts it: for end-to-end tests, soak runs and the bench."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import scriba
from actors.store.files.data_dir import DataDir
from scriba.v1 import admin_pb2, documents_pb2
from tests.ports import free_port
from tests.program import Program

START_SECONDS = 60.0
LOOK_SECONDS = 0.1
# A look at a daemon takes its time from what it looks for: a fifth at most.
PAUSES_PER_LOOK = 4
LONGEST_PAUSE_SECONDS = 1.0
ACTIVE = [admin_pb2.JOB_STATE_QUEUED, admin_pb2.JOB_STATE_RUNNING, admin_pb2.JOB_STATE_RETRYING]


class Daemon(Program):
    """One data folder and the daemon on it. `folder` is where the daemon sees what we see at `data`."""

    def __init__(self, folder: Path, **settings: str) -> None:
        own = {f"SCRIBA_{name.upper()}": value for name, value in settings.items()}
        super().__init__(folder.with_name(f"{folder.name}.log"), outer_environment() | own)
        self.data = DataDir(folder)
        self.address = f"127.0.0.1:{free_port()}"
        self.folder = folder

    @property
    def store_url(self) -> str:
        """Give the URL of its database."""
        return self.environment.get("SCRIBA_DATABASE_URL", self.data.database_url)

    def start(self) -> float:
        """Start it and wait until it answers; give the seconds that took."""
        started = time.monotonic()
        self.begin([sys.executable, "-m", "daemon", "run", "--data-dir", str(self.folder), "--listen", self.address])
        wait_until(self.answers, START_SECONDS, self.story)
        return time.monotonic() - started

    def client(self) -> scriba.Client:
        """Give a client that is signed in, and believes the daemon where that speaks TLS."""
        local = scriba.read_local_server(self.data.root)
        server, trust = (f"https://{self.address}", local.trust) if local else (self.address, None)
        return scriba.Client(server, self.data.local_token.read_text().strip(), trust=trust)

    def answers(self) -> bool:
        """Tell whether it serves; raises when it has ended."""
        if (code := self.ended_with()) is not None:
            raise RuntimeError(f"the daemon ended with code {code}: {self.story()}")
        if not self.data.local_token.exists():
            return False
        try:
            with self.client() as client:
                client.admin.GetStatistics(admin_pb2.GetStatisticsRequest())
        except scriba.Error:
            return False
        return True

    def settled(self) -> bool:
        """Tell whether the folder is empty and no job is at work."""
        if any(path.is_file() for path in self.data.consume.rglob("*")):
            return False
        with self.client() as client:
            return not client.admin.ListJobs(admin_pb2.ListJobsRequest(states=ACTIVE, page_size=1)).jobs

    def documents(self) -> list[documents_pb2.Document]:
        """List all documents."""
        with self.client() as client:
            return list(client.list_documents())


@contextmanager
def running(folder: Path, **settings: str) -> Iterator[Daemon]:
    """Start a daemon on a folder, and leave no process behind."""
    folder.mkdir(parents=True, exist_ok=True)
    with started(Daemon(folder, **settings)) as daemon:
        yield daemon


@contextmanager
def started(daemon: Daemon) -> Iterator[Daemon]:
    """Start a daemon, end it in order when all went well, and leave no process behind."""
    try:
        daemon.start()
        yield daemon
        daemon.stop()
    finally:
        daemon.kill()


def wait_until(condition: Callable[[], bool], seconds: float, story: Callable[[], str] = str) -> None:
    """Look again and again until a condition holds; raises TimeoutError with the story."""
    deadline = time.monotonic() + seconds
    looked = time.monotonic()
    while not condition():
        now = time.monotonic()
        if now > deadline:
            raise TimeoutError(f"not so after {seconds:.0f} s. {story()}")
        time.sleep(max(LOOK_SECONDS, min(PAUSES_PER_LOOK * (now - looked), LONGEST_PAUSE_SECONDS)))
        looked = time.monotonic()


def outer_environment() -> dict[str, str]:
    """Give our environment without settings of a person's own Scriba."""
    return {name: value for name, value in os.environ.items() if not name.startswith("SCRIBA_")}
