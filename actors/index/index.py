"""The actor that writes the index: the only one to do so."""

import asyncio
import shutil
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import structlog

from actors.failpoints import Checkpoint, Point, around, pass_by
from actors.index.disk import disk_trouble, is_the_disks
from actors.index.errors import IndexNotWritten, IndexUnavailable
from actors.index.generation import Generation, current, following, remove_others, switch
from actors.index.integrity import damage
from actors.index.panics import damage_as_error
from actors.index.source import IndexSource
from actors.index.writer import GenerationWriter
from actors.store.errors import StoreUnavailable
from actors.store.nouns.archive import DocumentId

log = structlog.get_logger(__name__)

# Documents read and committed at once: enough to share a commit's cost, few enough to hold their texts in memory.
BATCH = 100
_COMMIT_EVERY = 10
# How long the start waits before it looks again at a disk or a database that is away.
_PATIENCE_SECONDS = 5.0
# An index that cannot be written so often in a row is damaged in a way that its checksums do not show.
_TRIES = 3
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Applied:
    """How many changes one call brought in, its own and those that came meanwhile."""

    documents: int


@dataclass(frozen=True, slots=True)
class IndexState:
    """What the index holds and does. `rebuilt` of `rebuild_total` documents are in the generation that is being built."""

    documents: int
    generation: int
    commits: int
    last_commit: datetime | None
    rebuilt: int
    rebuild_total: int


def _now() -> datetime:
    return datetime.now(UTC)


class Index:
    """Brings the database's changes into the index, and builds it anew beside the old one.

    After a restart, it goes on with what the outbox still holds; a half-built generation is thrown away. An index that is missing, of
    another schema, damaged or does not open is built anew by the next call. A change that is applied twice gives the same index.
    """

    def __init__(self, source: IndexSource, root: Path, now: Callable[[], datetime] = _now, checkpoint: Checkpoint = pass_by) -> None:
        self._source = source
        self._root = root
        self._now = now
        self._checkpoint = checkpoint
        self._writer: GenerationWriter | None = None
        self._generation: Generation | None = None
        self._turn = asyncio.Lock()  # held by who uses the writer
        self._rebuild_turn = asyncio.Lock()
        self._queued: asyncio.Task[Applied] | None = None
        self._broken = False  # whether the generation in use was found not to open
        self._failures = 0  # of the writer, in a row
        self._changed: set[DocumentId] | None = None  # since the rebuild began; None when there is none
        self._state = IndexState(0, 0, 0, None, 0, 0)
        self._stopped = asyncio.Event()

    def state(self) -> IndexState:
        """Tell what the index holds and does."""
        return self._state

    async def run(self) -> None:
        """Open the index and bring in what a former life left; then stay until stopped, and let the files go."""
        while not await self._caught_up() and not self._stopped.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopped.wait(), _PATIENCE_SECONDS)
        await self._stopped.wait()
        async with self._turn:
            await asyncio.to_thread(self._close)

    async def stop(self) -> None:
        """End after the batch in hand."""
        self._stopped.set()

    async def apply(self) -> Applied:
        """Bring in every change that the outbox holds now. Calls that come while one is at work share the next."""
        if self._queued is None:
            self._queued = asyncio.create_task(self._next_apply())
        return await asyncio.shield(self._queued)

    async def _caught_up(self) -> bool:
        """Bring in what waits; answer whether disk and database let us."""
        try:
            await self.apply()
        except (IndexNotWritten, StoreUnavailable) as error:
            log.warning("index waits", error=str(error))
            return False
        return True

    async def _next_apply(self) -> Applied:
        with disk_trouble(self._root):
            while True:
                async with self._turn:
                    self._queued = None  # a call from now on may be about a change that this one has not read
                    writer = await self._opened()
                    if writer is not None:
                        return Applied(await self._drained(writer))
                await self._build_where_none_opens()

    async def _drained(self, writer: GenerationWriter) -> int:
        try:
            documents = await self._drain(writer)
        except BaseException as error:  # a cancelled call, too, leaves a writer that is not to be trusted; raised again
            await asyncio.to_thread(self._close)
            self._failures += isinstance(error, IndexUnavailable) and not is_the_disks(error, self._root)
            raise
        self._failures = 0
        return documents

    async def _build_where_none_opens(self) -> None:
        """Build an index, unless somebody has done so meanwhile. Not in the writer's turn, which every rebuild takes at its end."""
        async with self._rebuild_turn:
            async with self._turn:
                if await self._opened() is not None:
                    return
            await self._rebuild(None)

    async def rebuild(self, progress: Progress | None = None) -> None:
        """Build the index anew. Search and changes go on with the old one; at the end the new one takes its place at once."""
        async with self._rebuild_turn:
            with disk_trouble(self._root):
                await self._rebuild(progress)

    async def _rebuild(self, progress: Progress | None) -> None:
        generation, writer = await self._build(progress)
        async with self._turn:
            await self._put_in_use(generation, writer)

    async def _drain(self, writer: GenerationWriter) -> int:
        documents, batch = 0, BATCH
        while batch == BATCH and not self._stopped.is_set():
            batch = await asyncio.to_thread(self._apply_batch, writer)
            documents += batch
            if batch:
                self._note_commit(writer)
        return documents

    def _apply_batch(self, writer: GenerationWriter) -> int:
        pending = self._source.pending(BATCH)
        if not pending:
            return 0
        ids = [document_id for document_id, _ in pending]
        with damage_as_error("the index could not be written", ValueError):
            self._replace(writer, ids)
            with around(self._checkpoint, Point.INDEXED):
                writer.commit()
        self._source.done(pending)
        if self._changed is not None:
            self._changed.update(ids)
        log.info("documents indexed", documents=len(ids))
        return len(ids)

    def _replace(self, writer: GenerationWriter, ids: Collection[DocumentId]) -> None:
        documents = self._source.for_index(ids)
        writer.remove(document_id for document_id in ids if document_id not in documents)
        writer.put(documents.values())

    async def _opened(self) -> GenerationWriter | None:
        """Give the writer of the generation in use; None when there is none that opens and is whole, or that can be written."""
        if self._writer is not None or self._broken:
            return self._writer
        try:
            if self._failures >= _TRIES:
                raise IndexUnavailable("the index could not be written again and again")
            writer, generation = await asyncio.to_thread(self._open)
        except IndexUnavailable as error:
            if is_the_disks(error, self._root):
                raise
            log.warning("index is built anew", reason=str(error))
            self._broken = True
            return None
        self._writer, self._generation = writer, generation
        self._state = replace(self._state, documents=writer.count(), generation=generation.number)
        return writer

    def _open(self) -> tuple[GenerationWriter, Generation]:
        self._root.mkdir(parents=True, exist_ok=True)
        generation = current(self._root)
        if generation is None:
            raise IndexUnavailable("there is no index of this version")
        # Before anything is written into it: a merge would copy what is wrong, and give it a right checksum.
        if found := damage(generation):
            raise IndexUnavailable(f"the index is damaged: {found[0]}")
        with damage_as_error("the index does not open", OSError, ValueError):
            writer = GenerationWriter(generation)
        if self._changed is None:  # else one is being built
            remove_others(self._root, generation.number)
        return writer, generation

    async def _build(self, progress: Progress | None) -> tuple[Generation, GenerationWriter]:
        """Write every document into a generation that nobody reads yet."""
        self._changed = set()
        generation = following(self._root)
        writer: GenerationWriter | None = None
        try:
            writer = await asyncio.to_thread(self._begin, generation)
            total, done, after = await asyncio.to_thread(self._source.count), 0, DocumentId(0)
            while ids := await asyncio.to_thread(self._source.ids, after, BATCH):
                if self._stopped.is_set():
                    raise IndexUnavailable("the index is closing")
                done, after = done + len(ids), ids[-1]
                await asyncio.to_thread(self._copy, writer, ids, done % (BATCH * _COMMIT_EVERY) == 0)
                self._note_rebuilt(done, max(total, done), progress)
        except BaseException:  # a cancelled build, too, must close its writer; raised again
            self._changed = None
            await asyncio.to_thread(discard, generation, writer)
            raise
        return generation, writer

    def _begin(self, generation: Generation) -> GenerationWriter:
        generation.create()
        return GenerationWriter(generation)

    def _copy(self, writer: GenerationWriter, ids: Sequence[DocumentId], commit: bool) -> None:
        writer.put(self._source.for_index(ids).values())
        if commit:
            writer.commit()

    async def _put_in_use(self, generation: Generation, writer: GenerationWriter) -> None:
        """Let a built generation take the place of the one in use. Nobody else writes meanwhile."""
        changed, self._changed = sorted(self._changed or ()), None
        try:
            await asyncio.to_thread(self._catch_up, generation, writer, changed)
        except BaseException:  # a cancelled switch, too, must close its writer; raised again
            await asyncio.to_thread(discard, generation, writer)
            raise
        await asyncio.to_thread(self._close)
        self._writer, self._generation = writer, generation
        self._broken, self._failures = False, 0
        await asyncio.to_thread(remove_others, self._root, generation.number)
        self._note_commit(writer)
        log.info("index rebuilt", documents=writer.count(), generation=generation.number)

    def _catch_up(self, generation: Generation, writer: GenerationWriter, changed: Sequence[DocumentId]) -> None:
        """Bring in what changed during the rebuild."""
        for begin in range(0, len(changed), BATCH):
            self._replace(writer, changed[begin : begin + BATCH])
        writer.commit()
        switch(generation)

    def _close(self) -> None:
        writer, self._writer = self._writer, None
        if writer is not None:
            close_whatever_it_says(writer)

    def _note_commit(self, writer: GenerationWriter) -> None:
        number = self._generation.number if self._generation else 0
        commits = self._state.commits + 1
        self._state = replace(self._state, documents=writer.count(), generation=number, commits=commits, last_commit=self._now())

    def _note_rebuilt(self, done: int, total: int, progress: Progress | None) -> None:
        self._state = replace(self._state, rebuilt=done, rebuild_total=total)
        if progress is not None:
            progress(done, total)


def close_whatever_it_says(writer: GenerationWriter) -> None:
    """Let a writer go that may have failed before, and says so again."""
    with suppress(IndexUnavailable), damage_as_error("the index could not be closed", OSError, ValueError):
        writer.close()


def discard(generation: Generation, writer: GenerationWriter | None) -> None:
    """Remove a generation that was not finished, unless it is in use already: a disk that is full must not be filled with beginnings."""
    if writer is not None:
        close_whatever_it_says(writer)
    named = current(generation.root)
    if named is None or named.number != generation.number:
        shutil.rmtree(generation.path, ignore_errors=True)
