"""Schedules, and what workflows have of them."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from actors.scheduler.cron import parse


def _check_cron(expression: str) -> str:
    parse(expression)
    return expression


Cron = Annotated[str, AfterValidator(_check_cron)]


class WorkflowSection(BaseModel):
    """When workflows look at documents by the clock."""

    workflow_scheduled_task_cron: Cron = Field(
        "5 * * * *", description="When workflows look which documents are due: minute, hour, day, month, weekday; or `disable`."
    )
