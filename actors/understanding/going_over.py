"""Rules and learning once more, over documents that were understood before."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TypeVar

from actors.store.assignments.given import firmer
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.assignments import Assignment, Giver, Proposal
from actors.store.nouns.catalog import LabelKind
from actors.store.store import Store
from actors.understanding.from_rules import ASPECTS

# What others gave, they know better: barcodes and e-invoices are not asked again, and workflows are surer than rules.
YIELDING = frozenset({Giver.RULE, Giver.CLASSIFIER})

Id = TypeVar("Id")


@dataclass(frozen=True, slots=True)
class GoOver:
    """Which kinds of labels to give again. With `keep_values` no document gets another one for what it has; a dry run gives nothing."""

    kinds: frozenset[LabelKind] = frozenset(LabelKind)
    keep_values: bool = False
    dry_run: bool = False


def go_over(
    store: Store, propose: Callable[[Sequence[str]], Sequence[Proposal]], documents: Sequence[DocumentId], order: GoOver, now: datetime
) -> Sequence[Assignment]:
    """Give some documents the labels that are proposed for their texts, in one transaction; tell what they were given."""
    aspects = {ASPECTS[kind] for kind in order.kinds}
    wanted = dict[DocumentId, list[Proposal]]()
    for document_id in documents:  # one text at a time: one may be as large as all the others
        found = [one for one in propose(store.pages.texts(document_id)) if one.aspect in aspects]
        if found:
            wanted[document_id] = found
    seen = partial(firmer, yielding=YIELDING, keep_values=order.keep_values)
    return store.assignments.renew(wanted, seen, now, order.dry_run) if wanted else ()


def pages_after(read: Callable[[Id | None, int], Sequence[Id]], size: int) -> Iterator[Sequence[Id]]:
    """Read ids page by page, each beginning after the last one of the page before."""
    page = read(None, size)
    while page:
        yield page
        page = read(page[-1], size)


def slices(ids: Sequence[Id], size: int) -> Iterator[Sequence[Id]]:
    """Cut ids that are all there into pages."""
    return (ids[start : start + size] for start in range(0, len(ids), size))
