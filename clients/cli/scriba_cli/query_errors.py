"""Shows where a query was not understood."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

import scriba
from scriba_cli.exit_codes import ExitCode, query_words
from scriba_cli.terminal import say


@contextmanager
def telling_the_place(query: str) -> Iterator[None]:
    """Put the query and a caret under the place, for a refusal that names one."""
    try:
        yield
    except scriba.InvalidArgument as error:
        words = query_words(query, error)
        if words is None:
            raise
        say(words)
        raise typer.Exit(ExitCode.REFUSED) from error
