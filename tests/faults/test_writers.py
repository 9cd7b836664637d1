"""F8: eight processes write to one SQLite. No transaction fails, and what each has written is there."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from actors.store.files.data_dir import DataDir
from actors.store.nouns.archive import DocumentState
from actors.store.nouns.jobs import JobState
from actors.store.opening import open_store
from tests.faults.plugin import Trials
from tests.faults.writing import EACH

WRITERS = 8
SECONDS = 1_000.0


@pytest.mark.timeout(2_000)
@pytest.mark.fault("F8", each=480, nightly=10_000)
def test_eight_writers_fail_in_no_transaction_and_lose_nothing(tmp_path: Path, trials: Trials) -> None:
    data = DataDir(tmp_path / "data")
    store = open_store(data.database_url, data)
    command = [sys.executable, "-m", "tests.faults.writing", str(data.root)]
    share = -(-trials.count // WRITERS)
    writers = [
        subprocess.Popen([*command, f"writer{number}", str(share)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for number in range(WRITERS)
    ]
    told = [writer.communicate(timeout=SECONDS) for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * WRITERS, "\n".join(errors for _, errors in told)
    made = sum(int(line) for out, _ in told for line in out.splitlines())
    documents = store.documents.get_many(store.documents.ids(None, 100_000))
    wanted = {f"edited writer{writer} {number}" for writer in range(WRITERS) for number in range(-(-share // EACH))}
    assert {document.title for document in documents} == wanted
    assert Counter(document.state for document in documents) == {DocumentState.READY: len(wanted)}
    assert all(text.startswith("read by ") for document in documents for text in store.pages.texts(document.id))
    assert Counter(job.state for job in store.jobs.list([], None, None, 100_000)) == {JobState.SUCCEEDED: len(wanted)}
    store.close()
    trials.tried(made)
