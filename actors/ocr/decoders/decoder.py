"""One decoding process on the other end of a pipe: started, asked, watched, killed."""

import asyncio
import os
import signal
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Self

import structlog

from actors.ocr.decoders import frames
from actors.ocr.decoders.family import excess, look_at
from actors.ocr.errors import DecoderKilled, DecoderStopped
from actors.sandbox.sandbox import Sandbox
from actors.sandbox.scratch import Scratch, private_environment

log = structlog.get_logger()

WATCH_SECONDS = 0.2  # a look at the family costs about a millisecond; in between the limits hold
NOISE_LINES = 20
LAST_WORDS_SECONDS = 1.0
END_SECONDS = 5.0
OF_A_SIGNAL = 128  # a program that ends by the signal of its child, as bubblewrap does, adds this


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one call may take."""

    seconds: float
    memory_bytes: int
    writable_bytes: int


class Decoder:
    """A child that answers one call at a time; whoever asks sees to it that it is not asked again after a call that failed."""

    def __init__(self, process: asyncio.subprocess.Process, scratch: Scratch) -> None:
        if process.stdin is None or process.stdout is None or process.stderr is None:
            raise DecoderKilled("the decoder has no pipes")
        self.scratch = scratch
        self._process = process
        self._calls, self._answers = process.stdin, process.stdout
        self._noise: deque[str] = deque(maxlen=NOISE_LINES)
        self._listener = asyncio.create_task(_listen(process.stderr, self._noise))

    @classmethod
    async def start(cls, sandbox: Sandbox, module: str, warm: Sequence[str]) -> Self:
        """Start a child; it is ready when the first answer has come."""
        scratch = await asyncio.to_thread(Scratch)
        process = await asyncio.create_subprocess_exec(
            *sandbox.command(module, warm, scratch.inputs, scratch.outputs),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=private_environment(os.environ, scratch.outputs),
            cwd=scratch.outputs,
            process_group=0,
        )
        return cls(process, scratch)

    def memory_in_use(self) -> int:
        """Measure the resident bytes of the child and all its children; 0 when it is gone."""
        return look_at(self._process.pid).memory_bytes

    async def ask(self, call: frames.Call, allowance: Allowance) -> frames.Answer:
        """Have a call answered. Raises DecoderKilled or DecoderStopped, and the child is to be killed then."""
        with suppress(ConnectionError):  # a dead child is told apart below, where its last words are known
            self._calls.write(frames.encode(call))
            await self._calls.drain()
        return await self.answer(allowance)

    async def answer(self, allowance: Allowance) -> frames.Answer:
        """Wait for the next answer."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + allowance.seconds
        written_before = look_at(self._process.pid).written_bytes
        reading = asyncio.create_task(_receive(self._answers))
        try:
            while not reading.done():
                left = deadline - loop.time()
                if left <= 0:
                    raise DecoderStopped(f"took longer than {allowance.seconds:g} s")
                await asyncio.wait({reading}, timeout=min(left, WATCH_SECONDS))
                if reading.done():
                    break
                if too_much := excess(look_at(self._process.pid), allowance.memory_bytes, written_before, allowance.writable_bytes):
                    raise DecoderStopped(too_much)
            return reading.result()
        except frames.BadFrame as error:
            raise DecoderKilled(f"the decoder answered nonsense: {error}") from error
        except asyncio.IncompleteReadError as error:
            await asyncio.wait({self._listener}, timeout=LAST_WORDS_SECONDS)
            log.warning("decoder crashed", printed=list(self._noise))
            raise DecoderKilled(f"the decoder crashed: {await self._last_words()}") from error
        finally:
            reading.cancel()

    async def kill(self) -> None:
        """End the child and all that it has started, at once."""
        self._kill_group()
        await self._bury()

    async def retire(self) -> None:
        """Let the child end by itself."""
        self._calls.close()
        try:
            await asyncio.wait_for(self._process.wait(), timeout=END_SECONDS)
        except TimeoutError:
            self._kill_group()
        await self._bury()

    def _kill_group(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    async def _bury(self) -> None:
        self._calls.close()
        with suppress(TimeoutError):  # the process is gone at once; a grandchild that got away may hold its pipes open for ever
            await asyncio.wait_for(self._process.wait(), timeout=END_SECONDS)
        await asyncio.wait({self._listener}, timeout=LAST_WORDS_SECONDS)
        self._listener.cancel()
        await asyncio.to_thread(self.scratch.remove)

    async def _last_words(self) -> str:
        """Tell the last line that the child printed, which names Python's own errors, and the signal that ended it, if one did."""
        words = self._noise[-1] if self._noise else "without a word"
        with suppress(TimeoutError, ValueError):
            code = await asyncio.wait_for(self._process.wait(), timeout=LAST_WORDS_SECONDS)
            if code < 0 or code > OF_A_SIGNAL:
                words += f" ({signal.Signals(-code if code < 0 else code - OF_A_SIGNAL).name})"
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
