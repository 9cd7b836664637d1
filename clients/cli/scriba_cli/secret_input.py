"""Takes a secret from a file, from a person at a terminal, or from a pipe; never from the command line, which others can see."""

import sys
from getpass import getpass
from pathlib import Path

import typer


def read_secret(prompt: str, file: Path | None) -> str:
    """Read one line; without a file the person is asked, and without a person stdin is read."""
    if file:
        text = file.read_text(encoding="utf-8")
    elif sys.stdin.isatty():
        text = getpass(f"{prompt}: ")
    else:
        text = sys.stdin.readline()
    secret = text.rstrip("\r\n")
    if not secret:
        raise typer.BadParameter(f"no {prompt.lower()} given")
    return secret


def read_new_password() -> str:
    """Read a password to be: a person types it twice, without seeing it."""
    password = read_secret("New password", None)
    if sys.stdin.isatty() and getpass("The same again: ") != password:
        raise typer.BadParameter("the two were not the same; nothing is changed")
    return password


def ask(prompt: str) -> str:
    """Read one line that is no secret; without a person stdin is read."""
    text = input(f"{prompt}: ") if sys.stdin.isatty() else sys.stdin.readline()
    return text.strip()
