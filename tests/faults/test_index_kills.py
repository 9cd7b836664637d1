"""F18: the writer of the index is killed in a commit, in a rebuild, at a change of generations; the next life brings every change in."""

import asyncio
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from actors.index.index import Index
from actors.index.messages import SearchRequest
from actors.index.searcher import Searcher
from actors.store.files.data_dir import DataDir
from actors.store.nouns.archive import DocumentOrder
from actors.store.opening import open_store
from actors.store.store import Store
from daemon.cast.shelf import Shelf
from tests.faults.plugin import Trials
from tests.store.making import START, deliver

DOCUMENTS = 40
# Of changes answered before the kill, and of seconds after them: a commit takes some milliseconds, a rebuild some tens.
MOST_CHANGES = 6
MOST_SECONDS = 0.05


@contextmanager
def writers(store: Store) -> Iterator[subprocess.Popen[str]]:
    """Give a process that starts writers, as many as are wanted."""
    command = [sys.executable, "-m", "tests.faults.index_writer", str(store.data.root)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True, bufsize=1) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


def kill_at_work(process: subprocess.Popen[str], chance: random.Random) -> None:
    """Let a writer work, and kill it wherever it is."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{chance.random()}\n")
    writer = int(process.stdout.readline())
    for _ in range(chance.randint(1, MOST_CHANGES)):
        assert process.stdout.readline() == "applied\n"
    until = time.monotonic() + chance.uniform(0.0, MOST_SECONDS)
    while time.monotonic() < until:
        pass
    os.kill(writer, signal.SIGKILL)
    while process.stdout.readline() != "ended\n":
        pass


async def live_again(store: Store) -> None:
    """Let the next life bring in what the outbox holds."""
    index = Index(Shelf(store), store.data.index)
    running = asyncio.create_task(index.run())
    await index.apply()
    await index.stop()
    await running


def broken_index(store: Store) -> list[str]:
    """Compare the index with the database, word by word: lost changes, ghosts, and rows of the outbox that stay."""
    live = store.documents.list(DocumentOrder(), None, 1000, deleted=False)
    searcher = Searcher(store.data.index, store.pages.texts_of, store.catalog)
    wrong = [f"change {row} stays in the outbox" for row in store.outbox.pending(1000)]
    try:
        for document in live:
            for word in document.title.split():
                found = [hit.document_id for hit in searcher.search(SearchRequest(word, START, highlight=False)).hits]
                if found != [document.id]:
                    wrong.append(f"{word} of document {document.id} is found in {found}")
        if searcher.count() != len(live):
            wrong.append(f"{searcher.count()} documents are in the index, {len(live)} in the archive")
    finally:
        searcher.close()
    return wrong


@pytest.mark.fault("F18", each=10, nightly=500)
def test_a_writer_killed_anywhere_loses_no_change_and_leaves_no_ghost(tmp_path: Path, trials: Trials) -> None:
    data = DataDir(tmp_path / "data")
    store = open_store(data.database_url, data)
    for number in range(1, DOCUMENTS + 1):
        deliver(store, f"paper {number}", title=f"unique{number}x title{number}x")
    with writers(store) as process:
        for number in range(trials.count):
            kill_at_work(process, random.Random(trials.seed + number))
            asyncio.run(live_again(store))
            assert broken_index(store) == [], f"after kill {number}"
            trials.tried()
    store.close()


def test_a_change_that_is_lost_and_a_ghost_are_noticed(tmp_path: Path) -> None:
    data = DataDir(tmp_path / "data")
    store = open_store(data.database_url, data)
    first, second = (deliver(store, f"paper {number}", title=f"unique{number}x").document_id for number in (1, 2))
    asyncio.run(live_again(store))
    assert broken_index(store) == []
    store.documents.delete(second, None, START)
    store.outbox.done(store.outbox.pending(10))
    assert [line.split()[0] for line in broken_index(store)] == ["2"]
    store.outbox.mark([first])
    assert broken_index(store)[0].startswith("change ")
    store.close()
