"""The program `scribad`."""

import asyncio
import os
import sys
import time
from collections.abc import Mapping
from getpass import getpass
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Annotated

import structlog
import typer
from rich.console import Console

from actors.runtime.environment import prepare_environment, prepare_to_visit
from actors.runtime.errors import ActorSystemError
from actors.sandbox.level import SandboxUnavailable
from actors.sandbox.probe import found_here, usable_sandbox
from actors.store.errors import StoreError
from actors.store.files.data_dir import DataDir
from daemon.edge.edge import check_port
from daemon.head import prepare_head
from daemon.instance import only_instance
from daemon.logs import LogSettings, configure_logs
from daemon.next_life import ends_told, pause_after, recent
from daemon.node.home import default_home
from daemon.settings.model import Settings
from daemon.settings.table import settings_table
from daemon.start_error import MachineRemoved, StartError
from daemon.terminal import DataDirOption, ExitCode, fail, load, refusals_told

app = typer.Typer(name="scribad", help="The archive's daemon.", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
config_app = typer.Typer(help="The settings.", no_args_is_help=True)
app.add_typer(config_app, name="config")
user_app = typer.Typer(help="Users, on this machine.", no_args_is_help=True)
app.add_typer(user_app, name="user")
secrets_app = typer.Typer(help="What is kept sealed.", no_args_is_help=True)
app.add_typer(secrets_app, name="secrets")

ListenOption = Annotated[str | None, typer.Option("--listen", metavar="HOST:PORT", help="Where to listen.", show_default="127.0.0.1:8440")]

UserName = Annotated[str, typer.Argument(metavar="NAME", help="The user's name.")]
RoleOption = Annotated[str, typer.Option("--role", metavar="ROLE", help="What the user may do at most: admin, editor, viewer or uploader.")]
DatabaseUrl = Annotated[str, typer.Argument(metavar="URL", help="postgresql://USER:PASSWORD@HOST/NAME or sqlite:///FILE.")]
ClusterOption = Annotated[bool | None, typer.Option("--cluster", help="Let other machines join, to read pages.", show_default=False)]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Show what would be done; change nothing.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print findings and summary as JSON.")]

log = structlog.get_logger()

PORT_PATIENCE_SECONDS = 2.0


@app.command()
def run(data_dir: DataDirOption = None, listen: ListenOption = None, cluster: ClusterOption = None) -> None:
    """Run the archive until Ctrl-C or SIGTERM; a second one ends it at once."""
    settings = load(data_dir, listen, cluster).settings
    try:
        configure_logs(settings.log(), "scribad", file=settings.log_file())
        with only_instance(settings.data_dir):
            _serve(settings)
    except (StartError, StoreError, ActorSystemError, OSError) as error:
        fail(str(error), ExitCode.REFUSED)
    except Exception as error:  # the last guard: a person gets words, the log the traceback
        log.exception("daemon failed")
        fail(f"scribad ended by an error of its own: {error}", ExitCode.REFUSED)


@app.command()
def join(
    server: Annotated[str, typer.Argument(metavar="HOST:PORT", help="Where the archive is.")],
    code: Annotated[str, typer.Option("--code", help="What `scriba nodes add` shows there; once is enough.")] = "",
    work_dir: Annotated[Path | None, typer.Option("--work-dir", help="Its folder.", show_default="~/.local/share/scriba-node")] = None,
    cores: Annotated[int, typer.Option("--cores", min=0, help="How many cores to give; 0 gives all.")] = 0,
    address: Annotated[str, typer.Option("--address", help="How the archive reaches it.", show_default="the one towards it")] = "",
    port: Annotated[int, typer.Option("--port", min=1_024, max=65_000, help="The first of a hundred ports for it.")] = 8441,
    allow_unsandboxed: Annotated[bool, typer.Option("--allow-unsandboxed", help="Open files also where they can't be shut in.")] = False,
) -> None:
    """Read pages for an archive on another machine, until Ctrl-C or SIGTERM."""
    # The client's stubs take long to import, which no other command needs to wait for.
    import scriba
    from daemon.node.asking import no_answer
    from daemon.node.command import JoinOrder, work_for

    configure_logs(LogSettings(), "node")
    order = JoinOrder(server, code, work_dir or default_home(), cores, address, port, allow_unsandboxed)
    try:
        work_for(order, dict(os.environ))
    except scriba.Unauthenticated as error:
        fail(error.message, ExitCode.NOT_SIGNED_IN)
    except (scriba.Unavailable, scriba.DeadlineExceeded) as error:
        fail(no_answer(server, error), ExitCode.NOT_REACHABLE)
    except scriba.Error as error:
        fail(error.message, ExitCode.REFUSED)
    except MachineRemoved as error:
        fail(str(error), ExitCode.NOT_SIGNED_IN)
    except (StartError, ActorSystemError, OSError, ValueError) as error:
        fail(str(error), ExitCode.REFUSED)


@app.command()
def reindex(data_dir: DataDirOption = None, listen: ListenOption = None) -> None:
    """Build the search index anew. Search goes on with the old one until it is done."""
    # The store and the client's stubs take half a second to import, which no other command needs to wait for.
    from daemon.commands.reindex import reindex as order

    loaded = load(data_dir, listen)
    with refusals_told(loaded.settings):
        print(order(loaded.settings))


@app.command()
def check(data_dir: DataDirOption = None, listen: ListenOption = None, json: JsonOption = False) -> None:
    """Compare all that is stored with each other, and change nothing. Exit code 5 when something is wrong."""
    _examine(load(data_dir, listen).settings, repair=False, json=json)


@app.command()
def repair(data_dir: DataDirOption = None, listen: ListenOption = None, json: JsonOption = False) -> None:
    """Check, and mend what is safe; nothing is deleted. Exit code 5 when something is left for you to do."""
    _examine(load(data_dir, listen).settings, repair=True, json=json)


@app.command()
def rename(data_dir: DataDirOption = None, listen: ListenOption = None, dry_run: DryRunOption = False) -> None:
    """Name files as templates say, as links in named/; the archive's own stay where they are. The daemon must not run."""
    # The store takes half a second to import, which no other command needs to wait for.
    from daemon.commands.rename import rename as give_names

    loaded = load(data_dir, listen)
    with refusals_told(loaded.settings):
        print(give_names(loaded.settings, dry_run=dry_run))


@user_app.command("add")
def add_user(name: UserName, role: RoleOption = "editor", data_dir: DataDirOption = None) -> None:
    """Add a user with a password, which is asked for, or read from stdin."""
    # The store and the hashing take half a second to import, which no other command needs to wait for.
    from actors.store.nouns.identity import Role
    from daemon.commands.user import add_user as add

    if role not in list(Role):
        fail(f"there is no role '{role}': use admin, editor, viewer or uploader", ExitCode.WRONG_USAGE)
    loaded = load(data_dir, None)
    with refusals_told(loaded.settings):
        print(add(loaded.settings, name, Role(role), _new_password()))


@user_app.command("passwd")
def change_password(name: UserName, data_dir: DataDirOption = None) -> None:
    """Give a user another password, which is asked for, or read from stdin; all sessions end."""
    # As above.
    from daemon.commands.user import set_password

    loaded = load(data_dir, None)
    with refusals_told(loaded.settings):
        print(set_password(loaded.settings, name, _new_password()))


@config_app.command("check")
def check_config(data_dir: DataDirOption = None, listen: ListenOption = None) -> None:
    """Show the settings in force and where each comes from, or what is wrong with them."""
    Console().print(settings_table(load(data_dir, listen)))


@secrets_app.command("rotate")
def rotate_secrets(data_dir: DataDirOption = None, listen: ListenOption = None) -> None:
    """Seal passwords and headers with a new key, and forget the old one. The daemon must not run."""
    # The store takes half a second to import, which no other command needs to wait for.
    from daemon.commands.rotate import rotate_key

    loaded = load(data_dir, listen)
    with refusals_told(loaded.settings):
        print(rotate_key(loaded.settings))


@app.command()
def backup(
    target: Annotated[Path, typer.Argument(metavar="TARGET", help="A folder, which later gets only what is new; or FILE.tar.")],
    with_secrets: Annotated[bool, typer.Option("--with-secrets", help="Back up secrets/ and scriba.toml, too.")] = False,
    prune: Annotated[bool, typer.Option("--prune", help="Remove files that are no longer part of it.")] = False,
    verify: Annotated[bool, typer.Option("--verify", help="Read what is there from before, and copy again what is damaged.")] = False,
    data_dir: DataDirOption = None,
) -> None:
    """Back up the archive, also while the daemon runs. Exit code 5 when an original is missing."""
    # The store takes half a second to import, which no other command needs to wait for.
    from daemon.commands.backup import take_backup

    loaded = load(data_dir, None)
    with refusals_told(loaded.settings):
        words, whole = take_backup(loaded.settings, target, secrets=with_secrets, prune=prune, verify=verify)
        print(words)
        if not whole:
            raise typer.Exit(ExitCode.FOUND)


@app.command()
def restore(
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help="A folder or file that `scribad backup` has made.")],
    incomplete: Annotated[bool, typer.Option("--incomplete", help="Restore what is whole, where the backup is damaged.")] = False,
    data_dir: DataDirOption = None,
) -> None:
    """Make an archive of a backup in an empty folder, and in the database that is set."""
    # As above.
    from daemon.commands.backup import restore_backup

    loaded = load(data_dir, None)
    with refusals_told(loaded.settings):
        print(restore_backup(loaded.settings, source, incomplete=incomplete))


@app.command("move-db")
def move_db(url: DatabaseUrl, data_dir: DataDirOption = None) -> None:
    """Move the database into another, SQLite or PostgreSQL; go on where that was broken off. The daemon must not run."""
    # The store takes half a second to import, which no other command needs to wait for.
    from daemon.commands.move_db import move_db as move

    loaded = load(data_dir, None)
    with refusals_told(loaded.settings):
        print(move(loaded.settings, url))


@app.command()
def version() -> None:
    """Print the version."""
    print(f"scriba {version_of('scriba')}")


def main() -> None:
    """Start the program."""
    app()


def _serve(settings: Settings) -> None:
    environment = dict(os.environ)
    _rest_before_next_life(environment)
    check_port(settings.listen, PORT_PATIENCE_SECONDS)
    data = DataDir(settings.data_dir)
    data.create()
    check_sandbox(settings)
    head = prepare_head(settings, data)
    if settings.cluster_ray_address:
        prepare_to_visit()
    else:
        prepare_environment(data.cluster_token, head.tls if head else None)
    # Ray reads that environment when it is imported, and the other commands answer at once without it.
    from daemon import life

    asyncio.run(life.run(settings, head, environment))


def _rest_before_next_life(environment: Mapping[str, str]) -> None:
    """Wait where Ray has ended several times lately. A signal ends us meanwhile as it ends any program: nothing is started yet."""
    pause = pause_after(recent(ends_told(environment), time.monotonic()))
    if pause:
        log.warning("begins again", seconds=pause)
        time.sleep(pause)


def check_sandbox(settings: Settings) -> None:
    """Find out how far decoders can be shut in, and refuse to start where that is not at all; raises StartError."""
    found = found_here()
    try:
        usable_sandbox(found, allow_unsandboxed=settings.allow_unsandboxed)
    except SandboxUnavailable as error:
        raise StartError(str(error)) from error
    log.info("decoders are shut in", sandbox=found.level.value, **{f"no_{level}": why for level, why in found.refusals.items()})


def _examine(settings: Settings, *, repair: bool, json: bool) -> None:
    # The store and the decoders take half a second to import, which no other command needs to wait for.
    from daemon.commands.check import answers
    from daemon.commands.check_words import as_json, gathered, in_words

    with refusals_told(settings):
        whole = gathered(answers(settings, repair))
        print(as_json(whole) if json else in_words(whole, repair))
        if whole.summary.needs_person if repair else whole.summary.findings:
            raise typer.Exit(ExitCode.FOUND)


def _new_password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass("New password: ")
    if getpass("The same again: ") != password:
        fail("the two were not the same; nothing is changed", ExitCode.WRONG_USAGE)
    return password
