"""Tags are learned from the store when it is time, and the daemon itself stays light."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from actors.classifier.about import About, learned_change, write_model
from actors.classifier.lessons import Figures, Lesson, TrainTags
from actors.classifier.schedule import FEWEST_DOCUMENTS, PAUSE_SECONDS
from actors.runtime.errors import ActorLost
from actors.store.data_dir import DataDir
from actors.store.opening import open_store
from actors.store.store import Store
from daemon.learning import Learning
from daemon.lessons import READ_AT_ONCE, TaggedLessons
from tests.daemon.tagging import read


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    data = DataDir(tmp_path / "data")
    store = open_store(data.database_url, data)
    yield store
    store.close()


@dataclass
class FakeTraining:
    """Leaves a model that says what it was learned from, or fails; time stands still between looks."""

    folder: Path
    fails: bool = False
    seconds: float = 0.0
    orders: list[TrainTags] = field(default_factory=list)

    async def __call__(self, order: TrainTags) -> None:
        self.orders.append(order)
        if self.fails:
            raise ActorLost("the process of 'train' ended before it answered")
        write_model(About((), order.change, 0, Figures()), b"weights", self.folder)

    def clock(self) -> float:
        return self.seconds


def test_lessons_are_the_tagged_documents_in_their_order(store: Store) -> None:
    read(store, "untagged", "text", tags=())
    for number in range(READ_AT_ONCE + 2):
        read(store, f"title {number}", f"page {number}", "second page", tags=("tax", str(number)))
    found = list(TaggedLessons(store).newest(READ_AT_ONCE + 1))
    assert len(found) == READ_AT_ONCE + 1
    assert [found[0], found[-1]] == [
        Lesson("title 21\npage 21\nsecond page", ("21", "tax")),
        Lesson("title 1\npage 1\nsecond page", ("1", "tax")),
    ]


async def test_tags_are_learned_once_there_are_enough_documents_and_again_after_a_change(store: Store) -> None:
    training = FakeTraining(store.data.classifier)
    learning = Learning(store, training, training.clock)
    for number in range(FEWEST_DOCUMENTS - 1):
        read(store, f"{number}")
    await learning.look()
    assert training.orders == []
    read(store, "one more")
    await learning.look()
    training.seconds += PAUSE_SECONDS
    await learning.look()
    assert training.orders == [TrainTags(store.tagged.state().change)]
    read(store, "another")
    await learning.look()
    assert len(training.orders) == 2


async def test_a_restart_does_not_learn_what_is_learned(store: Store) -> None:
    training = FakeTraining(store.data.classifier)
    for number in range(FEWEST_DOCUMENTS):
        read(store, f"{number}")
    await Learning(store, training, training.clock).look()
    await Learning(store, training, training.clock).look()
    assert len(training.orders) == 1
    for file in store.data.classifier.glob("*.npz"):
        file.write_bytes(b"damaged")
    await Learning(store, training, training.clock).look()
    assert len(training.orders) == 2


async def test_a_training_that_fails_is_tried_again_after_the_pause(store: Store) -> None:
    training = FakeTraining(store.data.classifier, fails=True)
    learning = Learning(store, training, training.clock)
    for number in range(FEWEST_DOCUMENTS):
        read(store, f"{number}")
    await learning.look()
    await learning.look()
    assert len(training.orders) == 1
    training.fails, training.seconds = False, PAUSE_SECONDS
    await learning.look()
    assert learned_change(store.data.classifier) == store.tagged.state().change


def test_the_daemon_holds_neither_scikit_learn_nor_numpy() -> None:
    script = "import sys, daemon.house; print(*{'sklearn', 'scipy', 'numpy'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stdout.split() == []
