"""By how much the lines of a page lean, found from where its ink lies."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from actors.ocr.reading.lean import Lean

MOST_DEGREES = 15.0
COARSE_DEGREES = 0.5
FINE_DEGREES = 0.05
WORKING_DPI = 75.0  # lines of text stay apart, letters merge: what matters here
MARGIN = 20  # a twentieth on each side is not looked at: borders that a scanner adds stay level when the sheet leans
LEAST_POINTS = 50  # two words; fewer may fall into any row by chance
POINTS = 30_000  # enough to find the lines of a full page; more only cost time


@dataclass(frozen=True, slots=True)
class Ink:
    """Where a page is dark, on a small copy: `mask` rows × columns, `share` of the page that is dark."""

    mask: NDArray[np.bool_]
    share: float
    scale: int


def find_ink(grey: Image.Image, dpi: float) -> Ink:
    """Find what is clearly darker than the paper."""
    scale = max(1, round(dpi / WORKING_DPI))
    small = np.asarray(grey.reduce(scale) if scale > 1 else grey)
    paper = float(np.percentile(small, 90))
    mask = small < paper - 50
    return Ink(mask, float(mask.mean()), scale)


def find_lean(mask: NDArray[np.bool_]) -> Lean:
    """Find the angle at which the upper edges of the ink fall into the sharpest rows; edges, since pictures and dark borders have few."""
    side, top = mask.shape[1] // MARGIN, mask.shape[0] // MARGIN
    inner = mask[top : mask.shape[0] - top, side : mask.shape[1] - side]
    rows, columns = np.nonzero(inner[1:] & ~inner[:-1])
    if len(rows) < LEAST_POINTS:
        return Lean(0.0, 1.0)
    step = max(1, len(rows) // POINTS)
    across = columns[::step].astype(np.float32) - inner.shape[1] / 2
    down = rows[::step].astype(np.float32)
    coarse = np.arange(-MOST_DEGREES, MOST_DEGREES + COARSE_DEGREES / 2, COARSE_DEGREES)
    sharpness = np.array([_sharpness(across, down, angle) for angle in coarse])
    near = coarse[int(sharpness.argmax())]
    fine = np.arange(near - COARSE_DEGREES, near + COARSE_DEGREES, FINE_DEGREES)
    finest = [_sharpness(across, down, angle) for angle in fine]
    best = int(np.argmax(finest))
    return Lean(-float(fine[best]), finest[best] / max(float(np.median(sharpness)), 1.0))


def _sharpness(across: NDArray[np.float32], down: NDArray[np.float32], degrees: float) -> float:
    """Measure how unevenly the ink is spread over rows that lean by some degrees."""
    rows = down - across * math.tan(math.radians(degrees))
    counts = np.bincount((rows - rows.min()).astype(np.int32)).astype(np.float64)
    return float((np.diff(counts) ** 2).sum())


def turned_mask(ink: Ink, degrees: int) -> NDArray[np.bool_]:
    """Turn the ink clockwise."""
    return np.rot90(ink.mask, k=-degrees // 90)
