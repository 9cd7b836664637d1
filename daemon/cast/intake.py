"""Who takes files in."""

from functools import partial

import structlog

from actors.intake.intake import Intake
from actors.intake.ports import JobsWaiting
from actors.store.identity.errors import UserNotFound
from actors.store.nouns.identity import UserId
from actors.store.store import Store, join_store
from daemon.script import Script

log = structlog.get_logger(__name__)


async def make_intake(script: Script, pipeline: JobsWaiting) -> Intake:
    """Build it, and drop the copies that a former life left half-way."""
    store = join_store(script.store_url, script.data)
    owner = partial(named_user, store, script.consume_owner)
    if script.consume_owner and owner() is None:
        log.warning("no user has the name in consume_owner: what is dropped belongs to nobody", name=script.consume_owner)
    intake = Intake(store, script.data.incoming, pipeline, script.intake, checkpoint=script.checkpoint, drops_owner=owner)
    await intake.recover()
    return intake


def named_user(store: Store, name: str) -> UserId | None:
    """Find a user by a name as it is now; None for no name, and for one that nobody has."""
    try:
        return store.users.find(name).id if name else None
    except UserNotFound:
        return None
