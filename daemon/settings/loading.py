"""Where settings come from: command line, environment, scriba.toml, profile, default, in this order."""

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import EnvSettingsSource
from pydantic_settings import SettingsError as UnreadableSettings

from daemon.settings.folders import ConsumeFolder
from daemon.settings.model import Settings
from daemon.settings.profiles import values_of

PREFIX = "SCRIBA_"
# What the client, this file and tests (actors/failpoints.py) read from the environment; no settings of the daemon.
OTHER_VARIABLES = frozenset(
    {
        "SCRIBA_SERVER",
        "SCRIBA_TOKEN",
        "SCRIBA_TOKEN_FILE",
        "SCRIBA_CA_FILE",
        "SCRIBA_CLIENT_CERTIFICATE",
        "SCRIBA_CLIENT_KEY",
        "SCRIBA_CONFIG",
        "SCRIBA_FAILPOINTS",
    }
)
DEFAULT = "default"
COMMAND_LINE = "command line"
HIDDEN = frozenset({"database_url"})


class SettingsError(Exception):
    """The settings can't be used; each problem is a line for the person who wrote them."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """The settings in force, and where each one was set."""

    settings: Settings
    origins: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Layer:
    """One source: its values, and how a person finds the value again."""

    values: Mapping[str, object]
    origins: Mapping[str, str]


def variable_of(name: str) -> str:
    """Name the environment's variable of a setting."""
    return f"{PREFIX}{name.upper()}"


def default_data_dir(environment: Mapping[str, str]) -> Path:
    """Give the folder used when none is named: XDG's place for a user's data."""
    home = environment.get("XDG_DATA_HOME", "")
    return (Path(home) if Path(home).is_absolute() else Path.home() / ".local" / "share") / "scriba"


def load_settings(command_line: Mapping[str, object], environment: Mapping[str, str] | None = None) -> LoadedSettings:
    """Read every source; raise SettingsError with all that is wrong. None in `command_line` means not given."""
    environment = os.environ if environment is None else environment
    given = {name: value for name, value in command_line.items() if value is not None}
    spoken = _Layer(given, dict.fromkeys(given, COMMAND_LINE))
    surrounding = _read_environment(environment)
    named = spoken.values.get("data_dir") or surrounding.values.get("data_dir")
    written = _read_file(_folder(named, environment), environment)
    values = {**written.values, **surrounding.values, **spoken.values}
    fitting = values_of(values.get("profile"))
    values = {**fitting, **values}
    values["data_dir"] = _folder(values.get("data_dir"), environment)
    fitted = dict.fromkeys(fitting, f"profile {values.get('profile')}")
    origins = {**dict.fromkeys(Settings.model_fields, DEFAULT), **fitted, **written.origins, **surrounding.origins, **spoken.origins}
    unknown = _unknown_variables(environment)
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        raise SettingsError((*unknown, *(_describe(detail, origins) for detail in error.errors()))) from error
    if unknown:
        raise SettingsError(unknown)
    return LoadedSettings(settings, origins)


def _folder(named: object, environment: Mapping[str, str]) -> Path:
    return Path(str(named)).expanduser().absolute() if named else default_data_dir(environment)


def _read_environment(environment: Mapping[str, str]) -> _Layer:
    source = EnvSettingsSource(Settings)
    source.env_vars = {name.lower(): value for name, value in environment.items() if value and name.startswith(PREFIX)}
    try:
        values = source()
    except UnreadableSettings as error:
        raise SettingsError((f"{PREFIX}CONSUME in the environment must be JSON: a list of tables",)) from error
    return _Layer(values, {name: variable_of(name) for name in values})


def _unknown_variables(environment: Mapping[str, str]) -> tuple[str, ...]:
    known = {variable_of(name) for name in Settings.model_fields} | OTHER_VARIABLES
    strangers = sorted(name for name in environment if name.startswith(PREFIX) and name not in known)
    return tuple(f"{name} in the environment is not a setting{_nearest(name, known)}" for name in strangers)


def _read_file(data_dir: Path, environment: Mapping[str, str]) -> _Layer:
    chosen = environment.get("SCRIBA_CONFIG", "")
    path = Path(chosen).expanduser() if chosen else data_dir / "scriba.toml"
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        if chosen:
            raise SettingsError((f"SCRIBA_CONFIG names {path}, which is not there",)) from error
        return _Layer({}, {})
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError((f"{path} can't be read: {error}",)) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError((f"{path} is not TOML: {error}",)) from error
    if "data_dir" in values and not chosen:
        raise SettingsError((f"{path} lies in the data folder, so data_dir can't be set there: use --data-dir or SCRIBA_DATA_DIR",))
    return _Layer(values, dict.fromkeys(values, str(path)))


def _describe(detail: ErrorDetails, origins: Mapping[str, str]) -> str:
    """Say in one line which setting is wrong, what it is, where it stands and what is allowed."""
    if not detail["loc"]:
        return _reason(detail)
    name = str(detail["loc"][0])
    shown = ".".join(str(part + 1) if isinstance(part, int) else part for part in detail["loc"])
    origin = origins.get(name, DEFAULT)
    if detail["type"] == "extra_forbidden":
        known = ConsumeFolder.model_fields if len(detail["loc"]) > 1 else Settings.model_fields
        return f"{shown} in {origin} is not a setting{_nearest(str(detail['loc'][-1]), known)}"
    value = "***" if name in HIDDEN else _shorten(repr(detail["input"]))
    return f"{shown} = {value} ({origin}) {_reason(detail)}"


def _reason(detail: ErrorDetails) -> str:
    return detail["msg"].removeprefix("Value error, ").replace("Input should", "must").replace("Field required", "is missing")


def _shorten(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _nearest(name: str, known: Mapping[str, object] | set[str] | frozenset[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    return f"; did you mean {close[0]}?" if close else ""
