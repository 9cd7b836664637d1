"""Has workflows look at documents on the days that their schedules name."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, tzinfo

import structlog

from actors.errands.planning import Planner
from actors.scheduler.clock_doubt import ClockDoubt, believed, doubt_words
from actors.scheduler.errors import TaskFailed
from actors.scheduler.scheduler import KeepOn
from actors.store.errors import DocumentNotFound, StoreUnavailable
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.workflows import TriggerKind, Visit, Workflow, WorkflowId
from actors.store.store import Store
from actors.workflow.due_days import moved, wants_look

# Asked for at once, by one query for each schedule; the index follows after as many.
DOCUMENTS_AT_ONCE = 1_000

Looks = Mapping[WorkflowId, Visit]

log = structlog.get_logger()


class RunScheduled:
    """Runs workflows by the clock, each document in a transaction of its own together with the note of that: what is done stays done.

    `steady` are the seconds of a clock that nobody sets, and that goes on while the machine sleeps. Days are those of `zone`.
    """

    def __init__(
        self,
        store: Store,
        planner: Planner,
        zone: tzinfo,
        now: Callable[[], datetime],
        steady: Callable[[], float],
        tell_index: Callable[[], Awaitable[object]],
    ) -> None:
        self._store = store
        self._planner = planner
        self._zone = zone
        self._now = now
        self._steady = steady
        self._tell_index = tell_index
        self._doubt = ClockDoubt()

    async def __call__(self, keep_on: KeepOn, done_time: datetime | None) -> str:
        """Look at all documents that are due. Raises TaskFailed, also where the clock is in doubt: days that it has skipped wait."""
        now = self._now()
        ahead = self._doubt.ahead(now, self._steady(), done_time)
        today = believed(now, ahead, done_time).astimezone(self._zone).date()
        ran = 0
        try:
            workflows = await asyncio.to_thread(self._store.workflows.enabled_for, TriggerKind.SCHEDULED)
            if workflows and not ahead:
                await asyncio.to_thread(self._store.visits.none_after, today)
            after = None
            while workflows and keep_on() and (ids := await asyncio.to_thread(self._store.documents.ids, after, DOCUMENTS_AT_ONCE)):
                ran += await self._go_through(workflows, (ids[0], ids[-1]), today, keep_on)
                after = ids[-1]
        except (StoreUnavailable, OSError) as error:
            raise TaskFailed(f"broken off, and taken up again within the hour: {error}") from error
        if ahead:
            raise TaskFailed(doubt_words(ahead, "what that makes due is done"))
        return f"ran on {ran:,} document{'' if ran == 1 else 's'}" if ran else "nothing was due"

    async def _go_through(self, workflows: Sequence[Workflow], among: tuple[DocumentId, DocumentId], today: date, keep_on: KeepOn) -> int:
        """Look at the documents between two that are due; count those on which a workflow ran."""
        wanted = await asyncio.to_thread(self._wanted, workflows, among, today)
        in_vain, ran = dict[DocumentId, Looks](), 0
        for document_id, looks in wanted.items():
            if not keep_on():
                break
            asked = [one for one in workflows if one.id in looks]
            seen = await asyncio.to_thread(self._look, document_id, asked, looks, today)
            if seen is None:
                ran += 1
            else:
                in_vain[document_id] = seen
        if in_vain:
            await asyncio.to_thread(self._store.visits.note, in_vain)
        if ran:
            await self._tell_index()
        return ran

    def _wanted(self, workflows: Sequence[Workflow], among: tuple[DocumentId, DocumentId], today: date) -> Mapping[DocumentId, Looks]:
        """Find out which workflows are to look at which documents, and what is to be noted of each look."""
        wanted = dict[DocumentId, dict[WorkflowId, Visit]]()
        for workflow in workflows:
            for schedule in [one.schedule for one in workflow.facts.triggers if one.schedule is not None]:
                until = moved(today, -schedule.offset_days)
                for one in self._store.visits.candidates(workflow.id, schedule, until, self._zone, among):
                    if wants_look(schedule, one, workflow.revision, today, self._zone):
                        visit = Visit(today, one.visit.run_day if one.visit else None, one.revision, workflow.revision)
                        wanted.setdefault(one.document_id, {})[workflow.id] = visit
        return wanted

    def _look(self, document_id: DocumentId, workflows: Sequence[Workflow], looks: Looks, today: date) -> Looks | None:
        """Let workflows look at a document. None where one of them ran; else what is to be noted of looks that came to nothing.

        A workflow whose filters could not be asked looks again at the next run.
        """
        try:
            deeds = self._planner.plan(document_id, TriggerKind.SCHEDULED, workflows, today=today).deeds
        except DocumentNotFound:
            return {}
        failed = {problem.workflow for problem in deeds.problems}
        seen = {workflow: visit for workflow, visit in looks.items() if workflow in deeds.ran or workflow not in failed}
        if not deeds.ran and not deeds.problems:
            return seen
        noted = {workflow: replace(visit, run_day=today if workflow in deeds.ran else visit.run_day) for workflow, visit in seen.items()}
        self._store.workflows.carry_out(document_id, deeds, self._now(), visits=noted)
        log.info("workflows ran by the clock", document_id=document_id, workflows=[int(one) for one in deeds.ran])
        return None if deeds.ran else {}
