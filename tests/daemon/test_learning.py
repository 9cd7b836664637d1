"""Labels are learned from the store when it is time, and the daemon itself stays light."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from actors.classifier.about import About, learned_change, write_model
from actors.classifier.lessons import Lesson, TrainLabels
from actors.classifier.schedule import FEWEST_DOCUMENTS, PAUSE_SECONDS, SHARE
from actors.runtime.errors import ActorLost
from actors.store.files.data_dir import DataDir
from actors.store.nouns.archive import DocumentChanges
from actors.store.nouns.catalog import LabelFacts, LabelKind
from actors.store.store import Store
from daemon.cast.lessons import READ_AT_ONCE, FiledLessons
from daemon.keeping.learning import Learning
from tests.archives import open_archive
from tests.daemon.filing import read
from tests.store.making import START


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    data = DataDir(tmp_path / "data")
    store = open_archive(data)
    yield store
    store.close()


@dataclass
class FakeTraining:
    """Leaves a model that says what it was learned from, or fails; time stands still between looks, and passes in a training."""

    folder: Path
    fails: bool = False
    seconds: float = 0.0
    takes: float = 0.0
    orders: list[TrainLabels] = field(default_factory=list)

    async def __call__(self, order: TrainLabels) -> None:
        self.orders.append(order)
        self.seconds += self.takes
        if self.fails:
            raise ActorLost("the process of 'train' ended before it answered")
        write_model(About(order.change, "", 0, {}), b"weights", self.folder)

    def clock(self) -> float:
        return self.seconds


def test_lessons_are_the_filed_documents_with_their_first_pages(store: Store) -> None:
    read(store, "not filed", "text", tags=())
    ids = [read(store, f"title {number}", f"page {number}", "second page") for number in range(READ_AT_ONCE + 2)]
    lessons, tax = FiledLessons(store), store.catalog.labels.find(LabelKind.TAG, "tax").id
    found = lessons.newest(READ_AT_ONCE + 1)
    assert found == [Lesson(one, store.documents.get(one).revision, {LabelKind.TAG: (tax,)}) for one in reversed(ids[1:])]
    assert list(lessons.texts(ids)) == [(one, f"page {number}\nsecond page") for number, one in enumerate(ids)]


async def test_labels_are_learned_once_there_are_enough_documents_and_again_after_a_change(store: Store) -> None:
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
    assert training.orders == [TrainLabels(store.filed.state().change)]
    read(store, "another")
    await learning.look()
    assert len(training.orders) == 2


async def test_a_new_name_of_a_label_and_what_is_in_the_inbox_are_not_learned(store: Store) -> None:
    training = FakeTraining(store.data.classifier)
    learning = Learning(store, training, training.clock)
    ids = [read(store, f"{number}") for number in range(FEWEST_DOCUMENTS)]
    store.catalog.labels.create(LabelKind.TAG, LabelFacts("inbox", inbox=True))
    await learning.look()
    training.seconds += PAUSE_SECONDS
    store.catalog.labels.update(store.catalog.labels.find(LabelKind.TAG, "tax").id, LabelFacts("taxes"), None, START)
    read(store, "new", tags=("inbox", "taxes"))
    await learning.look()
    assert len(training.orders) == 1
    store.documents.update(ids[0], DocumentChanges(add_tags=("inbox",)), None, START)
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
    assert learned_change(store.data.classifier) == store.filed.state().change


async def test_a_training_that_took_long_is_followed_by_a_longer_pause(store: Store) -> None:
    training = FakeTraining(store.data.classifier, takes=PAUSE_SECONDS)
    learning = Learning(store, training, training.clock)
    for number in range(FEWEST_DOCUMENTS):
        read(store, f"{number}")
    await learning.look()
    read(store, "another")
    training.seconds = SHARE * PAUSE_SECONDS - 1
    await learning.look()
    assert len(training.orders) == 1
    training.seconds += 1
    await learning.look()
    assert len(training.orders) == 2


def test_the_daemon_holds_neither_scikit_learn_nor_numpy() -> None:
    script = "import sys, daemon.life; print(*{'sklearn', 'scipy', 'numpy'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stdout.split() == []
