"""What travels to every actor's process.

Imports nothing heavy: whatever this module imports, each of the processes holds in memory.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from actors.failpoints import Checkpoint, checkpoint
from actors.grants.providers import GrantClient
from actors.intake.settings import IntakeSettings
from actors.mail.settings import MailboxSettings
from actors.ocr.messages import OcrSettings
from actors.pipeline.script_settings import ScriptSettings
from actors.store.files.data_dir import DataDir
from actors.store.nouns.mail import Proof
from actors.understanding.settings import UnderstandingSettings
from actors.watcher.settings import WatcherSettings
from daemon.logs import LogSettings
from daemon.node.place import Place
from daemon.reader_script import ReaderScript, set_up


@dataclass(frozen=True, slots=True)
class Script:
    """What an actor's process needs to build its part. `workers` 0 is as many readers as
    `background_load` percent of the cores, and the memory, carry; `failpoints` is there in tests alone.
    `gotenberg` is the address of one, '' for none."""

    data: DataDir
    store_url: str
    ocr: OcrSettings
    intake: IntakeSettings
    understanding: UnderstandingSettings
    time_zone: str
    watcher: WatcherSettings
    mailboxes: MailboxSettings
    grant_clients: Mapping[Proof, GrantClient]
    log: LogSettings
    log_socket: Path
    workers: int
    background_load: int
    niceness: int
    allow_unsandboxed: bool
    scripts: ScriptSettings
    consume_owner: str = ""
    failpoints: Path | None = None
    gotenberg: str = ""

    @property
    def checkpoint(self) -> Checkpoint:
        """Give what an actor calls at each step."""
        return checkpoint(self.failpoints)

    @property
    def place(self) -> Place:
        """Tell where actors work on the head."""
        return Place(self.data.scratch, self.log_socket, self.allow_unsandboxed, self.failpoints)

    @property
    def readers(self) -> ReaderScript:
        """Give the part that readers get, wherever they are."""
        return ReaderScript(self.log, version("scriba"))

    def prepare(self, name: str) -> None:
        """Set up a new process on the head."""
        set_up(name, self.log, self.place)
