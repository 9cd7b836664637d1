"""An archive that takes files in by links: the real store and the real intake behind the web app."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from prometheus_client import CollectorRegistry
from starlette.types import ASGIApp

from actors.identity.tokens import digest
from actors.intake.intake import Intake
from actors.intake.messages import AcceptUpload, UploadAccepted
from actors.intake.settings import IntakeSettings
from actors.store.files.data_dir import DataDir
from actors.store.files.health import SOUND, StoreHealth
from actors.store.nouns.archive import Document, DocumentOrder
from actors.store.nouns.receiving import NewUploadLink, Received, UploadLink, UploadLinkFacts
from daemon.service.around.proxies import Proxies
from daemon.web.app import WebParts, web_app
from daemon.web.receiving.delivery import Reception
from daemon.web.receiving.room import receiving_room
from tests.archives import open_archive
from tests.intake.archive import CountingPipeline
from tests.store.making import START

SECRET = "a-secret"
PATH = f"/u/{SECRET}"
MOST_BYTES = 100_000


@dataclass
class WatchedIntake:
    """The real intake; remembers what it was asked, and fails where a test wants it."""

    real: Intake
    orders: list[AcceptUpload] = field(default_factory=list)
    failure: Exception | None = None

    async def accept_upload(self, order: AcceptUpload) -> UploadAccepted:
        self.orders.append(order)
        if self.failure is not None:
            raise self.failure
        return await self.real.accept_upload(order)


class Porch:
    """A web app with one upload link."""

    def __init__(self, folder: Path) -> None:
        self.store = open_archive(DataDir(folder / "data"))
        self.seconds = 0.0
        self.health: StoreHealth = SOUND
        settings = IntakeSettings(min_free_bytes=0, max_file_bytes=MOST_BYTES)
        self.intake = WatchedIntake(Intake(self.store, self.store.data.incoming, CountingPipeline(), settings))
        reception = Reception(self.store, self.intake, lambda: self.health, lambda: START + timedelta(seconds=self.seconds), MOST_BYTES)
        parts = WebParts(dict, str, lambda: self.health, CollectorRegistry(), "token")
        self.app: ASGIApp = web_app(parts, receiving_room(reception, lambda: self.seconds, Proxies().address))

    def link(self, name: str = "Receipts", password_hash: str = "", secret: str = SECRET, **facts: object) -> UploadLink:
        """Make the link."""
        made = replace(UploadLinkFacts(name), **facts)  # type: ignore[arg-type]  # each test names its fields
        return self.store.upload_links.create(NewUploadLink(None, digest(secret), made, password_hash), START)

    def documents(self) -> list[Document]:
        """List what came."""
        return list(self.store.documents.list(DocumentOrder(), None, 999, deleted=False))

    def names(self) -> list[str]:
        """List the names of what came."""
        return sorted(document.original_filename for document in self.documents())

    def received(self, link: UploadLink) -> Received:
        """Tell what was counted."""
        return self.store.upload_links.get(link.id).received

    def spool(self) -> list[str]:
        """List what lies in the spool."""
        return [path.name for path in self.store.data.spool.rglob("*") if path.is_file()]
