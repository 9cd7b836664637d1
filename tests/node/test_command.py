"""`scribad join` as a person meets it who is refused: its words, its exit codes."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from daemon.head import versions
from daemon.join_codes import write_join_code
from tests.node.heads import StandingHead, standing_head
from tests.ports import free_port, free_row

SCRIBAD = [sys.executable, "-c", "from daemon.main import main; main()"]


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandingHead]:
    """A head that runs another version of Scriba."""
    with standing_head(tmp_path_factory.mktemp("newer"), runs=replace(versions(), scriba="99.1.0")) as head:
        yield head


def join(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("SCRIBA_", "_SCRIBAD_"))}
    # Somebody may work at the usual ports of this machine.
    ports = () if "--port" in words else ("--port", str(free_row()))
    command = [*SCRIBAD, "join", *words, *ports, "--work-dir", str(folder / "node")]
    return subprocess.run(command, env=clean, capture_output=True, text=True, check=False, timeout=60)


def test_a_head_that_does_not_answer_is_told_with_a_code_of_its_own(tmp_path: Path) -> None:
    nobody = f"127.0.0.1:{free_port()}"
    ended = join(tmp_path, nobody, "--code", "ABCD-EFGH-JKMN-PQRS-TUVW")
    assert ended.returncode == 3
    assert ended.stderr.splitlines() == [
        f"The archive does not answer on {nobody}: Connection refused.",
        "See whether it runs there, and whether a firewall lets its port through.",
    ]


def test_a_code_that_is_not_known_is_told_with_a_code_of_its_own(head: StandingHead, tmp_path: Path) -> None:
    ended = join(tmp_path, head.server, "--code", write_join_code("ABCD-EFGH-JKMN-PQRS-TUVW", head.fingerprint))
    assert ended.returncode == 4
    assert ended.stderr == "this join code was used, has ended, or is none: ask for another with `scriba nodes add`\n"


def test_another_version_is_refused_in_words_and_ports_that_are_taken_are_left_out(newer: StandingHead, tmp_path: Path) -> None:
    first = free_row()
    with socket.create_server(("127.0.0.1", first + 1)):
        ended = join(tmp_path, newer.server, "--code", newer.code(), "--port", str(first))
    assert ended.returncode == 1
    *_, warning, words = ended.stderr.splitlines()
    said = json.loads(warning)
    assert (said["event"], said["wanted"]) == ("ports are taken, others are used", first)
    assert int(said["used"].split("-")[0]) > first
    ours = versions().scriba
    assert words == f"the head runs Scriba 99.1.0 and this machine {ours}: install the head's version here"
    assert newer.joined == []
