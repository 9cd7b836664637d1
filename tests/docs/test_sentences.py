"""The web client says our sentences in the reader's language: those that it knows are still those that we tell."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FORM = re.compile(r'^  \[/\^(.+)\$/s?, "', re.MULTILINE)
FORMS = [
    form for file in ("parts/problems.ts", "settings/mail/said.ts") for form in FORM.findall((ROOT / "clients/web/src" / file).read_text())
]
VALUE = "\0"
# A sentence that is hardly more than its values would fit to any other.
LEAST_WORDS = 0.45


def example(form: str) -> str:
    """Write a sentence that a form means."""
    shown = re.sub(r"\w\?", "", form.replace(r"\d+", "7").replace(r"\S+", "x").replace(".+", "x"))
    return re.sub(r"\\(.)", r"\1", re.sub(r"(?<!\\)[()]", "", shown))


def sentences() -> Iterator[str]:
    """Read all texts of our sources, with VALUE where something is filled in."""
    for path in (ROOT / "actors").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
            if isinstance(node, ast.JoinedStr):
                yield "".join(str(part.value) if isinstance(part, ast.Constant) else VALUE for part in node.values)


TOLD = frozenset(sentences())


def is_told(sentence: str) -> bool:
    likely = (each for each in TOLD if len(each.replace(VALUE, "")) >= LEAST_WORDS * len(sentence))
    return any(re.fullmatch(re.escape(each).replace(VALUE, ".*"), sentence) for each in likely)


def test_the_web_client_knows_sixty_sentences_and_more() -> None:
    assert len(FORMS) > 60


@pytest.mark.parametrize("form", FORMS)
def test_a_sentence_that_the_web_client_knows_is_one_that_is_told(form: str) -> None:
    assert is_told(example(form)), f"nobody says {example(form)!r} any more: change the form in the web client with it"


def test_a_sentence_that_ends_otherwise_is_not_told() -> None:
    assert not is_told("The file is damaged: none of its pages can be seen.")
