"""A command run in this process, and what it told."""

import pytest

from scriba_cli.main import run

Capture = pytest.CaptureFixture[str]


def told(capsys: Capture, *arguments: str, code: int = 0) -> tuple[list[str], str]:
    """Run a command to its end with a code; give its lines, without the space behind them, and what it said beside them."""
    capsys.readouterr()
    ended = run(arguments)
    caught = capsys.readouterr()
    assert ended == code, caught.err
    return [line.rstrip() for line in caught.out.splitlines()], caught.err
