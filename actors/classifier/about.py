"""What a model tells of itself. Needs no numpy, so that who only asks whether there is a model does without."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from actors.classifier.lessons import Figures
from actors.store.files.durable import write_file
from actors.store.nouns.catalog import LabelId, LabelKind

# Grows with every change of how texts are cut, weighed or kept: a model of another format is learned anew.
FORMAT = 2
ABOUT = "model.json"


class ModelUnusable(Exception):
    """There is no model, or it is damaged or of another format; it can be learned anew."""


@dataclass(frozen=True, slots=True)
class Learned:
    """The labels of one kind, in the order of the weights, and how well they were told."""

    labels: tuple[LabelId, ...]
    figures: Figures


@dataclass(frozen=True, slots=True)
class About:
    """The state of the archive that a model was learned from, a digest of all that it saw of it, the number of documents, and what came.

    Another state may show the same: a title is another, or a document has gone into the inbox and out again.
    """

    change: str
    lessons: str
    documents: int
    kinds: Mapping[LabelKind, Learned]

    @property
    def labels(self) -> int:
        """Count the labels of all kinds."""
        return sum(len(learned.labels) for learned in self.kinds.values())


def write_model(about: About, weights: bytes, folder: Path) -> None:
    """Put a model into its folder, and take the one before out; the description names the weights, so the two never part."""
    digest = sha256(weights).hexdigest()
    write_file(_weights_file(folder, digest), weights)
    _write_about(about, digest, folder)
    for old in set(folder.glob("model-*.npz")) - {_weights_file(folder, digest)}:
        old.unlink(missing_ok=True)


def restate(about: About, change: str, folder: Path) -> None:
    """Say of the model in the folder that it holds for another state of the archive too; raises ModelUnusable."""
    _, digest = _read_about(folder)
    _write_about(replace(about, change=change), digest, folder)


def read_model(folder: Path) -> tuple[About, bytes]:
    """Give a model's description and its weights as they were written; raises ModelUnusable."""
    about, digest = _read_about(folder)
    try:
        weights = _weights_file(folder, digest).read_bytes()
    except OSError as error:
        raise ModelUnusable(f"its weights cannot be read: {error}") from error
    if sha256(weights).hexdigest() != digest:
        raise ModelUnusable("its weights are damaged")
    return about, weights


def learned_change(folder: Path) -> str | None:
    """Tell what state of the archive the model was learned from; None when there is no usable one."""
    try:
        return read_model(folder)[0].change
    except ModelUnusable:
        return None


def parse_about(data: bytes) -> tuple[About, str]:
    """Read a description and the digest of the weights that it names; raises ModelUnusable."""
    try:
        fields = json.loads(data)
        if fields["format"] != FORMAT:
            raise ModelUnusable("it is of another format")
        kinds = {LabelKind(kind): _learned(told) for kind, told in fields["kinds"].items()}
        about = About(str(fields["change"]), str(fields["lessons"]), int(fields["documents"]), kinds)
        return about, bytes.fromhex(fields["weights_sha256"]).hex()
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise ModelUnusable(f"it cannot be read: {error!r}") from error


def _learned(told: Mapping[str, Any]) -> Learned:
    labels = tuple(LabelId(int(label)) for label in told["labels"])
    if len(set(labels)) < len(labels):
        raise ValueError("a label stands twice")
    figures = {name: float(value) if name == "misjudged" else int(value) for name, value in told["figures"].items() if name != "f1"}
    return Learned(labels, Figures(**figures))  # type: ignore[arg-type]  # each is what its name says, or TypeError says that it is none


def _read_about(folder: Path) -> tuple[About, str]:
    try:
        data = (folder / ABOUT).read_bytes()
    except OSError as error:
        raise ModelUnusable(f"it cannot be read: {error}") from error
    return parse_about(data)


def _write_about(about: About, digest: str, folder: Path) -> None:
    fields: dict[str, object] = {
        "format": FORMAT,
        "change": about.change,
        "lessons": about.lessons,
        "documents": about.documents,
        "kinds": {
            kind.value: {"labels": learned.labels, "figures": asdict(learned.figures) | {"f1": round(learned.figures.f1, 4)}}
            for kind, learned in about.kinds.items()
        },
        "weights_sha256": digest,
    }
    write_file(folder / ABOUT, json.dumps(fields, indent=1).encode())


def _weights_file(folder: Path, digest: str) -> Path:
    return folder / f"model-{digest[:16]}.npz"
