"""Measures learning and telling labels, ours and the peer's way, from the same letters told of the same hold-out.

Of a household's letters, and of passages of real text; seconds are of the processor. How it goes with 20,000 documents is measured in a
process of its own, for its memory.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time

from actors.classifier.lessons import Suggestions
from actors.classifier.model import load, save
from actors.classifier.training import train
from actors.store.nouns.catalog import LabelId, LabelKind
from tests.bench.peers_classifier import PeersClassifier
from tests.bench.report import Figures, Report
from tests.classifier.household import Household, Letter, held_out
from tests.classifier.passages import passages
from tests.classifier.scores import Scores, Told, calibration_error, corpus_of, likeliest, scores, sure

LETTERS = 800
SEED = 11
SINGLE = (LabelKind.CORRESPONDENT, LabelKind.DOCUMENT_TYPE)


def measure(folder: Path) -> Report:
    """Compare both ways, and measure a large archive."""
    real = passages()
    return {
        "classifier": {
            "household": compare(Household(SEED).letters(LETTERS), tuple(LabelKind), folder),
            "real_text": compare(real, SINGLE, folder) if real else {"skipped": "there is no corpus: set SCRIBA_CORPUS"},
            "large": json.loads(subprocess.check_output([sys.executable, "-m", "tests.bench.classifier_at_scale"])),
        }
    }


def compare(letters: Sequence[Letter], kinds: Sequence[LabelKind], folder: Path) -> Figures:
    """Let both ways learn from three quarters of the letters and tell the others."""
    learned, told = held_out(letters)
    begun = process_time()
    model = train(corpus_of(learned), "")
    ours_seconds = process_time() - begun
    size = save(model, folder)
    begun, suggest = process_time(), load(folder).suggest
    found = [suggest(letter.text) for letter in told]
    ours_each = (process_time() - begun) / len(told)
    begun = process_time()
    peer = PeersClassifier(learned, kinds)
    peers_seconds = process_time() - begun
    begun = process_time()
    theirs = {kind: [peer.tell(kind, letter.text) for letter in told] for kind in kinds}
    peers_each = (process_time() - begun) / len(told)
    return {
        "letters": len(letters),
        "train": {"seconds": ours_seconds, "peer_seconds": peers_seconds, "ratio_to_peer_way": peers_seconds / ours_seconds},
        "tell": {"ms": 1000 * ours_each, "peer_ms": 1000 * peers_each},
        "size_mib": size / 2**20,
        "peer_size_mib": peer.size_bytes / 2**20,
        **{kind.value: of_kind(kind, told, found, theirs[kind]) for kind in kinds},
    }


def of_kind(kind: LabelKind, letters: Sequence[Letter], found: Sequence[Suggestions], theirs: Told) -> Figures:
    """Give both ways' F1, and how far what we would give unasked can be trusted."""
    truths = [letter.truth[kind] for letter in letters]

    def against_truth(told: Callable[[LabelKind, Suggestions], tuple[LabelId, ...]]) -> Scores:
        return scores([told(kind, suggestions) for suggestions in found], truths)

    ours, given, peers = against_truth(likeliest), against_truth(sure), scores(theirs, truths)
    return {
        "f1": ours.micro,
        "peer_f1": peers.micro,
        "ratio_to_peer_way": ours.micro / peers.micro,
        "macro_f1": ours.macro,
        "peer_macro_f1": peers.macro,
        "given_precision": given.precision,
        "given_recall": given.recall,
        "calibration_error": calibration_error(zip(found, [letter.truth for letter in letters], strict=True), kind),
    }
