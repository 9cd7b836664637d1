"""What everything else stands on: the settings, the archive's folder and database, Ray, and the actors on it."""

import asyncio
import os
import shutil
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from actors.failpoints import VARIABLE
from actors.runtime.cluster import LocalRay
from actors.sealing.seals import Seals
from actors.store.files.data_dir import DataDir
from actors.store.files.derived import remove_drafts
from actors.store.opening import open_store
from actors.store.store import Store
from daemon.engine import begin_ray
from daemon.head import Head
from daemon.key_ring import open_seals
from daemon.log_relay import relay_logs
from daemon.script import Script
from daemon.service.documents.parts import boot_id, remove_old_parts, remove_parts_of_former_boots
from daemon.settings.model import Settings
from daemon.shutdown import arm
from daemon.sockets import Sockets, make_sockets, runtime_dir
from daemon.stage import Stage
from daemon.web.receiving.delivery import remove_received


@dataclass(frozen=True, slots=True)
class Ground:
    """The archive as it was opened, and the actors that work on it. `script` is what an actor's process needs.

    `head` is what machines that join will see, None where none may.
    """

    settings: Settings
    sockets: Sockets
    store: Store
    seals: Seals
    script: Script
    stage: Stage
    ray: LocalRay
    head: Head | None


async def lay_ground(settings: Settings, head: Head | None, stop: asyncio.Event, house: AsyncExitStack) -> Ground:
    """Start Ray, open the archive and begin the actors; from then on a signal sets `stop`."""
    data = DataDir(settings.data_dir)
    sockets = make_sockets(data.run, runtime_dir())
    script = script_of(settings, data, sockets)
    os.environ.update(script.place.told())
    # Ray takes three quarters of the start; the database is opened and migrated meanwhile.
    begun = asyncio.to_thread(begin_ray, settings, head), asyncio.to_thread(open_store, settings.store_url, data)
    ray, store = await asyncio.gather(*begun)
    arm(stop)
    house.callback(store.close)
    house.push_async_callback(asyncio.to_thread, ray.stop)
    log_lines = await relay_logs(sockets.log)
    house.callback(log_lines.close)
    await asyncio.to_thread(tidy, data)
    seals = await asyncio.to_thread(open_seals, store)
    stage = Stage(script)
    house.push_async_callback(stage.stop)
    return Ground(settings, sockets, store, seals, script, stage, ray, head)


def tidy(data: DataDir) -> None:
    """Remove what nobody will ask for again: half-written files of a former life, and uploads that were given up or may be torn."""
    shutil.rmtree(data.scratch, ignore_errors=True)
    remove_drafts(data)
    remove_parts_of_former_boots(data, boot_id())
    remove_old_parts(data, datetime.now(UTC))
    remove_received(data.uploads)


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
        mailboxes=settings.mailboxes(),
        grant_clients=settings.grant_clients(),
        log=settings.log().resolved(),
        log_socket=sockets.log,
        workers=settings.ocr_workers,
        background_load=settings.background_load,
        niceness=settings.ocr_niceness,
        failpoints=failpoints(os.environ),
        allow_unsandboxed=settings.allow_unsandboxed,
        scripts=settings.scripts(),
        gotenberg=settings.gotenberg(),
        consume_owner=settings.consume_owner,
    )


def failpoints(environment: Mapping[str, str]) -> Path | None:
    """Find the folder of a test's orders (actors/failpoints.py)."""
    return Path(environment[VARIABLE]) if VARIABLE in environment else None
