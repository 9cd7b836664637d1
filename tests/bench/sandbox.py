"""What it costs to shut decoders in: the same pages with and without, in turns."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psutil

from actors.ocr.binder import Binder
from actors.ocr.decoders.decoder import Allowance, Decoder
from actors.ocr.messages import BindDocument, BoundPage, ExtractPage, InspectDocument, OcrSettings, ReadPage, RenderPage
from actors.ocr.page_reader import PageReader
from actors.sandbox.level import SandboxLevel
from actors.sandbox.probe import found_here
from actors.sandbox.sandbox import Sandbox, sandbox_of
from tests.bench.processes import cpu_seconds
from tests.bench.report import Figures, Report
from tests.bench.scans import write_scan

DOCUMENTS = 12
STARTS = 7
PDF = "application/pdf"
SETTINGS = OcrSettings()
PLENTY = Allowance(60, 4 << 30, 4 << 30)


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds on the wall and of the cores, ours and those of the decoders with all that guards them."""

    wall: float
    cpu: float


class Way:
    """A reader and a binder, shut in or not."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.reader, self.binder = PageReader(sandbox), Binder(sandbox)

    async def take(self, scan: Path) -> None:
        """Take a scan of one page the whole way."""
        target, layer = scan.with_suffix(".archive"), scan.with_suffix(".layer")
        await self.binder.inspect(InspectDocument(scan, PDF, SETTINGS))
        source = await self.binder.extract(ExtractPage(scan, PDF, 1, SETTINGS))
        read = await self.reader.read(ReadPage(source, SETTINGS, thumbnail=True))
        layer.write_bytes(read.layer)
        await self.binder.bind(BindDocument(scan, PDF, target, (BoundPage(1, layer, read.turned),), scan.stem, "en", SETTINGS))
        await self.binder.thumbnail(RenderPage(target, PDF))

    async def close(self) -> None:
        """End both decoders."""
        await asyncio.gather(self.reader.close(), self.binder.close())


def measure(folder: Path) -> Report:
    """Read the same scans both ways, and start decoders both ways."""
    return {"sandbox": asyncio.run(figures(folder))}


async def figures(folder: Path) -> Figures:
    """Give the share that the sandbox adds to a page, and the milliseconds of a start."""
    level = found_here().level
    with_, without = sandbox_of(level), sandbox_of(SandboxLevel.NONE)
    scans = []
    for seed in range(DOCUMENTS):
        scans.append(folder / f"scan-{seed}.pdf")
        write_scan(scans[-1], range(seed, seed + 1))
    inside, outside = await pages(scans, with_, without)
    starts = [(await spent(lambda: start(with_)), await spent(lambda: start(without))) for _ in range(STARTS)]
    return {
        "level": level.value,
        "cost_per_page": share([one.cpu for one in inside], [one.cpu for one in outside]),
        "wall_cost_per_page": share([one.wall for one in inside], [one.wall for one in outside]),
        "cpu_seconds_per_page": median(one.cpu for one in inside),
        "start_ms": 1000 * median(one.wall for one, _ in starts),
        "start_without_ms": 1000 * median(one.wall for _, one in starts),
    }


async def pages(scans: list[Path], with_: Sandbox, without: Sandbox) -> tuple[list[Spent], list[Spent]]:
    """Take each scan both ways, first one way, then the other, in changing order."""
    ways = Way(with_), Way(without)
    try:
        for way in ways:  # warm
            await way.take(scans[0])
        costs: tuple[list[Spent], list[Spent]] = ([], [])
        for number, scan in enumerate(scans):
            for turn in (number % 2, 1 - number % 2):
                costs[turn].append(await spent(lambda way=ways[turn], scan=scan: way.take(scan)))  # type: ignore[misc]  # mypy can't infer defaults
        return costs
    finally:
        await asyncio.gather(*(way.close() for way in ways))


async def start(sandbox: Sandbox) -> None:
    """Start a reader's decoder, wait until it is ready, and end it."""
    decoder = await Decoder.start(sandbox, "actors.ocr.decoders.child", ["read_page"])
    await decoder.answer(PLENTY)
    await decoder.retire()


async def spent(act: Callable[[], Awaitable[object]]) -> Spent:
    """Do something, and tell what it took."""
    family = [psutil.Process(), *psutil.Process().children(recursive=True)]
    begun, cpu = time.perf_counter(), cpu_seconds(family)
    await act()
    return Spent(time.perf_counter() - begun, cpu_seconds(family) - cpu)


def share(inside: list[float], outside: list[float]) -> float:
    """Tell how much more the one costs: the median of the pairs' ratios, less one."""
    return median(one / other for one, other in zip(inside, outside, strict=True)) - 1
