"""Settings of the trash."""

from pathlib import Path

from pydantic import BaseModel, Field

from daemon.settings.schedules import Cron


class TrashSection(BaseModel):
    """How long deleted documents are kept, and what is kept of them after that."""

    empty_trash_delay: int = Field(30, ge=1, le=36_500, description="Days for which a deleted document stays in the trash.")
    empty_trash_task_cron: Cron = Field(
        "0 1 * * *", description="When the trash is emptied of what is older: minute, hour, day, month, weekday; or `disable`."
    )
    empty_trash_dir: Path | None = Field(
        None, description="A folder for the originals of documents that are removed for ever; without it they are removed, too."
    )
