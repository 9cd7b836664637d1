"""What was learned, as files: anybody may have written them, or a disk spoilt them."""

from functools import cache

import numpy as np

from actors.classifier.about import About, Learned, ModelUnusable, parse_about
from actors.classifier.arrays import Arrays, ArraysUnusable, Forms, pack, unpack
from actors.classifier.counted import parse_counted
from actors.classifier.features import choose_vocabulary, count
from actors.classifier.lessons import Figures
from actors.classifier.model import parse_model
from actors.classifier.tallies import joined
from actors.store.nouns.catalog import LabelId, LabelKind
from tests.fuzz.target import Target, split

FORMS: Forms = {"ends": (np.int64, 1), "weights": (np.float32, 2)}
TEXT = "gas meter"
ABOUT = About("1 2", "digest", 2, {kind: Learned((LabelId(7),), Figures()) for kind in (LabelKind.CORRESPONDENT, LabelKind.TAG)})


def fuzz_arrays(data: bytes) -> None:
    """Any bytes are arrays of the expected forms, no larger than the bytes, or refused."""
    try:
        arrays = unpack(data, FORMS)
    except ArraysUnusable:
        return
    assert {name: (array.dtype, array.ndim) for name, array in arrays.items()} == FORMS
    assert sum(array.nbytes for array in arrays.values()) <= len(data)


def fuzz_counted(data: bytes) -> None:
    """Any bytes are documents with ascending buckets' counts that can be learned from, or refused."""
    try:
        found = parse_counted(data)
    except ArraysUnusable:
        return
    tallies = joined(found.values())
    assert tallies.sound()
    choose_vocabulary(tallies).weigh(tallies)


def fuzz_model_description(data: bytes) -> None:
    """Any bytes describe a model whose labels are told apart and whose file cannot lie elsewhere, or are refused."""
    try:
        about, digest = parse_about(data)
    except ModelUnusable:
        return
    assert set(digest) <= set("0123456789abcdef")
    assert all(len(set(learned.labels)) == len(learned.labels) for learned in about.kinds.values())


def fuzz_model_weights(data: bytes) -> None:
    """A model of which one array is any bytes tells probabilities, or is refused."""
    name, content = split(data, 2)
    arrays = dict(sound_arrays())
    place = sorted(arrays)[len(name) % len(arrays)]
    there = arrays[place]
    foreign = np.frombuffer(content[: len(content) // there.itemsize * there.itemsize], there.dtype)
    arrays[place] = foreign.reshape(-1, there.shape[1]) if there.ndim == 2 and len(foreign) % there.shape[1] == 0 else foreign
    try:
        model = parse_model(ABOUT, pack(arrays))
    except ModelUnusable:
        return
    for suggestions in model.suggest(TEXT).values():
        assert all(0 <= one.probability <= 1 for one in suggestions), suggestions


@cache
def sound_arrays() -> Arrays:
    """Give the arrays of a model of two documents."""
    tallies = joined([count(TEXT), count(TEXT)])
    vocabulary = choose_vocabulary(tallies)
    kinds = {
        f"{kind}.{name}": array
        for kind in ABOUT.kinds
        for name, array in {
            "weights": np.ones((2, 1 + (kind is LabelKind.CORRESPONDENT)), np.float32),
            "means": np.zeros(1 + (kind is LabelKind.CORRESPONDENT), np.float32),
            "least_sure": np.ones(1, np.float32),
            "line": np.array([8.0, -4.0]),
        }.items()
    }
    return {
        "buckets": vocabulary.buckets,
        "rarity": vocabulary.rarity,
        "documents": np.array([1, 2]),
        "ends": tallies.ends,
        "example_buckets": tallies.buckets,
        "counts": tallies.counts,
        **kinds,
    }


COUNTED = {
    "format": np.array([1]),
    "documents": np.array([5, 6]),
    "revisions": np.array([1, 1]),
    "ends": np.array([1, 3]),
    "buckets": np.array([7, 7, 9], np.int32),
    "counts": np.array([1, 2, 1], np.uint8),
}
DESCRIPTION = (
    b'{"format": 2, "change": "1", "lessons": "0a", "documents": 9, "kinds": {"tag": {"labels": [4, 7], "figures": {"right": 1}}}, '
    b'"weights_sha256": "00ff"}'
)
TARGETS = (
    Target(fuzz_arrays, (pack({"ends": np.array([1]), "weights": np.ones((1, 2), np.float32)}), b"PK\x03\x04", b"")),
    Target(fuzz_counted, (pack(COUNTED), pack({**COUNTED, "ends": np.array([3, 1])}))),
    Target(fuzz_model_description, (DESCRIPTION, b"[[[[", b'{"format": 2, "documents": 1e999}', b'{"format": 2, "kinds": {"tag": 1}}')),
    Target(
        fuzz_model_weights,
        tuple(b"x" * number + b"\xff" + sound_arrays()[name].tobytes() for number, name in enumerate(sorted(sound_arrays()))),
    ),
)
