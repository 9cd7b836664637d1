"""The log as files of bounded size, for those whose system keeps none of what programs print."""

import logging
import os
from dataclasses import dataclass
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

NAME = "scriba.log"


@dataclass(frozen=True, slots=True)
class LogFileSettings:
    """Where the files lie, how large one grows, and how many older ones are kept beside it."""

    folder: Path
    max_bytes: int
    older: int


class LogFile(RotatingFileHandler):
    """Writes lines to scriba.log, which becomes scriba.log.1 when it is full; what can't be written is lost, and nobody waits.

    Only the daemon's own process writes there: what others log comes to it line by line. Raises OSError where there can be no such file.
    """

    def __init__(self, settings: LogFileSettings) -> None:
        settings.folder.mkdir(parents=True, exist_ok=True)
        super().__init__(
            settings.folder / NAME, maxBytes=settings.max_bytes, backupCount=settings.older, encoding="utf-8", errors="replace"
        )

    def _open(self) -> TextIOWrapper:
        """Open the file for our own user alone: it tells names of people, and addresses."""
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        return TextIOWrapper(os.fdopen(descriptor, "ab"), self.encoding, self.errors)

    def relay(self, line: bytes) -> None:
        """Write a line that another process has made."""
        self.handle(_Relayed(line.decode("utf-8", "replace")))

    def format(self, record: logging.LogRecord) -> str:
        """Write a line as it is, if it is one."""
        return record.getMessage() if isinstance(record, _Relayed) else super().format(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # the name is the standard library's
        """Drop the line: standard error has it, too."""


class _Relayed(logging.LogRecord):
    def __init__(self, line: str) -> None:
        super().__init__("relayed", logging.INFO, "", 0, line, None, None)


def log_files() -> list[LogFile]:
    """Give the files that this process writes its log to."""
    return [handler for handler in logging.getLogger().handlers if isinstance(handler, LogFile)]
