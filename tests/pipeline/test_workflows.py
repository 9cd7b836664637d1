"""What workflows do to documents on their way, and that nothing of it loses or holds up a document."""

from datetime import UTC, datetime, timedelta

from actors.errands.edits import look_at_edits
from actors.store.nouns.archive import Document, DocumentChanges, DocumentId, DocumentState
from actors.store.nouns.assignments import Aspect, Giver, Proposal, Reason
from actors.store.nouns.catalog import LabelFacts, LabelId, LabelKind, Matching, MatchRule
from actors.store.nouns.jobs import JobKind, JobState
from actors.store.nouns.workflows import Assign, LabelFilter, Remove, SendEmail, Trash, Trigger, TriggerKind, WorkflowFacts
from actors.store.store import Store
from tests.pipeline.cast import Stage, until, working
from tests.pipeline.understanding import planner_of
from tests.store.making import deliver

STARTED, ADDED, UPDATED, _ = TriggerKind


def tag(store: Store, name: str) -> LabelId:
    return store.catalog.labels.create(LabelKind.TAG, LabelFacts(name)).id


async def read(stage: Stage, **options: object) -> Document:
    """Let a document come, and be taken to the end of its way."""
    answer = deliver(stage.store, "letter", now=datetime.now(UTC), **options)  # type: ignore[arg-type]  # passes deliver's own on
    async with working(stage.pipeline()):
        await until(lambda: answer.job_id is not None and stage.store.jobs.get(answer.job_id).state is JobState.SUCCEEDED)
    return stage.store.documents.get(answer.document_id)


async def read_again(stage: Stage, document: Document) -> None:
    """Let a document be taken to the end of its way once more."""
    job = stage.store.jobs.enqueue(document.id, JobKind.DOCUMENT, "again", {}, datetime.now(UTC))
    async with working(stage.pipeline()):
        await until(lambda: stage.store.jobs.get(job).state is JobState.SUCCEEDED)


def givers(store: Store, document_id: DocumentId) -> dict[str, Reason]:
    return {given.value: given.reason for given in store.assignments.list(document_id)}


async def test_workflows_see_a_document_before_it_is_read_and_when_it_is_understood(stage: Stage) -> None:
    scanner, letter = tag(stage.store, "scanner"), tag(stage.store, "letter")
    from_scanner = Trigger(STARTED, path="scanner/*")
    stage.store.workflows.create(WorkflowFacts("scanned", True, (from_scanner,), (Assign(tags=(scanner,)),)))
    text = MatchRule(Matching.EXACT, "text of page 2")
    found = Trigger(ADDED, content=text, tags=LabelFilter(any_of=(scanner,)))
    stage.store.workflows.create(WorkflowFacts("filed", True, (found,), (Assign("{{ title }} {{ added_year }}", (letter,)),)))
    document = await read(stage, key="sha 1 2 3 /data/consume/scanner/a scan.pdf")
    assert document.tags == ("letter", "scanner")
    assert document.title == f"letter {datetime.now(UTC).year}"
    assert givers(stage.store, document.id)["scanner"] == Reason(Giver.WORKFLOW, "scanned")
    assert givers(stage.store, document.id)["letter"] == Reason(Giver.WORKFLOW, "filed")
    assert document.warnings == ()


async def test_a_workflow_counts_more_than_a_rule_and_less_than_a_barcode(stage: Stage) -> None:
    by_rule, by_barcode = Reason(Giver.RULE, "a word"), Reason(Giver.BARCODE, "a code")
    stage.understanding.proposals = (
        Proposal(Aspect.CORRESPONDENT, "By rule", by_rule),
        Proposal(Aspect.DOCUMENT_TYPE, "By barcode", by_barcode),
    )
    labels = stage.store.catalog.labels
    own = labels.create(LabelKind.CORRESPONDENT, LabelFacts("By workflow")).id
    kind = labels.create(LabelKind.DOCUMENT_TYPE, LabelFacts("By workflow")).id
    action = Assign(correspondent=own, document_type=kind)
    stage.store.workflows.create(WorkflowFacts("file it", True, (Trigger(ADDED),), (action,)))
    document = await read(stage)
    assert document.correspondent is not None
    assert document.document_type is not None
    assert (document.correspondent.name, document.document_type.name) == ("By workflow", "By barcode")


async def test_a_workflow_takes_away_what_a_rule_would_give(stage: Stage) -> None:
    stage.understanding.proposals = (Proposal(Aspect.TAG, "tax", Reason(Giver.RULE, "a word")),)
    tax = tag(stage.store, "tax")
    asked = Trigger(ADDED, tags=LabelFilter(all_of=(tax,)))
    stage.store.workflows.create(WorkflowFacts("no tax", True, (asked,), (Remove(tags=(tax,)),)))
    assert (await read(stage)).tags == ()


async def test_a_wrong_template_is_a_warning_and_the_document_is_ready(stage: Stage) -> None:
    done = tag(stage.store, "done")
    actions = (Assign(title="{{ 1 // 0 }}"), Assign(tags=(done,)))
    workflow = stage.store.workflows.create(WorkflowFacts("broken", True, (Trigger(STARTED), Trigger(ADDED)), actions))
    document = await read(stage)
    assert (document.state, document.tags, document.title) == (DocumentState.READY, ("done",), "letter")
    (warning,) = document.warnings
    assert warning.message.startswith("The workflow 'broken': the title's template can't be used: line 1: ")
    assert stage.store.workflows.get(workflow.id).error.startswith("the title's template can't be used: line 1: ")


async def test_a_document_that_is_moved_to_the_trash_is_read_all_the_same(stage: Stage) -> None:
    stage.store.workflows.create(WorkflowFacts("junk", True, (Trigger(ADDED),), (Trash(),)))
    document = await read(stage)
    assert document.state is DocumentState.READY
    assert document.delete_time is not None
    assert stage.store.documents.ids(None, 10) == []


async def test_a_document_that_is_read_again_is_not_new(stage: Stage) -> None:
    document = await read(stage)
    late = tag(stage.store, "late")
    stage.store.workflows.create(WorkflowFacts("late", True, (Trigger(STARTED), Trigger(ADDED)), (Assign(tags=(late,)),)))
    await read_again(stage, document)
    assert stage.store.documents.get(document.id).tags == ()


async def test_a_job_that_is_tried_again_sends_nothing_twice(stage: Stage) -> None:
    email = SendEmail(("a@b.example",), "{{ title }} comes")
    stage.store.workflows.create(WorkflowFacts("tell", True, (Trigger(STARTED), Trigger(ADDED)), (email,)))
    stage.binder.failures = [OSError("the binder is away")]
    answer = deliver(stage.store, "letter", now=datetime.now(UTC))
    async with working(stage.pipeline()) as pipeline:
        await until(lambda: answer.job_id is not None and stage.store.jobs.get(answer.job_id).state is JobState.RETRYING)
        stage.store.jobs.clock_moved(timedelta(), stage.now() - timedelta(minutes=5))  # so that nobody waits for the pause
        await pipeline.wake()
        await until(lambda: answer.job_id is not None and stage.store.jobs.get(answer.job_id).state is JobState.SUCCEEDED)
    due = stage.store.errands.due(stage.now(), 10)
    assert [one.errand.order for one in due] == [SendEmail(("a@b.example",), "letter comes")] * 2


async def test_what_came_locked_meets_the_workflows_that_ask_its_text_when_it_is_open_and_once(stage: Stage) -> None:
    by_text = Trigger(ADDED, content=MatchRule(Matching.EXACT, "text of page 2"))
    letters = {name: SendEmail(("a@b.example",), name) for name in ("text", "any", "either")}
    for name, triggers in (("text", (by_text,)), ("any", (Trigger(ADDED),)), ("either", (Trigger(ADDED), by_text))):
        stage.store.workflows.create(WorkflowFacts(name, True, triggers, (letters[name],)))
    stage.binder.pages = 0
    document = await read(stage)
    stage.binder.pages = 3
    await read_again(stage, document)
    await read_again(stage, document)
    due = stage.store.errands.due(stage.now(), 10)
    assert [one.errand.order for one in due] == [letters["any"], letters["either"], letters["text"]]


async def test_an_edit_starts_workflows_and_what_they_change_starts_none(stage: Stage) -> None:
    document = await read(stage)
    tax, filed = tag(stage.store, "tax"), tag(stage.store, "filed")
    asked = Trigger(UPDATED, tags=LabelFilter(any_of=(tax,)))
    stage.store.workflows.create(WorkflowFacts("file", True, (asked,), (Assign("{{ title }}!", (filed,)),)))

    def now() -> datetime:
        return datetime.now(UTC)

    def look() -> int:
        return look_at_edits(stage.store, planner_of(stage.store), now)

    stage.store.documents.update(document.id, DocumentChanges(tags=("tax",)), None, now())
    assert (look(), look()) == (1, 0)
    changed = stage.store.documents.get(document.id)
    assert (changed.tags, changed.title) == (("filed", "tax"), "letter!")
    stage.store.documents.update(document.id, DocumentChanges(title="mine"), None, now())
    assert (look(), look()) == (1, 0)
    assert stage.store.documents.get(document.id).title == "mine"
