"""A check as it is told over the wire: progress and findings as they come, a summary at the end."""

from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import TypeVar

from actors.checkup.findings import Outcome
from actors.checkup.messages import CheckOrder, Report
from daemon.service.ports import Checking
from daemon.service.wire.archive import finding_message, progress_message
from scriba.v1 import admin_pb2

Told = TypeVar("Told", admin_pb2.CheckArchiveResponse, admin_pb2.RepairArchiveResponse)


async def told(checks: Checking, order: CheckOrder, kind: type[Told]) -> AsyncGenerator[Told, None]:
    """Carry out an order, and give each report as a message."""
    outcomes: Counter[Outcome] = Counter()
    async with aclosing(checks.reports(order)) as reports:
        async for report in reports:
            outcomes.update(reported.treated.outcome for reported in report.findings)
            yield kind(
                progress=progress_message(report.progress) if report.progress is not None else None,
                findings=[finding_message(reported) for reported in report.findings],
                summary=summary(outcomes, report),
            )


def summary(outcomes: Counter[Outcome], report: Report) -> admin_pb2.CheckSummary | None:
    """Count what was found, once all of it is."""
    if not report.ended:
        return None
    return admin_pb2.CheckSummary(
        findings=outcomes.total(),
        mended=outcomes[Outcome.MENDED],
        queued=outcomes[Outcome.QUEUED],
        quarantined=outcomes[Outcome.QUARANTINED],
        needs_person=outcomes[Outcome.NEEDS_PERSON],
    )
