"""Where figures of load go: `load.json`, and the terminal. Figures depend on the machine, so that no test asserts them."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from tests.bench.report import Figures, merge, show
from tests.bench.timing import p50, p99
from tests.load.sampling import Sample, growth, warm

OUTPUT = "load.json"


def keep(folder: Path, name: str, figures: Figures) -> None:
    """Print figures, and put them into the file in the place of older ones of that name."""
    merge(folder / OUTPUT, {name: figures})
    show({name: figures})


def latencies(milliseconds: Sequence[float]) -> Figures:
    """Sum up times of calls."""
    if len(milliseconds) < 2:
        return {"calls": float(len(milliseconds))}
    return {"calls": float(len(milliseconds)), "p50_ms": p50(milliseconds), "p99_ms": p99(milliseconds), "max_ms": max(milliseconds)}


def held(samples: Sequence[Sample]) -> Figures:
    """Sum up what a daemon held: at most, and how it grew once it was warm."""
    if not samples:
        return {}
    steady = warm(samples)
    return {
        "samples": float(len(samples)),
        "peak_mib": max(sample.mib for sample in samples),
        "growth_mib": growth(steady, lambda sample: sample.mib),
        "growth_mib_by_kind": {kind: growth(steady, partial(mib_of, kind)) for kind in sorted(steady[-1].mib_by_kind)},
        "peak_descriptors": float(max(sample.descriptors for sample in samples)),
        "growth_descriptors": growth(steady, lambda sample: sample.descriptors),
        "peak_threads": float(max(sample.threads for sample in samples)),
        "growth_threads": growth(steady, lambda sample: sample.threads),
    }


def mib_of(kind: str, sample: Sample) -> float:
    """Give what processes of one kind held."""
    return sample.mib_by_kind.get(kind, 0.0)
