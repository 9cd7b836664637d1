"""Puts the built web client into the wheel, where daemon/web/client/place.py finds it."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ClientInWheel(BuildHookInterface[Any]):
    """A hook of hatchling's, which finds it in this file."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the client's files; an editable install has them beside its sources."""
        if version == "editable":
            return
        built = Path(self.root) / "clients" / "web" / "dist"
        if not (built / "index.html").is_file():
            raise FileNotFoundError("the web client is not built: make web")
        build_data["force_include"][str(built)] = "daemon/web/client/built"
