"""The door for mail: opened and shut."""

import asyncio
import socket

import structlog

from daemon.smtp.encryption import MailEncryption
from daemon.smtp.gate import Gate, GateKeeper
from daemon.smtp.reception import Reception
from daemon.smtp.session import MailSession
from daemon.smtp.settings import SmtpSettings
from daemon.start_error import StartError

log = structlog.get_logger(__name__)

# Each command that a scanner needs for a mail comes once for it; nobody sends more in one go.
_MOST_COMMANDS = 1_000


class SmtpDoor:
    """Listens. Without `encryption` it speaks plain text alone."""

    def __init__(self, reception: Reception, settings: SmtpSettings, encryption: MailEncryption | None) -> None:
        """Take the parts."""
        self._reception = reception
        self._settings = settings
        self._encryption = encryption
        self._gate = Gate(settings.allow, settings.most_connections, settings.most_of_one)
        self._sessions = set[MailSession]()
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Listen; raises StartError."""
        address = self._settings.listen
        try:
            self._server = await asyncio.get_running_loop().create_server(
                lambda: GateKeeper(self._gate, self._begin), address.host, address.port
            )
        except OSError as error:
            raise StartError(
                f"mail can't be taken in at {address} ({error.strerror or error}): choose another address or port by smtp_listen"
            ) from error
        log.info("taking in mail", address=str(address), encrypted=self._encryption is not None, sign_in=bool(self._settings.user))

    async def stop(self) -> None:
        """Let nobody in any more, and hang up; a mail that was not answered is sent again."""
        if self._server is not None:
            self._server.close()
        await asyncio.gather(*(session.ended() for session in tuple(self._sessions)))

    def _begin(self, address: str) -> MailSession:
        settings, tls = self._settings, self._encryption.context() if self._encryption else None
        session = MailSession(
            self._reception,
            left=lambda: self._leave(address, session),
            delivery_seconds=settings.delivery_seconds,
            data_size_limit=settings.max_bytes,
            enable_SMTPUTF8=True,
            hostname=socket.gethostname(),
            ident="Scriba",
            tls_context=tls,
            timeout=settings.silent_seconds,
            auth_require_tls=tls is not None,
            command_call_limit=_MOST_COMMANDS,
            authenticator=self._reception.authenticate,
            loop=asyncio.get_running_loop(),
        )
        self._sessions.add(session)
        return session

    def _leave(self, address: str, session: MailSession) -> None:
        self._gate.leave(address)
        self._sessions.discard(session)
