"""The first administrator: whoever is at the machine gets a code by which to choose a name and a password."""

from contextlib import suppress
from datetime import datetime, timedelta

from actors.identity.tokens import digest, new_code
from actors.store.errors import StoreFailed, StoreUnavailable
from actors.store.nouns.identity import NewInvitation
from actors.store.store import Store

# Each start makes another one, and a daemon may run for long.
HOLDS = timedelta(days=365)


def first_code(store: Store, now: datetime) -> str | None:
    """Make the code that the greeting shows, another at each start.

    None where somebody can sign in already, or where nothing can be written now.
    """
    with suppress(StoreUnavailable, StoreFailed):
        if not store.users.has_administrator():
            code = new_code()
            store.invitations.create(NewInvitation(digest(code), None, now + HOLDS))
            return code
    return None
