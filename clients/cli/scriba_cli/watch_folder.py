"""Watch a folder of this machine, and put what is dropped into it into an archive elsewhere."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

import scriba
from scriba.v1.admin_pb2 import GetServerInfoRequest
from scriba.v1.documents_pb2 import DocumentState, UploadDocumentResponse
from scriba_cli.completion import complete_tag
from scriba_cli.exit_codes import ExitCode, exit_code_of, words_of
from scriba_cli.options import Correspondent, DocumentType, Json
from scriba_cli.proto_json import print_json_line
from scriba_cli.resting_files import Facts, Resting, files_in
from scriba_cli.sending_files import FileChanged, Labels, Sent, remove, send, state_of
from scriba_cli.session import finish, interruptible, open_client
from scriba_cli.terminal import plain, say
from scriba_cli.upload import say_accepted

LOOK_SECONDS = 1.0
_PATIENCE = scriba.Backoff(attempts=1_000_000, first_seconds=1.0, longest_seconds=60.0)
Tell = Callable[[Path, UploadDocumentResponse], None]
# Of those that wait to be removed, at each look: a thousand scans at once must not be a thousand calls a second.
_ASKED_AT_ONCE = 20


class FolderWatch:
    """Goes on over everything that may pass: a server that is away, a file that is refused, a folder that is not mounted."""

    def __init__(
        self,
        client: scriba.Client,
        folder: Path,
        recursive: bool,
        settle_seconds: float,
        labels: Labels,
        delete: bool,
        tell: Tell = say_accepted,
    ) -> None:
        """Take the parts; `tell` is told of each file that is in the archive."""
        self._client = client
        self._folder = folder
        self._recursive = recursive
        self._labels = labels
        self._delete = delete
        self._tell_sent = tell
        self._met = False
        self._resting = Resting(settle_seconds)
        self._awaited = dict[Path, Sent]()
        self._told = ""
        self.asked = 0
        self.sent = 0
        self.failed: list[ExitCode] = []

    @property
    def busy(self) -> bool:
        """Tell whether something is still to be sent, or to be removed."""
        return self._resting.waiting or bool(self._awaited)

    def look(self, now: float) -> None:
        """Send what is due, and remove what is ready. Raises scriba.Error where the server is away, or does not know us."""
        if not self._met:
            self._client.admin.GetServerInfo(GetServerInfoRequest())
            self._met = True
        try:
            found = files_in(self._folder, self._recursive)
        except OSError as error:
            self._tell(f"{self._folder} can't be looked at: {error.strerror}; it is tried again")
            return
        self._told = ""
        self.asked = len(found)
        for path, facts in self._resting.look(found, now):
            self._send(path, facts, now)
        for path in tuple(self._awaited)[:_ASKED_AT_ONCE]:
            sent = self._awaited.pop(path)
            if not self._is_done_with(sent):
                self._awaited[path] = sent  # behind all others

    def _send(self, path: Path, facts: Facts, now: float) -> None:
        try:
            sent, answer = send(self._client, path, facts, self._labels)
        except FileChanged:
            return
        except scriba.Error as error:
            if exit_code_of(error) is not ExitCode.REFUSED:
                raise
            self._refused(path, words_of(error, self._client.server), now)
        except OSError as error:
            self._refused(path, error.strerror or str(error), now)
        else:
            self.sent += 1
            self._resting.sent(path)
            self._tell_sent(path, answer)
            if self._delete:
                self._awaited[path] = sent

    def _refused(self, path: Path, words: str, now: float) -> None:
        pause = self._resting.refused(path, now)
        self.failed.append(ExitCode.REFUSED)
        say(f"{path}: {words}\n  it stays, and is tried again in {pause:g} seconds, or when it changes")

    def _is_done_with(self, sent: Sent) -> bool:
        """Remove a file if its document is ready; tell whether there is nothing to wait for any more."""
        try:
            state = state_of(self._client, sent)
            if state == DocumentState.DOCUMENT_STATE_FAILED:
                self._kept(sent, "its document could not be read")
            elif state != DocumentState.DOCUMENT_STATE_READY:
                return False
            elif remove(sent):
                say(plain(f"{sent.path.name} is ready, and removed here"))
            else:
                say(plain(f"{sent.path.name} is another file now, and stays"))
        except scriba.Error as error:
            if exit_code_of(error) is not ExitCode.REFUSED:
                self._awaited[sent.path] = sent
                raise
            self._kept(sent, words_of(error, self._client.server))
        except OSError as error:
            self._kept(sent, f"it can't be removed: {error.strerror}")
        return True

    def _kept(self, sent: Sent, words: str) -> None:
        self.failed.append(ExitCode.REFUSED)
        say(f"{sent.path} stays: {words}")

    def _tell(self, words: str) -> None:
        if words != self._told:
            say(words)
        self._told = words


def watch_folder(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder.", file_okay=False)],
    recursive: Annotated[bool, typer.Option("--recursive", "-r", help="Watch the folders inside, too.")] = False,
    tag: Annotated[list[str] | None, typer.Option("--tag", "-t", help="A tag; may be repeated.", autocompletion=complete_tag)] = None,
    correspondent: Correspondent = None,
    document_type: DocumentType = None,
    delete: Annotated[bool, typer.Option("--delete", help="Remove a file once its document is ready.")] = False,
    once: Annotated[bool, typer.Option("--once", help="Send what is there, and end: for cron.")] = False,
    settle: Annotated[float, typer.Option("--settle", min=0.0, max=3600.0, help="Seconds for which a file must not change.")] = 2.0,
    as_json: Json = False,
) -> None:
    """Put what is dropped into a folder into the archive, until Ctrl-C; what was sent before is never sent twice."""
    if not folder.is_dir():
        raise typer.BadParameter(f"{plain(str(folder))} is no folder")
    labels = Labels(tag or [], correspondent or "", document_type or "")
    with open_client() as client, interruptible("no longer watched; the same command goes on where it stood"):
        watch = FolderWatch(client, folder, recursive, settle, labels, delete, tell_json if as_json else say_accepted)
        if once:
            watch_once(watch, time.monotonic, time.sleep)
            finish(watch.asked, watch.failed)
            return
        say(plain(f"watching {folder}"))
        watch_on(watch, client.server, _PATIENCE, time.monotonic)


def tell_json(_path: Path, answer: UploadDocumentResponse) -> None:
    """Print the server's answer in one line."""
    print_json_line(answer)


def watch_once(watch: FolderWatch, clock: Callable[[], float], pause: Callable[[float], None]) -> None:
    """Look until nothing is left to do."""
    watch.look(clock())
    while watch.busy:
        pause(LOOK_SECONDS)
        watch.look(clock())


def watch_on(watch: FolderWatch, server: str, patience: scriba.Backoff, clock: Callable[[], float]) -> None:
    """Look for ever, less often while the server is away; that is said once."""
    failures = 0
    while True:
        try:
            watch.look(clock())
        except scriba.Unavailable as error:
            if not failures:
                say(f"{words_of(error, server)}\nIt is tried again until there is one.")
            failures += 1
            patience.wait(failures)
            continue
        if failures:
            say(f"{server} answers again")
            failures = 0
        patience.pause(LOOK_SECONDS)
