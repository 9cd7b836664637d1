"""Whose a document is to be that somebody brings, or lets in."""

from actors.store.nouns.identity import UserId
from actors.store.store import Store
from daemon.service.callers import caller
from daemon.service.refusals import OwnerNotYours
from daemon.service.wire.identity import user_id


def owner_of(told: str | None, whole: Store) -> UserId | None:
    """Tell the owner: the caller when none is told, nobody for ''. Raises OwnerNotYours, UserNotFound."""
    principal = caller()
    if told is None:
        return principal.user
    if not told:
        return None
    owner = user_id(told)
    if owner != principal.user:
        if not principal.viewer.everything:
            raise OwnerNotYours
        whole.users.get(owner)
    return owner
