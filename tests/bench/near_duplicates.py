"""Near-duplicates: how well they are told from papers of one template, and how long it takes to find them among 100,000 documents.

The papers are of other seeds than those that the thresholds were chosen on: printed, scanned in five qualities, and read by Tesseract.
"""

from collections import Counter
from contextlib import ExitStack
from pathlib import Path

from actors.similarity.fingerprint import fingerprint_of
from actors.similarity.tokens import tokens_of
from actors.similarity.verdict import compare
from tests.bench.fingerprints import linear_scan, times
from tests.bench.report import Figures, Report
from tests.postgres import DURABLE, running_postgres
from tests.similarity.labelled import Labelled, labelled

SEEDS = range(100, 104)


def measure(folder: Path) -> Report:
    """Measure quality and time."""
    with ExitStack() as servers:
        postgres = servers.enter_context(running_postgres(DURABLE))
        return {
            "near_duplicates": {
                "sqlite": times(folder / "sqlite", None),
                "postgresql": times(folder / "postgresql", postgres.url(postgres.create())),
                "linear_scan": linear_scan(),
                **quality(),
            }
        }


def quality() -> Figures:
    """Judge pairs of which it is known whether they are one paper; those with a fax, of which not all can be read, apart."""
    told = Counter[tuple[str, bool, bool]]()
    for seed in SEEDS:
        for pair in labelled(seed):
            told["fax" if pair.poor else "scans", pair.same, judged(pair)] += 1
    return {group: figures_of(told, group) for group in ("scans", "fax")}


def judged(pair: Labelled) -> bool:
    """Tell whether one of a pair is found by the other, and both are taken for one paper."""
    one, other = tokens_of(pair.one.text), tokens_of(pair.other.text)
    shared = set(fingerprint_of(one).bands) & set(fingerprint_of(other).bands)
    return bool(shared) and compare(one, other).same_paper


def figures_of(told: Counter[tuple[str, bool, bool]], group: str) -> Figures:
    """Sum up one group."""
    right, wrong, missed = told[group, True, True], told[group, False, True], told[group, True, False]
    return {
        "pairs_of_one_paper": right + missed,
        "pairs_of_one_template": wrong + told[group, False, False],
        "precision": right / max(right + wrong, 1),
        "recall": right / max(right + missed, 1),
    }
