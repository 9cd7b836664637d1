"""The command `scriba`: what it can do, and how it ends."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import typer

import scriba
from scriba_cli import (
    access,
    account,
    audit,
    bulk,
    documents,
    download,
    duplicates,
    editing,
    fields,
    folders,
    groups,
    jobs,
    login,
    mail,
    nodes,
    notes,
    notify,
    page_edits,
    reasons,
    rules,
    scan,
    search,
    sending,
    server,
    shares,
    single_labels,
    sources,
    suggest,
    tags,
    tasks,
    tokens,
    trash,
    unlock,
    upload,
    users,
    versions,
    views,
    watch,
    watch_folder,
    workflows,
)
from scriba_cli.exit_codes import ExitCode, exit_code_of, words_of
from scriba_cli.terminal import say

app = typer.Typer(
    name="scriba",
    help="Put documents into a Scriba archive, and find them again.",
    epilog="Environment: SCRIBA_SERVER (127.0.0.1:8440), SCRIBA_TOKEN or SCRIBA_TOKEN_FILE, SCRIBA_CA_FILE.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("upload")(upload.upload)
app.command("scan")(scan.scan_pages)
app.command("search")(search.search)
app.command("similar")(search.similar)
app.command("duplicates")(duplicates.duplicates)
app.command("list")(documents.list_documents)
app.command("show")(documents.show)
app.command("download")(download.download)
app.command("edit")(editing.edit)
app.add_typer(bulk.app, name="bulk")
app.add_typer(page_edits.app, name="pages")
app.add_typer(versions.app, name="versions")
app.command("why")(reasons.why)
app.command("undo")(reasons.undo)
app.add_typer(notes.app, name="notes")
app.command("suggest")(suggest.suggest)
app.command("delete")(trash.delete)
app.command("restore")(trash.restore)
app.command("purge")(trash.purge)
app.command("reprocess")(documents.reprocess)
app.command("unlock")(unlock.unlock)
app.add_typer(tags.app, name="tags")
app.add_typer(single_labels.correspondents, name="correspondents")
app.add_typer(single_labels.types, name="types")
app.add_typer(single_labels.paths, name="paths")
app.add_typer(rules.app, name="rules")
app.add_typer(fields.app, name="fields")
app.command("folders")(folders.folders)
app.add_typer(views.app, name="views")
app.command("jobs")(jobs.list_jobs)
app.command("retry")(jobs.retry)
app.command("cancel")(jobs.cancel)
app.command("watch")(watch.watch)
app.add_typer(notify.app, name="notify")
app.command("watch-folder")(watch_folder.watch_folder)
app.command("tasks")(tasks.list_tasks)
app.add_typer(workflows.app, name="workflows")
app.add_typer(nodes.app, name="nodes")
app.command("stats")(server.stats)
app.command("info")(server.info)
app.command("login")(login.login)
app.command("logout")(login.logout)
app.add_typer(account.app, name="account")
app.add_typer(tokens.app, name="tokens")
app.add_typer(users.app, name="users")
app.add_typer(groups.app, name="groups")
app.add_typer(access.app, name="access")
app.command("share")(shares.share)
app.add_typer(shares.app, name="shares")
app.command("send")(sending.send)
app.add_typer(sources.app, name="sources")
app.add_typer(mail.app, name="mail")
app.command("audit")(audit.audit)
app.command("history")(audit.history)


def main() -> None:
    """Run the command line of this process and end it."""
    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read our answer has gone; Python would complain of it again at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise SystemExit(code)


def run(arguments: Sequence[str]) -> int:
    """Carry out one command line and give its exit code; whatever goes wrong is told in words."""
    try:
        app(args=list(arguments), prog_name="scriba")
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):  # click makes a failure of it, and `scriba jobs | grep -q …` would fail at random
            return ExitCode.DONE
        return end.code if isinstance(end.code, int) else ExitCode.DONE if end.code is None else ExitCode.REFUSED
    except scriba.Error as error:
        say(words_of(error, _server_name()))
        return exit_code_of(error)
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        return ExitCode.DONE
    except OSError as error:
        say(str(error))
        return ExitCode.REFUSED
    except Exception as error:  # noqa: BLE001  # the last guard: a person gets words, never a traceback
        say(f"something went wrong in scriba itself: {type(error).__name__}: {error}")
        return ExitCode.REFUSED
    return ExitCode.DONE


def _server_name() -> str:
    try:
        return str(scriba.find_connection(None, "-", os.environ, Path()).address)
    except (scriba.Error, ValueError):
        return "the server"
