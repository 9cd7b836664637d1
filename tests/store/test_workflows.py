"""Workflows are kept with what they name, and what they do is done whole."""

import pytest

from actors.store.assignments.given import Place
from actors.store.errors import (
    FieldNotFound,
    LabelNotFound,
    NamedByWorkflows,
    NameTaken,
    OrderIncomplete,
    StaleFence,
    StaleItem,
    WorkflowNotFound,
)
from actors.store.nouns.archive import DocumentChanges, DocumentState, DocumentWarning, SourceKey, SourceKind
from actors.store.nouns.assignments import Aspect, Giver, Proposal, Reason
from actors.store.nouns.catalog import FieldFacts, FieldKind, LabelFacts, LabelId, LabelKind, Matching, MatchRule
from actors.store.nouns.jobs import JobKind, Progress
from actors.store.nouns.sealed import Sealed
from actors.store.nouns.workflows import (
    Assign,
    CallWebhook,
    Deeds,
    Errand,
    FillField,
    LabelFilter,
    Order,
    Password,
    Problem,
    Remove,
    RemovePassword,
    SendEmail,
    Trash,
    Trigger,
    TriggerKind,
    Workflow,
    WorkflowFacts,
    WorkflowId,
)
from actors.store.store import Store
from tests.store.making import at, deliver, document_id, leased

BY_WORKFLOW = Reason(Giver.WORKFLOW, "file it")
UPDATED = Trigger(TriggerKind.DOCUMENT_UPDATED)


def tag(store: Store, name: str = "tax") -> LabelId:
    return store.catalog.labels.create(LabelKind.TAG, LabelFacts(name)).id


def made(store: Store, name: str, *actions: Assign | Trash, trigger: Trigger = UPDATED) -> Workflow:
    return store.workflows.create(WorkflowFacts(name, True, (trigger,), actions))


def test_a_workflow_is_kept_with_all_that_it_has(store: Store) -> None:
    labels = [store.catalog.labels.create(kind, LabelFacts(kind.value)).id for kind in LabelKind]
    field = store.catalog.fields.create(FieldKind.MONEY, FieldFacts("Total"), ()).id
    every = LabelFilter(tuple(labels), tuple(labels), tuple(labels))
    trigger = Trigger(
        TriggerKind.DOCUMENT_ADDED,
        (SourceKind.FOLDER, SourceKind.UPLOAD),
        "tax/*",
        "*.pdf",
        MatchRule(Matching.REGEX, "a+", case_sensitive=True),
        every,
        every,
        every,
        every,
        '[1, "exists", true]',
        (field,),
    )
    correspondent, document_type, tag_id, path = labels
    actions = (
        Assign("{{ title }}", (tag_id,), correspondent, document_type, path, ((field, ["12.30", "EUR"]),)),
        Remove((tag_id,), (correspondent,), (document_type,), (path,), (field,), (LabelKind.TAG,), all_fields=True),
        FillField(field, pattern="(.*)"),
        FillField(field, template="{{ title }}"),
        SendEmail(("a@b.example", "c@d.example"), "{{ title }}", "body", attach=True),
        CallWebhook("https://h.example", (("a", "b"),), "body", True, (("c", Sealed("d")),), attach=True),
        RemovePassword((Password(2, Sealed("sesame")), Password(1, Sealed("ü '\\")))),
        Trash(),
    )
    facts = WorkflowFacts("All of it", False, (trigger, UPDATED), actions)
    kept = store.workflows.create(facts)
    assert kept == Workflow(WorkflowId(1), 1, 0, facts)
    assert store.workflows.get(kept.id) == kept
    assert store.workflows.list() == [kept]
    assert store.workflows.enabled_for(TriggerKind.DOCUMENT_ADDED) == []


def test_workflows_stand_in_their_order(store: Store) -> None:
    first, second = made(store, "first"), made(store, "second")
    assert [one.facts.name for one in store.workflows.reorder([second.id, first.id])] == ["second", "first"]
    assert [one.facts.name for one in store.workflows.enabled_for(TriggerKind.DOCUMENT_UPDATED)] == ["second", "first"]
    for wrong in ([first.id], [first.id, first.id], [first.id, second.id, WorkflowId(9)]):
        with pytest.raises(OrderIncomplete):
            store.workflows.reorder(wrong)


def test_a_name_is_taken_once_and_a_stale_change_is_refused(store: Store) -> None:
    first = made(store, "Tax")
    with pytest.raises(NameTaken):
        made(store, " TAX ")
    changed = store.workflows.update(first.id, WorkflowFacts("Taxes", False), 1)
    assert (changed.revision, changed.facts) == (2, WorkflowFacts("Taxes", False))
    with pytest.raises(StaleItem):
        store.workflows.update(first.id, WorkflowFacts("Tax"), 1)
    store.workflows.delete(first.id, 2)
    with pytest.raises(WorkflowNotFound):
        store.workflows.get(first.id)


def test_what_a_workflow_names_must_be_there_and_stays(store: Store) -> None:
    with pytest.raises(LabelNotFound):
        made(store, "wrong", Assign(tags=(LabelId(99),)))
    with pytest.raises(FieldNotFound):
        made(store, "wrong", Assign(fields=((99, "x"),)))  # type: ignore[arg-type]  # an id that no field has
    named, field = tag(store), store.catalog.fields.create(FieldKind.TEXT, FieldFacts("Number"), ()).id
    workflow = made(store, "file it", Assign(tags=(named,), fields=((field, "x"),)))
    with pytest.raises(NamedByWorkflows, match="'tax' is named by 'file it'"):
        store.catalog.labels.delete(named, None, at(1))
    with pytest.raises(NamedByWorkflows, match="'Number' is named by 'file it'"):
        store.catalog.fields.delete(field, None, at(1))
    store.workflows.update(workflow.id, WorkflowFacts("file it"), None)
    assert store.catalog.labels.delete(named, None, at(2)) == 0
    assert store.catalog.fields.delete(field, None, at(2)) == 0


def test_only_a_persons_edit_waits_for_workflows_and_only_where_there_is_one(store: Store) -> None:
    document = document_id(store)
    store.documents.update(document, DocumentChanges(title="nobody looks"), None, at(1))
    assert store.workflows.edited(10) == []
    made(store, "file it")
    store.documents.update(document, DocumentChanges(title="nobody looks"), None, at(2))
    store.documents.update_many([(document, DocumentChanges(title="by a machine"), None)], at(3), reason=BY_WORKFLOW)
    store.documents.update_many([(document, DocumentChanges(title="only asked"), None)], at(4), dry_run=True)
    assert store.workflows.edited(10) == []
    edited = store.documents.update(document, DocumentChanges(title="look"), None, at(5))
    assert store.workflows.edited(10) == [(document, edited.revision)]


def test_deeds_are_carried_out_whole_and_the_edit_is_done_with(store: Store) -> None:
    document, wanted = document_id(store), tag(store)
    workflow = made(store, "file it", Assign(tags=(wanted,)))
    store.documents.update(document, DocumentChanges(title="look"), None, at(1))
    ((_, mark),) = store.workflows.edited(10)
    problem = Problem(workflow.id, "file it", "the template can't be used")
    deeds = Deeds((Proposal(Aspect.TAG, wanted, BY_WORKFLOW),), (workflow.id,), (problem,))
    store.workflows.carry_out(document, deeds, at(2), mark=mark)
    changed = store.documents.get(document)
    assert changed.tags == ("tax",)
    assert changed.warnings == (DocumentWarning("WORKFLOW_FAILED", "The workflow 'file it': the template can't be used"),)
    assert store.workflows.edited(10) == []
    failed = store.workflows.get(workflow.id)
    assert (failed.error, failed.error_time) == ("the template can't be used", at(2))
    assert [(one.value, one.reason) for one in store.assignments.list(document)][-1] == ("tax", BY_WORKFLOW)
    store.workflows.carry_out(document, Deeds(ran=(workflow.id,)), at(3))
    assert store.documents.get(document).warnings == ()
    assert store.workflows.get(workflow.id).error == ""


def test_an_edit_that_came_meanwhile_still_waits(store: Store) -> None:
    document = document_id(store)
    made(store, "file it")
    store.documents.update(document, DocumentChanges(title="look"), None, at(1))
    ((_, mark),) = store.workflows.edited(10)
    again = store.documents.update(document, DocumentChanges(title="look again"), None, at(2))
    store.workflows.carry_out(document, Deeds(), at(3), mark=mark)
    assert store.workflows.edited(10) == [(document, again.revision)]


def test_a_workflow_moves_to_the_trash_and_leaves_alone_what_is_there(store: Store) -> None:
    document, wanted = document_id(store), tag(store)
    deeds = Deeds((Proposal(Aspect.TAG, wanted, BY_WORKFLOW),), trashed_by="file it")
    store.workflows.carry_out(document, deeds, at(1))
    gone = store.documents.get(document)
    assert (gone.delete_time, gone.tags) == (at(1), ("tax",))
    store.workflows.carry_out(document, Deeds((Proposal(Aspect.TAG, wanted, BY_WORKFLOW, remove=True),)), at(2))
    assert store.documents.get(document) == gone


def test_deeds_of_a_lost_job_are_refused(store: Store) -> None:
    job = leased(store)
    assert job.document_id is not None
    with pytest.raises(StaleFence):
        store.workflows.carry_out(job.document_id, Deeds(), at(1), fence=job.fence + 1)


def test_a_result_keeps_what_workflows_want_in_one_transaction(store: Store) -> None:
    job, wanted = leased(store), tag(store)
    assert job.document_id is not None
    workflow = made(store, "file it")
    deeds = Deeds((), (workflow.id,), (Problem(workflow.id, "file it", "it failed"),), "file it")
    proposals = (Proposal(Aspect.TAG, wanted, BY_WORKFLOW),)
    store.documents.set_result(job.document_id, job.fence, DocumentState.READY, "en", (), False, at(1), proposals, deeds=deeds)
    document = store.documents.get(job.document_id)
    assert (document.tags, document.state, document.delete_time) == (("tax",), DocumentState.READY, at(1))
    assert [warning.message for warning in document.warnings] == ["The workflow 'file it': it failed"]
    store.documents.set_result(job.document_id, job.fence, DocumentState.READY, "en", (), False, at(2))
    assert store.documents.get(job.document_id).warnings == ()


def test_passwords_wait_for_those_at_work_on_a_document_and_letters_do_not(store: Store) -> None:
    job, other = leased(store), document_id(store, "other")
    assert job.document_id is not None
    opening: Order = RemovePassword((Password(1, Sealed("sesame")),))
    letter: Order = SendEmail(("a@b.example",), "subject")
    workflow = made(store, "open").id
    for document in (job.document_id, other):
        errands = tuple(Errand(workflow, "open", order) for order in (opening, letter))
        store.workflows.carry_out(document, Deeds(errands=errands), at(1))
    assert [one.errand.order for one in store.errands.due(at(1), 10)] == [letter] * 2
    store.jobs.succeed(job.id, job.fence, at(2))
    due = store.errands.due(at(2), 10)
    assert [(one.document_id, one.errand.order) for one in due] == [(job.document_id, opening), (job.document_id, letter), (other, letter)]
    assert not store.errands.other_passwords(due[0])
    store.workflows.carry_out(job.document_id, Deeds(errands=(Errand(workflow, "open", opening),)), at(2))
    assert store.errands.other_passwords(due[0])


def test_an_errand_that_is_only_put_off_has_not_failed(store: Store) -> None:
    errand = Errand(made(store, "tell").id, "tell", SendEmail(("a@b.example",), "subject"))
    store.workflows.carry_out(document_id(store), Deeds(errands=(errand,)), at(0))
    for seconds, failed, attempt in ((1, False, 0), (2, True, 1), (3, False, 1)):
        (due,) = store.errands.due(at(seconds), 1)
        store.errands.put_off(due.id, at(seconds + 1), failed=failed)
        assert store.errands.due(at(seconds), 1) == []
        assert [one.attempt for one in store.errands.due(at(seconds + 1), 1)] == [attempt]


def test_what_would_be_given_is_foreseen_and_not_kept(store: Store) -> None:
    document = document_id(store)
    before = store.documents.get(document)
    rule = Reason(Giver.RULE, "a word")
    wanted = [Proposal(Aspect.TAG, "new tag", rule), Proposal(Aspect.CORRESPONDENT, "Bank", rule)]
    seen, standing = store.documents.foresee(document, wanted, at(1))
    assert seen.tags == ("new tag",)
    assert seen.correspondent is not None
    assert standing.values[Place(Aspect.CORRESPONDENT)] == seen.correspondent.id
    assert standing.givers[Place(Aspect.CORRESPONDENT)] is Giver.RULE
    assert store.documents.get(document) == before
    assert store.catalog.labels.count(LabelKind.TAG) == 0
    assert store.documents.foresee(document, (), at(1))[0] == before


def test_a_document_is_new_until_a_job_of_it_has_ended_well(store: Store) -> None:
    job = leased(store)
    assert job.document_id is not None
    assert store.jobs.is_new(job.document_id)
    store.jobs.succeed(job.id, job.fence, at(1))
    assert not store.jobs.is_new(job.document_id)


def test_a_document_has_been_read_when_a_job_that_saw_pages_has_ended_well(store: Store) -> None:
    job = leased(store)
    assert job.document_id is not None
    store.jobs.succeed(job.id, job.fence, at(1))
    store.jobs.enqueue(job.document_id, JobKind.DOCUMENT, "", {}, at(2))
    (again,) = store.jobs.lease("worker", 1, at(2))
    store.jobs.progress([Progress(again.id, again.fence, "read", 1, 1)], at(3))
    assert not store.jobs.has_read(job.document_id)
    store.jobs.succeed(again.id, again.fence, at(4))
    assert store.jobs.has_read(job.document_id)


def test_the_delivery_that_made_a_document_is_known(store: Store) -> None:
    document = deliver(store, "letter", key="first").document_id
    deliver(store, "letter", key="again")
    assert store.documents.delivery(document) == SourceKey(SourceKind.FOLDER, "first")
