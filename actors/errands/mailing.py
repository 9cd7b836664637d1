"""Sends e-mails."""

import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path

from actors.egress.errors import Refused
from actors.egress.rules import Rules
from actors.egress.smtp import VettedSmtp, VettedSmtps
from actors.errands.errors import NeverSent, NotSent
from actors.errands.settings import Encryption, MailSettings
from actors.store.nouns.workflows import SendEmail

# The server is named by who runs the archive, and most often runs on the same machine.
_SERVER = Rules(internal=True)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document's file."""

    path: Path
    name: str
    mime_type: str


@dataclass(frozen=True, slots=True)
class Mailer:
    """Sends e-mails as the settings say."""

    settings: MailSettings = field(default_factory=MailSettings)

    @property
    def max_bytes(self) -> int:
        """Tell how large all files of an e-mail may be."""
        return self.settings.max_bytes

    def send(self, order: SendEmail, attachments: Sequence[Attachment], reply_to: str = "") -> None:
        """Hand an e-mail to the server; raises NotSent, NeverSent."""
        send_email(order, attachments, self.settings, reply_to)


def send_email(order: SendEmail, attachments: Sequence[Attachment], settings: MailSettings, reply_to: str = "") -> None:
    """Hand an e-mail to the server; raises NotSent, NeverSent."""
    message = composed(order, attachments, settings, reply_to)
    try:
        with _connected(settings) as server:
            if settings.encryption is Encryption.STARTTLS:
                server.starttls(context=ssl.create_default_context())
            if settings.user:
                server.login(settings.user, settings.password)
            server.send_message(message)
    except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError, ssl.SSLCertVerificationError) as error:
        raise NeverSent(f"the mail server {settings.host} did not let us in: {_words(error)}") from error
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        refused = NotSent if 400 <= _code(error) < 500 else NeverSent
        raise refused(f"the mail server {settings.host} refused the e-mail: {_words(error)}") from error
    except (smtplib.SMTPException, OSError) as error:
        raise NotSent(f"the mail server {settings.host}:{settings.port} was not reached: {_words(error)}") from error
    except (Refused, ValueError, UnicodeError) as error:
        raise NeverSent(f"the e-mail can't be sent: {error}") from error


def composed(order: SendEmail, attachments: Sequence[Attachment], settings: MailSettings, reply_to: str = "") -> EmailMessage:
    """Write an e-mail down; raises NeverSent."""
    message = EmailMessage()
    try:
        message["From"] = settings.sender or settings.user or "scriba@localhost"
        message["To"] = ", ".join(order.to)
        if reply_to:
            message["Reply-To"] = reply_to
        message["Subject"] = order.subject
        message["Date"] = formatdate()
        message["Message-ID"] = make_msgid(domain="scriba.invalid")
        message.set_content(order.body)
        for attachment in attachments:
            kind, _, subtype = attachment.mime_type.partition("/")
            content = attachment.path.read_bytes()
            message.add_attachment(content, maintype=kind, subtype=subtype or "octet-stream", filename=attachment.name)
    except OSError as error:
        raise NotSent(f"the document's file can't be read: {error.strerror}") from error
    except (MessageError, ValueError, IndexError) as error:
        raise NeverSent(f"the e-mail can't be written: {error}") from error
    return message


def _connected(settings: MailSettings) -> VettedSmtp | VettedSmtps:
    if settings.encryption is Encryption.TLS:
        return VettedSmtps(settings.host, settings.port, _SERVER, settings.seconds)
    return VettedSmtp(settings.host, settings.port, _SERVER, settings.seconds)


def _code(error: smtplib.SMTPException) -> int:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max((code for code, _ in error.recipients.values()), default=500)
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else 500


def _words(error: Exception) -> str:
    """Give the server's words, which know nothing of a password."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(f"{code} {_text(words)}" for code, words in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return str(error)[:300]


def _text(words: bytes | str) -> str:
    return (words.decode("utf-8", "replace") if isinstance(words, bytes) else words)[:300]
