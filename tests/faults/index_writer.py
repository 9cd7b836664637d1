"""The process that is killed: the index actor's own logic on a real store, under changes and rebuilds without end.

python -m tests.faults.index_writer FOLDER; each line of its input is a seed, and starts a writer that works until it is killed. The writer
tells its process id, then a line for every change that the index has answered.
"""

import asyncio
import os
import random
import sys
from pathlib import Path

import structlog

from actors.index.index import Index
from actors.store.files.data_dir import DataDir
from actors.store.nouns.archive import DocumentChanges, DocumentOrder
from actors.store.opening import open_store
from actors.store.store import Store
from daemon.cast.shelf import Shelf
from tests.store.making import START

MOST_TRASHED = 10
REBUILDS = 0.2


def tell(word: str) -> None:
    """Write a line to whoever started us."""
    os.write(sys.stdout.fileno(), f"{word}\n".encode())


def change_something(store: Store, chance: random.Random) -> None:
    """Give a document another title, put one into the trash, or take one out."""
    live = store.documents.ids(None, 1000)
    trashed = store.documents.list(DocumentOrder(), None, 1000, deleted=True)
    kind, chosen = chance.random(), chance.choice(live)
    if kind < 0.2 and len(trashed) < MOST_TRASHED:
        store.documents.delete(chosen, None, START)
    elif kind < 0.4 and trashed:
        store.documents.undelete(chance.choice(trashed).id, START)
    else:
        title = f"unique{chosen}x title{chance.randrange(10**9)}x"
        store.documents.update(chosen, DocumentChanges(title=title), None, START)


async def work(store: Store, chance: random.Random) -> None:
    """Change documents and let the index follow; now and then it is built anew meanwhile."""
    index = Index(Shelf(store), store.data.index)
    rebuilding: asyncio.Task[None] | None = None
    while True:
        for _ in range(chance.randint(1, 5)):
            change_something(store, chance)
        if (rebuilding is None or rebuilding.done()) and chance.random() < REBUILDS:
            rebuilding = asyncio.create_task(index.rebuild())
        await index.apply()
        tell("applied")


def main(folder: str) -> None:
    """Start a writer for each seed that comes, one after the other ends; all that is imported is imported once."""
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    data = DataDir(Path(folder))
    for seed in sys.stdin:
        if writer := os.fork():
            os.waitpid(writer, 0)
            tell("ended")
        else:
            tell(str(os.getpid()))
            asyncio.run(work(open_store(data.database_url, data), random.Random(seed)))


if __name__ == "__main__":
    main(sys.argv[1])
