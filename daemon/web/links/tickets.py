"""Tickets: what a page gives whoever has said the password, so that it need not be said again at each button."""

import hmac
import secrets
from collections.abc import Callable
from hashlib import sha256

TICKET_SECONDS = 3_600


class Tickets:
    """Signs tickets with a key of this process alone: after a restart the password is asked for again. `clock` never jumps."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._key = secrets.token_bytes(32)

    def give(self, subject: str, seconds: float = TICKET_SECONDS) -> str:
        """Make a ticket for a subject, which says all that must not change meanwhile."""
        until = int(self._clock() + seconds)
        return f"{until}.{self._signature(until, subject)}"

    def holds(self, ticket: str, subject: str) -> bool:
        """Tell whether a ticket is one of ours, for this subject, and not too old."""
        until, _, signature = ticket.partition(".")
        if not (until.isascii() and until.isdigit() and len(until) < 19):
            return False
        right = hmac.compare_digest(signature.encode("utf-8", "replace"), self._signature(int(until), subject).encode())
        return right and self._clock() < int(until)

    def _signature(self, until: int, subject: str) -> str:
        return hmac.new(self._key, f"{until}\0{subject}".encode("utf-8", "surrogatepass"), sha256).hexdigest()
