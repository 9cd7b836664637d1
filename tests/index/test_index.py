"""The writing actor: changes, rebuilds under writes, crashes, damage."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from actors.index.errors import IndexUnavailable
from actors.index.generation import Generation, current, following
from actors.index.index import BATCH, Index
from actors.index.messages import SearchRequest
from actors.index.searcher import Searcher
from actors.index.writer import GenerationWriter
from actors.store.nouns.archive import DocumentId
from tests.index.archive import NOW, Archive, document
from tests.index.cabinet import Cabinet


@asynccontextmanager
async def living(archive: Archive, root: Path) -> AsyncIterator[Index]:
    """Let an index actor live for a while."""
    index = Index(archive, root, lambda: NOW)
    running = asyncio.create_task(index.run())
    await index.apply()
    try:
        yield index
    finally:
        await index.stop()
        await running


@pytest.fixture
def archive() -> Archive:
    return Archive()


@pytest.fixture
def searcher(tmp_path: Path, archive: Archive) -> Searcher:
    return Searcher(tmp_path, archive.page_texts, Cabinet())


def find(searcher: Searcher, query: str) -> list[int]:
    return sorted(hit.document_id for hit in searcher.search(SearchRequest(query, NOW, limit=1000, highlight=False)).hits)


async def test_a_search_before_there_is_an_index_says_so(searcher: Searcher) -> None:
    with pytest.raises(IndexUnavailable):
        find(searcher, "a")


async def test_a_search_after_the_index_is_lost_says_so_until_it_is_made_anew(tmp_path: Path, archive: Archive, searcher: Searcher) -> None:
    archive.put(document(1, "word"))
    async with living(archive, tmp_path):
        assert find(searcher, "word") == [1]
    (tmp_path / "current").unlink()
    with pytest.raises(IndexUnavailable):
        find(searcher, "word")
    async with living(archive, tmp_path):
        assert find(searcher, "word") == [1]


async def test_a_change_is_found_by_the_next_call(tmp_path: Path, archive: Archive, searcher: Searcher) -> None:
    async with living(archive, tmp_path) as index:
        assert find(searcher, "") == []
        archive.put(document(1, "first"))
        await index.apply()
        assert find(searcher, "first") == [1]
        archive.put(document(1, "second"))
        await index.apply()
        assert (find(searcher, "first"), find(searcher, "second")) == ([], [1])
        archive.delete(1)
        await index.apply()
        assert find(searcher, "") == []
        assert archive.outbox == {}


async def test_state_counts_documents_and_commits(tmp_path: Path, archive: Archive) -> None:
    archive.put(document(1), document(2))
    async with living(archive, tmp_path) as index:
        state = index.state()
        assert (state.documents, state.generation, state.last_commit) == (2, 1, NOW)
        archive.put(document(3))
        await index.apply()
        assert (index.state().documents, index.state().commits) == (3, state.commits + 1)


async def test_a_document_handled_twice_is_there_once(tmp_path: Path, archive: Archive, searcher: Searcher) -> None:
    archive.put(document(1, "word"))
    async with living(archive, tmp_path) as index:
        for _ in range(3):
            archive.outbox[DocumentId(1)] = 1
            await index.apply()
        assert find(searcher, "word") == [1]
        assert index.state().documents == 1


async def test_calls_at_once_share_their_commits(tmp_path: Path, archive: Archive) -> None:
    async with living(archive, tmp_path) as index:
        before = index.state().commits
        archive.put(document(1))
        first = asyncio.create_task(index.apply())
        others = [asyncio.create_task(index.apply()) for _ in range(20)]
        await asyncio.gather(first, *others)
        assert index.state().commits - before <= 2
        assert index.state().documents == 1


async def test_an_outbox_longer_than_a_batch_is_drained(tmp_path: Path, archive: Archive, searcher: Searcher) -> None:
    async with living(archive, tmp_path) as index:
        archive.put(*(document(number, "word") for number in range(1, 2 * BATCH + 2)))
        assert (await index.apply()).documents == 2 * BATCH + 1
        assert len(find(searcher, "word")) == 2 * BATCH + 1


async def test_a_change_that_came_meanwhile_stays_in_the_outbox(tmp_path: Path, searcher: Searcher) -> None:
    class Changing(Archive):
        def done(self, handled: object) -> None:
            if len(self.documents) == 1 and self.documents[DocumentId(1)].revision == 1:
                self.put(document(1, "newer"))
            super().done(handled)  # type: ignore[arg-type]  # passed on as it came

    archive = Changing()
    async with living(archive, tmp_path) as index:
        archive.put(document(1, "older"))
        await index.apply()
        await index.apply()
        assert find(searcher, "newer") == [1]


async def test_what_a_former_life_left_is_brought_in_at_the_start(tmp_path: Path, archive: Archive, searcher: Searcher) -> None:
    async with living(archive, tmp_path):
        pass
    archive.put(document(1, "late"))
    async with living(archive, tmp_path):
        assert find(searcher, "late") == [1]


async def test_search_is_never_empty_during_a_rebuild_and_changes_go_on(tmp_path: Path, archive: Archive, searcher: Searcher) -> None:
    archive.put(*(document(number, "word") for number in range(1, 301)))
    async with living(archive, tmp_path) as index:
        seen, steps = list[int](), list[tuple[int, int]]()

        def progress(done: int, total: int) -> None:
            steps.append((done, total))
            seen.append(len(find(searcher, "word")))

        rebuilding = asyncio.create_task(index.rebuild(progress))
        changed = 0
        while not rebuilding.done():
            changed += 1
            archive.put(document(changed, "changed"), document(1000 + changed, "fresh"))
            if changed == 5:
                archive.delete(300)
            await index.apply()
        await rebuilding
        assert min(seen) > 0
        assert steps[-1][0] >= 299
        assert current(tmp_path) == Generation(tmp_path, 2)
        assert find(searcher, "changed") == list(range(1, changed + 1))
        assert find(searcher, "fresh") == list(range(1001, 1001 + changed))
        assert find(searcher, "") == sorted(archive.documents)


async def test_the_old_generation_goes_when_its_last_reader_has_moved_on(tmp_path: Path, archive: Archive, searcher: Searcher) -> None:
    archive.put(document(1, "word"))
    async with living(archive, tmp_path) as index:
        assert find(searcher, "word") == [1]
        await index.rebuild()
        assert Generation(tmp_path, 1).path.exists()  # the searcher still holds it
        assert find(searcher, "word") == [1]
        await index.rebuild()
        assert [path.name for path in sorted(tmp_path.glob("g*"))] == ["g000002", "g000003"]
        searcher.close()
        await index.rebuild()
        assert [path.name for path in tmp_path.glob("g*")] == ["g000004"]


async def test_a_half_built_generation_is_thrown_away(tmp_path: Path, archive: Archive, searcher: Searcher) -> None:
    archive.put(document(1, "word"))
    async with living(archive, tmp_path):
        pass
    following(tmp_path).create()
    async with living(archive, tmp_path):
        assert [path.name for path in tmp_path.glob("g*")] == ["g000001"]
        assert find(searcher, "word") == [1]


@pytest.mark.parametrize(
    "damage",
    [
        lambda root: (root / "current").write_text('{"generation": "g000001", "schema": 0}'),
        lambda root: (root / "current").write_text("rubbish"),
        lambda root: (root / "current").unlink(),
        lambda root: (root / "g000001/documents/meta.json").write_text("{"),
        lambda root: (root / "g000001/documents/meta.json").unlink(),
        lambda root: [path.write_bytes(b"") for path in (root / "g000001/documents").glob("*.store")],
        lambda root: [path.unlink() for path in (root / "g000001/words").glob("*.term")],
    ],
)
async def test_an_index_that_does_not_open_is_built_anew(tmp_path: Path, archive: Archive, damage: object) -> None:
    archive.put(*(document(number, "word") for number in range(1, 4)))
    async with living(archive, tmp_path):
        pass
    damage(tmp_path)  # type: ignore[operator]  # one of the functions above
    async with living(archive, tmp_path):
        answer = Searcher(tmp_path, archive.page_texts, Cabinet()).search(SearchRequest("word", NOW))
        assert [(hit.document_id, len(hit.highlights)) for hit in answer.hits] == [(3, 1), (2, 1), (1, 1)]
        assert current(tmp_path) == Generation(tmp_path, 2)


async def test_files_of_a_commit_that_was_cut_off_do_not_stop_the_next(tmp_path: Path, archive: Archive, searcher: Searcher) -> None:
    """A writer that died between writing its files and naming them in meta.json leaves them; tantivy takes none that is there already."""
    archive.put(document(1, "word"), document(2, "word"))
    async with living(archive, tmp_path):
        pass
    index = tmp_path / "g000001" / "documents"
    before = (index / "meta.json").read_bytes()
    archive.delete(2)
    async with living(archive, tmp_path):
        pass
    assert list(index.glob("*.del"))
    (index / "meta.json").write_bytes(before)
    (index / ".tmpX1y2Z3").write_bytes(b"half")
    archive.outbox[DocumentId(2)] = 9
    async with living(archive, tmp_path):
        assert find(searcher, "word") == [1]
    assert not list(index.glob(".tmp*"))


async def test_a_writer_that_is_still_dying_is_waited_for(tmp_path: Path, archive: Archive, searcher: Searcher) -> None:
    archive.put(document(1, "word"))
    async with living(archive, tmp_path):
        pass
    former = GenerationWriter(Generation(tmp_path, 1))
    index = Index(archive, tmp_path)
    archive.put(document(2, "word"))
    applying = asyncio.create_task(index.apply())
    await asyncio.to_thread(former.close)
    await applying
    assert find(searcher, "word") == [1, 2]


CRASHING = """
import sys
from pathlib import Path
from actors.index.generation import Generation
from actors.index.writer import GenerationWriter
from tests.index.archive import document
writer = GenerationWriter(Generation(Path(sys.argv[1]), 1))
number = 1
while True:
    number += 1
    writer.put([document(number, f"word common{number % 7}", title=f"crash {number}")])
    writer.commit()
    print(number, flush=True)
"""


async def test_a_kill_in_a_commit_loses_nothing_that_was_committed(tmp_path: Path, archive: Archive, searcher: Searcher) -> None:
    archive.put(document(1, "word"))
    async with living(archive, tmp_path):
        pass
    last = 1
    for commits in (3, 7, 12):
        child = await asyncio.create_subprocess_exec(sys.executable, "-c", CRASHING, str(tmp_path), stdout=subprocess.PIPE)
        assert child.stdout is not None
        for _ in range(commits):
            last = max(last, int(await child.stdout.readline()))
        child.kill()
        await child.communicate()
        found = find(searcher, "word")
        assert found[:last] == list(range(1, last + 1))
        assert len(found) - last <= 1
    for number in range(1, last + 5):
        archive.put(document(number, "word", title="after"))
    async with living(archive, tmp_path):
        assert find(searcher, "title:after") == list(range(1, last + 5))
        assert find(searcher, "word") == list(range(1, last + 5))
