"""A command that looks for an archive where there is none."""

from pathlib import Path

from daemon.start_error import StartError


class NoArchiveHere(StartError):
    """The folder holds no archive: another was meant."""

    def __init__(self, data_dir: Path) -> None:
        super().__init__(f"there is no archive in {data_dir}: name its folder with --data-dir")
