"""Who learns tags; there only while it does."""

from typing import Protocol

from actors.classifier.lessons import Trained, TrainTags
from actors.store.store import open_store
from daemon.lessons import TaggedLessons
from daemon.script import Script


class TrainerActor(Protocol):
    """The trainer, as the daemon speaks to it."""

    async def train(self, order: TrainTags) -> Trained:
        """Learn every tag anew, and put the model into its place."""


def make_trainer(script: Script) -> TrainerActor:
    """Build it on the store."""
    # Here, so that only the trainer's process holds scikit-learn: 110 MiB.
    from actors.classifier.trainer import Trainer

    store = open_store(script.store_url, script.data)
    return Trainer(TaggedLessons(store), script.data.classifier)
