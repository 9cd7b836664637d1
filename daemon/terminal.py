"""What a command begins and ends with: its settings, its words, its exit code."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from actors.store.errors import StoreError
from daemon.settings.loading import LoadedSettings, SettingsError, load_settings
from daemon.settings.model import Settings
from daemon.start_error import StartError

DataDirOption = Annotated[
    Path | None, typer.Option("--data-dir", help="The folder that holds everything.", show_default="$SCRIBA_DATA_DIR")
]


class ExitCode(IntEnum):
    """How the program ends, the same codes as `scriba`."""

    REFUSED = 1
    WRONG_USAGE = 2
    NOT_REACHABLE = 3
    NOT_SIGNED_IN = 4
    # As where some of many failed: the archive is there, and not all of it is well.
    FOUND = 5


@contextmanager
def refusals_told(settings: Settings) -> Iterator[None]:
    """End with words and a code when the running daemon says no, or the folder can't be used."""
    # Its stubs take long to import, and only commands that ask the daemon need them.
    import scriba

    try:
        yield
    except scriba.Unauthenticated as error:
        fail(error.message, ExitCode.NOT_SIGNED_IN)
    except scriba.Unavailable as error:
        fail(f"the daemon is running, but does not answer on {settings.listen}: {error.message}", ExitCode.NOT_REACHABLE)
    except scriba.Error as error:
        fail(error.message, ExitCode.REFUSED)
    except (StartError, StoreError, OSError) as error:
        fail(str(error), ExitCode.REFUSED)


def load(data_dir: Path | None, listen: str | None, cluster: bool | None = None) -> LoadedSettings:
    """Read the settings, or end with what is wrong with them, a line for each."""
    try:
        return load_settings({"data_dir": data_dir, "listen": listen, "cluster": cluster})
    except SettingsError as error:
        fail("\n".join(error.problems), ExitCode.WRONG_USAGE)


def fail(words: str, code: ExitCode) -> NoReturn:
    """End with words for a person, and a code for a script."""
    typer.echo(words, err=True)
    raise typer.Exit(code)
