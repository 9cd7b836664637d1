"""Settings of the owner's own scripts."""

import os
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from actors.pipeline.script_settings import ScriptSettings


def _check_program(path: Path) -> Path:
    if not path.is_absolute() or not path.is_file() or not os.access(path, os.X_OK):
        raise ValueError("must be the absolute path of a file that may be executed")
    return path


Program = Annotated[Path, AfterValidator(_check_program)]


class ScriptSection(BaseModel):
    """Programs that run for each new document."""

    pre_consume_script: Program | None = Field(
        None, description="Runs before a new document is read; if it does not end with 0, the document's job fails with its words."
    )
    post_consume_script: Program | None = Field(
        None, description="Runs after a new document is read; if it does not end with 0, the document gets a warning."
    )
    consume_script_seconds: float = Field(300, ge=1, le=86_400, description="How long such a script may run before it is ended.")

    def scripts(self) -> ScriptSettings:
        """Give the part that runs them."""
        return ScriptSettings(self.pre_consume_script, self.post_consume_script, self.consume_script_seconds)
