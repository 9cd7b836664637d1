"""Rules and learning once more, over documents that were understood before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from actors.store.assignments.given import YIELDING, firmer
from actors.store.nouns.access import Viewer
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.assignments import Assignment, Proposal
from actors.store.nouns.catalog import LabelKind
from actors.store.store import Store
from actors.understanding.from_rules import ASPECTS

Propose = Callable[[Sequence[str]], Sequence[Proposal]]


@dataclass(frozen=True, slots=True)
class GoOver:
    """Which kinds of labels to give again. With `keep_values` no document gets another one for what it has.

    A rehearsal is told to `viewer`.
    """

    kinds: frozenset[LabelKind] = frozenset(LabelKind)
    keep_values: bool = False
    viewer: Viewer | None = None


def proposed(
    store: Store, propose: Propose, documents: Sequence[DocumentId], kinds: frozenset[LabelKind]
) -> dict[DocumentId, list[Proposal]]:
    """Ask what is proposed for the texts of some documents; one text at a time, since one may be as large as all the others."""
    aspects = {ASPECTS[kind] for kind in kinds}
    wanted = dict[DocumentId, list[Proposal]]()
    for document_id in documents:
        found = [one for one in propose(store.pages.texts(document_id)) if one.aspect in aspects]
        if found:
            wanted[document_id] = found
    return wanted


def rehearse(store: Store, propose: Propose, documents: Sequence[DocumentId], order: GoOver, now: datetime) -> Sequence[Assignment]:
    """Tell what some documents would be given; nothing is kept."""
    wanted = proposed(store, propose, documents, order.kinds)
    seen = partial(firmer, yielding=YIELDING, keep_values=order.keep_values)
    return store.assignments.foresee(wanted, seen, now, order.viewer) if wanted else ()
