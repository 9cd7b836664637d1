"""Workflows run by the clock: each document on its day, once, whatever the clock does."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from actors.errands.planning import Planner
from actors.errands.scheduled import RunScheduled
from actors.scheduler.clock_doubt import DOUBT
from actors.scheduler.errors import TaskFailed
from actors.store.errors import StoreUnavailable
from actors.store.files.data_dir import DataDir
from actors.store.nouns.archive import Document, DocumentChanges, DocumentId, DocumentState
from actors.store.nouns.assignments import Giver
from actors.store.nouns.catalog import LabelFacts, LabelKind, Matching, MatchRule
from actors.store.nouns.workflows import (
    Action,
    Assign,
    LabelFilter,
    Schedule,
    ScheduleDate,
    SendEmail,
    Trash,
    Trigger,
    TriggerKind,
    Workflow,
    WorkflowFacts,
)
from actors.store.opening import open_store
from actors.store.store import Store
from actors.understanding.reading_values import read_value
from tests.store.making import START, leased

AUCKLAND = ZoneInfo("Pacific/Auckland")
IN_30_DAYS = Schedule(offset_days=30)
EMAIL = SendEmail(("a@b.example",), "{{ title }}")
DAY = timedelta(days=1)


@dataclass
class House:
    """A store, and clocks that a test moves."""

    store: Store
    wall: datetime = START
    steady: float = 0.0
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    done_time: datetime | None = None
    told_index: int = 0

    def __post_init__(self) -> None:
        self.begin_anew()

    def begin_anew(self) -> None:
        """Start the daemon again."""
        self.planner = Planner(self.store, read_value, lambda _: None, self.zone, lambda: self.wall)
        self.task = RunScheduled(self.store, self.planner, self.zone, lambda: self.wall, lambda: self.steady, self.tell_index)

    async def tell_index(self) -> None:
        self.told_index += 1

    def go_on(self, by: timedelta, set_ahead: timedelta = timedelta()) -> None:
        self.wall += by + set_ahead
        self.steady += by.total_seconds()

    async def run(self) -> str:
        answer = await self.task(lambda: True, self.done_time)
        self.done_time = self.wall
        return answer

    def wants(self, name: str, schedule: Schedule, *actions: Action, **filters: object) -> Workflow:
        trigger = Trigger(TriggerKind.SCHEDULED, schedule=schedule, **filters)  # type: ignore[arg-type]  # passes the filters on
        return self.store.workflows.create(WorkflowFacts(name, True, (trigger,), actions or (EMAIL,)))

    def read(self, content: str = "letter") -> DocumentId:
        """Let a document come, and be read."""
        job = leased(self.store, content, self.wall)
        assert job.document_id is not None
        self.store.pages.begin(job.document_id, job.id, job.fence, [(1, content, False)])
        self.store.documents.set_result(job.document_id, job.fence, DocumentState.READY, "en", [], False, self.wall)
        self.store.jobs.succeed(job.id, job.fence, self.wall)
        return job.document_id

    @property
    def sent(self) -> list[DocumentId]:
        return [one.document_id for one in self.store.errands.due(datetime.max.replace(tzinfo=UTC), 100)]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    data = DataDir(tmp_path / "data")
    store = open_store(data.database_url, data)
    yield House(store)
    store.close()


def looked_at(house: House, document_id: DocumentId) -> Document:
    return house.store.documents.get(document_id)


async def test_a_document_is_handled_on_its_day_once_with_its_reason(house: House) -> None:
    old = house.store.catalog.labels.create(LabelKind.TAG, LabelFacts("old")).id
    house.wants("grows old", IN_30_DAYS, Assign(tags=(old,)))
    document = house.read()
    house.go_on(29 * DAY)
    assert (await house.run(), looked_at(house, document).tags, house.told_index) == ("nothing was due", (), 0)
    house.go_on(DAY)
    assert (await house.run(), looked_at(house, document).tags, house.told_index) == ("ran on 1 document", ("old",), 1)
    (given,) = house.store.assignments.list(document)
    assert (given.reason.giver, given.reason.words) == (Giver.WORKFLOW, "grows old")
    house.store.documents.update(document, DocumentChanges(tags=()), None, house.wall)
    for _ in range(3):
        house.go_on(DAY)
        assert await house.run() == "nothing was due"
    assert looked_at(house, document).tags == ()


async def test_a_day_begins_where_the_household_lives(house: House) -> None:
    house.zone = AUCKLAND
    house.begin_anew()
    house.wall = datetime(2026, 11, 24, 22, 0, tzinfo=UTC)  # eleven in the morning of the 25th there
    house.wants("tomorrow", Schedule(offset_days=1))
    house.read()
    house.go_on(timedelta(hours=12, minutes=59))
    assert await house.run() == "nothing was due"
    house.go_on(timedelta(minutes=2))
    assert await house.run() == "ran on 1 document"


async def test_what_comes_again_comes_so_many_days_after_the_last_run_and_missed_runs_once(house: House) -> None:
    house.wants("every week", Schedule(every_days=7))
    document = house.read()
    runs = []
    for _ in range(16):
        if await house.run() != "nothing was due":
            runs.append(house.wall - START)
        house.go_on(DAY)
    assert runs == [0 * DAY, 7 * DAY, 14 * DAY]
    house.go_on(6 * DAY)  # the machine was off
    house.begin_anew()
    assert await house.run() == "ran on 1 document"
    house.go_on(DAY)
    assert await house.run() == "nothing was due"
    assert house.sent == [document] * 4


async def test_filters_are_asked_and_a_look_in_vain_is_not_taken_again_before_something_changes(house: House) -> None:
    done = house.store.catalog.labels.create(LabelKind.TAG, LabelFacts("done")).id
    paid = MatchRule(Matching.EXACT, "paid")
    house.wants("remind", Schedule(), content=paid, tags=LabelFilter(none_of=(done,)))
    paper, other = house.read("not paid"), house.read("a letter")
    house.store.documents.update(paper, DocumentChanges(tags=("done",)), None, house.wall)
    assert await house.run() == "nothing was due"
    asked: list[DocumentId] = []
    plan = house.planner.plan

    def counted(document_id: DocumentId, *rest: object, **named: object) -> object:
        asked.append(document_id)
        return plan(document_id, *rest, **named)  # type: ignore[arg-type]  # passes all on

    house.planner.plan = counted  # type: ignore[method-assign,assignment]  # counts, and asks the real one
    house.go_on(DAY)
    assert (await house.run(), asked) == ("nothing was due", [])
    house.store.documents.update(paper, DocumentChanges(tags=()), None, house.wall)
    assert (await house.run(), asked, house.sent) == ("ran on 1 document", [paper], [paper])
    present = house.store.workflows.list()[0]
    house.store.workflows.update(present.id, replace(present.facts, triggers=(Trigger(TriggerKind.SCHEDULED, schedule=Schedule()),)), None)
    assert (await house.run(), house.sent) == ("ran on 1 document", [paper, other])


async def test_two_workflows_run_in_one_pass_in_their_order_and_the_trash_comes_last(house: House) -> None:
    old = house.store.catalog.labels.create(LabelKind.TAG, LabelFacts("old")).id
    house.wants("mark", Schedule(), Assign(tags=(old,)))
    house.wants("throw away", Schedule(), Trash(), tags=LabelFilter(all_of=(old,)))
    document = house.read()
    assert await house.run() == "ran on 1 document"
    assert (looked_at(house, document).tags, looked_at(house, document).delete_time) == (("old",), house.wall)


async def test_a_workflow_that_is_off_and_an_empty_archive_are_no_work(house: House) -> None:
    assert await house.run() == "nothing was due"
    kept = house.wants("off", Schedule())
    house.store.workflows.update(kept.id, replace(kept.facts, enabled=False), None)
    house.read()
    assert await house.run() == "nothing was due"


async def test_what_cannot_be_asked_is_told_and_asked_again(house: House) -> None:
    house.wants("broken", Schedule(), content=MatchRule(Matching.REGEX, "(?:a+)+$"))
    document = house.read("a" * 5000 + "b")
    for _ in range(2):
        assert await house.run() == "nothing was due"
    (warning,) = looked_at(house, document).warnings
    assert warning.message.startswith("The workflow 'broken': content: ")


async def test_nothing_is_done_early_where_the_clock_is_set_ahead(house: House) -> None:
    house.wants("grows old", IN_30_DAYS)
    document = house.read()
    assert await house.run() == "nothing was due"
    house.go_on(timedelta(minutes=1), set_ahead=60 * DAY)
    for _ in range(2):
        with pytest.raises(TaskFailed, match=r"the clock went ahead by 59 days; .* is done in 6 hours"):
            await house.run()
    house.go_on(timedelta(hours=1), set_ahead=-60 * DAY)
    house.go_on(DOUBT)
    assert (await house.run(), house.sent) == ("nothing was due", [])
    house.go_on(30 * DAY)
    assert (await house.run(), house.sent) == ("ran on 1 document", [document])


async def test_a_wrong_year_that_was_believed_stops_nothing_for_good(house: House) -> None:
    house.wants("every week", Schedule(every_days=7))
    document = house.read()
    house.go_on(timedelta(minutes=1), set_ahead=900 * DAY)
    assert await house.run() == "ran on 1 document"  # as at the first start of all, when nobody knows better
    house.go_on(timedelta(hours=1), set_ahead=-900 * DAY)
    assert await house.run() == "nothing was due"
    house.go_on(7 * DAY)
    assert (await house.run(), house.sent) == ("ran on 1 document", [document, document])


async def test_it_goes_on_block_by_block_stops_where_it_is_told_and_takes_up_the_rest(house: House) -> None:
    house.wants("grows old", Schedule())
    documents = [house.read(f"{number}") for number in range(4)]
    looks = iter([True, True, True])
    assert await house.task(lambda: next(looks, False), None) == "ran on 2 documents"
    assert house.sent == documents[:2]
    assert (await house.run(), house.sent) == ("ran on 2 documents", documents)


async def test_a_store_that_goes_away_breaks_it_off_and_what_is_done_stays_done(house: House) -> None:
    house.wants("grows old", Schedule())
    documents = [house.read(f"{number}") for number in range(2)]
    carry_out = house.store.workflows.carry_out

    def away(document_id: DocumentId, *rest: object, **named: object) -> None:
        if document_id == documents[1]:
            raise StoreUnavailable("the database is away")
        carry_out(document_id, *rest, **named)  # type: ignore[arg-type]  # passes all on

    house.store.workflows.carry_out = away  # type: ignore[method-assign]  # forces the fault
    with pytest.raises(TaskFailed, match=r"broken off, .* within the hour: the database is away"):
        await house.run()
    house.store.workflows.carry_out = carry_out  # type: ignore[method-assign]
    assert (await house.run(), house.sent) == ("ran on 1 document", documents)


async def test_a_reminder_comes_again_when_the_date_is_moved_to_a_later_day(house: House) -> None:
    house.wants("remind", Schedule(ScheduleDate.CREATED, -3))
    document = house.read()
    house.store.documents.update(document, DocumentChanges(created_date=date(2026, 11, 28)), None, house.wall)
    assert await house.run() == "ran on 1 document"
    house.store.documents.update(document, DocumentChanges(created_date=date(2026, 12, 8)), None, house.wall)
    assert await house.run() == "nothing was due"
    house.go_on(10 * DAY)
    assert (await house.run(), house.sent) == ("ran on 1 document", [document, document])


async def test_a_dry_run_tells_of_the_last_run(house: House) -> None:
    kept = house.wants("every week", Schedule(every_days=7))
    document = house.read()
    await house.run()
    (check,) = house.planner.plan(document, None, [kept]).traces[0].triggers[0].checks
    assert (check.passed, check.words) == (
        False,
        "the day it was added is 2026-11-25; today is 2026-11-25; it last ran on 2026-11-25 and comes again on 2026-12-02",
    )
