"""One of many processes that write to the same store, with two threads: `python -m tests.store.writer URL ROOT NAME COUNT`."""

import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from actors.store.files.data_dir import DataDir
from actors.store.opening import open_store
from tests.store.making import deliver


def main() -> None:
    """Accept documents of its own, and one that all writers bring; begin when all are ready."""
    url, root, name, count = sys.argv[1:]
    with closing(open_store(url, DataDir(Path(root)))) as store:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()

        def write(thread: int) -> None:
            deliver(store, "the same", key=f"{name}.{thread} brings the same")
            for number in range(int(count)):
                deliver(store, f"{name}.{thread} {number}")

        with ThreadPoolExecutor(2) as threads:
            list(threads.map(write, range(2)))


if __name__ == "__main__":
    main()
