"""Those who keep the archive in order by themselves, whether or not anybody calls."""

import asyncio
import tempfile
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from actors.errands.sending import Sender
from actors.filing.filer import Filer
from actors.index.errors import IndexUnavailable
from actors.runtime.errors import ActorLost
from actors.store.files.data_dir import DataDir
from actors.store.files.disks import Place
from actors.store.nouns.jobs import JobKind
from actors.store.store import Store
from daemon.cast.checkup import reports_apart
from daemon.cast.opener import make_opener
from daemon.cast.planner import make_planner
from daemon.cast.trainer import train_apart
from daemon.ground import Ground
from daemon.keeping.checks import Checks, tell_all
from daemon.keeping.edits import Edits
from daemon.keeping.errands import Errands
from daemon.keeping.filing import Filing
from daemon.keeping.learning import Learning
from daemon.keeping.reconciling import Reconciling, Suspicion
from daemon.keeping.storage_watch import StorageWatch
from daemon.keeping.timetable import make_scheduler
from daemon.settings.model import Settings
from daemon.stage import Stage


@dataclass(frozen=True, slots=True)
class Keepers:
    """Those whom callers ask for something, or who ask what callers have met."""

    filer: Filer
    checks: Checks
    suspicion: Suspicion
    reconciling: Reconciling
    edits: Edits
    watch: StorageWatch


def start_keepers(ground: Ground, house: AsyncExitStack) -> Keepers:
    """Begin all but the watch over the disks, which tells those who serve callers, too."""
    settings, store, stage = ground.settings, ground.store, ground.stage
    filer = Filer(store, settings.filing())
    checks = Checks(partial(reports_apart, ground.script), partial(tell_all, stage.index.apply, stage.pipeline.wake))
    suspicion = Suspicion(asyncio.get_running_loop())
    reconciling = Reconciling(checks, suspicion, partial(order_index, store, stage))
    unlock = make_opener(stage.binder, asyncio.get_running_loop())
    edits = Edits(store, make_planner(store, settings.time_zone, settings.date_order), stage.index.apply)
    parts = (
        Learning(store, partial(train_apart, ground.script)),
        Filing(filer),
        reconciling,
        edits,
        Errands(Sender(store, settings.errands(), unlock, ground.seals, partial(datetime.now, UTC)).send_due),
        make_scheduler(settings, store, edits.planner, partial(tell_index, stage)),
    )
    for part in parts:
        part.start()
        house.push_async_callback(part.stop)
    watch = StorageWatch(store, places_of(settings, store.data), int(settings.min_free_bytes), stage.storage_reports)
    house.push_async_callback(watch.stop)
    return Keepers(filer, checks, suspicion, reconciling, edits, watch)


async def order_index(store: Store, stage: Stage) -> None:
    """Queue a job that builds the index anew; raises JobActive."""
    label = "Rebuild the damaged search index"
    await asyncio.to_thread(store.jobs.enqueue, None, JobKind.REBUILD_INDEX, label, {}, datetime.now(UTC))
    await stage.pipeline.wake()


async def tell_index(stage: Stage) -> None:
    """Let the index look at what was changed; one that is away finds it by itself."""
    with suppress(ActorLost, IndexUnavailable):
        await stage.index.apply()


def places_of(settings: Settings, data: DataDir) -> list[Place]:
    """Name the folders that can each lie on a disk of their own."""
    places = [
        Place(data.spool, "files on their way in"),
        Place(data.originals, "the originals"),
        Place(data.archive, "the archive files"),
        Place(data.thumbnails, "the previews"),
        Place(data.index, "the search index"),
        Place(data.run, "temporary files"),
        Place(Path(tempfile.gettempdir()), "Ray's temporary files", counts=False),
    ]
    return places if settings.database_url else [*places, Place(data.database.parent, "the database")]
