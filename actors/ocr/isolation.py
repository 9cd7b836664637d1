"""A decoding process kept warm on the other end of a pipe, and killed when it takes too long or too much."""

import asyncio
import os
import shutil
import signal
import sys
import tempfile
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import psutil
import structlog

from actors.ocr import frames
from actors.ocr.errors import DecoderKilled, DecoderStopped

log = structlog.get_logger()

R = TypeVar("R")

START_SECONDS = 60.0  # imports take about a second; a loaded machine may be slow, a broken install must still be noticed
WATCH_SECONDS = 0.2  # a look at the memory costs about a millisecond; in between RLIMIT_DATA holds
NOISE_LINES = 20
LAST_WORDS_SECONDS = 1.0
END_SECONDS = 5.0
DEFAULT_MEMORY_BYTES = 2_000_000_000
# What decoders need from the environment. Everything else stays behind: logins, tokens and addresses are no business of a decoder.
PASSED_ON = frozenset({"PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TESSDATA_PREFIX", "LD_LIBRARY_PATH"})


def child_command(functions: Sequence[str] = ()) -> list[str]:
    """Name the program that decodes; the one place where a sandbox is put before it."""
    return [sys.executable, "-P", "-m", "actors.ocr.child", *functions]


def child_environment(environment: Mapping[str, str], scratch: Path) -> dict[str, str]:
    """Choose what the decoder sees. One thread each: pages, not lines, are spread over the cores."""
    passed = {name: value for name, value in environment.items() if name in PASSED_ON}
    root = str(Path(__file__).resolve().parents[2])
    own = {"OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": root, "TMPDIR": str(scratch)}
    return passed | own


def memory_in_use(pid: int) -> int:
    """Measure the resident bytes of a process and all its children; 0 when it is gone."""
    try:
        process = psutil.Process(pid)
        family = [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0
    total = 0
    for member in family:
        with suppress(psutil.NoSuchProcess):
            total += member.memory_info().rss
    return total


@dataclass(slots=True)
class _Child:
    process: asyncio.subprocess.Process
    calls: asyncio.StreamWriter
    answers: asyncio.StreamReader
    noise: deque[str]
    listener: asyncio.Task[None]
    scratch: Path


@dataclass(frozen=True, slots=True)
class IsolationState:
    """How often a decoder was started and killed."""

    started: int
    killed: int


class Isolation:
    """Runs functions of `actors.ocr.child` in another process, one at a time.

    A call that passes its deadline or memory raises `DecoderStopped`, a child that crashes `DecoderKilled`; the next call starts a new
    child. Nothing survives a restart, and nothing needs to.
    """

    def __init__(self, memory_bytes: int = DEFAULT_MEMORY_BYTES, warm: Sequence[str] = (), command: Sequence[str] | None = None) -> None:
        self._memory_bytes = memory_bytes
        self._command = list(command) if command is not None else child_command(warm)
        self._turn = asyncio.Lock()
        self._child: _Child | None = None
        self._started = 0
        self._killed = 0

    async def call(self, function: str, argument: object, seconds: float, *, returns: type[R], memory_bytes: int | None = None) -> R:
        """Run a function by its name in `actors.ocr.child.FUNCTIONS`; its own errors come back as raised there."""
        memory = memory_bytes or self._memory_bytes
        async with self._turn:
            child = self._child or await self._start()
            answered = False
            try:
                value = await self._ask(child, frames.Call(function, argument, memory), seconds)
                answered = True
            finally:
                if not answered:  # also when the caller gives up: a late answer must not meet the next call
                    await self._kill(child)
            if memory_in_use(child.process.pid) > memory // 2:
                await self._retire(child)
        if value.error is not None:
            raise value.error
        if not isinstance(value.value, returns):
            raise DecoderKilled(f"{function} answered with something else than {returns.__name__}")
        return value.value

    def state(self) -> IsolationState:
        """Report what became of the children so far."""
        return IsolationState(self._started, self._killed)

    async def close(self) -> None:
        """End the child, after the call at work."""
        async with self._turn:
            if self._child is not None:
                await self._retire(self._child)

    async def _start(self) -> _Child:
        scratch = Path(tempfile.mkdtemp(prefix="scriba-decoder-"))
        process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=child_environment(os.environ, scratch),
            process_group=0,
        )
        if process.stdin is None or process.stdout is None or process.stderr is None:
            raise DecoderKilled("the decoder has no pipes")
        noise: deque[str] = deque(maxlen=NOISE_LINES)
        listener = asyncio.create_task(_listen(process.stderr, noise))
        child = self._child = _Child(process, process.stdin, process.stdout, noise, listener, scratch)
        self._started += 1
        ready = False
        try:
            await self._answer(child, START_SECONDS, sys.maxsize)
            ready = True
        finally:
            if not ready:
                await self._kill(child)
        return child

    async def _ask(self, child: _Child, call: frames.Call, seconds: float) -> frames.Answer:
        with suppress(ConnectionError):  # a dead child is told apart below, where its last words are known
            child.calls.write(frames.encode(call))
            await child.calls.drain()
        return await self._answer(child, seconds, call.memory_bytes)

    async def _answer(self, child: _Child, seconds: float, memory_bytes: int) -> frames.Answer:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        reading = asyncio.create_task(_receive(child.answers))
        try:
            while not reading.done():
                left = deadline - loop.time()
                if left <= 0:
                    raise DecoderStopped(f"took longer than {seconds:g} s")
                await asyncio.wait({reading}, timeout=min(left, WATCH_SECONDS))
                if not reading.done() and memory_in_use(child.process.pid) > memory_bytes:
                    raise DecoderStopped(f"needed more than {memory_bytes // 1_000_000} MB of memory")
            return reading.result()
        except frames.BadFrame as error:
            raise DecoderKilled(f"the decoder answered nonsense: {error}") from error
        except asyncio.IncompleteReadError as error:
            await asyncio.wait({child.listener}, timeout=LAST_WORDS_SECONDS)
            log.warning("decoder crashed", printed=list(child.noise))
            raise DecoderKilled(f"the decoder crashed: {await _last_words(child)}") from error
        finally:
            reading.cancel()

    async def _kill(self, child: _Child) -> None:
        self._killed += 1
        with suppress(ProcessLookupError):
            os.killpg(child.process.pid, signal.SIGKILL)
        await self._bury(child)

    async def _retire(self, child: _Child) -> None:
        child.calls.close()
        try:
            await asyncio.wait_for(child.process.wait(), timeout=END_SECONDS)
        except TimeoutError:
            with suppress(ProcessLookupError):
                os.killpg(child.process.pid, signal.SIGKILL)
        await self._bury(child)

    async def _bury(self, child: _Child) -> None:
        self._child = None
        child.calls.close()
        with suppress(TimeoutError):  # the process is gone at once; a grandchild that got away may hold its pipes open for ever
            await asyncio.wait_for(child.process.wait(), timeout=END_SECONDS)
        await asyncio.wait({child.listener}, timeout=LAST_WORDS_SECONDS)
        child.listener.cancel()
        await asyncio.to_thread(shutil.rmtree, child.scratch, ignore_errors=True)


async def _last_words(child: _Child) -> str:
    """Tell the last line that a child printed, which names Python's own errors, and the signal that ended it, if one did."""
    words = child.noise[-1] if child.noise else "without a word"
    with suppress(TimeoutError):
        code = await asyncio.wait_for(child.process.wait(), timeout=LAST_WORDS_SECONDS)
        if code < 0:
            words += f" ({signal.Signals(-code).name})"
    return words


async def _receive(answers: asyncio.StreamReader) -> frames.Answer:
    header = await answers.readexactly(frames.HEADER.size)
    answer = frames.decode(await answers.readexactly(frames.body_size(header)))
    if not isinstance(answer, frames.Answer):
        raise frames.BadFrame("only answers are expected")
    return answer


async def _listen(noise: asyncio.StreamReader, lines: deque[str]) -> None:
    """Keep the last lines of what decoders print, so that no pipe fills and no terminal is flooded."""
    while chunk := await noise.read(4096):
        lines.extend(line.strip()[:300] for line in chunk.decode(errors="replace").splitlines() if line.strip())
