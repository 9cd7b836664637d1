"""The page of all settings, written from the model: docs/settings.md, and the table of `scribad config check`."""

import json
from enum import StrEnum
from inspect import get_annotations
from pathlib import Path

from pydantic import BaseModel, ByteSize, SecretStr
from pydantic.fields import FieldInfo
from rich import box
from rich.table import Table

from daemon.settings.loading import DEFAULT, LoadedSettings, variable_of
from daemon.settings.model import SECTIONS, Settings
from daemon.settings.words import hide_password

ENVIRONMENT = "environment"
PAGE_HEAD = """# Settings

A setting is given on the command line where `scribad run --help` has it, as an environment variable (`SCRIBA_OCR_LANGUAGE=deu+eng`),
or in the file `scriba.toml` in the data folder (`ocr_language = "deu+eng"`; `SCRIBA_CONFIG` names another file). The first of these wins.
An unknown name is an error. Lists in the environment are written with commas; sizes may be written `8GiB`.
`scribad config check` shows what is in force and where it comes from.

Names are those of paperless-ngx with the prefix `SCRIBA_` where it has the setting. Its words are understood, too:
OCR mode `auto` is `skip`; for cleaning, deskewing and turning `clean` and `true` are `auto`, `clean-final` is `always`,
`none` and `false` are `never`.
"""

PAGE_TAIL = """
## A folder with its own ways

A watched folder with its own ways is a table in `scriba.toml`:

```toml
[[consume]]
path = "/mnt/scanner"
polling_interval = 10
recursive = true
subdirs_as_tags = true
```
"""


def settings_page() -> str:
    """Write docs/settings.md."""
    return PAGE_HEAD + "".join(_section(heading, section) for heading, section in SECTIONS.items()) + PAGE_TAIL


def settings_table(loaded: LoadedSettings) -> Table:
    """Show every setting in force with where it comes from; passwords are hidden."""
    table = Table("setting", "value", "from", box=box.SIMPLE_HEAD)
    table.columns[0].no_wrap = True
    for column in table.columns[1:]:
        column.overflow = "fold"
    table.columns[2].min_width = len(ENVIRONMENT)
    for name in (name for section in SECTIONS.values() for name in get_annotations(section)):
        origin = loaded.origins[name]
        if origin == variable_of(name):  # as long as the setting's own name, which stands beside it
            origin = ENVIRONMENT
        table.add_row(name, show(getattr(loaded.settings, name)), origin, style="dim" if origin == DEFAULT else "")
    return table


def show(value: object) -> str:
    """Write a value as it may be written in the environment."""
    match value:
        case SecretStr():
            return _hidden(value.get_secret_value())
        case bool():
            return str(value).lower()
        case StrEnum():
            return value.value
        case tuple():
            return ", ".join(show(part) for part in value)
        case dict():
            return json.dumps(value, ensure_ascii=False)
        case ByteSize():
            return _size(value)
        case float():
            return f"{value:g}"
        case None:
            return ""
        case _:
            return str(value)


def _hidden(secret: str) -> str:
    """Show a URL without its password, and of any other secret only that it is set."""
    return hide_password(secret) if "://" in secret else "***" if secret else ""


def _size(size: int) -> str:
    for unit, factor in (("GiB", 1024**3), ("MiB", 1024**2), ("KiB", 1024)):
        if size and size % factor == 0:
            return f"{size // factor}{unit}"
    return str(size)


def _section(heading: str, section: type[BaseModel]) -> str:
    fields = [(name, Settings.model_fields[name]) for name in get_annotations(section)]
    rows = [f"| `{name}` | {_default(name, field)} | {field.description}{_choices(field)} |\n" for name, field in fields]
    return f"\n## {heading}\n\n{section.__doc__}\n\n| setting | default | meaning |\n|---|---|---|\n" + "".join(rows)


def _default(name: str, field: FieldInfo) -> str:
    if name == "data_dir":
        return "`~/.local/share/scriba`"
    text = "+".join(field.default) if name == "ocr_language" else show(field.default)
    return f"`{text}`" if text else "–"


def _choices(field: FieldInfo) -> str:
    kind = field.annotation
    if not isinstance(kind, type) or not issubclass(kind, StrEnum):
        return ""
    choices = [f"`{choice.value}`" for choice in kind]
    return "" if all(choice in str(field.description) for choice in choices) else f" One of {', '.join(choices)}."


def main() -> None:
    """Write the page into the project."""
    page = Path(__file__).parents[2] / "docs" / "settings.md"
    page.parent.mkdir(exist_ok=True)
    page.write_text(settings_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
