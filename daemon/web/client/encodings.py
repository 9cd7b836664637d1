"""Which of the copies of a file that lie beside it compressed a browser may be sent."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Encoding:
    """A compression: its name in headers, and the ending of copies made with it."""

    name: str
    ending: str


# The smallest copy first.
ENCODINGS = (Encoding("br", ".br"), Encoding("gzip", ".gz"))


def encodings_taken(accepted: str) -> list[Encoding]:
    """Tell from an Accept-Encoding header which compressions its sender takes, the best of ours first."""
    liked = dict(_one(part) for part in accepted.lower().split(","))
    others = liked.get("*", False)
    return [each for each in ENCODINGS if liked.get(each.name, others)]


def _one(part: str) -> tuple[str, bool]:
    name, _, weight = part.partition(";")
    try:
        taken = float(weight.strip().removeprefix("q=") or 1) > 0
    except ValueError:
        taken = False
    return name.strip(), taken
