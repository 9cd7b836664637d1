"""A grant, and how it is written where secrets are kept."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta

# A token must still be good when the mail server looks at it.
_MARGIN = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Grant:
    """What lets the archive into a mailbox: a token good until a time, and another by which the next is had."""

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    until: datetime

    def is_good(self, now: datetime) -> bool:
        """Tell whether the token can be shown to a mail server."""
        return now + _MARGIN < self.until


def write_grant(grant: Grant) -> str:
    """Write a grant as text, which is to be sealed."""
    return json.dumps({"access_token": grant.access_token, "refresh_token": grant.refresh_token, "until": grant.until.isoformat()})


def read_grant(text: str) -> Grant | None:
    """Read what was written; None for what is no grant, such as the password that an account had before."""
    try:
        told = json.loads(text)
        return Grant(str(told["access_token"]), str(told["refresh_token"]), datetime.fromisoformat(told["until"]))
    except (ValueError, KeyError, TypeError):
        return None
