"""Labels are learned in a process of their own, which is there only as long as it is needed."""

import json
import subprocess
import sys
from pathlib import Path

from actors.classifier.suggester import Suggester
from actors.store.files.data_dir import DataDir
from actors.store.nouns.catalog import LabelKind
from tests.archives import open_archive
from tests.classifier.household import Household
from tests.daemon.filing import read


def test_a_trainer_ends_with_its_training_however_that_ends(tmp_path: Path) -> None:
    data = DataDir(tmp_path / "data")
    store = open_archive(data)
    letters = [letter for letter in Household(seed=1).letters(40) if letter.labels[LabelKind.TAG]]
    for number, letter in enumerate(letters):
        read(store, f"letter {number}", letter.text, tags=tuple(map(str, letter.labels[LabelKind.TAG])))
    names = {label.id: label.name for label in store.catalog.labels.all()}
    store.close()
    command = [sys.executable, "-m", "tests.daemon.training_apart", str(tmp_path), str(data.root)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    assert json.loads(run.stdout.splitlines()[-1]) == {
        "documents": len(letters),
        "read": len(letters),
        "left": 0,
        "killed": "lost",
        "left_when_killed": 0,
        "left_when_cancelled": 0,
        "learned": "state 1",
    }
    suggested = Suggester(data.classifier).suggest(letters[0].text)[LabelKind.TAG]
    assert names[suggested[0].label] in map(str, letters[0].labels[LabelKind.TAG])
