"""`scribad check` and `scribad repair`: a running daemon is asked; without one, the work is done here."""

import asyncio
from collections.abc import AsyncGenerator, Iterator
from datetime import UTC, datetime
from functools import partial

from actors.checkup.checkup import Checkup, examine
from actors.checkup.messages import CheckOrder, Report
from actors.ocr.binder import Binder
from actors.sandbox.probe import found_here, usable_sandbox
from actors.store.files.data_dir import DataDir
from actors.store.opening import open_store
from daemon.cast.painter import FirstPages
from daemon.commands.client import client_of
from daemon.commands.no_archive import NoArchiveHere
from daemon.instance import AlreadyRunning, only_instance
from daemon.keeping.checks import reports_of
from daemon.service.administration.checking import told
from daemon.settings.model import Settings
from scriba.v1 import admin_pb2 as pb

Answer = pb.CheckArchiveResponse | pb.RepairArchiveResponse


def answers(settings: Settings, repair: bool) -> Iterator[Answer]:
    """Give what a check or a repair tells as it goes; raises scriba.Error when the running daemon refuses, NoArchiveHere."""
    if not DataDir(settings.data_dir).originals.is_dir():
        raise NoArchiveHere(settings.data_dir)
    try:
        with only_instance(settings.data_dir, patience_seconds=0):
            yield from _of_folder(settings, CheckOrder(repair, daemon_works=False))
    except AlreadyRunning:
        yield from _of_daemon(settings, repair)


def _of_daemon(settings: Settings, repair: bool) -> Iterator[Answer]:
    with client_of(settings) as client:
        if repair:
            yield from client.admin.RepairArchive(pb.RepairArchiveRequest())
        else:
            yield from client.admin.CheckArchive(pb.CheckArchiveRequest())


def _of_folder(settings: Settings, order: CheckOrder) -> Iterator[Answer]:
    with asyncio.Runner() as runner:
        answers = told(Here(settings), order, pb.CheckArchiveResponse)
        try:
            while (answer := runner.run(_next(answers))) is not None:
                yield answer
        finally:
            runner.run(answers.aclose())


async def _next(answers: AsyncGenerator[pb.CheckArchiveResponse, None]) -> pb.CheckArchiveResponse | None:
    return await anext(answers, None)


class Here:
    """Checks in this process."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def reports(self, order: CheckOrder) -> AsyncGenerator[Report, None]:
        """Carry out an order, and tell what it finds."""
        data = DataDir(self._settings.data_dir)
        store = await asyncio.to_thread(open_store, self._settings.store_url, data)
        painter = FirstPages(store, self._binder, asyncio.get_running_loop())
        try:
            checkup = Checkup(partial(examine, store, painter, partial(datetime.now, UTC)))
            async for report in reports_of(checkup, order):
                yield report
        finally:
            await painter.close()
            store.close()

    def _binder(self) -> Binder:
        return Binder(usable_sandbox(found_here(), allow_unsandboxed=self._settings.allow_unsandboxed))
