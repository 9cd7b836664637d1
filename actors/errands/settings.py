"""How errands are done, as the daemon's settings say."""

from dataclasses import dataclass, field
from enum import StrEnum

from actors.egress.client import Bounds
from actors.egress.rules import Rules


class Encryption(StrEnum):
    """How the way to the mail server is shut: not at all, from a command on, or from the first byte."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


@dataclass(frozen=True, slots=True)
class MailSettings:
    """The server that takes e-mails; without a `user` nobody signs in. `max_bytes` are of all files of an e-mail that a person sends."""

    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = field(default="", repr=False)
    sender: str = ""
    encryption: Encryption = Encryption.NONE
    seconds: float = 30.0
    max_bytes: int = 25 * 1024**2


@dataclass(frozen=True, slots=True)
class WebhookSettings:
    """What webhooks may reach, and how long that may take."""

    rules: Rules = field(default_factory=Rules)
    bounds: Bounds = field(default_factory=Bounds)


@dataclass(frozen=True, slots=True)
class ErrandSettings:
    """How errands are done."""

    mail: MailSettings = field(default_factory=MailSettings)
    webhooks: WebhookSettings = field(default_factory=WebhookSettings)
