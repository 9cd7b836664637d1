"""Settings of the audit."""

from pydantic import BaseModel, Field

from daemon.settings.schedules import Cron


class AuditSection(BaseModel):
    """How long it is told who did what."""

    audit_keep_days: int = Field(1_095, ge=0, le=36_500, description="Days for which entries of the audit are kept; 0 keeps them for ever.")
    audit_prune_task_cron: Cron = Field(
        "30 1 * * *", description="When older entries are removed: minute, hour, day, month, weekday; or `disable`."
    )
