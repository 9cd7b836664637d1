"""A program that has labels learned on a real Ray, and prints what it saw as JSON. Run by test_training_apart.py."""

import asyncio
import json
import sys
from contextlib import suppress
from pathlib import Path

import psutil

from actors.runtime.environment import prepare_environment

prepare_environment(Path(sys.argv[1]) / "cluster.token")

from actors.classifier.about import learned_change  # noqa: E402  # after the environment
from actors.classifier.lessons import Trained, TrainLabels  # noqa: E402
from actors.intake.settings import IntakeSettings  # noqa: E402
from actors.mail.settings import MailboxSettings  # noqa: E402
from actors.ocr.messages import OcrSettings  # noqa: E402
from actors.pipeline.script_settings import NO_SCRIPTS  # noqa: E402
from actors.runtime.cluster import ClusterSettings, start_ray  # noqa: E402
from actors.runtime.errors import ActorLost  # noqa: E402
from actors.store.files.data_dir import DataDir  # noqa: E402
from actors.understanding.settings import UnderstandingSettings  # noqa: E402
from actors.watcher.settings import WatcherSettings  # noqa: E402
from daemon.cast.trainer import train_apart  # noqa: E402
from daemon.logs import LogSettings  # noqa: E402
from daemon.script import Script  # noqa: E402


def trainers() -> list[psutil.Process]:
    """List the processes that train."""
    return [process for process in psutil.Process().children(recursive=True) if _is_trainer(process)]


def _is_trainer(process: psutil.Process) -> bool:
    try:
        return "ray::Host" in " ".join(process.cmdline())
    except psutil.NoSuchProcess:  # it has just ended
        return False


async def begun(script: Script) -> asyncio.Task[Trained]:
    """Begin to train, and wait until somebody has scikit-learn in hand: it takes seconds to load."""
    training = asyncio.create_task(train_apart(script, TrainLabels("broken off")))
    for _ in range(1000):
        if any("sklearn" in part.path for process in trainers() for part in process.memory_maps()):
            return training
        await asyncio.sleep(0.02)
    raise TimeoutError("nobody trains")


async def left() -> int:
    """Count the processes that train though nobody asks, when they had time to end."""
    for _ in range(250):
        if not trainers():
            return 0
        await asyncio.sleep(0.02)
    return len(trainers())


async def watch(script: Script) -> dict[str, object]:
    """Train; then see a trainer killed, and one that is not wanted any more."""
    trained = await train_apart(script, TrainLabels("state 1"))
    seen: dict[str, object] = {"documents": trained.documents, "read": trained.read, "left": await left()}
    killed = await begun(script)
    trainers()[0].kill()
    try:
        await killed
    except ActorLost:
        seen["killed"] = "lost"
    seen["left_when_killed"] = await left()
    cancelled = await begun(script)
    cancelled.cancel()
    with suppress(asyncio.CancelledError):
        await cancelled
    seen["left_when_cancelled"] = await left()
    seen["learned"] = learned_change(script.data.classifier)
    return seen


def main() -> None:
    """Print what was seen."""
    data, ray = DataDir(Path(sys.argv[2])), ClusterSettings(Path(sys.argv[1]) / "ray", 1)
    script = Script(
        data=data,
        store_url=data.database_url,
        ocr=OcrSettings(),
        intake=IntakeSettings(),
        understanding=UnderstandingSettings(),
        time_zone="UTC",
        watcher=WatcherSettings(()),
        mailboxes=MailboxSettings(),
        grant_clients={},
        log=LogSettings().decided(terminal=False),
        log_socket=Path(sys.argv[1]) / "nobody.sock",
        workers=1,
        background_load=100,
        allow_unsandboxed=False,
        scripts=NO_SCRIPTS,
        niceness=0,
    )
    started = start_ray(ray)
    try:
        sys.stdout.write(json.dumps(asyncio.run(watch(script))))
    finally:
        started.stop()


if __name__ == "__main__":
    main()
