"""Writes a file as slow programs do: `python writer.py MANNER PATH PAUSE PIECE…`; each piece is told as well when it is written."""

import sys
import time
from pathlib import Path


def held(path: Path, pieces: list[str], pause: float) -> None:
    """Keep the file open from the first piece to the last."""
    with path.open("w", encoding="utf-8") as file:
        for piece in pieces:
            file.write(piece)
            file.flush()
            tell_and_pause(piece, pause)


def reopened(path: Path, pieces: list[str], pause: float) -> None:
    """Close the file after each piece, and open it again for the next."""
    for piece in pieces:
        with path.open("a", encoding="utf-8") as file:
            file.write(piece)
        tell_and_pause(piece, pause)


def renamed(path: Path, pieces: list[str], pause: float) -> None:
    """Write elsewhere, in a folder that is not watched, and rename the whole file into place."""
    outside = path.parent.with_name(path.name)
    held(outside, pieces, pause)
    outside.rename(path)


def under_a_working_name(path: Path, pieces: list[str], pause: float) -> None:
    """Write beside the place under the name that transfer programs use, closing the file in between, then rename it."""
    working = path.with_name(f"{path.name}.filepart")
    reopened(working, pieces, pause)
    working.rename(path)


def tell_and_pause(piece: str, pause: float) -> None:
    """Let the test see how far it is, then be slow: that is the whole point of this program."""
    sys.stdout.write(piece)
    sys.stdout.flush()
    time.sleep(pause)


if __name__ == "__main__":
    manner, place, seconds, *words = sys.argv[1:]
    {"held": held, "reopened": reopened, "renamed": renamed, "under_a_working_name": under_a_working_name}[manner](
        Path(place), [f"{word}\n" for word in words], float(seconds)
    )
