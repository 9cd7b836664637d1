"""How mailboxes are reached."""

import ssl
from dataclasses import dataclass, field
from pathlib import Path

from actors.egress.rules import Rules

USUAL_CRON = "*/10 * * * *"


@dataclass(frozen=True, slots=True)
class MailboxSettings:
    """How mailboxes are reached, and when they are asked that do not tell by themselves.

    `certificates` names a file of authorities that are believed beside the usual ones; `gnupg_home` the folder of the keys that open
    mails. `cron` is `disable` for mailboxes that are never asked: those that tell of new mail are heard all the same.
    """

    rules: Rules = field(default_factory=Rules)
    certificates: Path | None = None
    gnupg_home: Path | None = None
    cron: str = USUAL_CRON
    time_zone: str = "UTC"
    seconds: float = 30.0

    def trust(self) -> ssl.SSLContext:
        """Read the certificates that are believed. Raises OSError where the file is none."""
        context = ssl.create_default_context()
        if self.certificates is not None:
            context.load_verify_locations(self.certificates)
        return context
