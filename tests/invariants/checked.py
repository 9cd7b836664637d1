"""I9: a check of the whole archive finds nothing."""

from datetime import UTC, datetime
from functools import partial

from actors.checkup.checkup import examine
from actors.checkup.messages import CheckOrder, Reported
from actors.store.nouns.archive import DocumentId
from actors.store.opening import open_store
from tests.running import Daemon


class NoPainter:
    """Draws nothing: a check asks for no picture."""

    def thumbnail(self, document_id: DocumentId) -> bytes | str:
        raise AssertionError(f"a check asked for a picture of document {document_id}")


def check_finds(daemon: Daemon) -> list[str]:
    """I9: tell what a check finds, done here as the daemon does it in a process of its own."""
    store = open_store(daemon.store_url, daemon.data)
    try:
        steps = examine(store, NoPainter(), partial(datetime.now, UTC), CheckOrder())
        found = [step.finding for step in steps if isinstance(step, Reported)]
    finally:
        store.close()
    return [f"I9: {each.kind}: document {each.document_id}, {each.path} {each.detail}" for each in found]
