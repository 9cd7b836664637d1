"""Looks for bytes that break one target, guided by which lines of ours they reach: `python -m tests.fuzz.campaign query FOLDER`.

Options of libFuzzer may follow, such as -max_total_time=60.
FOLDER keeps the bytes that reached something new. What breaks the target is written there too, as `crash-…`, and ends the run.
"""

import sys
from pathlib import Path

import atheris  # type: ignore[import-untyped]  # has no types

# Only our own lines guide the search; the sources must be imported here to be counted.
with atheris.instrument_imports(include=["actors", "daemon", "scriba", "scriba_cli"], exclude=["scriba.v1"]):
    from tests.fuzz.targets import TARGETS


def main(name: str, folder: Path, *options: str) -> None:
    """Run one target until the time is up; never returns, as libFuzzer ends the process."""
    target = TARGETS[name]
    known = folder / "known"
    known.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate((*target.seeds, *target.found)):
        (known / f"seed-{number}").write_bytes(data)
    atheris.Setup([sys.argv[0], str(known), f"-artifact_prefix={folder}/", "-print_final_stats=1", *options], target.check)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
