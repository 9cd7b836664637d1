"""What was learned from other documents."""

from collections.abc import Iterator, Sequence

from actors.classifier.lessons import Suggestion, Suggestions
from actors.store.nouns.assignments import Giver, Proposal, Reason
from actors.store.nouns.catalog import Label, LabelId, Matching
from actors.understanding.from_rules import ASPECTS


def learning_labels(labels: Sequence[Label]) -> frozenset[LabelId]:
    """Choose the labels that learn by themselves; a tag may have become one of the inbox since it was learned."""
    return frozenset(label.id for label in labels if label.facts.rule.matching is Matching.AUTO and not label.facts.inbox)


def from_learning(suggestions: Suggestions, learning: frozenset[LabelId]) -> Iterator[Proposal]:
    """Propose what is sure, of labels that learn."""
    for kind, found in suggestions.items():
        for suggestion in found:
            if suggestion.sure and suggestion.label in learning:
                reason = Reason(Giver.CLASSIFIER, words_of(suggestion), round(suggestion.probability, 4))
                yield Proposal(ASPECTS[kind], suggestion.label, reason)


def words_of(suggestion: Suggestion) -> str:
    """Say to a person what speaks for a label."""
    if not suggestion.like:
        return "like other documents"
    return f"like document{'s' if len(suggestion.like) > 1 else ''} {', '.join(map(str, suggestion.like))}"
