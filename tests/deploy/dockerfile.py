"""Reads a Dockerfile, so far as ours goes."""

import json
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

IMAGE = Path(__file__).parents[2] / "docker" / "Dockerfile"


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction: its word, and the rest of its line."""

    word: str
    rest: str

    @property
    def words(self) -> list[str]:
        """Give the rest as words, whether it is a list of JSON's or a line."""
        if self.rest.startswith("["):
            return [str(word) for word in json.loads(self.rest)]
        return shlex.split(self.rest)


@dataclass(frozen=True, slots=True)
class Stage:
    """What is begun with FROM: the image it begins with, its own name, and the steps that follow."""

    image: str
    name: str
    steps: tuple[Step, ...]

    def last(self, word: str) -> Step:
        """Give the instruction of a kind that holds in the end."""
        return [step for step in self.steps if step.word == word][-1]

    def pairs(self, word: str) -> dict[str, str]:
        """Gather NAME=VALUE of all instructions of a kind."""
        pairs = (pair.partition("=") for step in self.steps if step.word == word for pair in step.words)
        return {name: value for name, _, value in pairs}


def read_stages(text: str) -> list[Stage]:
    """Take a Dockerfile apart."""
    stages: list[Stage] = []
    for step in _steps(text.splitlines()):
        if step.word == "FROM":
            image, *named = step.words
            stages.append(Stage(image, named[1] if named else "", ()))
        else:
            stages[-1] = Stage(stages[-1].image, stages[-1].name, (*stages[-1].steps, step))
    return stages


def _steps(lines: Sequence[str]) -> list[Step]:
    steps, whole = [], ""
    for line in lines:
        if line.startswith("#") or not line.strip():
            continue
        whole += line.strip()
        if whole.endswith("\\"):
            whole = f"{whole[:-1].rstrip()} "
            continue
        word, _, rest = whole.partition(" ")
        steps.append(Step(word, rest.strip()))
        whole = ""
    return steps
