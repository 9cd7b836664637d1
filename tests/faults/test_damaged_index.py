"""F19: whatever happens to the files of the index, every document is soon found by its own word again, and no other, without a person."""

import asyncio
import json
import os
import random
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from actors.checkup.messages import Subject
from actors.index.errors import IndexUnavailable
from actors.index.generation import current
from actors.index.index import Index
from actors.index.messages import SearchRequest
from actors.index.searcher import Searcher
from actors.store.files.data_dir import DataDir
from actors.store.opening import open_store
from daemon.cast.shelf import Shelf
from tests.checkup.archive import Shown
from tests.faults.plugin import Trials

WORDS = tuple(f"hydrant{number}" for number in range(30))
HEALED_SECONDS = 60.0
# The length of the footer, and a magic number.
FOOTER_END_BYTES = 8


def files_of(root: Path) -> list[Path]:
    """List the files of an index that hold something."""
    return sorted(path for path in root.rglob("*") if path.is_file() and path.stat().st_size)


def truncate(path: Path, chance: random.Random) -> None:
    """Lose the end of a file, or all of it."""
    os.truncate(path, chance.randrange(path.stat().st_size))


def flip(path: Path, chance: random.Random) -> int:
    """Turn one bit round, in place; give the place of its byte."""
    with path.open("r+b") as file:
        place = chance.randrange(path.stat().st_size)
        file.seek(place)
        (byte,) = file.read(1)
        file.seek(place)
        file.write(bytes([byte ^ (1 << chance.randrange(8))]))
    return place


def footer_of(path: Path) -> range:
    """Give the places of the JSON at the end of a segment's file: which version wrote it, and the checksum of all before."""
    content = path.read_bytes()
    end = len(content) - FOOTER_END_BYTES
    return range(end - int.from_bytes(content[end : end + 4], "little"), end)


def checksum_in(path: Path, footer: range) -> int | None:
    """Read the checksum in a footer; None where there is none."""
    try:
        checksum: int = json.loads(path.read_bytes()[footer.start : footer.stop])["crc"]
    except (ValueError, LookupError, TypeError):
        return None
    return checksum


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    """Make an archive whose index has seen commits, merges and deletions."""
    data = DataDir(tmp_path_factory.mktemp("archive") / "data")
    with closing(open_store(data.database_url, data)) as store:
        shown = Shown(store)
        shown.read(*WORDS, "ghost")
        store.documents.delete(shown.documents.pop("ghost"), None, datetime.now(UTC))
        shown.apply()
        yield shown
        shown.searcher.close()


def found_by(searcher: Searcher, word: str) -> list[int]:
    """Search for a word."""
    return sorted(hit.document_id for hit in searcher.search(SearchRequest(word, datetime.now(UTC))).hits)


def all_found(shown: Shown, searcher: Searcher) -> bool:
    """Tell whether each document is found by its own word, and nothing else; an index that cannot be searched may say so."""
    try:
        right = all(found_by(searcher, f'"{word}"') == [shown.documents[word]] for word in WORDS)
        return right and found_by(searcher, "ghost") == [] and len(found_by(searcher, "page")) == 20
    except IndexUnavailable:
        return False


async def live(shown: Shown, searcher: Searcher) -> None:
    """Live as a daemon does: the index actor begins, index and database are compared, what is ordered is done."""
    index = Index(Shelf(shown.store), shown.store.data.index)
    running = asyncio.create_task(index.run())
    deadline = asyncio.get_running_loop().time() + HEALED_SECONDS
    try:
        while True:
            await index.apply()
            await asyncio.to_thread(shown.check, Subject.INDEX, repair=True)
            for job in shown.store.jobs.lease("worker", 10, datetime.now(UTC)):
                await index.rebuild()
                shown.store.jobs.succeed(job.id, job.fence, datetime.now(UTC))
            await index.apply()
            if await asyncio.to_thread(all_found, shown, searcher):
                return
            assert asyncio.get_running_loop().time() < deadline, "the index was not healed in time"
    finally:
        await index.stop()
        await running


@pytest.mark.fault("F19", each=19, nightly=380)
def test_a_damaged_index_heals_by_itself(made: Shown, trials: Trials, tmp_path: Path) -> None:
    chance = random.Random(trials.seed)
    root, sound = made.store.data.index, tmp_path / "sound"
    shutil.copytree(root, sound)
    for number in range(trials.count):
        shutil.rmtree(root)
        shutil.copytree(sound, root)
        # A daemon has one of its own in each life; one that lives on sees damage under its hands, too.
        searcher = Searcher(root, made.store.pages.texts_of, made.store.catalog)
        while_open = chance.random() < 0.3
        if while_open:
            assert all_found(made, searcher)
        files, before = files_of(root), current(root)
        path = files[number % len(files)]
        # What meta.json holds besides is replaced at the next commit; of the footer, only the checksum says anything of what is read.
        harmless = path.suffix == ".json"
        # A file that shrinks under a reader ends the reader's process, which begins again.
        if while_open or (number // len(files) + number) % 2:
            footer = footer_of(path)
            checksum = checksum_in(path, footer)
            harmless |= flip(path, chance) in footer and checksum is not None and checksum_in(path, footer) == checksum
        else:
            truncate(path, chance)
        asyncio.run(live(made, searcher))
        assert made.found(Subject.INDEX) == [], path
        # Also where no search has met the damage.
        assert current(root) != before or harmless, path
        searcher.close()
        trials.tried()
