"""The actor that trains, built without Ray."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from actors.classifier.about import ABOUT
from actors.classifier.counted import COUNTED
from actors.classifier.lessons import Lesson, Trained, TrainLabels
from actors.classifier.model import load
from actors.classifier.trainer import MOST_DOCUMENTS, Trainer
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.catalog import LabelKind
from tests.classifier.household import Household, Letter

LETTERS = Household(seed=1).letters(60)


class FakeLessons:
    """Gives letters as a test has filed them, each a document of its own."""

    def __init__(self, letters: Sequence[Letter], revision: int = 1) -> None:
        self.letters = dict(enumerate(letters, 1))
        self.revisions = dict.fromkeys(self.letters, revision)
        self.asked = list[DocumentId]()

    def newest(self, limit: int) -> list[Lesson]:
        assert limit == MOST_DOCUMENTS
        found = [Lesson(DocumentId(number), self.revisions[number], letter.labels) for number, letter in self.letters.items()]
        return found[::-1]

    def texts(self, documents: Sequence[DocumentId]) -> list[tuple[DocumentId, str]]:
        self.asked += documents
        return [(document, self.letters[document].text) for document in documents]


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


async def test_a_trainer_puts_a_model_into_its_place_and_tells_of_it(tmp_path: Path) -> None:
    trained = await Trainer(FakeLessons(LETTERS), tmp_path).train(TrainLabels("state 1"))
    model = load(tmp_path)
    assert trained == Trained(60, model.about.labels, 60, learned=True)
    assert (model.about.change, model.about.documents) == ("state 1", 60)
    assert model.about.kinds.keys() == set(LabelKind)
    often = next(letter for letter in LETTERS if letter.sender == 0)
    assert [model.suggest(often.text)[LabelKind.CORRESPONDENT][0].label] == list(often.truth[LabelKind.CORRESPONDENT])


async def test_training_after_a_few_changes_reads_a_few_documents_and_learns_what_reading_all_would(tmp_path: Path) -> None:
    (tmp_path / "whole").mkdir()
    (tmp_path / "few").mkdir()
    lessons = FakeLessons(LETTERS[:-2])
    await Trainer(lessons, tmp_path / "few").train(TrainLabels("state 1"))
    lessons.letters |= {59: LETTERS[58], 60: LETTERS[59], 7: replace(LETTERS[6], text=LETTERS[5].text)}
    lessons.revisions |= {59: 1, 60: 1, 7: 2}
    lessons.asked.clear()
    trained = await Trainer(lessons, tmp_path / "few").train(TrainLabels("state 2"))
    assert (sorted(lessons.asked), trained.read) == ([7, 59, 60], 3)
    await Trainer(lessons, tmp_path / "whole").train(TrainLabels("state 2"))
    assert files(tmp_path / "few") == files(tmp_path / "whole")


async def test_training_twice_gives_the_same_model(tmp_path: Path) -> None:
    found = []
    for number in range(2):
        folder = tmp_path / str(number)
        folder.mkdir()
        await Trainer(FakeLessons(LETTERS), folder).train(TrainLabels("state 1"))
        found.append(files(folder))
    assert found[0] == found[1]


async def test_what_would_come_out_the_same_is_not_learned_again(tmp_path: Path) -> None:
    await Trainer(FakeLessons(LETTERS), tmp_path).train(TrainLabels("state 1"))
    before = files(tmp_path)
    # Every document has another title, say.
    trained = await Trainer(FakeLessons(LETTERS, revision=2), tmp_path).train(TrainLabels("state 2"))
    assert (trained.learned, trained.documents) == (False, 60)
    assert load(tmp_path).about.change == "state 2"
    assert {name for name, content in files(tmp_path).items() if content != before[name]} == {ABOUT, COUNTED}


async def test_a_damaged_model_is_learned_anew(tmp_path: Path) -> None:
    await Trainer(FakeLessons(LETTERS), tmp_path).train(TrainLabels("state 1"))
    whole = files(tmp_path)
    for name in whole:
        (tmp_path / name).write_bytes(b"damaged")
        trained = await Trainer(FakeLessons(LETTERS), tmp_path).train(TrainLabels("state 1"))
        assert trained.read == (60 if name == COUNTED else 0)
        assert files(tmp_path) == whole


async def test_an_archive_without_filed_documents_forgets_what_was_learned(tmp_path: Path) -> None:
    await Trainer(FakeLessons(LETTERS), tmp_path).train(TrainLabels("state 1"))
    assert (await Trainer(FakeLessons([]), tmp_path).train(TrainLabels("state 2"))).labels == 0
    assert load(tmp_path).suggest(LETTERS[0].text) == {}
