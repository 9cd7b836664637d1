"""Lets workflows look at documents that persons have edited."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from actors.store.errors import DocumentNotFound
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.workflows import Deeds, TriggerKind
from actors.store.store import Store

AT_ONCE = 100


class Planning(Protocol):
    """Whoever asks workflows."""

    def deeds(self, document_id: DocumentId, kind: TriggerKind) -> Deeds:
        """Tell what workflows want done to a document; raises DocumentNotFound."""


def look_at_edits(store: Store, planner: Planning, now: Callable[[], datetime]) -> int:
    """Have workflows look at some edited documents, each in a transaction of its own; answer how many there were.

    An edit is remembered until that transaction, so a crash before it costs nothing but time.
    """
    edited = store.workflows.edited(AT_ONCE)
    for document_id, mark in edited:
        try:
            deeds = planner.deeds(document_id, TriggerKind.DOCUMENT_UPDATED)
        except DocumentNotFound:
            continue  # purged meanwhile, and its mark with it
        store.workflows.carry_out(document_id, deeds, now(), mark=mark)
    return len(edited)
