"""Where the built web client stands."""

from pathlib import Path

_IN_THE_WHEEL = Path(__file__).with_name("built")
_IN_THE_SOURCES = Path(__file__).parents[3] / "clients" / "web" / "dist"


def built_client() -> Path:
    """Give the folder of the built client, which holds nothing before `make web`: an installed wheel has it inside, the sources beside."""
    return _IN_THE_WHEEL if _IN_THE_WHEEL.is_dir() else _IN_THE_SOURCES
