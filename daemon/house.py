"""The daemon's parts: everything is started in order here, and ended in the opposite one."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path

import structlog
from prometheus_client import CollectorRegistry

from actors.failpoints import VARIABLE
from actors.filing.filer import Filer
from actors.index.errors import IndexUnavailable
from actors.index.searcher import Searcher
from actors.ocr.tessdata import find_tessdata, models
from actors.runtime.cluster import ClusterSettings, start_ray, stop_ray
from actors.runtime.errors import ActorLost
from actors.runtime.machine import usable_cores
from actors.store.files.data_dir import DataDir
from actors.store.files.derived import remove_drafts
from actors.store.files.disks import Place
from actors.store.files.health import StoreHealth
from actors.store.nouns.jobs import JobKind
from actors.store.opening import open_store
from actors.store.store import Store
from daemon.cast.checkup import reports_apart
from daemon.cast.trainer import train_apart
from daemon.cast.understanding import make_understanding
from daemon.checks import Checks, tell_all
from daemon.edge import Edge
from daemon.edits import Edits
from daemon.envoy_config import EdgePlan
from daemon.errands import start_workflows
from daemon.figures import Figures
from daemon.filing import Filing
from daemon.learning import Learning
from daemon.local_token import load_or_create_local_token
from daemon.log_relay import relay_logs
from daemon.metrics import archive_registry
from daemon.reconciling import Reconciling, Suspicion
from daemon.script import Script
from daemon.service.around.access import LocalToken
from daemon.service.documents.parts import boot_id, remove_old_parts, remove_parts_of_former_boots
from daemon.service.ports import Archive, ServerFacts
from daemon.service.server import ServiceServer, build_server
from daemon.settings.model import Settings
from daemon.shutdown import arm
from daemon.sockets import Sockets, make_sockets, runtime_dir
from daemon.stage import Stage
from daemon.storage_watch import StorageWatch
from daemon.timetable import discarded_by, make_scheduler
from daemon.web.app import WebParts, web_app
from daemon.web.server import WebServer

log = structlog.get_logger()

GRACE_SECONDS = 2.0
FIGURES_SECONDS = 5.0


def ray_address(settings: Settings) -> Path:
    """Name the file that remembers where our Ray is."""
    return DataDir(settings.data_dir).run / "ray"


async def open_house(settings: Settings, stop: asyncio.Event, house: AsyncExitStack) -> None:
    """Start every part; what is started is ended by the stack in the opposite order."""
    data = DataDir(settings.data_dir)
    sockets = make_sockets(data.run, runtime_dir())
    ray = ClusterSettings(ray_address(settings), settings.ocr_workers or usable_cores(), settings.ray_object_store_bytes)
    # Ray takes three quarters of the start; the database is opened and migrated meanwhile.
    _, store = await asyncio.gather(asyncio.to_thread(start_ray, ray), asyncio.to_thread(open_store, settings.store_url, data))
    arm(stop)
    house.callback(store.close)
    house.push_async_callback(asyncio.to_thread, stop_ray, ray)
    log_lines = await relay_logs(sockets.log)
    house.callback(log_lines.close)
    await asyncio.to_thread(tidy, data)
    script = script_of(settings, data, sockets)
    stage = Stage(script)
    house.push_async_callback(stage.stop)
    learning = Learning(store, partial(train_apart, script))
    learning.start()
    house.push_async_callback(learning.stop)
    filer = Filer(store, settings.filing())
    filing = Filing(filer)
    filing.start()
    house.push_async_callback(filing.stop)
    checks = Checks(partial(reports_apart, script), partial(tell_all, stage.index.apply, stage.pipeline.wake))
    suspicion = Suspicion(asyncio.get_running_loop())
    reconciling = Reconciling(checks, suspicion, partial(order_index, store, stage))
    reconciling.start()
    house.push_async_callback(reconciling.stop)
    edits = start_workflows(settings, store, stage.index.apply, house)
    scheduler = make_scheduler(settings, store, edits.planner, partial(tell_index, stage))
    scheduler.start()
    house.push_async_callback(scheduler.stop)
    token = load_or_create_local_token(data)
    watch = StorageWatch(store, places_of(settings, data), int(settings.min_free_bytes), stage.storage_reports)
    house.push_async_callback(watch.stop)
    count_pages = partial(pages_read, stage, asyncio.get_running_loop())
    figures = Figures(store, count_pages, partial(datetime.now, UTC), lambda: reconciling.last)
    registry = archive_registry(figures, lambda: watch.health)
    searcher = Searcher(store.data.index, store.pages.texts_of, store.catalog, suspicion)
    server = await house.enter_async_context(
        serving_rpcs(settings, store, stage, searcher, filer, checks, edits, token, sockets, registry, watch)
    )
    web = WebServer(web_app(WebParts(stage.working, stage.sandbox, lambda: watch.health, registry, token)), sockets.web)
    await web.start()
    house.push_async_callback(web.stop)
    watch.start(partial(spread, server, stage, searcher))
    edge = Edge(EdgePlan(settings.listen, sockets.rpc, sockets.web, sockets.envoy_admin), data.run / "envoy.json")
    await edge.start()
    house.push_async_callback(edge.stop)
    house.push_async_callback(server.stop, GRACE_SECONDS)
    house.push_async_callback(edge.drain)


@asynccontextmanager
async def serving_rpcs(
    settings: Settings,
    store: Store,
    stage: Stage,
    searcher: Searcher,
    filer: Filer,
    checks: Checks,
    edits: Edits,
    token: str,
    sockets: Sockets,
    registry: CollectorRegistry,
    watch: StorageWatch,
) -> AsyncIterator[ServiceServer]:
    """Serve the contract on its socket."""
    archive = Archive(
        store=store,
        intake=stage.intake,
        pipeline=stage.pipeline,
        index=stage.index,
        binder=stage.binder,
        checks=checks,
        planner=edits.planner,
        searcher=searcher,
        understanding=make_understanding(settings.understanding(), store, settings.zone),
        filer=filer,
        nodes=stage.nodes,
        facts=facts_of(settings),
        now=partial(datetime.now, settings.zone),
        health=lambda: watch.health,
        discarded=discarded_by(settings),
        edited=edits.tell,
    )
    server = build_server(archive, LocalToken(token), sockets.rpc_target, registry)
    await server.start()
    yield server


async def spread(server: ServiceServer, stage: Stage, searcher: Searcher, health: StoreHealth) -> None:
    """Let everyone know what the store allows, and search be ready for a disk that allows nothing."""
    await server.heed(health)
    await asyncio.to_thread(searcher.keep_up)
    await stage.heed(health)


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


def tidy(data: DataDir) -> None:
    """Remove what nobody will ask for again: half-written files of a former life, and uploads that were given up or may be torn."""
    shutil.rmtree(data.scratch, ignore_errors=True)
    remove_drafts(data)
    remove_parts_of_former_boots(data, boot_id())
    remove_old_parts(data, datetime.now(UTC))


async def order_index(store: Store, stage: Stage) -> None:
    """Queue a job that builds the index anew; raises JobActive."""
    label = "Rebuild the damaged search index"
    await asyncio.to_thread(store.jobs.enqueue, None, JobKind.REBUILD_INDEX, label, {}, datetime.now(UTC))
    await stage.pipeline.wake()


async def tell_index(stage: Stage) -> None:
    """Let the index look at what was changed; one that is away finds it by itself."""
    with suppress(ActorLost, IndexUnavailable):
        await stage.index.apply()


def pages_read(stage: Stage, loop: asyncio.AbstractEventLoop) -> int:
    """Count the pages read since the start; for threads, since a monitor is answered in one."""
    if not stage.has_begun:
        return 0
    nodes = asyncio.run_coroutine_threadsafe(stage.nodes(), loop).result(FIGURES_SECONDS)
    return sum(node.pages_read for node in nodes)


def script_of(settings: Settings, data: DataDir, sockets: Sockets) -> Script:
    """Gather what the actors' processes need."""
    return Script(
        data=data,
        store_url=settings.store_url,
        ocr=settings.ocr(),
        intake=settings.intake(),
        understanding=settings.understanding(),
        time_zone=settings.time_zone,
        watcher=settings.watcher(),
        log=settings.log().resolved(),
        log_socket=sockets.log,
        workers=settings.ocr_workers,
        background_load=settings.background_load,
        niceness=settings.ocr_niceness,
        failpoints=failpoints(os.environ),
        allow_unsandboxed=settings.allow_unsandboxed,
        scripts=settings.scripts(),
    )


def failpoints(environment: Mapping[str, str]) -> Path | None:
    """Find the folder of a test's orders (actors/failpoints.py)."""
    return Path(environment[VARIABLE]) if VARIABLE in environment else None


def facts_of(settings: Settings) -> ServerFacts:
    """Tell clients what they talk to."""
    languages = sorted(models(find_tessdata(os.environ)) - {"osd"})
    return ServerFacts(version("scriba"), tuple(languages), settings.ocr_engine.value, int(settings.max_upload_bytes))
