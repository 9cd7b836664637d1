"""What was learned from other documents."""

from collections.abc import Iterator, Sequence

from actors.store.assignment_types import Giver, Proposal, Reason
from actors.store.catalog_types import Label, Matching
from actors.understanding.facts import Guess
from actors.understanding.from_rules import ASPECTS

REASON = "like other documents that bear it"


def from_learning(guesses: Sequence[Guess], labels: Sequence[Label], least_probability: float) -> Iterator[Proposal]:
    """Propose what is sure enough, of labels that learn by themselves."""
    learning = {label.id for label in labels if label.facts.rule.matching is Matching.AUTO}
    for guess in guesses:
        if guess.label in learning and guess.probability >= least_probability:
            yield Proposal(ASPECTS[guess.kind], guess.label, Reason(Giver.CLASSIFIER, REASON, guess.probability))
