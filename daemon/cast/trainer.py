"""Who learns labels; there only while it does."""

from functools import partial
from typing import Protocol

from actors.classifier.lessons import Trained, TrainLabels
from actors.runtime.troupe import Troupe
from actors.store.store import join_store
from daemon.cast.lessons import FiledLessons
from daemon.script import Script

# A model is in its place or it is not; there is nothing to finish.
STOP_SECONDS = 1.0


class TrainerActor(Protocol):
    """The trainer, as the daemon speaks to it."""

    async def train(self, order: TrainLabels) -> Trained:
        """Learn every label anew, and put the model into its place."""


def make_trainer(script: Script) -> TrainerActor:
    """Build it on the store."""
    # Here, so that only the trainer's process holds scikit-learn: 110 MiB.
    from actors.classifier.trainer import Trainer

    store = join_store(script.store_url, script.data)
    return Trainer(FiledLessons(store), script.data.classifier)


async def train_apart(script: Script, order: TrainLabels) -> Trained:
    """Have labels learned in a process that ends with the call; raises ActorLost when it ends before."""
    troupe = Troupe(script.prepare)
    trainer = troupe.spawn("trainer", partial(make_trainer, script), TrainerActor, niceness=script.niceness, patience_seconds=0.0)
    try:
        return await trainer.train(order)
    finally:
        await troupe.stop("trainer", STOP_SECONDS)
