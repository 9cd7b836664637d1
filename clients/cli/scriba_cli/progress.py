"""Progress for a person who looks on; without a terminal there is none, or a line for each change."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Group, RenderableType
from rich.live import Live
from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn
from rich.progress_bar import ProgressBar
from rich.text import Text

import scriba
from scriba.v1.admin_pb2 import Job
from scriba_cli import wording
from scriba_cli.terminal import add_column, add_text_column, err, new_table, plain, say

_MOST_ROWS = 20


class PassingProgress:
    """Shows bytes or things as they pass; called with those that have, and all there are."""

    def __init__(self, progress: Progress, label: str) -> None:
        self._progress = progress
        self._task = progress.add_task(label, total=None)

    def __call__(self, passed: int, total: int) -> None:
        """Move the bar."""
        self._progress.update(self._task, completed=passed, total=total)


@contextmanager
def byte_progress(label: str) -> Iterator[PassingProgress]:
    """Show a bar while bytes pass; it goes when they have."""
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=None),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(compact=True),
    )
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as progress:
        yield PassingProgress(progress, label if len(label) <= 24 else f"{label[:23]}…")


@contextmanager
def count_progress(label: str) -> Iterator[PassingProgress]:
    """Show a bar while things are counted; it goes when they have been."""
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=None),
        MofNCompleteColumn(),
        TimeRemainingColumn(compact=True),
    )
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as progress:
        yield PassingProgress(progress, label)


class JobBoard:
    """The jobs that are looked at, each as last heard of; jobs at work stand above those that have ended."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._note = ""

    def put(self, job: Job) -> None:
        """Take in how a job is now."""
        self._jobs[job.id] = job
        self._note = ""

    def note(self, text: str) -> None:
        """Say something below the jobs until the next change."""
        self._note = text

    def rows(self) -> list[Job]:
        """Give the jobs to show: those at work in the order they came, then the last that ended."""
        open_jobs = [job for job in self._jobs.values() if job.state not in scriba.ENDED_STATES]
        ended = [job for job in self._jobs.values() if job.state in scriba.ENDED_STATES]
        room = max(_MOST_ROWS - len(open_jobs), 3)
        return open_jobs[:_MOST_ROWS] + ended[-room:]

    def __rich__(self) -> RenderableType:
        """Draw it."""
        rows = self.rows()
        table = new_table(show_header=bool(rows))
        add_column(table, "Job", right=True)
        add_text_column(table, "Document")
        add_column(table, "State")
        add_column(table, "Step")
        table.add_column("Pages", width=12)
        add_column(table, "", right=True)
        table.expand = True
        for job in rows:
            state = wording.job_state(job)
            bar = ProgressBar(total=job.pages_total, completed=job.pages_done, width=12) if job.pages_total else ""
            table.add_row(
                job.id, plain(job.label), Text(state, style=wording.STATE_STYLES.get(state, "")), job.step, bar, wording.pages_of(job)
            )
        hidden = len(self._jobs) - len(rows)
        notes = [text for text in (f"and {hidden} more" if hidden else "", self._note) if text]
        return Group(table, *(Text(text, style="dim") for text in notes))


class JobView:
    """Shows jobs: a board at a terminal, else a line for each new state."""

    def __init__(self) -> None:
        self._board = JobBoard()
        self._live = Live(self._board, console=err, refresh_per_second=8) if err.is_terminal else None
        self._said: dict[str, str] = {}

    def __enter__(self) -> "JobView":
        """Begin to show."""
        if self._live:
            self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the last picture standing."""
        if self._live:
            self._live.stop()

    def put(self, job: Job) -> None:
        """Show how a job is now."""
        self._board.put(job)
        line = f"job {job.id} {wording.job_state(job)} {job.step}".strip()
        if not self._live and self._said.get(job.id) != line:
            self._said[job.id] = line
            say(" ".join(part for part in (line, wording.pages_of(job), plain(job.label), plain(job.error)) if part))

    def lost(self, error: scriba.Error) -> None:
        """Tell that the connection is gone for now."""
        text = f"connection lost ({plain(error.message)[:40]}); trying again"
        if self._live:
            self._board.note(text)
        else:
            say(text)
