"""Settings of the watched folders."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import regex  # type: ignore[import-untyped]  # the package has no types
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_settings import NoDecode

from actors.watcher.settings import WatchedFolder, WatcherSettings
from daemon.settings.place import PlaceSection
from daemon.settings.words import read_list


def _check_pattern(pattern: str) -> str:
    try:
        regex.compile(pattern)
    except regex.error as error:
        raise ValueError(f"must be a regular expression; {error}") from error
    return pattern


Folders = Annotated[tuple[Path, ...], NoDecode, BeforeValidator(read_list)]
Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(read_list)]
Patterns = Annotated[tuple[Annotated[str, AfterValidator(_check_pattern)], ...], NoDecode, BeforeValidator(read_list)]


class ConsumeFolder(BaseModel):
    """One more watched folder; what it doesn't say is as for the others."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: Path
    recursive: bool | None = None
    polling_interval: Annotated[float, Field(ge=0, le=86_400)] | None = None
    subdirs_as_tags: bool | None = None


class FolderSection(PlaceSection):
    """What is taken from which folders."""

    consumption_dir: Path = Field(
        Path("consume"), description="The watched folder. A relative path begins at the data folder, here and below."
    )
    consumption_dirs: Folders = Field((), description="More watched folders, with commas between.")
    consume: tuple[ConsumeFolder, ...] = Field(
        (), description="`[[consume]]` tables: watched folders with their own `path`, `recursive`, `polling_interval`, `subdirs_as_tags`."
    )
    consume_owner: str = Field("", max_length=64, description="The user who owns what is dropped, by name; nobody when empty.")
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

    consumer_enable_collate_double_sided: bool = Field(
        False, description="Join scans of fronts and of backs, dropped one after the other into the folder below, into one document."
    )
    consumer_collate_double_sided_subdir_name: str = Field(
        "double-sided",
        min_length=1,
        max_length=200,
        pattern=r"^[^./\x00][^/\x00]*$",
        description="The name of that folder inside a watched one, or inside the folders in it where they are watched, too.",
    )
    consumer_collate_double_sided_minutes: float = Field(
        30, gt=0, le=10_080, description="How long the fronts wait for their backs; after that they are a document of their own."
    )

    @property
    def watched_folders(self) -> tuple[WatchedFolder, ...]:
        """Give every watched folder with its ways; none when watching is off."""
        if self.consumer_disable:
            return ()
        alike = [ConsumeFolder(path=path) for path in (self.consumption_dir, *self.consumption_dirs)]
        watched = [self._watched(folder) for folder in (*alike, *self.consume)]
        inside = [replace(one, path=one.path / one.sides) for one in watched if one.sides and not one.recursive]
        return (*watched, *inside)

    def _watched(self, folder: ConsumeFolder) -> WatchedFolder:
        return WatchedFolder(
            path=self.data_dir / folder.path.expanduser(),
            recursive=self.consumer_recursive if folder.recursive is None else folder.recursive,
            polling_seconds=self.consumer_polling_interval if folder.polling_interval is None else folder.polling_interval,
            subdirs_as_tags=self.consumer_subdirs_as_tags if folder.subdirs_as_tags is None else folder.subdirs_as_tags,
            sides=self.consumer_collate_double_sided_subdir_name if self.consumer_enable_collate_double_sided else "",
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
