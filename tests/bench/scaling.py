"""How pages spread over more and more nodes, whose readers only wait: one second a page, so that this machine's cores bound nothing."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.report import Figures, Report
from tests.ports import free_row

ROOT = Path(__file__).parents[2]
PICTURE = ROOT / "docs/pictures/scaling.svg"
NODES = (1, 2, 4, 8, 16)
MOST_SECONDS = 1_500
WIDTH, HEIGHT, EDGE = 560, 360, 56


@dataclass(frozen=True, slots=True)
class Step:
    """So many nodes, what they read in a minute, and its share of what as many single ones would."""

    nodes: int
    per_minute: float
    efficiency: float


def measure(folder: Path) -> Report:
    """Spread pages, and draw what came of it for docs/cluster.md."""
    command = [sys.executable, "-m", "tests.bench.waiting_readers", str(folder), str(free_row()), *map(str, NODES)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=MOST_SECONDS, cwd=ROOT, check=True)
    seen = json.loads(run.stdout.splitlines()[-1])
    steps = [step_of(one["nodes"], one["pages"], one["seconds"]) for one in seen]
    PICTURE.write_text(picture(steps), encoding="utf-8")
    told: Figures = {str(step.nodes): {"per_minute": step.per_minute, "efficiency": step.efficiency} for step in steps}
    cpu = 1_000 * seen[-1]["sender_cpu_seconds"] / seen[-1]["pages"]
    return {"scaling": {"nodes": told, "efficiency_at_16": steps[-1].efficiency, "sender_cpu_ms_per_page": cpu}}


def step_of(nodes: int, pages: int, seconds: float) -> Step:
    """Work out what a run came to; each page takes a second."""
    return Step(nodes, 60 * pages / seconds, pages / seconds / nodes)


def picture(steps: Sequence[Step]) -> str:
    """Draw pages a minute over nodes, and the line that nothing could be above."""
    most = max(step.nodes for step in steps)
    ideal = _path([(0, 0), (most, 60 * most)], most)
    measured = _path([(step.nodes, step.per_minute) for step in steps], most)
    dots = "".join(f'<circle class="dot" cx="{_x(step.nodes, most):.1f}" cy="{_y(step.per_minute, most):.1f}" r="4"/>' for step in steps)
    below = "".join(
        f'<text class="word" x="{_x(step.nodes, most):.1f}" y="{HEIGHT - EDGE + 20}" text-anchor="middle">{step.nodes}</text>'
        for step in steps
    )
    beside = "".join(
        f'<path class="grid" d="M{EDGE} {_y(value, most):.1f}H{WIDTH - EDGE / 2:.0f}"/>'
        f'<text class="word" x="{EDGE - 8}" y="{_y(value, most) + 4:.1f}" text-anchor="end">{value}</text>'
        for value in range(0, 60 * most + 1, 15 * most)
    )
    last = steps[-1]
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="system-ui, 'DejaVu Sans', sans-serif"
  font-size="13" role="img" aria-labelledby="title desc">
  <title id="title">Pages a minute by the number of machines</title>
  <desc id="desc">Readers that wait a second for each page: {last.per_minute:.0f} pages a minute on {last.nodes} nodes,
    {100 * last.efficiency:.0f} percent of what is possible.</desc>
  <style>
    .sheet {{ fill: #ffffff }} .grid {{ stroke: #d5dbe2; fill: none }} .word {{ fill: #3c4b5a }}
    .ideal {{ stroke: #8a97a6; stroke-dasharray: 5 4; fill: none }}
    .line {{ stroke: #2f6db0; stroke-width: 2; fill: none }} .dot {{ fill: #2f6db0 }}
    @media (prefers-color-scheme: dark) {{
      .sheet {{ fill: #12181f }} .grid {{ stroke: #2b3642 }} .word {{ fill: #bcc9d6 }}
      .ideal {{ stroke: #6d7c8c }} .line {{ stroke: #87b5e6 }} .dot {{ fill: #87b5e6 }}
    }}
  </style>
  <rect class="sheet" width="{WIDTH}" height="{HEIGHT}"/>
  {beside}{below}
  <text class="word" x="{EDGE}" y="24">pages a minute; dashed: one machine, times their number</text>
  <text class="word" x="{WIDTH - EDGE / 2:.0f}" y="{HEIGHT - 12}" text-anchor="end">nodes</text>
  <path class="ideal" d="{ideal}"/><path class="line" d="{measured}"/>{dots}
</svg>
"""


def _path(points: Sequence[tuple[float, float]], most: int) -> str:
    return "M" + "L".join(f"{_x(nodes, most):.1f} {_y(rate, most):.1f}" for nodes, rate in points)


def _x(nodes: float, most: int) -> float:
    return EDGE + nodes / most * (WIDTH - 1.5 * EDGE)


def _y(per_minute: float, most: int) -> float:
    return HEIGHT - EDGE - per_minute / (60 * most) * (HEIGHT - 2 * EDGE)
