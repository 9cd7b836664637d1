"""What a writer of tantivy's leaves when it dies between two commits."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

_SEGMENT_FILE = re.compile(r"([0-9a-f]{32})\.(?:(\d+)\.del|\w+)")


def remove_unfinished(path: Path) -> None:
    """Remove the files of an index that its last commit doesn't name; whoever calls holds the writer's lock, and has written nothing.

    tantivy lets them lie, and the next commit of the same number would fail at the first that it finds, for ever.
    """
    kept = dict(_segments(path))
    for file in path.iterdir():
        found = _SEGMENT_FILE.fullmatch(file.name)
        if found is None:
            unfinished = file.name.startswith(".tmp")  # a file that was to be renamed
        elif found[2] is None:
            unfinished = found[1] not in kept
        else:
            unfinished = kept.get(found[1]) != int(found[2])
        if unfinished:
            file.unlink(missing_ok=True)


def _segments(path: Path) -> Iterator[tuple[str, int | None]]:
    """Name the segments of the last commit, each with the number of its deletions."""
    for segment in json.loads((path / "meta.json").read_text())["segments"]:
        deletes = segment["deletes"]
        yield segment["segment_id"].replace("-", ""), deletes["opstamp"] if deletes else None
