"""Learns labels from filed documents. With what it calls, the one place that knows scikit-learn."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from actors.classifier.about import About, Learned
from actors.classifier.calibration import Truths, calibrate, figures, least_sure
from actors.classifier.certainty import probabilities
from actors.classifier.counted import Corpus
from actors.classifier.examples import make_examples
from actors.classifier.features import Vocabulary, choose_vocabulary
from actors.classifier.lessons import Labels
from actors.classifier.model import Judge, Model
from actors.classifier.ridge import Ridge
from actors.classifier.tallies import Tallies
from actors.store.nouns.catalog import LabelId, LabelKind

# Of each kind; more would make a model that is too large to keep at hand.
MOST_LABELS = 500
# With half as many, F1 of tags falls by 1 point in an archive of 5,000; with twice as many it takes four times as long.
MOST_EXAMPLES = 2_000
# One or two documents may share words and a label by chance. As many must be without it.
FEWEST_DOCUMENTS = 3


def train(corpus: Corpus, change: str, most_examples: int = MOST_EXAMPLES) -> Model:
    """Learn every label that enough documents bear; the newest documents come first. The same corpus gives the same model."""
    digest, corpus = corpus.digest(), corpus.legible()
    filed = [lesson.labels for lesson in corpus.lessons]
    vocabulary = choose_vocabulary(corpus.tallies)
    kinds = {kind: labels for kind in LabelKind if (labels := labels_to_learn([labels.get(kind, ()) for labels in filed]))}
    chosen = choose_examples(_told(filed, kinds), alike(vocabulary, corpus.tallies), most_examples) if kinds else []
    examples = vocabulary.known(corpus.tallies.chosen(chosen))
    learned = _learn(filed, kinds, Ridge(vocabulary, corpus.tallies, examples)) if chosen else {}
    about = About(change, digest, len(filed), {kind: told for kind, (told, _) in learned.items()})
    documents = np.array([corpus.lessons[number].document for number in chosen], np.int64)
    judges = {kind: judge for kind, (_, judge) in learned.items()}
    return Model(about, vocabulary, make_examples(documents, examples, vocabulary), judges)


def labels_to_learn(borne: Sequence[Sequence[LabelId]], most: int = MOST_LABELS) -> tuple[LabelId, ...]:
    """Choose the labels that enough documents bear and enough do not, the most used ones, sorted."""
    uses = Counter(label for labels in borne for label in labels)
    enough = [label for label, used in uses.items() if FEWEST_DOCUMENTS <= used <= len(borne) - FEWEST_DOCUMENTS]
    return tuple(sorted(sorted(enough, key=lambda label: (-uses[label], label))[:most]))


def alike(vocabulary: Vocabulary, tallies: Tallies) -> list[int]:
    """Number the documents that share features with others: any other is like no text."""
    lengths = [vocabulary.weigh(part).lengths for part in tallies.parts(MOST_EXAMPLES)]
    numbers: list[int] = np.flatnonzero(np.concatenate([np.zeros(0, np.int64), *lengths])).tolist()
    return numbers


def choose_examples(filed: Sequence[Labels], numbers: Sequence[int], most: int) -> list[int]:
    """Choose documents of every label, as evenly as there are: the newest of each, then those after, until there are enough."""
    seen, ranks = Counter[LabelId](), list[tuple[int, int]]()
    for number in numbers:
        borne = [label for labels in filed[number].values() for label in labels]
        ranks.append((min((seen[label] for label in borne), default=len(filed)), number))
        seen.update(borne)
    return sorted(number for _, number in sorted(ranks)[:most])


def _told(filed: Sequence[Labels], kinds: Mapping[LabelKind, tuple[LabelId, ...]]) -> list[Labels]:
    """Leave out labels that are not learned."""
    learned = {kind: frozenset(labels) for kind, labels in kinds.items()}
    return [{kind: tuple(label for label in labels if label in learned.get(kind, ())) for kind, labels in one.items()} for one in filed]


def _learn(filed: Sequence[Labels], kinds: Mapping[LabelKind, tuple[LabelId, ...]], ridge: Ridge) -> dict[LabelKind, tuple[Learned, Judge]]:
    learned = {}
    for kind, labels in kinds.items():
        truths = truths_of(kind, labels, filed)
        fit = ridge.fit(truths)
        line = calibrate(kind, fit.margins, truths)
        likely, true = probabilities(kind, fit.margins, line), truths[:, : len(labels)]
        least = least_sure(kind, likely, true)
        learned[kind] = Learned(labels, figures(kind, likely, true, least)), Judge(labels, fit.weights, fit.means, line, least)
    return learned


def truths_of(kind: LabelKind, labels: Sequence[LabelId], filed: Sequence[Labels]) -> Truths:
    """Tell which document bears which label. Where documents bear one of a kind, a last column tells which bear none of those."""
    column = {label: number for number, label in enumerate(labels)}
    truths = np.zeros((len(filed), len(labels) + (kind is not LabelKind.TAG)), np.bool_)
    for row, borne in enumerate(filed):
        truths[row, [column[label] for label in borne.get(kind, ()) if label in column]] = True
    if kind is not LabelKind.TAG:
        truths[:, -1] = ~truths[:, :-1].any(axis=1)
    return truths
