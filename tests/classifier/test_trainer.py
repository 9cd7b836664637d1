"""The actor that trains, built without Ray."""

from collections.abc import Iterator
from pathlib import Path

from actors.classifier.lessons import Lesson, Trained, TrainTags
from actors.classifier.model import load
from actors.classifier.trainer import Trainer
from actors.classifier.training import MOST_DOCUMENTS
from tests.classifier.letters import Post


class FakeLessons:
    """Gives what a test has tagged."""

    def __init__(self, lessons: list[Lesson]) -> None:
        self._lessons = lessons

    def newest(self, limit: int) -> Iterator[Lesson]:
        assert limit == MOST_DOCUMENTS
        return iter(self._lessons)


async def test_a_trainer_puts_a_model_into_its_place_and_tells_of_it(tmp_path: Path) -> None:
    lessons = [lesson for _, lesson in Post(seed=1).lessons(24, mistaken=0)]
    trained = await Trainer(FakeLessons(lessons), tmp_path).train(TrainTags("state 1"))
    model = load(tmp_path)
    assert trained == Trained(24, 5, model.about.figures)
    assert model.about.change == "state 1"
    assert model.suggest("electricity meter reading of the tariff")[0].tag == "energy"


async def test_training_twice_gives_the_same_model(tmp_path: Path) -> None:
    trainer = Trainer(FakeLessons([lesson for _, lesson in Post(seed=1).lessons(24)]), tmp_path)
    files = []
    for _ in range(2):
        await trainer.train(TrainTags("state 1"))
        files.append({path.name: path.read_bytes() for path in tmp_path.iterdir()})
    assert files[0] == files[1]


async def test_an_archive_without_tags_forgets_what_was_learned(tmp_path: Path) -> None:
    await Trainer(FakeLessons([lesson for _, lesson in Post(seed=1).lessons(24)]), tmp_path).train(TrainTags("state 1"))
    assert (await Trainer(FakeLessons([]), tmp_path).train(TrainTags("state 2"))).tags == 0
    assert load(tmp_path).suggest("electricity meter") == ()
