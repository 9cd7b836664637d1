"""Every setting of the daemon, as one frozen model. Where they come from is in settings_file.py."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Self
from zoneinfo import ZoneInfo, available_timezones

import regex  # type: ignore[import-untyped]  # the package has no types
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ByteSize,
    ConfigDict,
    Field,
    InstanceOf,
    PlainSerializer,
    SecretStr,
    ValidationInfo,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from actors.barcodes.settings import TAG_MAPPING, BarcodeSettings
from actors.dates.candidates import DateOrder
from actors.dates.settings import DateSettings
from actors.intake.settings import IntakeSettings
from actors.ocr.messages import EngineName, OcrMode, OcrSettings, When
from actors.understanding.settings import UnderstandingSettings
from actors.watcher.settings import WatchedFolder, WatcherSettings
from daemon.listen import ListenAddress, parse_listen_address
from daemon.logs import LogFormat, LogLevel, LogSettings
from daemon.settings_words import read_capitals, read_dates, read_languages, read_list, read_mapping, read_mode, read_when

MEBIBYTE = 1024 * 1024
GIBIBYTE = 1024 * MEBIBYTE


def _check_language(language: str) -> str:
    if not re.fullmatch(r"[A-Za-z][A-Za-z_]*(/[A-Za-z_]+)?", language):
        raise ValueError("must be Tesseract's names joined by +, for example deu+eng")
    return language


def _check_pattern(pattern: str) -> str:
    try:
        regex.compile(pattern)
    except regex.error as error:
        raise ValueError(f"must be a regular expression; {error}") from error
    return pattern


def _check_substitutes(mapping: Mapping[str, str]) -> Mapping[str, str]:
    for pattern, substitute in mapping.items():
        try:
            regex.compile(pattern)
            # What is made of nothing at all shows whether the groups are there that it names.
            regex.compile(f"(?:{pattern})|").sub(substitute, "")
        except regex.error as error:
            raise ValueError(f"{pattern}: must be a regular expression and what is made of it; {error}") from error
    return mapping


def _check_time_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("must be a time zone, for example Europe/Berlin")
    return name


def _read_dates(value: object, info: ValidationInfo) -> object:
    return read_dates(value, info.data.get("date_order", DateOrder.DMY), date.today())


def _read_listen(value: object) -> object:
    return parse_listen_address(value) if isinstance(value, str) else value


Listen = Annotated[InstanceOf[ListenAddress], NoDecode, BeforeValidator(_read_listen), PlainSerializer(str)]
Folders = Annotated[tuple[Path, ...], NoDecode, BeforeValidator(read_list)]
Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(read_list)]
Patterns = Annotated[tuple[Annotated[str, AfterValidator(_check_pattern)], ...], NoDecode, BeforeValidator(read_list)]
TagMapping = Annotated[
    Mapping[str, str],
    NoDecode,
    BeforeValidator(read_mapping),
    AfterValidator(_check_substitutes),
    Field(max_length=1_000),
]
Languages = Annotated[
    tuple[Annotated[str, AfterValidator(_check_language)], ...],
    NoDecode,
    BeforeValidator(read_languages),
    PlainSerializer("+".join),
    Field(min_length=1, max_length=10),
]
Treatment = Annotated[When, BeforeValidator(read_when)]
Order = Annotated[DateOrder, BeforeValidator(read_capitals)]
Days = Annotated[tuple[date, ...], NoDecode, BeforeValidator(_read_dates)]


class ConsumeFolder(BaseModel):
    """One more watched folder; what it doesn't say is as for the others."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: Path
    recursive: bool | None = None
    polling_interval: Annotated[float, Field(ge=0, le=86_400)] | None = None
    subdirs_as_tags: bool | None = None


class Settings(BaseSettings):
    """All settings; `SCRIBA_` and a name in capitals sets one in the environment."""

    model_config = SettingsConfigDict(env_prefix="SCRIBA_", env_ignore_empty=True, extra="forbid", frozen=True)

    data_dir: Path = Field(description="The folder that holds everything: documents, database, index, watched folder.")
    listen: Listen = Field(ListenAddress("127.0.0.1", 8440), description="HOST:PORT of the one port, for gRPC, grpc-web and the browser.")
    allow_plaintext: bool = Field(
        False, description="Listen without TLS on addresses that other machines reach; for use behind a TLS proxy only."
    )
    database_url: SecretStr | None = Field(
        None, description="postgresql+psycopg2://USER:PASSWORD@HOST/NAME; SQLite in the data folder when not set."
    )
    time_zone: Annotated[str, AfterValidator(_check_time_zone)] = Field("UTC", description="Where the days of dates and searches begin.")
    log_level: LogLevel = Field(LogLevel.INFO, description="The least that is logged.")
    log_format: LogFormat = Field(LogFormat.AUTO, description="`auto` is plain on a terminal and JSON elsewhere.")

    consumption_dir: Path = Field(
        Path("consume"), description="The watched folder. A relative path begins at the data folder, here and below."
    )
    consumption_dirs: Folders = Field((), description="More watched folders, with commas between.")
    consume: tuple[ConsumeFolder, ...] = Field(
        (), description="`[[consume]]` tables: watched folders with their own `path`, `recursive`, `polling_interval`, `subdirs_as_tags`."
    )
    consumer_disable: bool = Field(False, description="Watch no folder.")
    consumer_recursive: bool = Field(False, description="Watch the folders inside, too.")
    consumer_subdirs_as_tags: bool = Field(False, description="The names of the folders inside become tags.")
    consumer_ignore_patterns: Patterns = Field((), description="Regular expressions; a file whose name matches one stays where it is.")
    consumer_ignore_dirs: Names = Field((), description="Names of folders that are not looked into.")
    consumer_delete_duplicates: bool = Field(True, description="A dropped file whose bytes are archived already is removed; else it stays.")
    consumer_polling_interval: float = Field(
        0, ge=0, le=86_400, description="Seconds between looks at a network folder; 0 uses file system events."
    )
    consumer_stability_delay: float = Field(
        2, ge=0.1, le=3_600, description="Seconds for which a file must not change before it is taken; network folders may need more."
    )
    consumer_rescan_interval: float = Field(60, ge=1, le=86_400, description="Seconds between full looks, for files whose event was lost.")
    consumer_enable_barcodes: bool = Field(
        False, description="Divide scans at separator sheets and, where they are read, at archive serial numbers; TIFF files, too."
    )
    consumer_barcode_string: str = Field("PATCHT", min_length=1, max_length=200, description="What a separator sheet's barcode says.")
    consumer_barcode_retain_split_pages: bool = Field(
        False, description="Keep separator sheets, each as the first page of what follows it; else they are left out."
    )
    consumer_enable_asn_barcode: bool = Field(False, description="Take archive serial numbers from barcodes.")
    consumer_asn_barcode_prefix: str = Field(
        "ASN", min_length=1, max_length=200, description="How such a barcode begins; the digits behind it are the number."
    )
    consumer_enable_tag_barcode: bool = Field(False, description="Take tags from barcodes.")
    consumer_tag_barcode_mapping: TagMapping = Field(
        dict(TAG_MAPPING),
        description="Regular expressions and what tag is made of a barcode that begins so, as JSON; the first that matches counts.",
    )
    consumer_tag_barcode_split: bool = Field(False, description="A page with a barcode that is a tag begins a document of its own.")
    consumer_barcode_dpi: int = Field(300, ge=72, le=1_200, description="Dots per inch at which barcodes are looked for on PDF pages.")
    consumer_barcode_upscale: float = Field(
        0, ge=0, le=10, description="Enlarge pages by this factor before barcodes are looked for, if it is above 1; helps with small ones."
    )
    consumer_barcode_max_pages: int = Field(0, ge=0, le=100_000, description="Look for barcodes on the first pages only; 0 looks on all.")

    ocr_language: Languages = Field(("eng",), description="Tesseract's languages on the paper, with + between: deu+eng.")
    ocr_detect_language: bool = Field(
        True, description="Read pages again in the language they turn out to be in, where Tesseract's model for it is installed."
    )
    ocr_mode: Annotated[OcrMode, BeforeValidator(read_mode)] = Field(
        OcrMode.SKIP,
        description="`skip` reads pages without text (also written `auto`), `redo` also those read before, `force` all, `off` none.",
    )
    ocr_engine: EngineName = Field(EngineName.TESSEROCR, description="How Tesseract is called: in the process, or as a program.")
    ocr_clean: Treatment = Field(When.AUTO, description="Clean page images before reading: `auto` only doubtful pages.")
    ocr_deskew: Treatment = Field(When.AUTO, description="Straighten pages: `auto` only doubtful ones.")
    ocr_rotate_pages: Treatment = Field(When.AUTO, description="Turn pages upright: `auto` only doubtful ones.")
    ocr_pages: int = Field(0, ge=0, le=5_000, description="Read only the first pages of a document; 0 reads all.")
    ocr_dpi: int = Field(300, ge=72, le=600, description="Dots per inch at which PDF pages are read.")
    ocr_image_dpi: int = Field(0, ge=0, le=2_400, description="Dots per inch of images that don't say; 0 takes the width for A4.")
    ocr_max_image_pixels: int = Field(250_000_000, ge=1_000_000, le=1_000_000_000, description="Larger images are not read.")
    ocr_max_pages: int = Field(5_000, ge=1, le=100_000, description="Documents with more pages are not read.")
    ocr_page_seconds: float = Field(180, ge=1, le=3_600, description="A page that takes longer is given up; the others go on.")
    ocr_page_memory_bytes: ByteSize = Field(ByteSize(2 * GIBIBYTE), ge=200 * MEBIBYTE, description="Memory that one page may take.")
    ocr_document_seconds: float = Field(600, ge=1, le=86_400, description="Time for what is done to a document as a whole, reading aside.")
    ocr_workers: int = Field(0, ge=0, le=1_024, description="Pages read at once on this machine; 0 is as many as cores and memory carry.")
    background_load: int = Field(100, ge=1, le=100, description="Percent of this machine's cores that reading may keep busy.")
    ocr_niceness: int = Field(10, ge=0, le=19, description="How much the readers give way to other programs: 19 most.")

    date_order: Order = Field(
        DateOrder.DMY, description="How dates in numbers are read where a document doesn't show it: `DMY`, `MDY` or `YMD`."
    )
    filename_date_order: Order | None = Field(
        None,
        description="How dates stand in file names; such a date is then the document's. Without it, a name like 2024-03-05 is a hint.",
    )
    ignore_dates: Days = Field((), description="Dates that no document bears, such as birthdays, with commas between.")
    number_of_suggested_dates: int = Field(3, ge=0, le=100, description="How many dates are suggested for a document.")

    allow_unsandboxed: bool = Field(
        False, description="Read files even where nothing can shut the decoders in; without it the daemon does not start there."
    )

    max_upload_bytes: ByteSize = Field(ByteSize(10 * GIBIBYTE), ge=1, description="Larger files are refused.")
    min_free_bytes: ByteSize = Field(ByteSize(512 * MEBIBYTE), ge=0, description="Nothing is accepted when the disk has less room left.")
    ray_object_store_bytes: ByteSize = Field(
        ByteSize(80 * MEBIBYTE), ge=75 * MEBIBYTE, description="Memory that Ray shares between processes for pages on their way."
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003  # the library gives all five by name
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take what settings_file.py has merged, and nothing else: it keeps where each value came from."""
        return (init_settings,)

    @model_validator(mode="after")
    def _refuse_plaintext(self) -> Self:
        if not self.listen.is_loopback and not self.allow_plaintext:
            raise ValueError(
                f"listen is {self.listen}, which other machines reach, and without TLS anyone on the way reads tokens and documents: "
                "listen on 127.0.0.1, or put a TLS proxy in front and set allow_plaintext = true"
            )
        return self

    @property
    def store_url(self) -> str:
        """Give the database's URL, password included."""
        return self.database_url.get_secret_value() if self.database_url else f"sqlite:///{self.data_dir / 'scriba.db'}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def ocr(self) -> OcrSettings:
        """Give the part that page readers and binders get."""
        return OcrSettings(
            languages=self.ocr_language,
            mode=self.ocr_mode,
            engine=self.ocr_engine,
            rotate=self.ocr_rotate_pages,
            deskew=self.ocr_deskew,
            clean=self.ocr_clean,
            first_pages=self.ocr_pages,
            dpi=self.ocr_dpi,
            image_dpi=self.ocr_image_dpi,
            max_pixels=self.ocr_max_image_pixels,
            max_pages=self.ocr_max_pages,
            page_seconds=self.ocr_page_seconds,
            page_memory_bytes=int(self.ocr_page_memory_bytes),
            document_seconds=self.ocr_document_seconds,
            detect_language=self.ocr_detect_language,
            barcodes=self.barcodes().wanted,
            barcode_dpi=self.consumer_barcode_dpi,
            barcode_upscale=self.consumer_barcode_upscale,
            barcode_pages=self.consumer_barcode_max_pages,
        )

    def barcodes(self) -> BarcodeSettings:
        """Give what barcodes mean."""
        return BarcodeSettings(
            separate=self.consumer_enable_barcodes,
            separator=self.consumer_barcode_string,
            keep_separators=self.consumer_barcode_retain_split_pages,
            asn=self.consumer_enable_asn_barcode,
            asn_prefix=self.consumer_asn_barcode_prefix,
            tags=self.consumer_enable_tag_barcode,
            tag_mapping=tuple(self.consumer_tag_barcode_mapping.items()),
            separate_at_tags=self.consumer_tag_barcode_split,
        )

    def dates(self) -> DateSettings:
        """Give the part that finds a document's date."""
        return DateSettings(self.date_order, self.filename_date_order, frozenset(self.ignore_dates), self.number_of_suggested_dates)

    @property
    def watched_folders(self) -> tuple[WatchedFolder, ...]:
        """Give every watched folder with its ways; none when watching is off."""
        if self.consumer_disable:
            return ()
        alike = [ConsumeFolder(path=path) for path in (self.consumption_dir, *self.consumption_dirs)]
        return tuple(self._watched(folder) for folder in (*alike, *self.consume))

    def _watched(self, folder: ConsumeFolder) -> WatchedFolder:
        return WatchedFolder(
            path=self.data_dir / folder.path.expanduser(),
            recursive=self.consumer_recursive if folder.recursive is None else folder.recursive,
            polling_seconds=self.consumer_polling_interval if folder.polling_interval is None else folder.polling_interval,
            subdirs_as_tags=self.consumer_subdirs_as_tags if folder.subdirs_as_tags is None else folder.subdirs_as_tags,
        )

    def watcher(self) -> WatcherSettings:
        """Give the part that the watcher gets."""
        return WatcherSettings(
            folders=self.watched_folders,
            settle_seconds=self.consumer_stability_delay,
            rescan_seconds=self.consumer_rescan_interval,
            ignore_patterns=self.consumer_ignore_patterns,
            ignore_dirs=self.consumer_ignore_dirs,
        )

    def intake(self) -> IntakeSettings:
        """Give the part that the intake gets."""
        return IntakeSettings(
            max_file_bytes=int(self.max_upload_bytes),
            min_free_bytes=int(self.min_free_bytes),
            delete_duplicates=self.consumer_delete_duplicates,
        )

    def understanding(self) -> UnderstandingSettings:
        """Give the part that makes sense of documents."""
        return UnderstandingSettings(self.barcodes(), self.dates())

    def log(self) -> LogSettings:
        """Give what every process needs to log alike."""
        return LogSettings(self.log_level, self.log_format)
