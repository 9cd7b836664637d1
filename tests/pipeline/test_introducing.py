"""Who sees a scan that becomes other documents: it once before it is read, and what it becomes when that is there."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from actors.ocr.errors import DocumentUnreadable
from actors.pipeline.script_settings import ScriptSettings
from actors.store.nouns.archive import DocumentState
from actors.store.nouns.catalog import FieldFacts, FieldKind, LabelFacts, LabelId, LabelKind
from actors.store.nouns.workflows import Assign, SendEmail, Trigger, TriggerKind, WorkflowFacts
from actors.store.store import Store
from tests.pipeline.bringing import drop, script
from tests.pipeline.cast import Stage, stage_with_sheet, until, working
from tests.pipeline.following import all_done, documents
from tests.store.making import deliver

STARTED, ADDED = TriggerKind.CONSUMPTION_STARTED, TriggerKind.DOCUMENT_ADDED


@pytest.fixture
def stage(store: Store) -> Stage:
    return stage_with_sheet(store)


def tag(store: Store, name: str) -> LabelId:
    return store.catalog.labels.create(LabelKind.TAG, LabelFacts(name)).id


def told(store: Store) -> list[str]:
    """Give the subjects of all e-mails that are to be sent."""
    orders = [one.errand.order for one in store.errands.due(datetime.max.replace(tzinfo=UTC), 100)]
    return [order.subject for order in orders if isinstance(order, SendEmail)]


def tell(name: str, trigger: Trigger, *actions: Assign) -> WorkflowFacts:
    return WorkflowFacts(name, True, (trigger,), (*actions, SendEmail(("a@b.example",), f"{name}: {{{{ title }}}}")))


async def test_workflows_see_a_scan_before_it_is_divided_and_its_parts_when_they_are_there(stage: Stage, store: Store) -> None:
    number = store.catalog.fields.create(FieldKind.INTEGER, FieldFacts("Batch"), ()).id
    given = Assign("Batch", (tag(store, "batch"),), fields=((number, 7),))
    store.workflows.create(tell("begun", Trigger(STARTED, path="scanner/*"), given))
    store.workflows.create(tell("added", Trigger(ADDED, path="scanner/*", filename="scan.pdf")))
    deliver(store, "scan", key="sha 1 2 3 /consume/scanner/scan.pdf", title="Post", now=datetime.now(UTC))
    await all_done(stage)
    assert [(one.title, one.tags, [entry.value for entry in one.fields]) for one in documents(store)] == [
        ("Batch (1/2)", ("batch",), [7]),
        ("Batch (2/2)", ("batch",), [7]),
    ]
    assert sorted(told(store)) == ["added: Batch (1/2)", "added: Batch (2/2)", "begun: Batch"]


async def test_scripts_see_a_scan_before_and_its_parts_after(stage: Stage, store: Store, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    noting = script(tmp_path, f'echo "$DOCUMENT_FILE_NAME" >> {seen}')
    stage.scripts = ScriptSettings(before=noting, after=noting)
    deliver(store, "scan", title="Post", now=datetime.now(UTC))
    await all_done(stage)
    # The script before is told no name.
    assert sorted(seen.read_text().splitlines()) == ["", "Post (1/2)", "Post (2/2)"]


async def test_of_two_sides_the_whole_alone_is_seen(store: Store, tmp_path: Path) -> None:
    stage, seen = Stage(store), tmp_path / "seen"
    stage.scripts = ScriptSettings(before=script(tmp_path, f"echo once >> {seen}"))
    store.workflows.create(tell("begun", Trigger(STARTED)))
    store.workflows.create(tell("added", Trigger(ADDED, filename="backs.pdf")))
    drop(store, "fronts", 2, 1)
    drop(store, "backs", 2, 2)
    await all_done(stage)
    assert (told(store), seen.read_text()) == (["begun: fronts", "added: fronts"], "once\n")


async def test_sides_that_cannot_be_joined_are_each_seen_once(store: Store) -> None:
    stage = Stage(store)
    stage.binder.assembly_failures = [DocumentUnreadable("torn")]
    store.workflows.create(tell("begun", Trigger(STARTED)))
    drop(store, "fronts", 2, 1)
    drop(store, "backs", 2, 2)
    async with working(stage.pipeline()):
        await until(lambda: [one.state for one in documents(store)] == [DocumentState.READY] * 2)
    assert sorted(told(store)) == ["begun: backs", "begun: fronts"]
    assert [[warning.code for warning in one.warnings] for one in documents(store)] == [["NOT_JOINED"], ["NOT_JOINED"]]
