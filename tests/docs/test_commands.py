"""Every command, option and make target that is written down is there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from daemon import main as scribad
from scriba_cli import main as scriba
from tests.docs.pages import PAGES, ROOT, commands, name_of

PROGRAMS = {"scriba": get_command(scriba.app), "scribad": get_command(scribad.app)}
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def written() -> Iterator[tuple[str, list[str]]]:
    for page in PAGES:
        for words in commands(page):
            yield name_of(page), words


COMMANDS = [pytest.param(words, id=f"{page}: {' '.join(words)}") for page, words in written() if words[0] in PROGRAMS]
MADE = [pytest.param(words, id=f"{page}: {' '.join(words)}") for page, words in written() if words[0] == "make"]


@pytest.mark.parametrize("words", COMMANDS)
def test_a_written_command_is_there_with_its_options(words: list[str]) -> None:
    command, rest = PROGRAMS[words[0]], words[1:]
    while isinstance(command, TyperGroup) and rest and not rest[0].startswith("-"):
        assert rest[0] in command.commands, f"{words[0]} has no command {rest[0]}"
        command, rest = command.commands[rest[0]], rest[1:]
    known = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)} | {"--help"}
    assert {word for word in rest if word.startswith("--")} <= known


@pytest.mark.parametrize("words", MADE)
def test_a_written_make_target_is_there(words: list[str]) -> None:
    assert {word for word in words[1:] if "=" not in word} <= TARGETS


def test_every_command_is_found_by_the_reader_of_these_pages() -> None:
    assert {words[0] for _, words in written()} >= {"scriba", "scribad", "make"}
    assert len(COMMANDS) > 20


def test_every_target_of_the_makefile_is_described() -> None:
    assert TARGETS - {"help", "setup", "setup-dev"} <= {word for _, words in written() if words[0] == "make" for word in words[1:]}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_no_page_names_a_folder_of_its_writer(page: Path) -> None:
    assert not re.findall(r"(?<![\w.$~}])/(?:work|tmp|root|home)/\S*", page.read_text(encoding="utf-8"))
