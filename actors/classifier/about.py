"""What a model tells of itself. Needs no numpy, so that who only asks whether there is a model does without."""

import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from actors.classifier.lessons import Figures
from actors.store.durable import write_file

# Grows with every change of how words are cut, weighed or kept: a model of another format is learned anew.
FORMAT = 1
ABOUT = "tags.json"


class ModelUnusable(Exception):
    """There is no model, or it is damaged or of another format; it can be learned anew."""


@dataclass(frozen=True, slots=True)
class About:
    """The tags in their order, the state of the archive that they were learned from, the number of its tagged documents, and figures."""

    tags: tuple[str, ...]
    change: str
    documents: int
    figures: Figures


def write_model(about: About, weights: bytes, folder: Path) -> None:
    """Put a model into its folder, and take the one before out; the description names the weights, so the two never part."""
    digest = sha256(weights).hexdigest()
    fields = {"format": FORMAT, **asdict(about), "f1": round(about.figures.f1, 4), "weights_sha256": digest}
    place = _weights_file(folder, digest)
    write_file(place, weights)
    write_file(folder / ABOUT, json.dumps(fields, indent=1, ensure_ascii=False).encode())
    for old in set(folder.glob("*.npz")) - {place}:
        old.unlink(missing_ok=True)


def read_model(folder: Path) -> tuple[About, bytes]:
    """Give a model's description and its weights as they were written; raises ModelUnusable."""
    try:
        fields = json.loads((folder / ABOUT).read_bytes())
        if fields["format"] != FORMAT:
            raise ModelUnusable("it is of another format")
        about = About(tuple(fields["tags"]), fields["change"], fields["documents"], Figures(**fields["figures"]))
        weights = _weights_file(folder, fields["weights_sha256"]).read_bytes()
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise ModelUnusable(f"it cannot be read: {error!r}") from error
    if sha256(weights).hexdigest() != fields["weights_sha256"]:
        raise ModelUnusable("its weights are damaged")
    return about, weights


def learned_change(folder: Path) -> str | None:
    """Tell what state of the archive the model was learned from; None when there is no usable one."""
    try:
        return read_model(folder)[0].change
    except ModelUnusable:
        return None


def _weights_file(folder: Path, digest: str) -> Path:
    return folder / f"tags-{digest[:16]}.npz"
