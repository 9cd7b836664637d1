"""A door for mail before the real store and the real intake; mails come by smtplib."""

import asyncio
import smtplib
import socket
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.message import EmailMessage
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from actors.intake.intake import Intake
from actors.intake.settings import IntakeSettings
from actors.store.files.data_dir import DataDir
from actors.store.files.health import SOUND, StoreHealth
from actors.store.nouns.archive import Document, DocumentOrder
from actors.store.nouns.catalog import LabelFacts, LabelKind
from actors.store.nouns.identity import Role, UserFacts, UserId
from daemon.certificates.certificate import read_certificate
from daemon.certificates.making import make_server_certificate
from daemon.listen import ListenAddress
from daemon.smtp.delivery import Delivery
from daemon.smtp.door import SmtpDoor
from daemon.smtp.encryption import MailEncryption
from daemon.smtp.reception import Reception
from daemon.smtp.settings import SmtpSettings
from tests.archives import open_archive
from tests.intake.archive import CountingPipeline
from tests.ports import free_port
from tests.store.making import START
from tests.web.reception import WatchedIntake

LOOPBACK = (ip_network("127.0.0.0/8"),)
MOST_FILE_BYTES = 200_000
TO = "scans@archive.lan"


@dataclass(frozen=True)
class Answer:
    """What the server said to the end of a mail, or to what came before it."""

    code: int
    words: str


class Porch:
    """An archive that takes mail in."""

    def __init__(self, folder: Path, *, encrypted: bool = False, otherwise: UserId | None = None, **settings: Any) -> None:
        self.store = open_archive(DataDir(folder / "data"))
        self.health: StoreHealth = SOUND
        self.otherwise = otherwise
        self.seconds = 0.0
        intake = Intake(
            self.store, self.store.data.incoming, CountingPipeline(), IntakeSettings(min_free_bytes=0, max_file_bytes=MOST_FILE_BYTES)
        )
        self.intake = WatchedIntake(intake)
        self.port = free_port()
        self.settings = replace(SmtpSettings(ListenAddress("127.0.0.1", self.port), LOOPBACK), **settings)
        delivery = Delivery(self.store, self.intake, lambda: self.otherwise, self.settings.keep_mails)
        reception = Reception(delivery, self.settings, self.store.data.uploads, lambda: self.health, lambda: self.seconds)
        chain, key = make_server_certificate(["localhost", "127.0.0.1"], datetime.now(UTC))
        self.certificate = read_certificate(chain, key)
        encryption = MailEncryption(lambda: self.certificate, self.store.data.run) if encrypted else None
        self.door = SmtpDoor(reception, self.settings, encryption)

    async def __aenter__(self) -> "Porch":
        await self.door.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.door.stop()
        spool = [path.name for path in self.store.data.spool.rglob("*") if path.is_file()]
        self.store.close()
        assert spool == []  # I8, whatever came

    async def speak(self, talk: Callable[[smtplib.SMTP], Answer]) -> Answer:
        """Let a real client talk, in a thread as another machine would."""

        def connected() -> Answer:
            with smtplib.SMTP("127.0.0.1", self.port, timeout=20) as client:
                return talk(client)

        return await asyncio.to_thread(connected)

    async def send(self, message: EmailMessage | bytes, *recipients: str, sender: str = "scanner@lan") -> Answer:
        """Send a mail."""
        return await self.speak(lambda client: sent(client, message, recipients or (TO,), sender))

    def trusting(self) -> ssl.SSLContext:
        """Give the encryption of a client that trusts this archive."""
        return ssl.create_default_context(cadata=self.certificate.chain.decode())

    def documents(self) -> list[Document]:
        """List what came."""
        return sorted(self.store.documents.list(DocumentOrder(), None, 999, deleted=False), key=lambda document: document.id)

    def names(self) -> list[str]:
        """List the names of what came."""
        return sorted(document.original_filename for document in self.documents())

    def content(self, document: Document) -> bytes:
        """Read an original."""
        return self.store.originals.path(document).read_bytes()

    def user(self, name: str, role: Role = Role.EDITOR) -> UserId:
        """Make a user."""
        return self.store.users.create(UserFacts(name, role), START).id

    def tag(self, name: str) -> None:
        """Make a tag that is everyone's."""
        self.store.catalog.labels.create(LabelKind.TAG, LabelFacts(name))


def sent(client: smtplib.SMTP, message: EmailMessage | bytes, recipients: Sequence[str] = (TO,), sender: str = "scanner@lan") -> Answer:
    """Send a mail, and tell the last answer."""
    data = message if isinstance(message, bytes) else bytes(message)
    client.ehlo_or_helo_if_needed()
    said = [client.mail(sender, [f"size={len(data)}"])]
    if said[-1][0] == 250:
        said += [client.rcpt(recipient) for recipient in recipients]
    if said[-1][0] == 250:
        said.append(client.data(data))
    return Answer(said[-1][0], said[-1][1].decode())


def raw(port: int, data: bytes) -> bytes:
    """Send bytes, and hear all that is answered until the other side hangs up."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(data)
        heard = b""
        while piece := connection.recv(65_536):
            heard += piece
        return heard
