"""Who leads documents along their way, with readers on every machine."""

import os
from datetime import UTC, datetime
from functools import partial
from zoneinfo import ZoneInfo

from actors.index.language import detect_language
from actors.ocr.engines.tessdata import installed_languages
from actors.pipeline import ports
from actors.pipeline.gotenberg import Gotenberg
from actors.pipeline.pipeline import Pipeline
from actors.runtime.errors import ActorLost
from actors.store.store import join_store
from daemon.cast.planner import make_planner
from daemon.cast.readers import PooledReaders
from daemon.cast.understanding import make_understanding
from daemon.script import Script


def make_pipeline(script: Script, binder: ports.Binder, index: ports.Index) -> Pipeline:
    """Build it on the store."""
    store = join_store(script.store_url, script.data)
    room = ports.Room(
        store=store,
        binder=binder,
        readers=PooledReaders(script, store.nodes),
        index=index,
        settings=script.ocr,
        detect_language=detect_language,
        understanding=make_understanding(script.understanding, store, ZoneInfo(script.time_zone)),
        workflows=make_planner(store, script.time_zone, script.understanding.dates.order),
        models=partial(installed_languages, os.environ),
        now=utc_now,
        lost=ActorLost,
        checkpoint=script.checkpoint,
        barcodes=script.understanding.barcodes,
        scripts=script.scripts,
        sides_patience=script.intake.sides_patience,
        elsewhere=Gotenberg(script.gotenberg).convert if script.gotenberg else None,
    )
    return Pipeline(room, f"pipeline {os.getpid()}")


def utc_now() -> datetime:
    """Tell the time."""
    return datetime.now(UTC)
