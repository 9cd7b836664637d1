"""What is answered to those who send mail; "250" is said only when all of a mail is safe in the archive (RELIABILITY R1)."""

import asyncio
import hmac
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

import structlog
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from actors.disk_errors import FULL
from actors.identity.throttle import Throttle
from actors.store.files.health import StoreHealth
from daemon.service.threads import completed
from daemon.smtp.delivery import PREFIX, Delivery
from daemon.smtp.settings import SmtpSettings

log = structlog.get_logger(__name__)

NO_ROOM = "452 4.3.1 the archive takes nothing in at present; send it again later"
TROUBLE = "451 4.3.0 the archive could not take it in; send it again later"
TOO_LARGE = "552 5.3.4 the mail is larger than the archive takes (smtp_max_bytes)"
TOO_MANY_RECIPIENTS = "452 4.5.3 too many recipients"
PAUSE = "454 4.7.0 too many wrong passwords: come again in a quarter of an hour"
SIGN_IN = "530 5.7.0 sign in first"
WRONG = "535 5.7.8 wrong name or password"
# What is read of a mail that is too large so that its sender hears why; whoever goes on is cut off.
MOST_DISCARDED_BYTES = 64 * 1024**2
_FREE_GUESSES = 5


class Reception:
    """Answers the sessions. Mails are taken apart one at a time: that bounds the memory, and the disk is one anyway."""

    def __init__(
        self, delivery: Delivery, settings: SmtpSettings, uploads: Path, health: Callable[[], StoreHealth], clock: Callable[[], float]
    ) -> None:
        """Take the parts; mails wait in the folder `uploads` until they are taken in, and `clock` counts seconds."""
        self._delivery = delivery
        self._settings = settings
        self._uploads = uploads
        self._health = health
        self._clock = clock
        self._turn = asyncio.Lock()
        self._guesses = Throttle(_FREE_GUESSES)

    async def handle_EHLO(self, server: SMTP, session: Session, envelope: Envelope, hostname: str, answers: Sequence[str]) -> Sequence[str]:
        """Offer no signing in where nobody can."""
        session.host_name = hostname
        return answers if self._settings.user else [answer for answer in answers if not answer.startswith("250-AUTH")]

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Sequence[str]) -> str:
        """Refuse a mail before its bytes come: of who has not signed in, where that is set, and while none can be taken in."""
        if self._settings.user and not session.authenticated:
            return SIGN_IN
        if not self._health().accepting:
            return NO_ROOM
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Sequence[str]) -> str:
        """Take any address; what stands before its @ may name users and tags."""
        if len(envelope.rcpt_tos) >= self._settings.most_recipients:
            return TOO_MANY_RECIPIENTS
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_exception(self, error: Exception) -> str:
        """Answer for what nobody thought of."""
        log.error("mail session failed", exc_info=error)
        return TROUBLE

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, login: LoginPassword) -> AuthResult:
        """Compare name and password with those of the settings."""
        address, now = _address(session), self._clock()
        if self._guesses.pause(address, now) > 0:
            return AuthResult(success=False, handled=False, message=PAUSE)
        user = hmac.compare_digest(login.login, self._settings.user.encode())
        password = hmac.compare_digest(login.password, self._settings.password.encode())
        if not (user and password):
            self._guesses.failed(address, now)
            log.warning("wrong password for the mail door", address=address)
            return AuthResult(success=False, handled=False, message=WRONG)
        self._guesses.succeeded(address)
        return AuthResult(success=True)

    async def take(self, session: Session, envelope: Envelope, pieces: AsyncIterator[bytes]) -> str:
        """Take one mail to its end, and give the answer."""
        path = self._uploads / f"{PREFIX}{secrets.token_hex(16)}.part"
        try:
            refusal = await self._spool(path, pieces)
            if refusal:
                return refusal
            async with self._turn:
                return await self._delivery.take(path, envelope.rcpt_tos, _address(session))
        except OSError as error:
            log.warning("mail not written", error=str(error))
            return NO_ROOM if error.errno in FULL else TROUBLE
        finally:
            await completed(path.unlink, missing_ok=True)

    async def _spool(self, path: Path, pieces: AsyncIterator[bytes]) -> str:
        """Write a mail down as it comes; '' when it is there, or why it is not taken, once its end was heard."""
        size, failure = 0, None
        with await completed(path.open, "xb") as file:
            async for piece in pieces:
                size += len(piece)
                if size > self._settings.max_bytes + MOST_DISCARDED_BYTES:
                    raise ConnectionResetError("a mail that does not end")
                if size > self._settings.max_bytes or failure is not None:
                    continue
                try:
                    await completed(file.write, piece)
                except OSError as error:
                    failure = error
        if failure is not None:
            raise failure
        return TOO_LARGE if size > self._settings.max_bytes else ""


def _address(session: Session) -> str:
    return str(session.peer[0]) if session.peer else ""
