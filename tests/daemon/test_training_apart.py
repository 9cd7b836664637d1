"""Tags are learned in a process of their own, which is there only as long as it is needed."""

import json
import subprocess
import sys
from pathlib import Path

from actors.classifier.suggester import Suggester
from actors.store.data_dir import DataDir
from actors.store.opening import open_store
from tests.classifier.letters import Post
from tests.daemon.tagging import read


def test_a_trainer_ends_with_its_training_however_that_ends(tmp_path: Path) -> None:
    data = DataDir(tmp_path / "data")
    store = open_store(data.database_url, data)
    for number, (_, lesson) in enumerate(Post(seed=1).lessons(24, mistaken=0)):
        read(store, f"letter {number}", lesson.text, tags=lesson.tags)
    store.close()
    command = [sys.executable, "-m", "tests.daemon.training_apart", str(tmp_path), str(data.root)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    assert json.loads(run.stdout.splitlines()[-1]) == {
        "documents": 24,
        "tags": 5,
        "left": 0,
        "killed": "lost",
        "left_when_killed": 0,
        "left_when_cancelled": 0,
        "learned": "state 1",
    }
    assert Suggester(data.classifier).suggest("electricity meter reading of the tariff")[0].tag == "energy"
