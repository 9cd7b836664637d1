"""How every process logs: one event a line on stderr, plain for a person, JSON for a machine."""

import logging
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import structlog

from daemon.log_file import LogFile, LogFileSettings
from daemon.log_relay import RelayHandler


class LogLevel(StrEnum):
    """The least that is logged."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class LogFormat(StrEnum):
    """How a line looks."""

    AUTO = "auto"
    PLAIN = "plain"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class LogSettings:
    """What a process needs to log like the others; picklable, so that it travels to actors."""

    level: LogLevel = LogLevel.INFO
    format: LogFormat = LogFormat.AUTO

    def resolved(self) -> "LogSettings":
        """Replace `auto` by what it means here: what travels to processes without a terminal must look like the daemon's own lines."""
        return self.decided(sys.stderr.isatty())

    def decided(self, terminal: bool) -> "LogSettings":
        """Replace `auto`: a person reads a terminal, a machine all else."""
        if self.format is not LogFormat.AUTO:
            return self
        return LogSettings(self.level, LogFormat.PLAIN if terminal else LogFormat.JSON)


# Libraries that tell at `info` what only their makers want to know.
QUIET_LIBRARIES = (
    "alembic",
    "asyncio",
    "fontTools",
    "mail.log",
    "ocrmypdf",
    "pdfminer",
    "pikepdf",
    "PIL",
    "sqlalchemy",
    "uvicorn",
    "watchdog",
)


# Local variables may hold tokens and documents: no traceback shows them, neither here nor in plain lines.
_TRACEBACKS = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)


def configure_logs(settings: LogSettings, process: str, relay: Path | None = None, file: LogFileSettings | None = None) -> None:
    """Send the events of structlog and of the standard library to stderr, or to the daemon's socket `relay`; call once in each process.

    With a `file` they are written there, too; raises OSError where that can't be, after all else is done.
    """
    plain = settings.resolved().format is LogFormat.PLAIN
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="%H:%M:%S" if plain else "iso", utc=not plain),
        _process_name(process),
    ]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )

    def formatter(*, colours: bool) -> logging.Formatter:
        renderer: list[structlog.typing.Processor] = (
            [structlog.dev.ConsoleRenderer(colors=colours, pad_event_to=0, exception_formatter=structlog.dev.plain_traceback)]
            if plain
            else [structlog.processors.ExceptionRenderer(_TRACEBACKS), structlog.processors.JSONRenderer(default=str)]
        )
        meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
        return structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=[meta, *renderer])

    handler: logging.Handler = logging.StreamHandler(sys.stderr) if relay is None else RelayHandler(relay)
    handler.setFormatter(formatter(colours=sys.stderr.isatty()))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.level.upper())
    for library in QUIET_LIBRARIES:
        logging.getLogger(library).setLevel(max(logging.WARNING, root.level))
    if file is not None:
        kept = LogFile(file)
        kept.setFormatter(formatter(colours=False))
        root.addHandler(kept)


def _process_name(process: str) -> structlog.typing.Processor:
    def add(_logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
        event.setdefault("process", process)
        return event

    return add
