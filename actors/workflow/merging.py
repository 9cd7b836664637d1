"""What machines propose for a document, in the order in which it counts: the first for a place wins (store/given.py)."""

from collections.abc import Sequence

from actors.store.nouns.assignments import Giver, Proposal

# Workflows give way to them: what stands on the paper as a code, or in the file as data, is no guess.
SURER = frozenset({Giver.BARCODE, Giver.INVOICE})


def merged(found: Sequence[Proposal], by_workflows: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """Put what workflows give behind those that are surer, and before all others."""
    first = [proposal for proposal in found if proposal.reason.giver in SURER]
    others = [proposal for proposal in found if proposal.reason.giver not in SURER]
    return (*first, *by_workflows, *others)
