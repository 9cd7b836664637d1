"""Settings of where the archive lies and how it is reached."""

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ByteSize, Field, InstanceOf, PlainSerializer, SecretStr
from pydantic_settings import NoDecode

from daemon.listen import ListenAddress, parse_listen_address
from daemon.log_file import LogFileSettings
from daemon.logs import LogFormat, LogLevel, LogSettings
from daemon.settings.sizes import MEBIBYTE


def _check_time_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("must be a time zone, for example Europe/Berlin")
    return name


def _read_listen(value: object) -> object:
    return parse_listen_address(value) if isinstance(value, str) else value


Listen = Annotated[InstanceOf[ListenAddress], NoDecode, BeforeValidator(_read_listen), PlainSerializer(str)]


def _check_public_url(text: str) -> str:
    if not text:
        return ""
    parts = urlsplit(text)
    if (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or parts.path.strip("/")
        or parts.query
        or parts.fragment
        or parts.username
    ):
        raise ValueError("must be an address such as https://papers.example.org, without a path")
    return text.rstrip("/")


PublicUrl = Annotated[str, AfterValidator(_check_public_url)]


class PlaceSection(BaseModel):
    """Where the archive lies, how it is reached, and what it logs."""

    data_dir: Path = Field(description="The folder that holds everything: documents, database, index, watched folder.")
    listen: Listen = Field(ListenAddress("127.0.0.1", 8440), description="HOST:PORT of the one port, for gRPC, grpc-web and the browser.")
    public_url: PublicUrl = Field(
        "", description="The address by which people reach the archive, as links begin: https://papers.example.org."
    )
    database_url: SecretStr | None = Field(
        None, description="postgresql+psycopg2://USER:PASSWORD@HOST/NAME; SQLite in the data folder when not set."
    )
    time_zone: Annotated[str, AfterValidator(_check_time_zone)] = Field("UTC", description="Where the days of dates and searches begin.")
    log_level: LogLevel = Field(LogLevel.INFO, description="The least that is logged.")
    log_format: LogFormat = Field(LogFormat.AUTO, description="`auto` is plain on a terminal and JSON elsewhere.")
    logging_dir: Path | None = Field(None, description="A folder in which scriba.log is kept, too; none when not set.")
    logrotate_max_size: ByteSize = Field(ByteSize(10 * MEBIBYTE), ge=4_096, description="At this size scriba.log becomes scriba.log.1.")
    logrotate_max_backups: int = Field(10, ge=1, le=1_000, description="How many older files are kept.")

    @property
    def store_url(self) -> str:
        """Give the database's URL, password included."""
        return self.database_url.get_secret_value() if self.database_url else f"sqlite:///{self.data_dir / 'scriba.db'}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def log(self) -> LogSettings:
        """Give what every process needs to log alike."""
        return LogSettings(self.log_level, self.log_format)

    def log_file(self) -> LogFileSettings | None:
        """Give what the daemon needs to write its log to files, if it is to."""
        if self.logging_dir is None:
            return None
        folder = self.data_dir / self.logging_dir.expanduser()
        return LogFileSettings(folder, int(self.logrotate_max_size), self.logrotate_max_backups)
