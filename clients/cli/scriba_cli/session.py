"""Opens the client, and goes through many things of which some may fail."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import typer

import scriba
from scriba_cli.exit_codes import ExitCode, exit_code_of, words_of
from scriba_cli.terminal import plain, say


def open_client() -> scriba.Client:
    """Open the client by the environment and the saved login; what is wrong with those is wrong usage."""
    try:
        return scriba.Client()
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


def for_each(names: Iterable[str], client: scriba.Client, act: Callable[[str], None]) -> None:
    """Act on each; tell of each that the server refuses, go on with the others, and exit with what came of it.

    A server that is gone, or that doesn't know us, ends it at once.
    """
    failed: list[ExitCode] = []
    names = list(dict.fromkeys(names))
    for name in names:
        try:
            act(name)
        except scriba.Error as error:
            code = exit_code_of(error)
            if code is not ExitCode.REFUSED:
                raise
            failed.append(code)
            prefix = f"{plain(name)}: " if len(names) > 1 else ""
            say(f"{prefix}{words_of(error, client.server)}")
    finish(len(names), failed)


@contextmanager
def interruptible(words: str) -> Iterator[None]:
    """Let a person break it off, and say what that means."""
    try:
        yield
    except KeyboardInterrupt as error:
        say(words)
        raise typer.Exit(ExitCode.INTERRUPTED) from error


def finish(asked: int, failed: list[ExitCode]) -> None:
    """Exit with the code for so many failures; return when there was none."""
    if failed:
        raise typer.Exit(failed[0] if asked == 1 else ExitCode.SOME_FAILED)
